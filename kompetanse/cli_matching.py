"""`kompetanse match …`: candidates, opportunities, placements and what would help. People are shown by id alone.

Tables are filled inside the transaction, and shown when its audit events are on disk.
"""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape
from rich.table import Column, Table

from kompetanse.cli_base import FROYA, MunicipalityOption, everywhere, opened, out, transaction
from kompetanse.matching.explanation import Explain, Match, Reason, Verdict

match = typer.Typer(help="Who fits which vacancy, and why. Suggestions: the coordinator decides.", no_args_is_help=True)

LimitOption = Annotated[int, typer.Option(help="At most how many.", min=1, max=200)]
GatesOption = Annotated[Verdict | None, typer.Option(help="Only those of whom the gates say this.")]
ExplainOption = Annotated[Explain, typer.Option(help="Every reason, or the strongest four.")]
WithinOption = Annotated[int, typer.Option(help="Minutes between workplaces that are near each other.", min=0, max=600)]


@match.command("candidates")
def candidates(
    vacancy: UUID,
    limit: LimitOption = 20,
    gates: GatesOption = None,
    explain: ExplainOption = Explain.SUMMARY,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Rank the people who fit a vacancy."""
    from kompetanse.matching import service
    from kompetanse.matching.ordering import Wanted

    with transaction(municipality_no, write=False) as (session, actor):
        found = service.candidates_for(session, actor, vacancy, Wanted(limit, verdict=gates)).ranking
    table = Table("Rank", _ids("Person"), "Score", "Gates", "Reasons", "Ask")
    for one in found.matches:
        table.add_row(str(found.ranks.get(one.person_id, "")), str(one.person_id), *_told(one, explain))
    out.print(table)
    out.print(f"{found.considered} considered: {_counted(found.counts.items())}.")


@match.command("opportunities")
def opportunities(
    person: UUID,
    limit: LimitOption = 20,
    gates: GatesOption = None,
    explain: ExplainOption = Explain.SUMMARY,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Rank the open vacancies that fit a person."""
    from kompetanse.matching import service
    from kompetanse.matching.ordering import Wanted

    with transaction(municipality_no, write=False) as (session, actor):
        ranked = service.opportunities_for(session, actor, person, Wanted(limit, verdict=gates))
        titles = {one.id: one.title for one in ranked.vacancies.values()}
    found = ranked.ranking
    table = Table("Rank", _ids("Vacancy"), "Title", "Score", "Gates", "Reasons", "Ask")
    for one in found.matches:
        rank, title = str(found.ranks.get(one.vacancy_id, "")), escape(titles[one.vacancy_id])
        table.add_row(rank, str(one.vacancy_id), title, *_told(one, explain))
    out.print(table)
    out.print(f"{found.considered} considered: {_counted(found.counts.items())}.")


@match.command("household")
def household(
    household_id: Annotated[UUID, typer.Argument(metavar="HOUSEHOLD")],
    within: WithinOption = 45,
    limit: LimitOption = 5,
    elsewhere: Annotated[bool, typer.Option(help="Also vacancies of neighbours with an agreement.")] = True,
    gates: GatesOption = None,
    municipality_no: MunicipalityOption = FROYA,
) -> None:
    """Find the best ways to place the adults of a household together."""
    from kompetanse.matching import placing
    from kompetanse.sharing import offering

    with opened(municipality_no) as (database, actor), database.session(municipality_no, write=False) as session:
        offered = offering.open_vacancies(database, session, actor) if elsewhere else ()
        found = placing.placements_for(
            session, actor, household_id, within=within, limit=limit, elsewhere=offered, verdict=gates
        )
    table = Table("Way", _ids("Person"), _ids("Vacancy"), "Title", "Municipality", "Score", "Together", "Minutes apart")
    for number, way in enumerate(found.ways, start=1):
        apart = "not known" if way.minutes_apart is None else str(way.minutes_apart)
        for one in filter(None, way.placed):
            told = (str(number), str(one.person_id), str(one.vacancy_id), escape(one.title), one.municipality_no)
            table.add_row(*told, _percent(one.match.score), f"+{way.bonus:g}" if way.bonus else "", apart)
    out.print(table)
    needs = found.children
    out.print(f"Children: {needs.under_school_age} under school age, {needs.school_age} in school.")


@match.command("plan")
def plan(within: WithinOption = 45, municipality_no: MunicipalityOption = FROYA) -> None:
    """Assign everybody who seeks to the open positions where all together fit best: a suggestion to discuss."""
    from kompetanse.matching import planning

    table = Table(_ids("Person"), _ids("Vacancy"), "Title", "Fit", _ids("Household"))
    with transaction(municipality_no, write=False) as (session, actor):
        found = planning.whole_picture(session, actor, within=within)
        for one in found.pairs:
            near = "" if one.household_id is None else str(one.household_id)
            table.add_row(str(one.person.id), str(one.vacancy.id), escape(one.vacancy.title), _percent(one.fit), near)
    out.print(table)
    proven = "no plan is better" if found.plan.optimal else f"at most {found.plan.gap:.2%} below the best"
    out.print(
        f"{len(found.pairs)} of {found.seeking} who seek, in {found.positions} positions; {found.together} of "
        f"{found.households} households together. Value {found.plan.value:.3f}: {proven}.",
        soft_wrap=True,
    )


@match.command("steps")
def steps(person: UUID, municipality_no: MunicipalityOption = FROYA) -> None:
    """Find the steps that bring most vacancies within a person's reach."""
    from kompetanse.matching import gaps

    table = Table("Step", "About", "From", "To", "More vacancies", "Titles", "On offer")
    with transaction(municipality_no, write=False) as (session, actor):
        found = gaps.steps_for(session, actor, person)
        for one in found.opened:
            step, titles = one.step, ", ".join(within.vacancy.title for within in one.vacancies)
            told = (step.kind.value, step.label or step.key or "", step.before or "", step.to or "")
            offers = ", ".join(offer.title for offer in one.offers)
            table.add_row(*map(escape, (*told, str(len(one.vacancies)), titles, offers)))
    out.print(table)
    out.print(f"{found.within_reach} of {found.considered} vacancies are within reach now.")


@match.command("relax")
def relax(vacancy: UUID, municipality_no: MunicipalityOption = FROYA) -> None:
    """Find what a vacancy could ask less of, and how many candidates that brings."""
    from kompetanse.matching import gaps

    with transaction(municipality_no, write=False) as (session, actor):
        found = gaps.relaxations_for(session, actor, vacancy)
    table = Table("Less of", "About", "From", "To", "More candidates")
    for one in found.brought:
        eased = one.relaxation
        told = (eased.kind, eased.label or eased.key or "", eased.before or "", eased.to or "")
        table.add_row(*map(escape, told), str(len(one.people)))
    out.print(table)
    out.print(f"{found.within_reach} of {found.considered} candidates are within reach now.")


@match.command("refresh")
def refresh(
    municipality_no: Annotated[
        str | None,
        typer.Option("--municipality", "-m", help="Only this one; every municipality if left out."),
    ] = None,
) -> None:
    """Match again whatever changed, and store the best of each vacancy. Run it every night."""
    from kompetanse.matching import following
    from kompetanse.people.queries import municipalities

    numbers = [municipality_no] if municipality_no else []
    if not numbers:
        with everywhere(write=False) as session:
            numbers = list(session.scalars(municipalities()))
    for number in numbers:
        with transaction(number) as (session, actor):
            done = following.refresh(session, actor)
        out.print(
            f"{number}: {done.people} people and {done.vacancies} vacancies matched again, {done.found} new among the "
            "best.",
            soft_wrap=True,
        )


def _ids(header: str) -> Column:
    """A column of ids, which are of use only when they are whole."""
    return Column(header, overflow="fold")


def _told(one: Match, explain: Explain) -> tuple[str, str, str, str]:
    """Score, what the gates say, reasons and questions of a match."""
    reasons = sorted(one.told(explain), key=lambda reason: (not reason.excludes, -reason.contribution))
    return _percent(one.score), one.verdict.value, _listed(reasons), _listed(one.asked(explain))


def _listed(reasons: Iterable[Reason]) -> str:
    return "\n".join(escape(_reason(one)) for one in reasons)


def _reason(one: Reason) -> str:
    about = " ".join(filter(None, (one.kind.value, one.label or one.key)))
    has = f", has {one.has}" if one.has else ""
    way = one.closes.way if one.closes else None
    nearest = f"; nearest: {way.name_en}" if way else ""
    return f"{about}: {one.outcome.value} ({one.contribution:.1%} of {one.possible:.1%}{has}{nearest})"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _counted(counts: Iterable[tuple[Verdict, int]]) -> str:
    return ", ".join(f"{count} {verdict.value}" for verdict, count in counts)
