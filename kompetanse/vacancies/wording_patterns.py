"""The words that `wording` looks for, in bokmål, nynorsk and some English, and the occupations where they exclude.

Every pattern is searched without regard to case within one clause, which has single spaces between its words. Which
occupations need what is our own judgement by STYRK-08 groups, careful on the side of silence: where an occupation is
not listed, nothing is said.
"""

import re
from typing import Final


def _groups(codes: str) -> tuple[str, ...]:
    return tuple(codes.split())


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


# ---------------------------------------------------------------- occupations, as beginnings of STYRK-08 codes
# Work that is learnt and done with everyday Norwegian: kitchens, serving, hairdressing, cleaning, caretaking, animals,
# shops; farming and fishing; crafts; operators and drivers, but not of trains (831); elementary work.
EVERYDAY_NORWEGIAN: Final = _groups(
    "512 513 514 515 5164 522 523 5242 5245 5246 6 7 81 82 832 833 834 835 9",
)
# Where a level from C1 up is hard to defend: sales and service, farming, crafts, operators, elementary work.
NO_C1: Final = _groups("5 6 7 8 9")
# What is mastered within months or a few years: operators and drivers, elementary work.
LEARNT_IN_THE_JOB: Final = _groups("8 9")
# Work at a desk. Stores (432), post (4412) and the police (3355) are none.
DESK: Final = _groups(
    "12 241 242 243 25 261 262 263 264 331 332 333 334 3351 3352 3353 3354 351 41 42 431 4411 4413 4415 4416",
)
# Work at one place: desks, kitchens, serving, hairdressing, shops, nurseries; fish and food; factories.
NO_DRIVING: Final = (*DESK, *_groups("512 513 514 522 523 5246 531 751 81 82 932 94"))
# Where being Norwegian may be a condition: armed forces, police (politiloven § 18), judges (domstolloven § 53).
CITIZENS: Final = _groups("0 3355 2612")
# Where the Norwegian language is the craft itself: language teachers, writers, journalists, interpreters, presenters.
LANGUAGE_IS_THE_CRAFT: Final = _groups("2353 2641 2642 2643 2656")

# ---------------------------------------------------------------- words that ask too much
_VERY: Final = (
    r"(?:perfekt|flytende|flytande|feilfritt?|plettfritt?|upåklagel[ei]g|fremragende|framifrå|glimrende"
    r"|utmerk(?:et|a|ede)|(?:svært|meget|særs|veldig|særdeles) (?:gode?|godt))"
)
# What may stand between the adverb and the language: "perfekt muntlig og skriftlig norsk".
_BETWEEN: Final = r"(?: (?:både|muntlige?|munnleg\w*|skriftlege?|skriftlige?|og|på|i|engelsk|,))* "
_NORWEGIAN: Final = r"(?:norsk(?:kunnskap\w*|ferdighe\w*)?|(?:språk)?kunnskap\w* i norsk)\b"
_SPEAK: Final = r"(?:snakke[rs]?|snakkar|skrive[rs]?|skriv|beherske[rs]?|beherskar|meistr\w+|mestre[rs]?|kunne|kan)"
_SPOKEN_AND_WRITTEN: Final = (
    r"(?:både )?(?:muntlig|munnleg|skriftlig|skriftleg)\w* (?:og|eller) "
    r"(?:muntlig|munnleg|skriftlig|skriftleg)\w*"
)

