"""Her pages speak her language to the last word, in its own order."""

import gettext
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from api.web import catalogues, i18n
from api.web.catalogues import COMPLETE, SOURCE
from api.web.i18n import speaking
from api.web.my.collation import in_order, sort_key
from api.web.my.formats import language_choices, own_day, own_language
from api.web.speech import accepted
from tests.api.web.conftest import Browser
from tests.api.web.my.conftest import Phone
from tests.support.catalogues import texts_of


class _Noting(gettext.NullTranslations):
    """Notes whatever no catalogue had."""

    def __init__(self) -> None:
        super().__init__()
        self.missed: set[str] = set()

    def gettext(self, message: str) -> str:
        self.missed.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.missed.add(msgid1)
        return msgid1


@pytest.fixture
def noting(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Noting]:
    """Notes what is said in Ukrainian and has no Ukrainian words."""
    note = _Noting()
    catalogues.translations.cache_clear()
    spoken = catalogues.translations("uk", catalogues.NEWCOMER)
    spoken.add_fallback(note)

    def found(tag: str, domain: str) -> gettext.NullTranslations:
        return spoken if tag == "uk" else catalogues.translations(tag, domain)

    monkeypatch.setattr(i18n, "translations", found)
    yield note
    catalogues.translations.cache_clear()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_page_says_anything_that_no_catalogue_has(
    coordinator: Browser, let_in: Callable[..., Phone], noting: _Noting
) -> None:
    olena = let_in(coordinator.register(born="1987-05", arrived_in_norway="2022"), "uk")
    forms = {
        "experiences": {"title": "kokk", "started": "2009-05", "ongoing": "yes", "kind": "informal"},
        "skills": {"label": "sveising", "holds": "no"},
        "educations": {"title": "skole", "level": "4"},
        "languages": {"language": "ukr", "mother_tongue": "yes", "interaction": "C2"},
        "licences": {"licence": "truck", "holds": "no", "valid_until": "2031-01-01"},
        "courses": {"title": "kurs", "completed": "2020"},
        "wished-occupations": {"title": "kokk", "strength": "must"},
        "wishes": {"kind": "place", "text": "Hitra", "strength": "prefer"},
        "interests": {"label": "musikk", "kind": "interprets"},
    }
    for version, (part, fields) in enumerate(forms.items()):
        assert olena.post(f"/my/profile/{part}", version=str(version), **fields).status_code == 303
        olena.get(f"/my/profile/{part}")
        assert olena.post(f"/my/profile/{part}", version=olena.version()).status_code in {303, 422}
    olena.post("/my/terms", version=olena.version("/my/terms"), percentage_min="50", shifts=["rotation"])
    olena.post("/my/terms", version=olena.version("/my/terms"), percentage_min="x")
    olena.post("/my/consents/share_with_neighbours", granted="yes")
    olena.post("/my/leaving/erase")
    coordinator.get(f"/people/{olena.person_id}")
    pages = ("", "profile", "jobs", "helping", "consents", "questions", "seen", "data", "leaving", "terms", "reach")
    for page in (*pages, "enter", "none"):
        assert "azlausk" in olena.get(f"/my/{page}").text or page not in {"profile"}
    with i18n.speaking("uk"):
        i18n.gettext("Dette sier ingen side")
    assert noting.missed - {""} == {"Dette sier ingen side"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Algerie", "Zambia", "Ærø", "Østerrike", "Åland"]),
        ("pl", ["Austria", "Ąbc", "Liban", "Łotwa", "Zambia"]),
        ("lt", ["Čekija", "Italija", "Yla", "Japonija", "Šveicarija", "Zambija", "Žemė"]),
        ("uk", ["Гана", "Ґалаґан", "Еквадор", "Єгипет", "Індія", "Їжак", "Йорданія", "Україна"]),
        ("ar", ["إسبانيا", "ألبانيا", "النرويج", "اليابان"]),
        ("en", ["Åland", "Albania", "Zambia"]),
    ],
)
def test_words_stand_in_the_order_of_their_own_alphabet(language: str, words: list[str]) -> None:
    named = [(word, word) for word in reversed(words)]
    assert [word for word, _ in in_order(named, language)] == words


def test_any_text_has_a_place() -> None:
    for language in catalogues.LANGUAGES:
        assert sort_key("", language) < sort_key("12 ab 中 ß", language)


def test_a_browsers_languages_are_weighed() -> None:
    assert accepted("en;q=0.3, uk;q=0.9, fr") == "uk"
    assert accepted("nn-NO, nb;q=0.9") == "nn"
    assert accepted("uk;q=0, *") is None
    assert accepted("uk;q=nonsense") is None
    assert accepted("") is None


@pytest.mark.parametrize("tag", [one for one in COMPLETE if one != SOURCE])
def test_no_sentence_ends_in_two_full_stops_because_a_day_does(tag: str) -> None:
    """Ukrainian and Lithuanian days end in one of their own: «27 листопада 2026 р.»"""
    with speaking(tag):
        day = own_day(date(2026, 11, 27)) or ""
        spoken = catalogues.catalogue(tag, catalogues.NEWCOMER)
        texts = [text for one in spoken if one.id for text in texts_of(one, spoken) if "%(day)s" in text]
    assert texts
    assert [text for text in texts if ".." in text.replace("%(day)s", day)] == []


@pytest.mark.parametrize(
    ("tag", "said"),
    [("nb", "norsk tegnspråk"), ("nn", "norsk tegnspråk"), ("uk", "Norwegian Sign Language")],
)
def test_a_language_without_a_name_in_cldr_is_called_something_and_never_its_code(tag: str, said: str) -> None:
    with speaking(tag):
        assert own_language("nsl") == said
        assert dict(language_choices())["nsl"] == said
        assert own_language("prs") in ("dari", "Dari")
