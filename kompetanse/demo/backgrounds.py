"""What demo people were before they filleted salmon, and what the two municipalities look for."""

from dataclasses import dataclass

from kompetanse.codes.education import EducationLevel


@dataclass(frozen=True, slots=True)
class Background:
    """An occupation with the education and skills that usually go with it."""

    styrk: str
    title: str
    share: int
    education: EducationLevel | None
    field: str | None
    skills: tuple[str, ...]
    licences: tuple[str, ...] = ()


_L = EducationLevel


def _skills(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


BACKGROUNDS: tuple[Background, ...] = (
    Background(
        "8160",
        "fiskeindustriarbeider",
        125,
        _L.LOWER_SECONDARY,
        None,
        _skills("filetering av fisk, mattrygghet, pakking"),
    ),
    Background(
        "7511", "fiskesløyer", 60, _L.UPPER_SECONDARY, "0721", _skills("filetering av fisk, slakting av fisk, HMS")
    ),
    Background(
        "6221",
        "havbruksarbeider",
        60,
        _L.UPPER_SECONDARY,
        "0831",
        _skills("fôring av fisk, fiskehelse, båtføring"),
        ("boat",),
    ),
    Background(
        "3313", "regnskapsfører", 90, _L.BACHELOR, "0411", _skills("regnskap, lønn, regneark, regnskapsprogram")
    ),
    Background("2223", "sykepleier", 45, _L.BACHELOR, "0913", _skills("pasientpleie, medisinhåndtering, førstehjelp")),
    Background(
        "5321", "helsefagarbeider", 35, _L.UPPER_SECONDARY, "0913", _skills("pasientpleie, eldreomsorg, førstehjelp")
    ),
    Background(
        "2341", "lærer", 45, _L.BACHELOR, "0113", _skills("undervisning, klasseledelse, planlegging av undervisning")
    ),
    Background(
        "2342", "barnehagelærer", 20, _L.BACHELOR, "0112", _skills("barnehagepedagogikk, lek med barn, førstehjelp")
    ),
    Background("5311", "barnehageassistent", 40, _L.UPPER_SECONDARY, "0112", _skills("barnepass, lek med barn")),
    Background("7212", "sveiser", 45, _L.UPPER_SECONDARY, "0715", _skills("sveising, MIG/MAG-sveising, montasje, HMS")),
    Background(
        "7411", "elektriker", 30, _L.UPPER_SECONDARY, "0713", _skills("elektroinstallasjon, tegningslesing, HMS")
    ),
    Background("7115", "tømrer", 35, _L.UPPER_SECONDARY, "0732", _skills("snekring, montasje, HMS")),
    Background("7126", "rørlegger", 15, _L.UPPER_SECONDARY, "0732", _skills("rørleggerarbeid, montasje")),
    Background(
        "7231",
        "bilmekaniker",
        20,
        _L.UPPER_SECONDARY,
        "0716",
        _skills("bilreparasjon, vedlikehold av maskiner"),
        ("driving:B",),
    ),
    Background(
        "8332",
        "lastebilsjåfør",
        40,
        _L.UPPER_SECONDARY,
        "1041",
        _skills("lastebilkjøring, bilkjøring, lagerarbeid"),
        ("driving:B", "driving:C", "driving:CE"),
    ),
    Background("5120", "kokk", 45, _L.UPPER_SECONDARY, "1013", _skills("matlaging, mattrygghet")),
    Background("9112", "renholder", 60, _L.LOWER_SECONDARY, None, _skills("renhold, HMS")),
    Background("5223", "butikkmedarbeider", 35, _L.UPPER_SECONDARY, "0416", _skills("kundeservice, kassearbeid")),
    Background(
        "4110",
        "kontormedarbeider",
        30,
        _L.UPPER_SECONDARY,
        "0415",
        _skills("saksbehandling, regneark, tekstbehandling"),
    ),
    Background("2149", "ingeniør", 30, _L.MASTER, "0715", _skills("prosjektledelse, AutoCAD, regneark")),
    Background("2512", "programvareutvikler", 12, _L.BACHELOR, "0613", _skills("programmering, databaser, IT-drift")),
    Background("3512", "ikt-brukerstøtte", 12, _L.UPPER_SECONDARY, "0612", _skills("IT-drift, IT-brukerstøtte")),
    Background("2211", "lege", 6, _L.MASTER, "0912", _skills("pasientpleie, medisinhåndtering")),
    Background("2131", "biolog", 10, _L.MASTER, "0511", _skills("laboratoriearbeid, fiskehelse, regneark")),
    Background("2631", "økonom", 15, _L.MASTER, "0311", _skills("regnskap, budsjettering, regneark")),
    Background(
        "3151",
        "skipsmaskinist",
        12,
        _L.POST_SECONDARY,
        "0714",
        _skills("vedlikehold av maskiner, vedlikehold av båtmotor"),
        ("boat",),
    ),
)

UNITS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # unit, place, occupations that it looks for (each as "styrk:title")
    ("Økonomi", "Sistranda", ("3313:Økonomikonsulent", "4311:Regnskapsmedarbeider", "4313:Lønnsmedarbeider")),
    (
        "Helse og omsorg",
        "Sistranda",
        ("2223:Sykepleier", "5321:Helsefagarbeider", "5329:Pleieassistent", "2264:Fysioterapeut"),
    ),
    ("Hjemmetjenesten", "Hamarvik", ("2223:Sykepleier i hjemmetjenesten", "5321:Helsefagarbeider, hjemmetjenesten")),
    ("Oppvekst", "Nabeita", ("2341:Lærer 1.–7. trinn", "5312:Skoleassistent", "2353:Morsmålslærer")),
    ("Barnehage", "Hamarvik", ("2342:Barnehagelærer", "5311:Barnehageassistent")),
    ("Teknisk", "Sistranda", ("2142:Byggingeniør", "5153:Vaktmester", "7411:Elektriker", "7126:Rørlegger")),
    ("Renhold", "Sistranda", ("9112:Renholder",)),
    ("Kjøkken", "Sistranda", ("5120:Kokk ved sykehjemmet", "9412:Kjøkkenassistent")),
    ("IKT", "Sistranda", ("3512:IKT-rådgiver, brukerstøtte", "2522:Systemansvarlig")),
    ("Kultur", "Sistranda", ("2622:Bibliotekar", "2643:Tolk og kulturformidler")),
)