LANGUAGE: Final = _words(
    rf"{_VERY}{_BETWEEN}{_NORWEGIAN}",
    rf"{_SPEAK} (?:og {_SPEAK} )?norsk(?: (?:språk|muntlig|munnleg|skriftlig|skriftleg|engelsk|både|og|på|et|eit))* "
    rf"(?:{_VERY}|godt)\b",
    rf"{_SPEAK} (?:og|samt) {_SPEAK} godt norsk\b",
    rf"god[et]? {_NORWEGIAN} ?,? ?(?:\( ?)?{_SPOKEN_AND_WRITTEN}",
    rf"god\w* {_SPOKEN_AND_WRITTEN} {_NORWEGIAN}",
    r"(?:fluent|perfect|flawless|excellent) (?:in )?(?:(?:written|spoken|oral|and) )*norwegian\b",
)
MOTHER_TONGUE: Final = _words(
    r"norsk\w* (?:som|er) morsmål\w*",
    r"morsmål\w* (?:må vere|må være|skal være|skal vere|er|på)? ?norsk\b",
    r"etnisk\w* n(?:orsk\w*|ordmenn|ordmann)\b",
    r"norwegian (?:as (?:a |your )?)?(?:mother tongue|native language)",
    r"native (?:norwegian|speaker of norwegian)\b",
)
LANGUAGE_LEVEL: Final = _words(
    r"(?:norsk\w*|språk\w*|norwegian)(?:[ ,:(]|(?:på|tilsvarende|tilsvarande|minst|minimum|nivå|minimumsnivå|muntlig"
    r"|munnleg|skriftlig|skriftleg|og|level|at|cefr))*\bC[12]\b(?:-?nivå\w*)?",
    r"(?:nivå|cefr|level) C[12]\b",
    r"C[12](?:-?nivå\w*)? (?:i|på) norsk\b",
)
CITIZENSHIP: Final = _words(r"norske? statsborg[ae]r\w*", r"norsk pass\b", r"norwegian citizen\w*")
NORWEGIAN_EDUCATION: Final = _words(
    r"norske? (?:fag)?(?:utdanning|utdannelse|utdaning|vitnemål|fagbrev|sveinebrev|svennebrev|fagutdanning|eksamen)\w*",
    r"(?:utdanning|utdannelse|vitnemål|fagbrev)\w* (?:\w+ ){0,3}?(?:fra|frå|i) (?:Norge|Noreg)\b",
    r"norwegian (?:education|degree|diploma)\b",
)
_YOUTH: Final = (
    r"(?:spreke?|sult(?:en|ne)|energisk\w*|dynamisk\w*|frisk\w*|fresk\w*|lovende|ambisiøs\w*|moderne|uredd\w*|sterk\w*)"
)
_STAFF: Final = (
    r"(?:(?:medarbeid[ea]r|kolleg|team|miljø|arbeidsmiljø|gjeng|selger|seljar)\w*|dame|jente|gutt?|mann|kvinne)\b"
)
_GROWN: Final = r"(?:2[4-9]|[3-6]\d)"
AGE: Final = _words(
    rf"ung[et]? ?(?:,|&|og| ) ?{_YOUTH}\b",
    rf"{_YOUTH} ?(?:,|&|og) ?ung[et]?\b",
    rf"ung[et]? {_STAFF}",
    r"ungt? og \w+ (?:team|miljø|arbeidsmiljø|gjeng)\b",
    r"ungdommel[ie]g\w*",
    r"(?:mellom|alder\w*|frå|fra) (?:1[6-9]|[2-6]\d) ?(?:og|-|–|til) ?[2-6]\d ?år\b",
    rf"(?:under|maks\w*(?: alder)?|(?:ikke|ikkje) (?:eldre enn|over|fylt)) {_GROWN} ?år\b(?! sid[ae]n)",
    rf"(?:yngre|younger) (?:enn|than) {_GROWN}\b",
    r"i (?:begynnelsen av |starten av |slutten av )?(?:20|30|tjue|tretti)-? ?(?:årene|åra)\b",
    r"young(?: and|,) (?:energetic|dynamic|fit|ambitious)\b|young (?:team|woman|man)\b",
)
_MAN_OR_WOMAN: Final = r"(?:mann|dame|kvinne|jente|gutt|gut|pike)"
GENDER: Final = _words(
    rf"{_MAN_OR_WOMAN} (?:til|søkes|søkjes|søkast|ønskes|ønskjes|ønskast)\b",
    rf"(?:søker|søkjer|ønsker|ønskjer|trenger|treng|ser etter) (?:en|ei|ein)? ?(?:\w+ )?{_MAN_OR_WOMAN}\b",
    r"(?:stue|kontor|vaske|serverings|bar|kjøkken|lager|handy|altmulig|altmogleg)(?:pike|dame|kone|mann|jente|gutt|gut)r?\b",
    r"servitrise\w*\b",
    r"(?:kvinn|mann)e?l[ei]g \w+ (?:søkes|søkjes|søkast|ønskes|ønskjes|ønskast)\b",
    r"(?<!eller )(?<!/)(?:hun|ho|han)(?= (?:må|bør|vil få)\b)",
)
FITNESS: Final = _words(
    r"(?:god|høy|høg|svært god|topp|utmerket|utmerka|meget god) fysisk (?:form|helse)\b",
    r"i (?:god|topp|svært god) (?:fysisk )?form\b",
    r"fysisk (?:sterk|sprek|i god form)\b",
    r"good physical (?:shape|fitness|health)\b",
)
DRIVING: Final = _words(
    r"(?:bil)?(?:før[ea]rkort|sertifikat (?:klasse )?B)\b(?! ?(?:for|på|til) truck)",
    r"(?:driver'?s|driving) licen[cs]e\b",
    r"(?:disponere|disponerer|har|ha) (?:egen |eigen )?bil\b",
)
# Not the upper end of a range that begins lower: "3-5 års erfaring".
_FROM_FIVE: Final = r"(?<!\d-)(?<!\d–)(?<!\d - )(?<!\d – )(?<!til )(?:[5-9]|[1-3]\d|fem|seks|syv|sju|åtte|ni|ti)"
_YEARS: Final = rf"{_FROM_FIVE}(?: ?\+| ?(?:-|–|til|eller) ?(?:\d{{1,2}}|flere|fleire|mer|meir))? ?års?"
EXPERIENCE: Final = _words(
    rf"{_YEARS} (?:\w+ ){{0,3}}?\w*(?:erfaring|røynsle|praksis)\b",
    rf"\w*(?:erfaring|røynsle|praksis) (?:\w+ ){{0,3}}?(?:minst|minimum|over|mer enn|meir enn) {_YEARS}\b",
    rf"{_FROM_FIVE}\+? years?'? (?:of )?(?:\w+ ){{0,2}}?experience\b",
)

