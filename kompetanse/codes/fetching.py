"""Fetches lists from Statistics Norway, and keeps them where they are read in place of the shipped ones."""

import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from kompetanse.codes import lists, retired
from kompetanse.codes.klass import KlassChange, parse_changes, parse_codes
from kompetanse.codes.refreshing import TARGETS, Refreshed, check, refresh, text_of
from kompetanse.errors import DomainError, NotFound

KLASS_URL = "https://data.ssb.no/api/klass/v1"
_SECONDS = 30
_LARGEST = 32 * 1024 * 1024  # all of NUS2000, the largest list, is about 2 MB


class Unreachable(DomainError):
    """The address did not answer with what was asked for."""

    code = "unreachable"


def refreshable() -> tuple[str, ...]:
    """The lists that Statistics Norway publishes, each after the one that it lies in."""
    return tuple(TARGETS)


def fetch(names: Sequence[str], day: date, base: str = KLASS_URL) -> tuple[Refreshed, ...]:
    """Ask Klass for lists as they are on a day; nothing is changed.

    Raises:
        NotFound: one is none of those that Statistics Norway publishes.
        Unreachable: Klass did not answer.
        ListRefused: it answered with something else.
    """
    found = tuple(_fetch(_known(name), day, base.rstrip("/")) for name in names)
    check(found)
    return found


def read(name: str, file: Path, day: date) -> tuple[Refreshed, ...]:
    """Take a list from a saved answer of Klass's `codesAt`; nothing is changed.

    Raises:
        NotFound, ListRefused: as in `fetch`.
    """
    found = (refresh(_known(name), parse_codes(file.read_bytes()), day),)
    check(found)
    return found


def keep(folder: Path, refreshed: Iterable[Refreshed]) -> None:
    """Write those that changed, and what became of the codes that are gone; all of them or none."""
    changed = [one for one in refreshed if one.changed]
    if not changed:
        return
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{one.name}.csv": text_of(one) for one in changed}
    # what is gone comes first: a code is never in neither list
    memory = {f"{retired.FILE}.csv": _retired(changed)} if any(one.gone for one in changed) else {}
    _write(folder, memory | texts)
    lists.forget()


def _known(name: str) -> str:
    if name not in TARGETS:
        raise NotFound(f"list at Statistics Norway; there are {', '.join(TARGETS)}")
    return name


def _fetch(name: str, day: date, base: str) -> Refreshed:
    head = lists.head(lists.read_text(name))
    url = f"{base}/classifications/{head.klass}"
    codes = parse_codes(_get(f"{url}/codesAt", date=day.isoformat()))
    found = refresh(name, codes, day)
    return refresh(name, codes, day, _changes(url, head.valid_from, day)) if found.gone else found


def _changes(url: str, since: str, day: date) -> tuple[KlassChange, ...]:
    """What became what; Klass has no answer (404) for a time without a new version of the classification."""
    span = {"from": since, "to": (day + timedelta(days=1)).isoformat()}  # Klass leaves out the last day
    try:
        return parse_changes(_get(f"{url}/changes", **span))
    except Unreachable as error:
        if isinstance(error.__cause__, urllib.error.HTTPError) and error.__cause__.code == http.client.NOT_FOUND:
            return ()
        raise


def _get(url: str, **query: str) -> bytes:
    """The body of an answer. Raises Unreachable."""
    host = _host(url)
    request = urllib.request.Request(f"{url}?{urlencode(query)}", headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the scheme was looked at
            content: bytes = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()  # it holds the connection
        raise Unreachable(f"{host} answered {error.code} {error.reason}; nothing was changed") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreachable(f"{host} could not be reached ({reason}); nothing was changed") from error
    if len(content) > _LARGEST:
        raise Unreachable(f"{host} answered with more than a code list; nothing was changed")
    return content


def _host(url: str) -> str:
    """The host of a web address. Raises Unreachable."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Unreachable(f"{url} is no address; write https://… or the name of a file that is there")
    return parts.netloc


def _retired(changed: Iterable[Refreshed]) -> str:
    """The file of retired codes that were told since the program was made, with those that are gone now."""
    told = {row[:2]: row for row in lists.rows(lists.refreshed_text(retired.FILE) or "")}
    for one in changed:
        for code, name, valid_to, became in one.gone:
            cells = (one.name, code, name, valid_to.isoformat(), lists.ALIAS_SEPARATOR.join(became))
            told[one.name, code] = cells
    head = lists.head(lists.shipped_text(retired.FILE))
    last = max(one.day for one in changed)
    said = (f"# what: {head.what}", f"# version: as of {last}", f"# valid_from: {last}", f"# source: {head.source}")
    body = (lists.SEPARATOR.join(row) for row in told.values())
    return "\n".join((*said, lists.columns(retired.FILE), *body)) + "\n"


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write every file beside its place first, then put all in place: a full disk leaves the lists as they were."""
    with ExitStack() as stack:
        ready: list[tuple[Path, Path]] = []
        for name, text in texts.items():
            temporary = folder / f".{name}.{uuid4().hex}"
            stack.callback(temporary.unlink, missing_ok=True)
            with temporary.open("w", encoding="utf-8") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
            ready.append((temporary, folder / name))
        for temporary, place in ready:
            temporary.replace(place)
