from collections.abc import Callable
from datetime import date

import pytest

from kompetanse.codes.cefr import Cefr
from kompetanse.codes.work import Evidence, RecognitionScheme, Shift, Strength, WishKind
from kompetanse.competence import accepting as accept
from kompetanse.competence.accepting import Given
from kompetanse.competence.fields import EducationFields, OtherWishFields, WishFields
from kompetanse.errors import Invalid
from kompetanse.taxonomy.lexicon import starter_lexicon

TODAY = date(2026, 6, 15)
GIVEN = Given(TODAY, starter_lexicon())


def pointers(make: Callable[[], object]) -> set[str]:
    with pytest.raises(Invalid) as raised:
        make()
    assert all(fault.hint for fault in raised.value.faults)
    return {fault.pointer for fault in raised.value.faults}


def test_a_title_links_to_its_occupation_in_the_language_it_was_spoken_in() -> None:
    values = accept.accept_experience({"title": "  księgowa "}, GIVEN)
    assert values["styrk"] == "3313"
    assert str(values["concept"]).startswith("http://data.europa.eu/esco/occupation/")
    assert values["title"] == "księgowa"


def test_a_stated_code_goes_before_the_link_and_null_keeps_the_title_unlinked() -> None:
    stated = accept.accept_experience({"title": "regnskapsfører", "styrk": "2411"}, GIVEN)
    assert (stated["styrk"], stated["concept"]) == ("2411", None)
    unlinked = accept.accept_experience({"title": "regnskapsfører", "styrk": None}, GIVEN)
    assert (unlinked["styrk"], unlinked["concept"]) == (None, None)
    wished = accept.accept_wished_occupation({"title": "regnskapsfører"}, GIVEN)
    assert wished["styrk"] == "3313"


def test_words_that_no_concept_fits_stay_as_spoken() -> None:
    values = accept.accept_skill({"label": "Trylle  med KORT"}, GIVEN)
    assert (values["key"], values["label"]) == ("text:trylle med kort", "Trylle med KORT")


def test_every_fault_of_a_job_is_pointed_at_at_once() -> None:
    assert pointers(
        lambda: accept.accept_experience(
            {"title": " ", "styrk": "99999", "country": "XX", "started": "2020-13", "percentage": 0, "months": -1},
            GIVEN,
        )
    ) == {"/title", "/styrk", "/country", "/started", "/percentage", "/months"}


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"started": "2020", "ended": "2019-12"}, "/ended"),
        ({"started": "2027"}, "/started"),
        ({"ended": "2020", "ongoing": True}, "/ended"),
        ({"styrk": "0000"}, "/styrk"),  # "not stated" in STYRK-08 is null here
        ({"title": "x" * 201}, "/title"),
        ({"employer": "x" * 201}, "/employer"),
    ],
)
def test_a_job_that_cannot_be_is_refused(fields: dict[str, object], pointer: str) -> None:
    assert pointers(lambda: accept.accept_experience({"title": "kokk", **fields}, GIVEN)) == {pointer}  # type: ignore[typeddict-item]


def test_dates_of_reduced_precision_get_the_benefit_of_the_doubt() -> None:
    values = accept.accept_experience({"title": "kokk", "started": "2020-06", "ended": "2020"}, GIVEN)
    assert values["ended"] == "2020"


def test_a_skill_that_is_not_held_has_no_evidence() -> None:
    assert pointers(
        lambda: accept.accept_skill({"label": "sveising", "holds": False, "evidence": Evidence.CLAIMED}, GIVEN)
    ) == {"/evidence"}


def test_an_education_is_checked_against_its_code_list_and_the_calendar() -> None:
    assert pointers(
        lambda: accept.accept_education({"title": "siviløkonom", "field": "9999", "completed_year": 2027}, GIVEN)
    ) == {"/field", "/completed_year"}
    assert pointers(
        lambda: accept.accept_education({"title": "lærer", "completed": False, "completed_year": 2010}, GIVEN)
    ) == {"/completed_year"}


def test_bokmal_and_nynorsk_are_kept_as_norwegian() -> None:
    assert accept.accept_language({"language": "nno", "interaction": Cefr.B1}, GIVEN)["language"] == "nor"
    assert pointers(lambda: accept.accept_language({"language": "xxx"}, GIVEN)) == {"/language"}
    assert pointers(lambda: accept.accept_language({}, GIVEN)) == {"/language"}


def test_licences_and_authorisations_are_codes() -> None:
    assert accept.accept_licence({"licence": "auth:nurse"}, GIVEN)["licence"] == "auth:nurse"
    assert accept.accept_licence({"licence": "driving:B"}, GIVEN)["licence"] == "driving:B"
    assert pointers(lambda: accept.accept_licence({"licence": "førerkort", "country": "ZZ"}, GIVEN)) == {
        "/licence",
        "/country",
    }