# ---------------------------------------------------------------- words around them that change what they mean
NEGATED: Final = _words(
    r"(?:ikke|ikkje|ingen|inga|intet|uten|utan|hverken|verken|uansett|uavhengig)\b",
    r"(?:not|no (?:need|requirement))\b",
)
DOUBLY_NEGATED: Final = _words(r"(?:ikke|ikkje|ingen)\b.*\b(?:uten|utan)\b")
WISHED: Final = _words(r"fordel\w*|føremon\w*|(?:pluss|ønskelig|ønskeleg|gjerne|advantage|preferred)\b")
OR_EQUAL: Final = _words(r"(?:eller|or)\b|tilsvar\w+|godkjen\w+|jamgod\w*|likeverdig\w*")
CLEARANCE: Final = re.compile(
    r"klarer(?:ing|es|ast)|(?:sikkerhets|tryggings)lov|security clearance",
    re.IGNORECASE,
)
# Personal assistance (BPA) may ask for a sex or an age where decency calls for it (lov 2017-06-16-51 § 9).
PERSONAL_ASSISTANCE: Final = _words(r"BPA\b|bruk[ea]rstyrt|person(?:lig|leg)\w* assist|støttekontakt|avlast[ea]r\b")
# Those whom the work is for have ages and mother tongues, too: "barn mellom 10 og 16 år".
SERVED: Final = _words(
    r"barn(?:a|et)?\b|ungdom(?:mer|mar|men|mene|mane)?\b|(?:elev|student)(?:en|er|ar|ene|ane)?\b",
    r"(?:pasient|deltak|medlem|gjest|beboer|bebuar)\w*|bruk[ea]r(?:e|en|ne|ene|ar|ane)?\b|kund(?:e|er|ar|ene|ane)\b",
)
MOVES_ABOUT: Final = _words(
    r"kjør\w*|køyr\w*|transport\w*|utkjør\w*|(?:ut|vare)lever\w*|reis(?:er|ing|evirksomhet|everksemd)\b|befaring\w*",
    r"(?:hjemmetj|heimet)enest\w*|(?:hjemmesyk|heimesjuk)epleie\w*|ambuler\w*|bud\b|(?:hos|til) kund\w*",
    r"(?:vare|firma|tjeneste|teneste)bil\w*|(?:flere|fleire|ulike|forskjellige) (?:steder|stader|lokasjon\w*)",
    r"travell?ing\b",
)
THE_FIRMS_OWN: Final = _words(
    r"(?:vi|me|we) (?:har|have)\b|(?:bedriften|bedrifta|firmaet|selskapet|verksemda|virksomheten)\b"
)
