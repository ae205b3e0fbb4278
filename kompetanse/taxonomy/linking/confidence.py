"""Decides when a text names one concept for sure: a wrong link does harm, a missing one costs a click."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from kompetanse.taxonomy.linking.abbreviations import expanded
from kompetanse.taxonomy.linking.compounds import COMPOUNDING
from kompetanse.taxonomy.linking.labels import Hit
from kompetanse.taxonomy.linking.normalising import LOST, fold, tidy
from kompetanse.taxonomy.linking.query import LONGEST, Query
from kompetanse.taxonomy.linking.searching import Searcher
from kompetanse.taxonomy.linking.terms import terms

Labels = NDArray[np.int32]

# How sure each way is, as judged on real titles: what is below 0.8 is worth a question.
_NAMED, _LOST_LETTERS, _INFLECTED, _MISSPELT, _HEAD = 1.0, 0.95, 0.92, 0.85, 0.75
# A word of nothing but lost letters would match whatever is as long: most letters must have survived.
_LEAST_SURVIVING = 0.5
# Shorter words are one slip away from other words; longer ones may have two. Hardly anybody slips at the first two
# letters, where compounds differ ("slinger", on the fish line, is no singer).
_SHORTEST_MISSPELT, _LONG = 6, 14
# A fused score that is this high and this far ahead is a link.
_HIGH, _AHEAD = 0.7, 0.15
# Nobody writes more names of one thing.
_MOST_PARTS = 4
# "sykepleier (ikke godkjent)": said of the thing, not what it is.
_REMARK = re.compile(r"\([^()]*\)")
# The best labels that are looked at for inflected and misspelt forms.
_LOOKED_AT = 60


def confident(searcher: Searcher, text: str, language: str | None) -> Hit | None:
    """The one concept that a text names, None for none or several."""
    text = text[:LONGEST]
    hit = _whole(searcher, text, language)
    parts = [part for part in text.split("/") if part.strip()]
    if hit is None and 1 < len(parts) <= _MOST_PARTS:
        hit = _all_the_same(searcher, parts, language)
    if hit is None and _REMARK.search(text):
        hit = _whole(searcher, _REMARK.sub(" ", text), language)
    return hit


def _whole(searcher: Searcher, text: str, language: str | None) -> Hit | None:
    query = searcher.query(text)
    hit = _with_lost_letters(searcher, text, language) if LOST in text else None
    if hit or not query.folded or LOST in query.folded:
        return hit
    hit = _named(searcher, text, query.folded, language) or _named(searcher, text, expanded(query.folded), language)
    if hit or len(searcher.shelf.named(query.folded)):
        return hit  # a name of several concepts is no misspelling of something else
    return _like(searcher, query, language)


def _all_the_same(searcher: Searcher, parts: list[str], language: str | None) -> Hit | None:
    """What "tailor / skredder" means, when each part by itself means the same."""
    found = [_whole(searcher, part, language) for part in parts]
    uris = {hit.uri if hit else None for hit in found}
    return found[0] if len(uris) == 1 else None


def _named(searcher: Searcher, text: str, folded: str, language: str | None) -> Hit | None:
    """By a label that is the text. Diacritics count first ("år" is not "ar"), then the person's language."""
    shelf = searcher.shelf
    labels = shelf.named(folded)
    wanted = tidy(text)
    labels = _kept(labels, [tidy(shelf.written[label]) == wanted for label in labels.tolist()])
    labels = _kept(labels, shelf.label_language[labels] == searcher.language(language))
    return _only(searcher, labels, _NAMED) or _clearest(searcher, labels, _NAMED)


def _clearest(searcher: Searcher, labels: Labels, value: float) -> Hit | None:
    """Of a name that several concepts have: the one that it is curated for, or whose main name it is.

    A form of the main name counts as it: `księgowa` beside `księgowy`, `contabilă` in `contabil/contabilă`.
    """
    shelf = searcher.shelf
    return (
        _only(searcher, labels[shelf.curated[labels]], value)
        or _only(searcher, labels[shelf.preferred[labels]], value)
        or _only(searcher, labels[np.array([_is_main_name(searcher, label) for label in labels.tolist()], bool)], value)
    )


def _is_main_name(searcher: Searcher, label: int) -> bool:
    """Whether a label is a form of its concept's preferred one in the same language."""
    shelf = searcher.shelf
    concept = shelf.label_concept[label]
    its_own = np.arange(shelf.concept_labels[concept], shelf.concept_labels[concept + 1])
    main = its_own[shelf.preferred[its_own] & (shelf.label_language[its_own] == shelf.label_language[label])]
    names = [name for one in main.tolist() for name in shelf.written[one].split("/")]
    wanted = terms(shelf.folded[label], searcher.splitter)
    return any(terms(fold(name), searcher.splitter) == wanted for name in names)


