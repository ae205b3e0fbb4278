"""One spelling for what people spell in many ways; the same for every language, as a text's language is a guess."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from kompetanse.taxonomy.linking.arabic import normal_arabic

# Letters of a folded text, in the order of their codes in n-grams; a space stands for a word's boundary, `?` for a
# letter that an encoding lost.
ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789+#?"
LOST = "?"

_APART = re.compile(r"[^\w+#?]+|_")
_FOREIGN = re.compile(r"[^a-z0-9+#? ]+")
# æ, ø and å are typed as ae, oe, aa or as a, o, a: all of them become the one letter. German umlauts come along.
_DIGRAPHS = ((re.compile("a[ae]+"), "a"), (re.compile("oe+"), "o"), (re.compile("ue+"), "u"))
_NORDIC = str.maketrans({"æ": "a", "ä": "a", "å": "a", "ø": "o", "ö": "o", "ü": "u", "ß": "ss"})
# Signs that stand for Cyrillic ь and ъ and Arabic ʿayn and hamza are sounds nobody types.
_SILENT = re.compile("[’'ʼ`´ʿʾьъ]")
_SILENT_APOSTROPHES = re.compile("(?<=\\w)[’'ʼ`´](?=\\w)")
# A question mark stands for a letter only where one could: before a letter of the same word, or between two.
_NO_LETTER = re.compile(r"\?(?!\??\w)")


def tidy(text: str, all_lost: bool = False) -> str:
    """Case-folded words with one space between them and no punctuation; diacritics and scripts are kept.

    A question mark before a letter is kept too: it stands for a letter that an encoding lost. With `all_lost` every
    question mark is taken for one, also at the end of a word.
    """
    plain = _SILENT_APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_APART.sub(" ", plain if all_lost else _NO_LETTER.sub(" ", plain)).split())


@lru_cache(maxsize=50_000)
def _romanised(word: str) -> str:
    """A word of any script in a-z and digits, its diacritics and doubtful digraphs folded."""
    latin = _SILENT.sub("", normal_arabic(word)).translate(_NORDIC)
    if not latin.isascii():
        # A question mark that the romanising made is a sign it does not know, not a lost letter.
        lost = LOST if LOST in latin else " "
        latin = _SILENT.sub("", anyascii(latin).lower()).replace(LOST, lost)
    for written, meant in _DIGRAPHS:
        latin = written.sub(meant, latin)
    return " ".join(_FOREIGN.sub(" ", latin).split())


def fold(text: str, all_lost: bool = False) -> str:
    """A text in the letters of `ALPHABET`, so that spellings of it meet: `Žuvies`/`zuvies`, `lærer`/`laerer`/`larer`.

    Empty for text without a letter or digit. Folding a folded text changes nothing. `all_lost` is as in `tidy`.
    """
    folded = " ".join(filter(None, (_romanised(word) for word in tidy(text, all_lost).split())))
    if not all_lost:
        folded = " ".join(_NO_LETTER.sub(" ", folded).split())
    return folded if any(sign.isalnum() for sign in folded) else ""
