"""`kompetanse taxonomy …`: ESCO into the registry, and what of it is there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlmodel import Session

from kompetanse import __version__
from kompetanse.cli_base import FROYA, MunicipalityOption, err, everywhere, out, transaction
from kompetanse.competence import relinking as profiles
from kompetanse.competence import unlinked
from kompetanse.courses import relinking as courses
from kompetanse.settings import Settings
from kompetanse.taxonomy import current, importing, queries, starter
from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.download import open_download
from kompetanse.taxonomy.semantic import encoding, vectors
from kompetanse.vacancies import relinking as vacancies

Progressing: TypeAlias = Callable[[str, int, int], None]

taxonomy = typer.Typer(help="Occupations and skills: the starter lists, and ESCO when imported.", no_args_is_help=True)


@taxonomy.command("import")
def import_esco(
    path: Annotated[Path, typer.Argument(exists=True, help="The downloaded ZIP, or the folder it was unpacked to.")],
    version: Annotated[str | None, typer.Option(help="ESCO's version, where the file's name does not tell it.")] = None,
) -> None:
    """Import the official ESCO download (CSV), any version, one language or many; nothing is imported by half.

    Import it again for further languages or a newer version. People's skills and occupations stay linked: a concept
    that is gone is kept under its name, and a successor takes its place where there is one.
    """
    with _progress("Looking") as tell, everywhere() as session:
        imported = importing.import_download(session, open_download(path), version, tell)
        relinked = follow(session, imported.replaced)
    if imported.release is not None:
        index()
    release = imported.release
    if release is None:
        out.print("This very download was imported before; nothing was done.")
        return
    out.print(
        f"ESCO {release.version}: {release.concepts} concepts with {release.labels} names in "
        f"{', '.join(release.languages)}. {imported.added} are new, {imported.changed} changed, "
        f"{imported.retired} retired, of which {len(imported.replaced)} have a successor; "
        f"{relinked} links of people, vacancies and courses follow them.",
        soft_wrap=True,
    )
    if imported.faults:
        table = Table("File", "Left out, because it …", "Lines", title="Faults of the download")
        for (file, kind), count in sorted(imported.faults.items()):
            table.add_row(file, str(kind), str(count))
        out.print(table)


@contextmanager
def _progress(what: str) -> Iterator[Progressing]:
    """A bar on standard error, and what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda what, done, total: progress.update(task, description=what, completed=done, total=total)


def follow(session: Session, replaced: Mapping[str, str]) -> int:
    """Let profiles, vacancies and courses follow concepts to their successors; how many links did."""
    return sum(one.follow(session, replaced) for one in (profiles, vacancies, courses))


def index() -> None:
    """See that the index of the lists and of what is imported lies on this machine, in which words are looked up.

    Raises:
        NotInstalled: search by meaning is switched on, and its package is not there.
    """
    semantic = Settings().semantic
    if semantic:
        encoding.model_name()  # what lacks is said before a minute has gone
    with err.status("Making the index of names (up to a minute)"), everywhere(write=False) as session:
        current.prepare(session, session.info["derived"])
    if semantic:
        _encode()


def _encode() -> None:
    """See that the vectors of meaning lie beside the index. Takes minutes, so no transaction is open meanwhile."""
    with everywhere(write=False) as session:
        missing = current.to_encode(session, session.info["derived"])
    if missing is None:
        return
    chosen, folder = missing
    what = "Reading skills for their meaning (some minutes)"
    with _progress(what) as tell:
        vectors.build(chosen, folder, encoding.open_encoder(), lambda done, total: tell(what, done, total))


@taxonomy.command("index")
def remake_index() -> None:
    """Make the index of names on this machine, where it is not there; `serve` and `import` do so by themselves."""
    index()
    out.print("The index of names is there.")


@taxonomy.command("unlinked")
def list_unlinked(municipality: MunicipalityOption = FROYA) -> None:
    """List the words of a municipality's profiles that no concept fits, the most frequent first."""
    table = Table("Is a", "Word", "Times")
    with transaction(municipality, write=False) as (session, actor):
        for term in unlinked.list_terms(session, actor):
            table.add_row(term.kind.value, term.text, str(term.count))
    out.print(table)


@taxonomy.command("link")
def link(
    text: Annotated[str, typer.Argument(help="The word, as people write it.")],
    uri: Annotated[str, typer.Argument(help="What it means: the URI of a skill or an occupation.")],
    kind: Annotated[ConceptKind, typer.Option(help="skill or occupation.")] = ConceptKind.OCCUPATION,
) -> None:
    """Link a word once and for all, in every municipality of this deployment; what people said is not touched."""
    with everywhere() as session:
        municipalities = unlinked.link_everywhere(session, kind, text, uri)
    out.print(f"“{text}” is linked in {', '.join(municipalities) or 'no municipality: nobody is registered'}.")


@taxonomy.command("status")
def status() -> None:
    """Say which concepts are known, and where they are from."""
    table = Table("From", "Version", "Languages", "Concepts", "Imported")
    own = starter.starter()
    table.add_row("Starter lists", __version__, ", ".join(starter.LANGUAGES), str(len(own.concepts)), "")
    with everywhere(write=False) as session:
        releases = session.exec(queries.releases()).all()
        retired = session.exec(queries.retired()).one()
    for one in releases:
        table.add_row("ESCO", one.version, ", ".join(one.languages), str(one.concepts), f"{one.imported_at:%Y-%m-%d}")
    out.print(table)
    if retired:
        out.print(f"{retired} concepts are retired: what is linked to them stays so, and nothing new is.")
    out.print(_by_meaning(Settings()), soft_wrap=True)


def _by_meaning(settings: Settings) -> str:
    """Whether skills are found by meaning, and if not, why."""
    if not settings.semantic:
        return "Search by meaning is off (KOMPETANSE_SEMANTIC)."
    if not encoding.installed():
        return str(encoding.NotInstalled())
    if current.by_meaning(settings.derived_dir) is None:
        return "Search by meaning is on, and nothing is made for it: import ESCO, or run kompetanse taxonomy index."
    return f"Search by meaning is on, by {encoding.model_name()}."
