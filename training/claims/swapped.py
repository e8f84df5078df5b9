"""Sentences with some of their words exchanged for others of the same kind, for the teacher to judge anew.

What a word does to a sentence's worth is told best by the same sentence with another word in its place. The parse stays
as it is, for words are exchanged only for such as have the same tags, name and place among their kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quotekit.tree import Sentence, Tree, Word

SHARE = 0.5  # of the words that can be exchanged
OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
COMPLEMENTS = frozenset({"obj", "ccomp", "xcomp", "expl"})
Kind = tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """A text, and its words in the tree; where words were exchanged, in the tree of the first text."""

    text: str
    words: tuple[Word, ...]


class Pool:
    """The words of many sentences by kind, drawn by the root of how often they occur, for seldom ones are to be met."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        counts: defaultdict[Kind, Counter[tuple[str, str]]] = defaultdict(Counter)
        for sentence in sentences:
            # A first word's capital letter may be its own or not.
            for word in sentence.words[1:]:
                if (kind := _kind(word)) is not None:
                    counts[kind][word.form, word.lemma] += 1
        self._words = {kind: sorted(found) for kind, found in counts.items()}
        self._shares: dict[Kind, NDArray[np.float64]] = {}
        for kind, found in self._words.items():
            steps = np.cumsum(np.sqrt([counts[kind][one] for one in found]))
            self._shares[kind] = steps / steps[-1]

    def swapped(self, trees: Sequence[Tree], seed: int) -> Iterator[Passage]:
        """Each of the texts with other words, by chance."""
        rng = np.random.default_rng(seed)
        return (self._swapped(tree, rng) for tree in trees)

    def _swapped(self, tree: Tree, rng: np.random.Generator) -> Passage:
        parts, words, end = [], [], 0
        for sentence in tree.sentences:
            given = [self._other(word, rng) for word in sentence.words]
            words += Sentence(tuple(given)).words
            for word in given:
                if word.start >= end:
                    parts += [tree.text[end : word.start], word.form]
                    end = word.end
        return Passage("".join([*parts, tree.text[end:]]), tuple(words))

    def _other(self, word: Word, rng: np.random.Generator) -> Word:
        """The word or another in its place."""
        kind = _kind(word)
        if kind is None or kind not in self._words or rng.random() >= SHARE:
            return replace(word)
        place = int(np.searchsorted(self._shares[kind], rng.random(), side="right"))
        form, lemma = self._words[kind][place]
        return replace(word, form=form[0].upper() + form[1:] if word.form[0].isupper() else form, lemma=lemma)


def _kind(word: Word) -> Kind | None:
    """What another word must have in common with this one; None where there is to be no other."""
    if word.upos not in OPEN or not word.form.isalpha() or (word.upos == "ADV" and not word.lemma.endswith("ly")):
        return None
    under = {child.udeprel for child in word.children} & COMPLEMENTS if word.upos == "VERB" else ()
    return (word.upos, word.xpos, word.feats, word.ner, *sorted(under))
