"""The labels of one kind of concept as arrays that can be memory-mapped; what they hold, not how they are made."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kompetanse.taxonomy.linking.normalising import LOST
from kompetanse.taxonomy.linking.texts import Texts, first_at_least


@dataclass(frozen=True, slots=True)
class Postings:
    """Which labels have a feature, a trigram or a term, and what it weighs.

    `labels`: int32[N], the labels of each feature one after the other; `starts`: int64[features + 1], where each
    begins; `rarity`: float32[features], squared inverse document frequencies; `norms`: float32[labels], the lengths of
    the labels as vectors.
    """

    labels: NDArray[np.int32]
    starts: NDArray[np.int64]
    rarity: NDArray[np.float32]
    norms: NDArray[np.float32]

    def cosines(self, features: NDArray[np.int64], strangers: int = 0) -> NDArray[np.float32]:
        """How like each label is to a text of these distinct features, float32[labels], 0 to 1.

        `strangers`: how many more features the text has that no label has.
        """
        weights = self.rarity[features]
        rarest = (np.log(1 + len(self.norms)) + 1) ** 2
        length = float(np.sqrt(weights.sum() + strangers * rarest))
        begins, ends = self.starts[features], self.starts[features + 1]
        if not (ends - begins).any():
            return np.zeros(len(self.norms), np.float32)
        found = np.concatenate([self.labels[one:end] for one, end in zip(begins, ends, strict=True)])
        cosines = np.bincount(found, np.repeat(weights, ends - begins), len(self.norms)).astype(np.float32)
        cosines /= self.norms
        cosines /= length
        return cosines


@dataclass(frozen=True, slots=True)
class Shelf:
    """Labels of one kind, sorted by concept, then language, the preferred first.

    `concepts`: URIs, sorted; `languages`: codes, sorted; `concept_labels`: int32[concepts + 1], where each
    concept's labels begin; `entry_labels`: int32[entries + 1], the same of entries, the labels of a concept in one
    language; `entry_concept`: int32[entries]; `label_concept`: int32[labels]; `label_language`: uint8[labels];
    `preferred` and `curated`: bool[labels], as in `Label`; `lengths`: uint16[labels], letters of the folded texts;
    `written`, `folded`: the texts; `by_text`: int32[labels], the labels sorted by folded text.

    `word_label`: int32[W] and `word_offset`: uint16[W], where a word begins in a folded text, sorted by what follows.

    `grams`, `words`: the labels by trigrams and by terms, which are numbered as in `terms`, sorted; `vocabulary` and
    `counts`: what compounds are split by.

    `level`: uint8[concepts], the digits of an ISCO group's code, 0 for what is no group; `meanings`:
    float32[concepts, D], of length 1, where concepts are among the meanings of words; D is 0 until they are placed.
    """

    concepts: Texts
    languages: Texts
    concept_labels: NDArray[np.int32]
    entry_labels: NDArray[np.int32]
    entry_concept: NDArray[np.int32]
    label_concept: NDArray[np.int32]
    label_language: NDArray[np.uint8]
    preferred: NDArray[np.bool_]
    curated: NDArray[np.bool_]
    lengths: NDArray[np.uint16]
    written: Texts
    folded: Texts
    by_text: NDArray[np.int32]
    word_label: NDArray[np.int32]
    word_offset: NDArray[np.uint16]
    grams: Postings
    words: Postings
    terms: Texts
    vocabulary: Texts
    counts: NDArray[np.int32]
    level: NDArray[np.uint8]
    meanings: NDArray[np.float32]

    def named(self, folded: str) -> NDArray[np.int32]:
        """The labels whose folded text is exactly this, int32[N]."""
        wanted = folded.encode()
        first = first_at_least(wanted, len(self.by_text), lambda at: self.folded.bytes(int(self.by_text[at])))
        end = first
        while end < len(self.by_text) and self.folded.bytes(int(self.by_text[end])) == wanted:
            end += 1
        return self.by_text[first:end]

    def beginning(self, folded: str) -> slice:
        """The part of `word_label` and `word_offset` where a word and what follows it begin so."""
        wanted = folded.encode()
        first = first_at_least(wanted, len(self.word_label), self._from_word)
        # No byte of a folded text is as high as 0xff, so this is past every text that begins so.
        return slice(first, first_at_least(wanted + b"\xff", len(self.word_label), self._from_word))

    def fitting(self, pattern: str) -> NDArray[np.int32]:
        """The labels whose folded text fits when each `?` of a folded pattern is any one letter, int32[N]."""
        wanted = np.frombuffer(pattern.encode(), np.uint8)
        labels = np.flatnonzero(self.lengths == len(wanted)).astype(np.int32)
        letters = self.folded.data[self.folded.starts[labels][:, None] + np.arange(len(wanted))]
        lost = wanted == ord(LOST)
        # What was a letter is no space between words.
        fit: NDArray[np.bool_] = np.where(lost, letters != ord(" "), letters == wanted).all(axis=1)
        return labels[fit]

    def _from_word(self, at: int) -> bytes:
        return self.folded.bytes(int(self.word_label[at]), int(self.word_offset[at]))