def test_wishes_are_checked_together_with_those_that_stand() -> None:
    standing = WishFields(percentage_min=80, percentage_max=100)
    assert pointers(lambda: accept.accept_wishes({"percentage_max": 50}, standing, TODAY)) == {"/percentage_max"}
    assert accept.accept_wishes({"percentage_min": None, "percentage_max": 50}, standing, TODAY)["percentage_max"] == 50


def test_wishes_out_of_range_are_refused_field_by_field() -> None:
    wishes = WishFields(
        percentage_min=0, commute_minutes=1441, mapped_on=date(2026, 6, 16), wishes_as_spoken="x" * 2001
    )
    assert pointers(lambda: accept.accept_wishes(wishes, {}, TODAY)) == {
        "/percentage_min",
        "/commute_minutes",
        "/mapped_on",
        "/wishes_as_spoken",
    }


def test_terms_of_work_weigh_one_to_five() -> None:
    weights = {"shifts": 5, "pay": 1}
    assert accept.accept_wishes({"term_weights": weights}, {}, TODAY) == {"term_weights": weights}
    assert pointers(lambda: accept.accept_wishes({"term_weights": {"pay": 6, "shoes": 1}}, {}, TODAY)) == {
        "/term_weights",
        "/term_weights/pay",
    }


def test_no_shift_at_all_is_not_the_same_as_shifts_not_stated() -> None:
    assert accept.accept_wishes({"shifts": []}, {}, TODAY) == {"shifts": []}
    assert accept.accept_wishes({"shifts": None}, {}, TODAY) == {"shifts": None}
    assert accept.accept_wishes({"shifts": [Shift.DAY, Shift.DAY]}, {}, TODAY) == {"shifts": [Shift.DAY]}


def test_an_interest_is_words() -> None:
    assert pointers(lambda: accept.accept_interest({}, GIVEN)) == {"/label"}
    assert accept.accept_interest({"label": " gåtur "}, GIVEN) == {"label": "gåtur", "key": None}
    assert str(accept.accept_interest({"label": "kor"}, GIVEN)["key"]).startswith(
        ("urn:", "http://data.europa.eu/esco/skill")
    )


def test_a_non_binding_assessment_lapses_after_three_years_unless_told() -> None:
    stated = EducationFields(
        title="magister", recognition_scheme=RecognitionScheme.NON_BINDING, recognition_decided_on=date(2025, 3, 1)
    )
    assert accept.accept_education(stated, GIVEN)["recognition_valid_until"] == date(2028, 3, 1)
    told = EducationFields(**stated, recognition_valid_until=date(2027, 1, 1))
    assert accept.accept_education(told, GIVEN)["recognition_valid_until"] == date(2027, 1, 1)
    lasting = EducationFields(title="magister", recognition_scheme=RecognitionScheme.GENERAL)
    assert accept.accept_education(lasting, GIVEN)["recognition_valid_until"] is None


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({}, "/kind"),
        ({"kind": WishKind.LEAVES}, "/value"),
        ({"kind": WishKind.SECTOR, "value": "fisk"}, "/value"),
        ({"kind": WishKind.PLACE}, "/text"),
        ({"kind": WishKind.PLACE, "value": "9999"}, "/value"),
        ({"kind": WishKind.TRAINING, "value": "fish"}, "/value"),
        ({"kind": WishKind.TRAINING, "weight": 6}, "/weight"),
    ],
)
def test_what_is_wrong_with_a_wish_is_told_by_field(wish: OtherWishFields, pointer: str) -> None:
    assert pointer in pointers(lambda: accept.accept_other_wish(wish, GIVEN))


def test_wishes_of_every_kind_are_accepted() -> None:
    for wish in (
        OtherWishFields(kind=WishKind.LEAVES, value="fish", text="vil ut av fisken", strength=Strength.MUST, weight=5),
        OtherWishFields(kind=WishKind.PLACE, value="5056"),
        OtherWishFields(kind=WishKind.PLACE, text="ikke lenger unna enn Hitra"),
        OtherWishFields(kind=WishKind.OWN_BUSINESS),
    ):
        assert accept.accept_other_wish(wish, GIVEN) == wish


def test_an_interest_is_linked_where_it_names_a_concept() -> None:
    assert str(accept.accept_interest({"label": "Excel"}, GIVEN)["key"]).startswith("http://data.europa.eu/esco/skill/")
    assert accept.accept_interest({"label": "gå på tur med hunden"}, GIVEN)["key"] is None


def test_courses_and_years_lie_behind_and_in_order() -> None:
    assert pointers(lambda: accept.accept_course({"title": "HACCP", "completed": "2099"}, GIVEN)) == {"/completed"}
    backwards = EducationFields(title="lærer", started_year=2015, completed_year=2010)
    assert pointers(lambda: accept.accept_education(backwards, GIVEN)) == {"/completed_year"}
