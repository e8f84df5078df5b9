"""Where in a text someone else speaks: the contents of its quotes, its marks, and the narrative between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from quotekit.constructions import Context
from quotekit.speakers.source import Source

LOOK_BACK = 8  # contents that may begin within a longer one before the place asked for


class Quotations:
    """The contents of a text's quotes, asked by place."""

    def __init__(self, context: Context, sources: Sequence[Source]) -> None:
        self._sentences, self._marks = context.tree.sentences, context.marks
        self._sources = sources
        self._direct = Intervals(
            [(*span, i) for i, source in enumerate(sources) if source.direct for span in source.content]
        )
        self._indirect = Intervals(
            [(*span, i) for i, source in enumerate(sources) if not source.direct for span in source.content]
        )

    def at(self, offset: int) -> int | None:
        """The index of the source whose direct speech stands here; None in the narrative."""
        return self._direct.at(offset)

    def around(self, index: int, offset: int) -> int | None:
        """The index of the direct quote in which the source with this index stands, at this place; None outside."""
        found = self.at(offset)
        if found is not None and found != index:
            return found
        passed = {index}
        above = self._sources[index].enclosing
        while above is not None and above not in passed:
            if self._sources[above].direct:
                return above
            passed.add(above)
            above = self._sources[above].enclosing
        return None

    def reported_at(self, offset: int) -> bool:
        """Whether indirect speech stands here."""
        return self._indirect.at(offset) is not None

    def marked_at(self, offset: int) -> bool:
        """Whether the place is between quotation marks, whoever speaks."""
        return self._marks.at(offset) is not None

    def narrative(self) -> list[int]:
        """For each sentence the count of sentences before it that are not quotation throughout."""
        count, counts = 0, []
        for sentence in self._sentences:
            counts.append(count)
            first, last = self.at(sentence.words[0].end), self.at(sentence.words[-1].start - 1)
            said = any(word.upos not in ("INTJ", "PUNCT") for word in sentence.words)
            count += said and (first is None or last is None)
        return counts


class Intervals:
    """Which of many stretches of the text a place stands in, each with its index, found by halving."""

    def __init__(self, spans: Sequence[tuple[int, int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]
        self._reach = list(accumulate((end for _, end, _ in self._spans), max))

    def at(self, offset: int) -> int | None:
        """The index of the stretch that holds this place, the innermost that begins there; None outside."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or self._reach[place] <= offset:
            return None
        for start, end, index in reversed(self._spans[max(place - LOOK_BACK, 0) : place + 1]):
            if start <= offset < end:
                return index
        return None
