"""What a construction proposes, and what it may look at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quotekit.constructions.speech import Speech
from quotekit.constructions.turns import Turn, find_turns
from quotekit.frozen import frozen
from quotekit.language import Language
from quotekit.marks import MarkedSpan, Marks
from quotekit.tree import Sentence, Tree, Word


@frozen
class Match:
    """A candidate attribution: who (``source``) reports (``cue``) what (``content``), as words in text order.

    ``head`` is the word the cue hangs on (the verb of *had not said*), ``frame`` the relation of the content to it, and
    ``link`` the way the source was reached: ``subject``, or inherited over ``conj``, ``advcl``, ``xcomp``, ``acl`` …
    """

    construction: str
    head: Word
    cue: tuple[Word, ...]
    source: tuple[Word, ...]
    content: tuple[Word, ...]
    frame: str
    link: str

    @property
    def source_head(self) -> Word | None:
        """The word of the source that the others hang on, or None where no source is named."""
        held = set(self.source)
        return next((word for word in self.source if word.parent not in held), None)


@dataclass(frozen=True)
class Context:
    """The article as the constructions see it: its tree, its marks and its language."""

    tree: Tree
    marks: Marks
    language: Language

    @cached_property
    def _marked(self) -> dict[int, MarkedSpan]:
        words = self.tree.words
        starts = [word.start for word in words] if self.marks.spans else []
        return {
            word.start: span
            for span in self.marks.outermost
            for word in words[bisect_left(starts, span.inner_start) : bisect_left(starts, span.inner_end)]
        }

    def marked_span(self, word: Word) -> MarkedSpan | None:
        """The outermost marked span that holds the word, or None where the word stands outside quotation marks."""
        return self._marked.get(word.start)

    def holds_marked(self, words: Sequence[Word]) -> bool:
        """Whether a marked word stands from the first of these words to the last, which are in text order."""
        starts = self._marked_starts
        place = bisect_left(starts, words[0].start) if words else len(starts)
        return place < len(starts) and starts[place] <= words[-1].start

    @cached_property
    def _marked_starts(self) -> list[int]:
        return sorted(self._marked)

    @cached_property
    def words_in(self) -> dict[int, tuple[Word, ...]]:
        """The words of each outermost marked span, by the span's index, without the marks themselves."""
        found: dict[int, list[Word]] = {}
        for word in self.tree.words:
            span = self.marked_span(word)
            if span is not None and not self.marks.is_mark(word.start):
                found.setdefault(span.index, []).append(word)
        return {index: tuple(words) for index, words in found.items()}

    @cached_property
    def speech(self) -> Speech:
        """The quotations in their order."""
        return Speech(self.tree, self.marks, self.words_in)

    @cached_property
    def turns(self) -> dict[int, Turn]:
        """The labelled turns of a transcript, each by the index of the sentence that its label opens."""
        return find_turns(self.tree, self.language)

    def turn_opening(self, sentence: Sentence) -> tuple[Word, ...]:
        """The words with which the sentence opens a turn, *[00:12:31] OKAFOR:*; none where it opens none."""
        turn = self.turns.get(sentence.index)
        return sentence.words[: (turn.sign or turn.label[-1]).id] if turn else ()

    @cached_property
    def _first_index(self) -> tuple[int, ...]:
        """For each sentence, the place of its first word among all words of the article."""
        found, count = [], 0
        for sentence in self.tree.sentences:
            found.append(count)
            count += len(sentence.words)
        return tuple(found)

    def position(self, word: Word) -> int:
        """The word's place among all words of the article."""
        return self._first_index[word.sentence.index] + word.id - 1

    def between(self, left: Word, right: Word) -> tuple[Word, ...]:
        """The words that stand between two words."""
        return self.tree.words[self.position(left) + 1 : self.position(right)]

    @cached_property
    def known(self) -> dict[tuple[Any, ...], Any]:
        """What has been worked out for one candidate and holds for others with the same cue, source or quotation."""
        return {}

    def is_cue(self, word: Word) -> bool:
        """Whether the cue list knows this word."""
        return (word.lemma.lower(), word.upos) in self.language.cues


Finder = Callable[[Sentence, Context], Iterator[Match]]


@dataclass(frozen=True, slots=True)
class Construction:
    """A grammatical pattern of reported speech, with the examples that document and test it."""

    name: str
    summary: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    find: Finder
