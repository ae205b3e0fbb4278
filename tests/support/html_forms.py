"""The forms of a page as a browser without scripts would send them: what stands in each field."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class HtmlForm:
    """A form: where it is sent, and what it holds as long as nobody touches it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    def values(self) -> dict[str, list[str]]:
        """Every value by its field's name."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self._inside = False
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._textarea: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.forms.append(HtmlForm(found.get("action", "")))
        if not self._inside:
            return
        if tag == "input":
            self._input(found)
        elif tag == "button":
            self.forms[-1].buttons.append(found)
        elif tag == "select":
            self._select = (found["name"], [])
        elif tag == "option" and self._select:
            self._select[1].append((found["value"], "selected" in found))
        elif tag == "textarea":
            self._textarea = (found["name"], [])

    def _input(self, found: dict[str, str]) -> None:
        chosen = found.get("type") not in {"checkbox", "radio"} or "checked" in found
        if chosen and "name" in found:
            self.forms[-1].fields.append((found["name"], found.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select:
            name, choices = self._select
            value = next((one for one, selected in choices if selected), choices[0][0] if choices else "")
            self.forms[-1].fields.append((name, value))
            self._select = None
        elif tag == "textarea" and self._textarea:
            name, texts = self._textarea
            text = "".join(texts).removeprefix("\n")  # HTML drops the first line break, and browsers send CRLF
            self.forms[-1].fields.append((name, text.replace("\n", "\r\n")))
            self._textarea = None


def forms(html: str, action: str = "") -> list[HtmlForm]:
    """The forms of a page whose address holds `action`."""
    parser = _Forms()
    parser.feed(html)
    return [one for one in parser.forms if action in one.action]


def form(html: str, action: str) -> HtmlForm:
    """The only form that is sent to exactly this address."""
    (found,) = [one for one in forms(html, action) if one.action == action]
    return found
