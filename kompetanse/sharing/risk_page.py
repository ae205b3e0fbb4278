"""The risk report as a page in bokmål that stands alone: no script, nothing fetched, made for printing. Pure.

It reads reports as they are kept, so that old ones can be shown that lack what newer ones say.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from kompetanse.clock import OSLO
from kompetanse.codes.municipalities import municipality
from kompetanse.sharing.periods import period_name
from kompetanse.sharing.risk import KeptReport, RiskStatement

Report = Mapping[str, Any]
Row = tuple[str, ...]

GUARANTEE = (
    "Hver gruppe beskriver minst k registrerte personer fra ulike husstander, kontrollert mot alle tidligere "
    "utgivelser til alle mottakere."
)

_STYLE = """
:root { color-scheme: light }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.7rem; line-height: 1.2 } h2 { font-size: 1.25rem; margin-top: 2rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem }
th, td { border-bottom: 1px solid #767676; padding: .35rem .6rem .35rem 0; text-align: left; vertical-align: top }
thead th { border-bottom: 2px solid #1a1a1a }
code { overflow-wrap: anywhere }
.alarm { border-left: .4rem solid #b00020; padding-left: .8rem; font-weight: 600 }
@media print { body { font-size: 10pt; margin: 0; max-width: none } h2, table { break-inside: avoid } }
"""

_ATTRIBUTES = {"occupation": "Yrke", "norwegian": "Muntlig norsk", "education": "Utdanning"}
_REASONS = {
    "waiting": "For få er like dem ennå",
    "outgrown": "Verdiene passer ikke lenger til gruppen",
    "spent": "For få er igjen av dem de ble beskrevet sammen med",
}
_WORDS = (
    "Kvartal", "k", "Minste gruppe", "Færrest kandidater", "Høyeste risiko", "Beskrevet", "Utelatt", "Tap yrke",
    "Tap norsk", "Tap utdanning", "Signatur",
)  # fmt: skip
_NONE = "–"


def page(told: RiskStatement, signature: str) -> str:
    """The statement as an HTML document; `signature` is that of its JSON."""
    where = f"{municipality(told.municipality_no).name} kommune ({told.municipality_no})"
    made_at = told.made_at.astimezone(OSLO).strftime("%d.%m.%Y kl. %H:%M")
    parts = (
        f"<h1>Risikorapport: deling med nabokommuner<br>{escape(where)}</h1>",
        _text(f"Laget {made_at}. Rapporten har eksakte antall. Den er for kommunen alene og skal ikke deles."),
        _text(f"Garantien: {GUARANTEE}"),
        *_following(told),
        *_ledger(told),
        "<h2>Signatur</h2>",
        _text("HMAC-SHA256 over den samme rapporten som JSON. Kontrolleres med «kompetanse sharing check»."),
        f"<p><code>{escape(signature)}</code></p>",
    )
    title = f"Risikorapport {escape(where)}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="nb">\n<head>{head}<style>{_STYLE}</style></head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _following(told: RiskStatement) -> Iterable[str]:
    """The next release as it would be made now."""
    if told.following is None:
        yield "<h2>Neste utgivelse</h2>"
        yield _text(f"Utgivelsen ville blitt nektet nå: {told.refused}", alarm=True)
        return
    said = told.following.told()
    yield f"<h2>Neste utgivelse, {period_name(told.following.period)}, slik den ville blitt laget nå</h2>"
    yield _table("Hva den oppnår", (), _reached(said))
    yield _table("Hvem den beskriver", (), _people(said))
    yield _table(
        "Informasjonstap: 0 % sier alt, 100 % sier ingenting (normalisert sikkerhetsstraff)",
        ("Egenskap", "Tap"),
        [(name, _loss(said, key)) for key, name in _ATTRIBUTES.items()],
    )
    yield "<h2>Hva en angriper får</h2>"
    yield _text(_attacker(said))


def _ledger(told: RiskStatement) -> Iterable[str]:
    """Every release that was made, and whether its record is what was signed."""
    yield "<h2>Utgivelser i hovedboken</h2>"
    if not told.kept:
        yield _text("Ingen er laget ennå.")
        return
    if told.broken:
        yield _text(f"Endret etter at de ble signert: {', '.join(told.broken)}.", alarm=True)
    else:
        yield _text(f"Kontrollert: {len(told.kept)}. Alle er som de ble signert.")
    yield _table("Den nyeste først", _WORDS, [_kept(one) for one in told.kept])


def _reached(said: Report) -> list[Row]:
    return [
        ("Lovet k (høyeste i en avtale)", _number(said, "k_promised")),
        ("k oppnådd: husstander eller enslige i den minste gruppen", _number(said, "k_reached")),
        ("Færrest kandidater for noen, over alle utgivelser lagt sammen", _number(said, "candidates_reached")),
        ("Høyeste risiko for at én person blir pekt ut av en som vet alt om henne", _risk(said)),
        ("l oppnådd", "Ikke aktuelt: ingen verdi fortelles utenom gruppens egne"),
        (
            f"kᵐ: hvert sett av opptil {_number(said, 'km_m')} ferdighetsgrupper holdes av minst",
            f"{_number(said, 'km_k')} husstander eller enslige",
        ),
        ("Andel av ferdighetsgruppene som kan fortelles", _share(said, "km_share")),
        ("Kontrollert mot tidligere utgivelser", _number(said, "releases_checked")),
    ]


def _people(said: Report) -> list[Row]:
    reasons: Mapping[str, int] = said.get("undescribed", {})
    return [
        ("Kan beskrives: registrert, samtykker, ikke sperret adresse", _number(said, "people")),
        ("Beskrevet av en gruppe", _number(said, "described")),
        ("Andel utelatt", _share(said, "suppressed_share")),
        *((name, str(reasons.get(key, _NONE))) for key, name in _REASONS.items()),
        ("Grupper", _number(said, "classes")),
        ("Nye grupper", _number(said, "born")),
        ("Gjort grovere", _number(said, "coarsened")),
        ("Slått sammen med en annen", _number(said, "absorbed")),
        ("Trukket tilbake", _number(said, "withdrawn")),
    ]


def _kept(one: KeptReport) -> Row:
    said = one.report
    described = f"{_number(said, 'described')} av {_number(said, 'people')}"
    return (
        one.period,
        str(one.k),
        _number(said, "k_reached"),
        _number(said, "candidates_reached"),
        _risk(said),
        described,
        _share(said, "suppressed_share"),
        *(_loss(said, attribute) for attribute in _ATTRIBUTES),
        "Stemmer" if one.intact else "Stemmer ikke",
    )


def _attacker(said: Report) -> str:
    fewest = said.get("candidates_reached")
    if fewest is None:
        return "Ingen gruppe gis ut, så det er ingenting å angripe."
    return (
        "En som kjenner alle verdiene til alle, vet hvem som er registrert og samtykker, og hvem som har kommet og "
        "gått, finner gruppen til en person. I den er det, over alle utgivelser lagt sammen, minst "
        f"{fewest} husstander eller enslige som kan være henne. Gruppen sier ikke annet om henne enn verdiene som hun "
        "ble funnet ved."
    )


def _risk(said: Report) -> str:
    risk = said.get("prosecutor_risk")
    return _NONE if risk is None else f"{_percent(risk)} (1 av {said.get('candidates_reached')})"


def _loss(said: Report, attribute: str) -> str:
    return _percent(said["loss"][attribute]) if said.get("described") else _NONE


def _share(said: Report, name: str) -> str:
    return _NONE if said.get(name) is None else _percent(said[name])


def _number(said: Report, name: str) -> str:
    return _NONE if said.get(name) is None else str(said[name])


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")


def _text(words: str, *, alarm: bool = False) -> str:
    return f"<p{' class=alarm' if alarm else ''}>{escape(words)}</p>"


def _table(caption: str, heads: Row, rows: Iterable[Row]) -> str:
    head = f"<thead><tr>{''.join(f'<th scope=col>{escape(one)}</th>' for one in heads)}</tr></thead>" if heads else ""
    lines = (
        f"<tr><th scope=row>{escape(first)}</th>{''.join(f'<td>{escape(one)}</td>' for one in rest)}</tr>"
        for first, *rest in rows
    )
    inside = f"<caption>{escape(caption)}</caption>{head}<tbody>{''.join(lines)}</tbody>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table>{inside}</table></div>'
