"""What every contract shares."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Country = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z]{3}$")]
Partial = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""ISO 8601 date of reduced precision: `1987`, `1987-05` or `1987-05-17`."""
Styrk = Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]
PostalCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
MunicipalityNo = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]


class Contract(BaseModel):
    """What a client sends: unknown fields are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class View(BaseModel):
    """What a client gets, read from a domain object's attributes."""

    model_config = ConfigDict(from_attributes=True)


class PageView(View):
    """What every list has beside its items."""

    next: str | None = None


def blank_to_none(value: object) -> object:
    """Treat an empty form field as not stated."""
    return None if value == "" else value


BlankToNone = BeforeValidator(blank_to_none)
