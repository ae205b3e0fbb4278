"""Arabic words in one form: the marks, letters and articles that writers leave out or choose between."""

import re

# Short vowels and other marks (tashkeel), the stretcher (tatweel), and the isolated hamza at a word's end.
_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
# Alef with hamza or madda; alef maqsura for ya; ta marbuta for ha; hamza on waw and ya; Persian kaf and ya.
_LETTERS = str.maketrans("أإآٱىةؤئکی", "اااايهويكي")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTER = re.compile("[\u0620-\u064a]")
# "The", alone or after "and", "by", "as"; "for the" swallows the alef.
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
# A shorter rest is more likely a word that happens to begin so ("الم", pain).
_LEAST_REST = 3


def normal_arabic(text: str) -> str:
    """Text with its Arabic words in one form; other scripts are left as they are."""
    if not _LETTER.search(text):
        return text
    plain = _MARKS.sub("", text).translate(_LETTERS).translate(_DIGITS)
    return " ".join(_without_article(word) for word in plain.split())


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST_REST:
            return word[len(article) :]
    return word