def _kept(labels: Labels, fit: Iterable[bool]) -> Labels:
    """The labels that fit, or all when none does."""
    mask = np.array(list(fit), np.bool_)
    return labels[mask] if mask.any() else labels


def _only(searcher: Searcher, labels: Labels, value: float) -> Hit | None:
    """A hit when the labels are all of one concept."""
    if not len(labels) or np.ptp(searcher.shelf.label_concept[labels]):
        return None
    return searcher.hit(int(labels[0]), value)


def _with_lost_letters(searcher: Searcher, text: str, language: str | None) -> Hit | None:
    """By a label that fits when each `?` may be any one letter."""
    pattern = fold(text, all_lost=True)
    letters = pattern.replace(" ", "")
    if LOST not in pattern or letters.count(LOST) > len(letters) * _LEAST_SURVIVING:
        return None
    shelf = searcher.shelf
    labels = shelf.fitting(pattern)
    written = re.compile(re.escape(tidy(text, all_lost=True)).replace(re.escape(LOST), r"\w"))
    labels = _kept(labels, [written.fullmatch(tidy(shelf.written[label])) is not None for label in labels.tolist()])
    labels = _kept(labels, shelf.label_language[labels] == searcher.language(language))
    return _only(searcher, labels, _LOST_LETTERS) or _clearest(searcher, labels, _LOST_LETTERS)


def _like(searcher: Searcher, query: Query, language: str | None) -> Hit | None:
    """By an inflected or a misspelt label, by the head of a compound, or by all signals together.

    When the person's language is known only labels in it are taken for forms of the text: what is nearly a word of
    another language is rarely meant.
    """
    scored = searcher.scored(query, language)
    labels = scored.best(_LOOKED_AT)
    hits = searcher.hits(scored, 2)
    spoken = searcher.language(language)
    if spoken is not None:
        labels = labels[searcher.shelf.label_language[labels] == spoken]
    return (
        _only(searcher, _inflected(searcher, query, labels), _INFLECTED)
        or _only(searcher, _misspelt(searcher, query, labels), _MISSPELT)
        or _by_head(searcher, query, hits, spoken)
        or _far_ahead(hits)
    )


def _inflected(searcher: Searcher, query: Query, labels: Labels) -> Labels:
    """The labels with the same terms as the text."""
    wanted = sorted(terms(query.folded, searcher.splitter))
    folded = searcher.shelf.folded
    same = [sorted(terms(folded[label], searcher.splitter)) == wanted for label in labels.tolist()]
    return labels[np.array(same, np.bool_)]


def _misspelt(searcher: Searcher, query: Query, labels: Labels) -> Labels:
    """The labels that are fewest slips from the text, few enough for its length.

    None when the text is made of known words.
    """
    text = query.folded
    if not query.whole.strangers or len(text) < _SHORTEST_MISSPELT:
        return labels[:0]
    folded = searcher.shelf.folded
    allowed = 2 if len(text) >= _LONG else 1
    texts = [folded[label] for label in labels.tolist()]
    slips = np.array([OSA.distance(text, one, score_cutoff=allowed) for one in texts], np.int64)
    other = [one[:2] != text[:2] or _digits(one) != _digits(text) for one in texts]
    slips = slips + (allowed + 1) * np.array(other, np.int64)
    fewest: NDArray[np.bool_] = slips == slips.min(initial=allowed)
    return labels[fewest]


def _digits(text: str) -> str:
    """What tells a second mate from a first is no slip."""
    return "".join(sign for sign in text if sign.isdigit())


def _by_head(searcher: Searcher, query: Query, hits: list[Hit], spoken: int | None) -> Hit | None:
    """An electrician of ships is an electrician: the longest end of a compound that names one concept.

    Only when that is the best hit of all signals, too: a head of chiefs is no head of anything.
    """
    parts = searcher.splitter.split(query.folded)
    shelf = searcher.shelf
    for at in range(1, len(parts)):
        labels = shelf.named("".join(parts[at:]))
        languages = shelf.label_language[labels].tolist()
        fit = [searcher.languages[one] in COMPOUNDING and spoken in (None, one) for one in languages]
        labels = labels[np.array(fit, np.bool_)]
        hit = _only(searcher, labels, _HEAD) or _clearest(searcher, labels, _HEAD)
        if hit or len(labels):
            return hit if hit and hits and hit.uri == hits[0].uri else None
    return None


def _far_ahead(hits: list[Hit]) -> Hit | None:
    """The best hit when it is good and no other is near."""
    if not hits or hits[0].score < _HIGH or (len(hits) > 1 and hits[0].score - hits[1].score < _AHEAD):
        return None
    return hits[0]
