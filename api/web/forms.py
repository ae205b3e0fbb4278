"""Forms as they are sent: texts by name, where an empty field is "not stated"."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.datastructures import FormData, UploadFile

from api.web.faults import Complaint
from api.web.sessions import CSRF_FIELD
from kompetanse.errors import FieldFault, Invalid

STOOD = "stood"
"""The field in which a form carries what stood in it when it was opened, so that two who save at once can be merged."""

_UNSEEN = frozenset(
    {STOOD, CSRF_FIELD, "version", "despite_duplicates", "password", "person_version", "next", "mark", "reason"}
    | {"digest", "columns", "apply", "move", "question"}
    | {"back", "part", "person_id", "referral", "score", "stage"}
    | {"search", "change", "all", "do"}
)
_OF_THE_PAGE = frozenset({STOOD, CSRF_FIELD, "version"})
_UNSEEN_BEGINNING = "meaning-"
_ANSWERS: Mapping[str, bool | None] = MappingProxyType({"yes": True, "no": False, "": None})


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed in a form, kept to be shown again when it could not be accepted."""

    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    @classmethod
    def of(cls, data: FormData) -> "Typed":
        """The form's texts and files."""
        texts: dict[str, list[str]] = {}
        files: dict[str, UploadFile] = {}
        for name, value in data.multi_items():
            if isinstance(value, str):
                texts.setdefault(name, []).append(value.replace("\r\n", "\n"))  # as browsers send line breaks
            else:
                files[name] = value
        return cls(texts, files)

    def has(self, name: str) -> bool:
        """Whether the form has the field, empty or not."""
        return name in self.texts

    def raw(self, name: str) -> str:
        """The text as it was typed; empty when it was not."""
        values = self.texts.get(name)
        return values[0] if values else ""

    def text(self, name: str) -> str | None:
        """The text without blanks around it; None when nothing is left."""
        return self.raw(name).strip() or None

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be ticked more than once."""
        return [value for value in self.texts.get(name, ()) if value]

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.text(name))

    def answer(self, name: str) -> bool | None:
        """Yes, no, or not stated."""
        return _ANSWERS.get(self.raw(name))

    def whole(self, name: str) -> int | None:
        """A whole number, None when the field is empty.

        Raises:
            Invalid: something else is written.
        """
        text = self.text(name)
        if text is None:
            return None
        try:
            return int(text.replace(" ", ""))
        except ValueError:
            raise Invalid(FieldFault(f"/{name}", "Not a whole number", "Write digits only")) from None

    def version(self, name: str = "version") -> int:
        """The version that the form was made from. Raises Invalid when the form has none."""
        found = self.whole(name)
        if found is None:
            raise Invalid(FieldFault(f"/{name}", "The form says not which version it changes", "Open the page anew"))
        return found

    def visible(self) -> Iterator[tuple[str, str]]:
        """What was typed, without what the page put in itself."""
        for name, values in self.texts.items():
            joined = ", ".join(value for value in values if value.strip())
            if joined and name not in _UNSEEN and not name.startswith(_UNSEEN_BEGINNING):
                yield name, joined


NOTHING = Typed()


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as a page shows it: what stands in each field, and what is wrong with it.

    `prefix` tells forms of one page apart, as ids must be unique.
    """

    typed: Typed = NOTHING
    complaints: Sequence[Complaint] = ()
    prefix: str = ""

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.typed.raw(name)

    def values(self, name: str) -> Sequence[str]:
        """What is chosen where several can be."""
        return self.typed.all(name)

    def error(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((complaint.text for complaint in self.complaints if complaint.name == name), None)

    def stood(self) -> str:
        """What stood in the form when it was opened (JSON: name → values), as it was sent or as it stands now."""
        stands = {name: values for name, values in self.typed.texts.items() if name not in _OF_THE_PAGE and any(values)}
        return self.typed.raw(STOOD) or json.dumps(stands, ensure_ascii=False, separators=(",", ":"))

    def beside(self, what: str) -> "Filled":
        """An empty form of the same page part, whose ids are its own."""
        return Filled(prefix=f"{self.prefix}-{what}")

    def id(self, name: str) -> str:
        """The field's id on the page."""
        return f"{self.prefix}-{name}" if self.prefix else name


def filled(**values: object) -> Typed:
    """A form filled with what is stored: None as empty, yes and no as answers, a list as ticked boxes."""
    return Typed({name: _written(value) for name, value in values.items()})


def _written(value: object) -> list[str]:
    match value:
        case None:
            return [""]
        case bool():
            return ["yes" if value else "no"]
        case list() | tuple():
            return [str(one) for one in value]
        case _:
            return [str(value)]
