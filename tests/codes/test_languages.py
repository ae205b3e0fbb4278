import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.codes.languages import Language, find_language, is_language, language, languages, macrolanguage
from kompetanse.errors import UnknownCode

FOUND = {
    "pol": ["polsk", "Polsk", "POLISH", "polski", "pl"],
    "tir": ["tigrinja", "Tigrinya", "ትግርኛ"],
    "tgl": ["tagalog", "filippinsk"],
    "ukr": ["ukrainsk", "українська"],
    "lit": ["litauisk", "lietuvių"],
    "ron": ["rumensk", "română", "moldovsk"],
    "ara": ["arabisk", "Arabic", "العربية"],
    "nor": ["norsk", "Norwegian", "no"],
    "nob": ["bokmål", "nb"],
    "prs": ["dari"],
    "fas": ["persisk", "farsi"],
    "kmr": ["kurmanji"],
    "ckb": ["sorani"],
    "som": ["somali", "Soomaali"],
    "eng": ["engelsk", "en"],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FOUND.items() for text in texts])
def test_a_language_is_found_as_people_write_it(code: str, text: str) -> None:
    assert find_language(text) == code


@pytest.mark.parametrize("text", ["", "ukrainsk/russisk", "morsmål", "?"])
def test_what_names_no_single_language_is_not_guessed(text: str) -> None:
    assert find_language(text) is None


@given(st.sampled_from(languages()))
def test_every_language_is_found_by_its_code_and_norwegian_name(one: Language) -> None:
    assert is_language(one.code)
    assert language(one.code) == one
    assert find_language(one.code) == find_language(one.name_nb.upper()) == one.code


def test_the_list_is_long_enough_and_has_no_code_twice() -> None:
    codes = [one.code for one in languages()]
    assert len(codes) == len(set(codes)) >= 120


def test_bokmaal_and_nynorsk_are_norwegian() -> None:
    assert [macrolanguage(code) for code in ("nob", "nno", "nor", "pol")] == ["nor", "nor", "nor", "pol"]


def test_an_unknown_code() -> None:
    with pytest.raises(UnknownCode):
        language("xxx")
