"""What the newcomer's page asks of each part of her profile. The coordinator's asks more, and none of that is lost."""

from collections.abc import Mapping
from types import MappingProxyType

from api.web.forms import Typed
from api.web.profile_rows import row_form
from kompetanse.codes.work import LanguageProof
from kompetanse.competence.parts import Row
from kompetanse.competence.service import ProfilePart
from kompetanse.taxonomy.concepts import Concept

ASKED: Mapping[ProfilePart, tuple[str, ...]] = MappingProxyType(
    {
        ProfilePart.EXPERIENCES: ("title", "employer", "country", "started", "ended", "ongoing", "kind", "tasks"),
        ProfilePart.SKILLS: ("label", "holds", "level"),
        ProfilePart.EDUCATIONS: (
            "title", "level", "institution", "country", "started_year", "completed", "completed_year",
        ),
        ProfilePart.LANGUAGES: (
            "language", "mother_tongue", "listening", "interaction", "production", "reading", "writing",
        ),
        ProfilePart.LICENCES: ("licence", "holds", "country", "valid_until"),
        ProfilePart.COURSES: ("title", "provider", "completed", "valid_until"),
        ProfilePart.WISHED_OCCUPATIONS: ("title", "strength"),
        ProfilePart.WISHES: ("kind", "sector", "text", "strength"),
        ProfilePart.INTERESTS: ("label", "kind", "activity"),
    }
)  # fmt: skip
"""The fields of each form on her page."""

_WORDS: Mapping[ProfilePart, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        ProfilePart.SKILLS: ("label", ("concept", "evidence")),
        ProfilePart.EXPERIENCES: ("title", ("concept", "styrk", "title_language")),
        ProfilePart.WISHED_OCCUPATIONS: ("title", ("concept", "styrk", "title_language")),
        ProfilePart.WISHES: ("text", ("place",)),
    }
)
"""What somebody says, and what was concluded from it: other words are read anew."""

_LEVELS = ("listening", "interaction", "production", "reading", "writing")

_BY_CODE = ("country", "language")


def entry_form(part: ProfilePart, row: Row, concepts: Mapping[str, Concept]) -> Typed:
    """The form of an entry as it stands. Countries and languages stand there by their codes, as lists offer them."""
    texts = dict(row_form(part, row, concepts).texts)
    for name in _BY_CODE:
        if code := getattr(row, name, None):
            texts[name] = [str(code)]
    if part is ProfilePart.WISHES and not any(texts.get("text", ())):
        texts["text"] = texts.get("place", [""])
    return Typed(texts)


def stated_first(part: ProfilePart, form: Typed, standing: Typed | None) -> Typed:
    """What a new entry says: what was asked of her, and nothing that others find out, such as how it is proven.

    Where the profile has the language or licence already, what she left empty stands as it did.
    """
    said = {name: form.texts[name] for name in ASKED[part] if form.text(name) is not None}
    return Typed(said) if standing is None else stated_anew(part, standing, Typed({**standing.texts, **said}))


def stated_anew(part: ProfilePart, standing: Typed, form: Typed) -> Typed:
    """What an entry says after a form: the fields that were asked from the form, the others as they stand.

    A concept or code goes with the words that it was found by; and a level that she states herself is proven by nobody.
    """
    texts = {**standing.texts, **{name: form.texts.get(name, [""]) for name in ASKED[part]}}
    said, concluded = _WORDS.get(part, ("", ()))
    if said and form.text(said) != standing.text(said):
        for name in concluded:
            texts.pop(name, None)
    if part is ProfilePart.LANGUAGES and any(form.text(name) != standing.text(name) for name in _LEVELS):
        texts["proof"] = [LanguageProof.SELF.value]
    if form.raw("holds") == "no":
        texts.pop("evidence", None)  # what is not held has none
    return Typed(texts)
