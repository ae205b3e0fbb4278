"""What is left of a folded word without endings of number, definiteness, case and gender.

One rule for all languages, as a word's language is a guess: crude, and used as one signal beside others.
"""

from functools import lru_cache

# Longest first: Norwegian, Danish and Swedish plurals, definite forms and -inne; Polish, Ukrainian (romanised) and
# Lithuanian case and gender endings; Romanian -oare beside -or.
_ENDINGS = (
    "innene", "innen", "innar", "inner", "inne", "erska", "erske",
    "erne", "arna", "erna", "orna", "ene", "ane", "ere", "are", "ete",
    "owie", "owy", "owa", "owe", "ych", "ami", "ach", "oare",
    "iaus", "ius", "ias", "tojos", "toju",
    "er", "ar", "or", "en", "et", "an", "as", "is", "us", "os", "es", "ka", "ki", "ek", "ov", "om", "ju", "iu",
    "a", "e", "i", "o", "u", "y", "s", "h",
)  # fmt: skip
# What is shorter says too little.
_LEAST = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending: `elektrikere` and `elektriker`, `ksiegowa` and `ksiegowy` become the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
