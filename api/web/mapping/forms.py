"""What is typed or tapped at a question becomes entries of the profile. The forms ask what the newcomer's own ask."""

from collections.abc import Iterable
from typing import cast

from api.web.forms import Filled, Typed, filled
from api.web.my.part_forms import ASKED, entry_form, stated_anew, stated_first
from api.web.profile_forms import part_fields
from api.web.reading import Reader
from kompetanse import clock
from kompetanse.codes.work import Shift, Strength, WishKind
from kompetanse.competence.parts import Row
from kompetanse.competence.service import OtherWishFields, PartFields, ProfileDocument, ProfilePart, WishFields
from kompetanse.mapping import rules
from kompetanse.mapping import service as mapping
from kompetanse.mapping.rules import Question
from kompetanse.mapping.service import Said
from kompetanse.taxonomy.concepts import Concept

TAPPED = "tapped"
"""The name of every picture that can be tapped."""

NOW = "now"
"""The box that says: from today."""

_GIVEN = frozenset({"kind", "holds", "strength"})
"""Fields in which something stands before anybody types."""

_NAMED_BY = {ProfilePart.LANGUAGES: "language", ProfilePart.LICENCES: "licence"}
"""The parts that the domain states anew when they are added again, by what they are told apart by."""

_LINKED = frozenset({ProfilePart.EXPERIENCES, ProfilePart.SKILLS, ProfilePart.WISHED_OCCUPATIONS})
"""The parts whose words are linked to a concept that can be chosen."""

Concepts = dict[str, Concept]


def said(question: Question, form: Typed, document: ProfileDocument, concepts: Concepts) -> Said:
    """What a form says to a question; nothing where it was left as it stood. Raises Invalid."""
    if question in rules.TAPPED:
        return _tapped(question, form.all(TAPPED), document)
    if question in rules.TERMS:
        return _terms(question, form, document)
    part = rules.PARTS[question]
    if not any(form.text(name) for name in _asked(question) if name not in _GIVEN):
        return Said()
    return Said(added=((part, part_fields(part, _new(question, form, document, concepts))),))


def changed(question: Question, form: Typed, row: Row, concepts: Concepts) -> PartFields:
    """What a form says of an entry that is there; what it does not ask stays. Raises Invalid."""
    part = rules.PARTS[question]
    standing = entry_form(part, row, concepts)
    if question is Question.PLACE:
        form = Typed({**standing.texts, "text": form.texts.get("text", [""]), "place": [""]})
        return part_fields(part, form)
    texts = dict(stated_anew(part, standing, form).texts)
    if part in _LINKED and form.text("concept"):
        texts["concept"] = list(form.texts["concept"])
        if form.text("concept") != standing.text("concept"):
            texts.pop("styrk", None)  # of the occupation that was chosen before
    return part_fields(part, Typed(texts))


def standing_form(question: Question, document: ProfileDocument) -> Filled:
    """The form of a question as it is opened: empty for a new entry, filled with what is one value, or tapped."""
    if question is Question.SHIFTS:
        return Filled(filled(**{TAPPED: document.shifts or []}))
    if question in rules.TERMS:
        return Filled(filled(**{name: getattr(document, name) for name in rules.TERMS[question]}))
    if question in rules.TAPPED:
        return Filled(filled(**{TAPPED: sorted(mapping.held_wishes(question, document))}))
    return Filled()


def changing_form(question: Question, row: Row, concepts: Concepts) -> Filled:
    """The form of an entry as it stands."""
    return Filled(entry_form(rules.PARTS[question], row, concepts))


def _asked(question: Question) -> tuple[str, ...]:
    return ("text",) if question is Question.PLACE else ASKED[rules.PARTS[question]]


def _new(question: Question, form: Typed, document: ProfileDocument, concepts: Concepts) -> Typed:
    """A new entry as it is said; a language or licence that the profile has is said anew."""
    part = rules.PARTS[question]
    if question is Question.PLACE:
        return Typed({"kind": [WishKind.PLACE.value], "text": form.texts.get("text", [])})
    column = _NAMED_BY.get(part)
    rows = document.part(part) if column else ()
    twin = next((one for one in rows if column and getattr(one, column) == form.text(column)), None)
    stated = stated_first(part, form, entry_form(part, twin, concepts) if twin else None)
    if part in _LINKED and form.text("concept"):
        return Typed({**stated.texts, "concept": form.texts["concept"]})
    return stated


def _terms(question: Question, form: Typed, document: ProfileDocument) -> Said:
    reader = Reader(form)
    read: dict[str, object] = {}
    for name in rules.TERMS[question]:
        match name:
            case "shifts":
                read[name] = [Shift(one) for one in form.all(TAPPED) if one in set(Shift)] or None
            case "available_from":
                read[name] = clock.today() if form.ticked(NOW) else reader.day(name)
            case "wishes_as_spoken":
                read[name] = form.text(name)
            case _:
                read[name] = reader.whole(name)
    reader.refuse()
    differs = any(value != getattr(document, name) for name, value in read.items())
    return Said(wishes=cast(WishFields, read) if differs else None)


def _tapped(question: Question, chosen: Iterable[str], document: ProfileDocument) -> Said:
    """What was tapped anew is added, and what is tapped no more is taken out."""
    held = mapping.held_wishes(question, document)
    wanted = set(chosen)
    added = [(ProfilePart.WISHES, _tapped_wish(question, one)) for one in sorted(wanted - held.keys())]
    removed = [(ProfilePart.WISHES, row.id) for one, rows in held.items() if one not in wanted for row in rows]
    return Said(added, removed)


def _tapped_wish(question: Question, code: str) -> OtherWishFields:
    if question is Question.FIELDS:
        return OtherWishFields(kind=WishKind.SECTOR, value=code, strength=Strength.PREFER)
    kind = Reader(Typed({"kind": [code]})).choice("kind", WishKind)
    fields = OtherWishFields(strength=Strength.PREFER)
    return OtherWishFields(**fields, kind=kind) if kind in rules.WISHES[question] else fields
