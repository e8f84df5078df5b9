"""Marked spans: what quotation marks enclose, and quick answers about any place in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """What one pair of marks encloses: ``start`` and ``end`` with the marks, ``inner_start`` and ``inner_end`` without.

    An unclosed mark (``closed`` False) runs to the end of its paragraph, or to where something else ends it: the next
    mark of its own sort that opens, or the end of the span around it. ``chain`` is shared by the paragraphs of one
    quotation and is the ``index`` of the first of them.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    kind: str
    depth: int
    closed: bool
    chain: int
    index: int
    parent: int | None


@dataclass(frozen=True)
class Marks:
    """All marked spans of a text, in text order; ``strays`` are the offsets of marks that belong to none."""

    spans: tuple[MarkedSpan, ...]
    strays: tuple[int, ...] = ()

    @cached_property
    def outermost(self) -> tuple[MarkedSpan, ...]:
        """The spans that stand in no other."""
        return tuple(span for span in self.spans if span.depth == 0)

    def at(self, offset: int) -> MarkedSpan | None:
        """The innermost span that holds the character at this offset between its marks."""
        places, owners = self._inner_borders
        owner = owners[bisect_right(places, offset) - 1] if places and offset >= places[0] else None
        return None if owner is None else self.spans[owner]

    def outermost_at(self, offset: int) -> MarkedSpan | None:
        """The outermost span that holds the character at this offset between its marks."""
        span = self._outermost_from(offset)
        return span if span is not None and span.inner_start <= offset < span.inner_end else None

    def is_mark(self, offset: int) -> bool:
        """Whether the character at this offset is a mark of a span."""
        return offset in self._mark_offsets

    def in_paragraph(self, start: int, end: int) -> tuple[MarkedSpan, ...]:
        """The outermost spans that open in this stretch, in text order."""
        starts = self._outermost_starts
        return self.outermost[bisect_left(starts, start) : bisect_left(starts, end)]

    def nested_in(self, start: int, end: int) -> tuple[MarkedSpan, ...]:
        """The closed spans inside other spans that lie in this stretch, in text order."""
        places = self._starts
        found = self.spans[bisect_left(places, start) : bisect_left(places, end)]
        return tuple(span for span in found if span.depth and span.closed and span.end <= end)

    def _outermost_from(self, offset: int) -> MarkedSpan | None:
        place = bisect_right(self._outermost_starts, offset) - 1
        return self.outermost[place] if place >= 0 else None

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(span.start for span in self.spans)

    @cached_property
    def _outermost_starts(self) -> tuple[int, ...]:
        return tuple(span.start for span in self.outermost)

    @cached_property
    def _mark_offsets(self) -> frozenset[int]:
        return frozenset(
            offset
            for span in self.spans
            for offset in (*range(span.start, span.inner_start), *range(span.inner_end, span.end))
        )

    @cached_property
    def _inner_borders(self) -> tuple[list[int], list[int | None]]:
        """Where the innermost span changes, and to which span (by index)."""
        places: list[int] = []
        owners: list[int | None] = []
        open_spans: list[MarkedSpan] = []
        for span in self.spans:
            while open_spans and open_spans[-1].inner_end <= span.start:
                places.append(open_spans[-1].inner_end)
                owners.append(open_spans.pop().parent)
            places.append(span.inner_start)
            owners.append(span.index)
            open_spans.append(span)
        while open_spans:
            places.append(open_spans[-1].inner_end)
            owners.append(open_spans.pop().parent)
        return places, owners
