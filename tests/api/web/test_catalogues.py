"""The catalogues say all that the pages say, and the check of them finds what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from api.web import catalogues, i18n
from tests.support import catalogues as check

WANTED = {domain: check.template(domain) for domain in catalogues.LANGUAGES_OF}


@pytest.mark.parametrize(
    ("domain", "language"),
    [(domain, one) for domain, tags in catalogues.LANGUAGES_OF.items() for one in tags if one != catalogues.SOURCE],
)
def test_a_catalogue_is_whole_and_fills_in_what_its_source_does(domain: str, language: str) -> None:
    assert list(check.problems_of(language, WANTED[domain])) == []


def test_no_template_says_anything_beside_the_catalogues() -> None:
    assert list(check.bare_texts()) == []


def test_words_beside_the_catalogues_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "WEB", tmp_path)
    page = tmp_path / "templates/page.html"
    page.parent.mkdir()
    page.write_text(
        '{% block width %} page--form{% endblock %}<p title="Navnet">{{ _("Oversatt") }} {{ name }}</p>\n'
        '<b lang="en">Not ours</b> <i class="note">Bare bokmål</i> <em>CSV, 12 %</em>'
    )
    assert [text for _path, text in check.bare_texts()] == ["Navnet", "Bare bokmål"]


def test_no_text_is_hidden_in_an_f_string() -> None:
    assert list(check.hidden_texts()) == []


def test_a_text_in_an_f_string_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "WEB", tmp_path)
    (tmp_path / "words.py").write_text("said = _('Seen')\ntold = f\"{found} {gettext(_('Hidden'))} {gettext(said)}\"\n")
    assert [text for _path, text in check.hidden_texts()] == ["Hidden"]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Writes a Polish catalogue of two messages, and tells what the check finds in it."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    wanted = Catalog(locale="nb")
    wanted.add("Hei, %(name)s")
    wanted.add(("%(num)s gang", "%(num)s ganger"))

    def problems(hello: str, times: tuple[str, ...], **more: str) -> list[str]:
        made = Catalog(locale="pl")
        made.add("Hei, %(name)s", hello)
        made.add(("%(num)s gang", "%(num)s ganger"), times)
        for source, text in more.items():
            made.add(source, text)
        path = catalogues.path("pl", catalogues.NEWCOMER)
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            write_po(file, made)
        return list(check.problems_of("pl", wanted))

    return problems


TIMES = ("%(num)s raz", "%(num)s razy", "%(num)s razy")


def test_what_is_right_is_not_complained_of(written: Callable[..., list[str]]) -> None:
    assert written("Cześć, %(name)s", TIMES) == []
    assert written("Cześć, %(name)s", ("raz", *TIMES[1:])) == []  # "once" needs no number


def test_what_is_missing_left_over_or_wrong_is_found(written: Callable[..., list[str]]) -> None:
    assert "does not translate" in written("", TIMES)[0]
    assert "does not translate" in written("Cześć, %(name)s", TIMES[:2])[0]
    assert "other placeholders" in written("Cześć, %(navn)s", TIMES)[0]
    assert "other placeholders" in written("Cześć, %(name)s", (TIMES[0], "%(n)s razy", TIMES[2]))[0]
    assert "which no page says" in written("Cześć, %(name)s", TIMES, Borte="Zniknęło")[0]


def test_plurals_are_those_of_the_language() -> None:
    said = {}
    for language in ("nb", "uk", "ar"):
        with i18n.speaking(language):
            said[language] = [i18n.ngettext("%(num)s gang", "%(num)s ganger", number) for number in (1, 2, 5, 21)]
    assert said["nb"] == ["%(num)s gang", "%(num)s ganger", "%(num)s ganger", "%(num)s ganger"]
    assert said["uk"] == ["%(num)s раз", "%(num)s рази", "%(num)s разів", "%(num)s раз"]
    assert said["ar"] == ["مرة واحدة", "مرتان", "%(num)s مرات", "%(num)s مرة"]
