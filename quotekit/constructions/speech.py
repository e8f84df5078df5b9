"""How marked spans follow each other: which stand in a sentence, which fill it, and which go on from another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from quotekit.constructions.phrases import trimmed
from quotekit.marks import MarkedSpan, Marks
from quotekit.tree import Sentence, Tree, Word

# A transcript's label opens a turn of its own: *“WALLACE: Let me finish.”*
_LABEL = re.compile(r"[A-Z][A-Z.]+(?: [A-Z][A-Z.]+)*:")


@dataclass(frozen=True)
class Speech:
    """The quotations of an article in their order, seen from its sentences."""

    tree: Tree
    marks: Marks
    words_in: dict[int, tuple[Word, ...]]

    @cached_property
    def spans(self) -> tuple[MarkedSpan, ...]:
        """The outermost marked spans that hold words, in text order."""
        return tuple(span for span in self.marks.outermost if self.words_in.get(span.index))

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self.spans]

    @cached_property
    def _rank(self) -> dict[int, int]:
        return {span.index: rank for rank, span in enumerate(self.spans)}

    @cached_property
    def _bare(self) -> tuple[bool, ...]:
        """For each sentence, whether it is nothing but quotation."""
        return tuple(
            all(word.upos == "PUNCT" or self.marks.outermost_at(word.start) is not None for word in sentence.words)
            for sentence in self.tree.sentences
        )

    def spans_of(self, sentence: Sentence) -> tuple[MarkedSpan, ...]:
        """The spans that touch the sentence."""
        return self.spans[bisect_right(self._ends, sentence.start) : bisect_left(self._starts, sentence.end)]

    def before(self, word: Word) -> MarkedSpan | None:
        """The nearest span that ends before the word, in its sentence or right before that: *“Full?” Ruiz asked.*"""
        rank = bisect_right(self._ends, word.start) - 1
        if rank < 0:
            return None
        gap = self.tree.text[self._ends[rank] : word.sentence.start]
        return self.spans[rank] if not gap.strip() and "\n" not in gap else None

    def after(self, word: Word) -> MarkedSpan | None:
        """The nearest span that starts after the word, in its sentence."""
        rank = bisect_left(self._starts, word.end)
        return self.spans[rank] if rank < len(self.spans) and self._starts[rank] < word.sentence.end else None

    def first_id(self, span: MarkedSpan, sentence: Sentence) -> int:
        """The id of the span's first word in the sentence."""
        return next((word.id for word in self.words_in[span.index] if word.sentence is sentence), 1)

    def last_id(self, span: MarkedSpan, sentence: Sentence) -> int:
        """The id of the span's last word in the sentence."""
        return next((word.id for word in reversed(self.words_in[span.index]) if word.sentence is sentence), 0)

    def is_bare(self, span: MarkedSpan) -> bool:
        """Whether every sentence of the span is nothing but quotation."""
        return all(self._bare[index] for index in {word.sentence.index for word in self.words_in[span.index]})

    def bare_after(self, sentence: Sentence) -> MarkedSpan | None:
        """The quotation that opens the next sentence and fills all its own, or None."""
        if sentence.index + 1 == len(self.tree.sentences):
            return None
        spans = self.spans_of(self.tree.sentences[sentence.index + 1])
        return spans[0] if spans and spans[0].start >= sentence.end and self.is_bare(spans[0]) else None

    def lead(self, span: MarkedSpan, verb: Word) -> tuple[Word, ...]:
        """A sentence that begins before its marks, *Prices “will double,” Mbeki said*; else nothing."""
        first = self.first_id(span, verb.sentence)
        opening = trimmed(verb.sentence.words[: first - 1])
        if not opening or self.words_in[span.index][0].sentence is not verb.sentence:
            return ()
        return (*opening, *self.words_in[span.index])

    def run(self, left: MarkedSpan, *, right: MarkedSpan | None, tagged: Sentence) -> tuple[Word, ...]:
        """The words of a quotation around its tag: what leads up to ``left`` and what continues after ``right``."""
        first = self._first(self._rank[left.index])
        last = self._last(self._rank[(right or left).index], tagged)
        return tuple(word for span in self.spans[first : last + 1] for word in self.words_in[span.index])

    def _first(self, rank: int) -> int:
        """The rank where the quotation opens: the first paragraph of its chain, or a bare quotation just before."""
        while rank > 0:
            span, previous = self.spans[rank], self.spans[rank - 1]
            chained = previous.chain == span.chain
            if not chained and not (self._adjacent(previous, span) and self.is_bare(previous)):
                break
            rank -= 1
        return rank

    def _last(self, rank: int, tagged: Sentence) -> int:
        """The rank where the quotation ends: on through its chain, and through bare sentences and paragraphs."""
        while rank + 1 < len(self.spans):
            span, following = self.spans[rank], self.spans[rank + 1]
            if following.chain != span.chain and not self._goes_on(span, following, tagged):
                break
            rank += 1
        return rank

    def _goes_on(self, span: MarkedSpan, following: MarkedSpan, tagged: Sentence) -> bool:
        """Whether a bare quotation follows with nothing but the tag between."""
        if not self.is_bare(following) or _LABEL.match(self.tree.text, following.inner_start):
            return False
        last = self.words_in[span.index][-1].sentence
        first = self.words_in[following.index][0].sentence
        between = self.tree.sentences[last.index + 1 : first.index]
        if any(not self._bare[sentence.index] and sentence is not tagged for sentence in between):
            return False
        return first.paragraph == last.paragraph or (
            first.paragraph == last.paragraph + 1 and self._whole(first.paragraph)
        )

    def _adjacent(self, previous: MarkedSpan, span: MarkedSpan) -> bool:
        """Whether no word stands between two spans of one paragraph."""
        last, first = self.words_in[previous.index][-1].sentence, self.words_in[span.index][0].sentence
        near = last.paragraph == first.paragraph and first.index - last.index <= 1
        return near and not any(character.isalnum() for character in self.tree.text[previous.end : span.start])

    @cached_property
    def _whole_paragraphs(self) -> frozenset[int]:
        mixed = {s.paragraph for s in self.tree.sentences if not self._bare[s.index]}
        return frozenset({s.paragraph for s in self.tree.sentences} - mixed)

    def _whole(self, paragraph: int) -> bool:
        """Whether a paragraph is nothing but quotation."""
        return paragraph in self._whole_paragraphs
