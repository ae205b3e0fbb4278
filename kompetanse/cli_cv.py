"""`kompetanse cv …`: CVs into a profile and out of it. What was read is shown before anything is added."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape
from rich.table import Table

from kompetanse.cli_base import FROYA, MunicipalityOption, out, transaction

cv = typer.Typer(help="CVs as files.", no_args_is_help=True)


@cv.command("read")
def read(
    person: Annotated[UUID, typer.Argument(help="The id of whose CV it is.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Europass, JSON Resume, PDF, Word, text.")],
    add: Annotated[bool, typer.Option("--add", help="Add the likely ones to the profile, all at once.")] = False,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Suggest what a CV says and the profile does not say yet. The file is not stored."""
    from kompetanse.competence import suggesting
    from kompetanse.exchange.cv_files import service
    from kompetanse.exchange.cv_files.files import source_of

    source = source_of(file.read_bytes())
    table = Table("Part", "Words", "Linked to", "Likely")
    with transaction(municipality_no, write=add) as (session, actor):
        found = service.propose(session, actor, person, source)
        sure = [one for one in found.found.items if one.is_sure]
        for one in found.found.items:
            denied = " (says she has not)" if one.fields.get("holds") is False else ""
            words = escape(" ".join(found.text[one.start : one.end].split())) + denied
            table.add_row(one.part.value, words, escape(one.name or ""), "yes" if one.is_sure else "")
        if add and sure:
            chosen = [suggesting.Chosen(one.part, one.fields) for one in sure]
            suggesting.accept(session, actor, person, found.found.version, chosen)
    out.print(table)
    done = f"{len(sure)} added" if add else f"{len(sure)} likely; --add adds them"
    out.print(f"{len(found.found.items)} suggestions, {done}.")


@cv.command("write")
def write(
    person: Annotated[UUID, typer.Argument(help="The id of whose CV it is.")],
    file: Annotated[Path, typer.Argument(dir_okay=False, help="PDF to print; JSON for a JSON Resume.")],
    language: Annotated[str, typer.Option(help="nob, nno, eng, pol, lit, ukr or ara.")] = "nob",
    everything: Annotated[bool, typer.Option("--everything", help="All that is stored about the person.")] = False,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Write a person's own data, to be handed to her: a CV, a JSON Resume, or all of it."""
    from kompetanse.exchange.whole_files import write as write_whole
    from kompetanse.own_data import service

    with transaction(municipality_no, write=False) as (session, actor):
        if file.suffix.lower() == ".pdf":
            content = service.curriculum(session, actor, person, language)
        else:
            made = service.everything if everything else service.json_resume
            content = json.dumps(made(session, actor, person), ensure_ascii=False, indent=2).encode()
    write_whole(file, [content])
    out.print(escape(str(file)), soft_wrap=True, highlight=False)
