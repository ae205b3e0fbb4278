from sqlmodel import Session

from api.web.hints import INSTEAD, WHY, hints_for
from kompetanse.codes.cefr import Cefr
from kompetanse.vacancies.service import LanguageDemand, VacancyFields, create
from kompetanse.vacancies.wording import Advice, HintCode
from tests.factories import actor


def test_every_hint_has_its_words() -> None:
    assert set(WHY) == set(HintCode)
    assert set(INSTEAD) == set(Advice)


def test_a_requirement_is_named_as_the_form_names_it_and_the_same_words_once(session: Session) -> None:
    fields = VacancyFields(
        title="Renholder",
        styrk="9112",
        description="Perfekt norsk. Perfekt norsk!",
        languages=[LanguageDemand("nor", Cefr.C1)],
        licences=["driving:B"],
    )
    found = hints_for(create(session, actor(), fields))
    assert [one.words for one in found] == ["Perfekt norsk", "norsk C1"]
