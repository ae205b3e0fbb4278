"""Takes apart what people write into one cell; knows nothing of concepts."""

import re

# Between things: not a hyphen, which holds words together, and a stroke only where it is no "w/o", "2/3" or "MIG/MAG".
_STROKE = r"\s/\s|(?<=\w{4})/\s*(?=\w{2})|(?<=\w{2})\s*/(?=\w{4})"
_BETWEEN = re.compile(rf"\s*(?:[;|•·\n\r\t،؛]|{_STROKE}|(?<!\d),|,\s|\s\+\s|\s&\s)\s*")
_UNIT = (
    r"(?:år|aar|årige|års|mnd|mndr|måned(?:er)?|uke[r]?|years?|yrs?|months?|lat(?:a)?|rok(?:u|i)?|mies(?:iące|ięcy|iąc)?"
    r"|met(?:ai|us|ų|u)?|m\.|mėn(?:esiai|esių)?|роки|років|рік|рок[иіу]в?|міс(?:яців|яці)?|год(?:а|ы)?|лет"
    r"|ani|an|luni|jahre?|monate?|sanadood|سنوات|سنة|سنه|عام|أعوام|اعوام|شهر|أشهر|اشهر)"
)
_NUMBER = r"(?:(?:ca\.?|około|apie|about|over|ok\.|>|~|mer enn|i)\s*)?\d+(?:[.,]\d+)?\s*(?:[-–+]\s*\d*)?\s*"
_DURATION = re.compile(rf"[(\[]?\s*(?<!\w){_NUMBER}{_UNIT}(?!\w)\.?\s*[)\]]?", re.IGNORECASE)
_PERIOD = re.compile(
    r"[(\[]?\s*(?<!\d)(?:19|20)\d\d\s*(?:[-–—]\s*(?:(?:19|20)\d\d|nå|no|now|dd|teraz|dabar|тепер)?)?(?!\d)\s*[)\]]?"
)
# What is left of "3 år i Norge" or "10 lat w Polsce" when the duration is gone: where and how, not what.
_CIRCUMSTANCE = re.compile(
    r"(?:(?:i|in|w|na|в|у|în|fra|from|med|with|of|som|jako|as|experience|erfaring|doświadczenia|praktyki|patirties"
    r"|досвіду|erfaring som)\s*)*(?:norge|noreg|norway|norwegii|norvegijoje|норвегії|norvegia|polen|polsce|litauen"
    r"|lietuvoje"
    r"|ukraina|україні|syria|syrien|eritrea|romania|النرويج|في النرويج)?",
    re.IGNORECASE,
)  # fmt: skip


def parts(text: str) -> list[str]:
    """The things that a text lists, in their order and each once, without how long and when.

    >>> parts("kokk / renholder; 3 år i Norge")
    ['kokk', 'renholder']
    >>> parts("księgowa 10 lat")
    ['księgowa']
    """
    cleaned = (_without_time(part) for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in cleaned if any(sign.isalpha() for sign in part)))


def _without_time(part: str) -> str:
    rest = _PERIOD.sub(" ", _DURATION.sub(" ", part))
    rest = " ".join(rest.split()).strip(" .,:;–-()[]")
    if rest != part.strip() and _CIRCUMSTANCE.fullmatch(rest):
        return ""
    return rest
