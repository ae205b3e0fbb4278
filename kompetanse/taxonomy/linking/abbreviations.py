"""Words that people write short on forms, by their folded short form; our own list."""

_LONG = {
    "adm": "administrasjon",
    "ass": "assistent",
    "asst": "assistent",
    "avd": "avdeling",
    "bhg": "barnehage",
    "bygn": "bygning",
    "dir": "direktor",
    "eng": "engineer",
    "hpl": "hjelpepleier",
    "ing": "ingenior",
    "inz": "inzynier",
    "kons": "konsulent",
    "mech": "mechanik",
    "mek": "mekaniker",
    "mgr": "manager",
    "prod": "produksjon",
    "psyk": "psykiatrisk",
    "sek": "sekretar",
    "spes": "spesialist",
    "spl": "sykepleier",
    "tekn": "teknisk",
    "vpl": "vernepleier",
}


def expanded(folded: str) -> str:
    """A folded text with its abbreviations written out, equal to the text when it has none."""
    return " ".join(_LONG.get(word, word) for word in folded.split())
