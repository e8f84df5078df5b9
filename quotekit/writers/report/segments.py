"""The running text, cut where anything begins or ends, so that quotes may nest and overlap as they like."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotekit.writers.report.signs import SIGN

# A blank line parts blocks. Browsers lay out only the blocks in view, and one block for all is no help: a text without
# blank lines, as many a transcript is, is parted at each line from this length on.
LONGEST_BLOCK = 4_000  # characters
_BLANK_LINE = re.compile(r"(?>\r\n|\n|\r)(?:[^\S\r\n]*(?>\r\n|\n|\r))+|\Z")
_LINE_END = re.compile(r"[\r\n]+|\Z")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that has a part in a quote: its content, what of it stood in marks, its cue, its source."""

    start: int
    end: int
    role: str
    owner: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch within which nothing begins or ends, with all that it has a part in, in the order they were given."""

    start: int
    end: int
    text: str
    parts: tuple[Part, ...]

    @property
    def is_sign(self) -> bool:
        """Whether it is a character that must not reach the page as it is."""
        return SIGN.match(self.text) is not None


def cut(text: str, parts: Sequence[Part], stops: Iterable[int] = ()) -> Iterator[tuple[Segment, ...]]:
    """The blocks of the text, each as its segments; a segment also begins at each of the stops.

    Blank lines between blocks are left out. Takes time in proportion to the text and to what is told of it.
    """
    beginning: defaultdict[int, list[Part]] = defaultdict(list)
    ending: defaultdict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if part.start < part.end:
            beginning[part.start].append(part)
            ending[part.end].append(part)
    signs = [place for found in SIGN.finditer(text) for place in found.span()]
    borders = sorted({*beginning, *ending, *stops, *signs})
    open_parts: dict[Part, None] = {}
    passed = 0
    for start, end in blocks(text):
        inner = borders[bisect_right(borders, start) : bisect_right(borders, end - 1)]
        segments = []
        for first, last in zip((start, *inner), (*inner, end), strict=True):
            while passed < len(borders) and borders[passed] <= first:
                for part in ending.get(borders[passed], ()):
                    open_parts.pop(part, None)
                open_parts.update(dict.fromkeys(beginning.get(borders[passed], ())))
                passed += 1
            segments.append(Segment(first, last, text[first:last], tuple(open_parts)))
        yield tuple(segments)


def blocks(text: str) -> Iterator[Place]:
    """Where the paragraphs of the text are; of one that is very long, its lines."""
    for start, end in _between(_BLANK_LINE, text, 0, len(text)):
        if end - start <= LONGEST_BLOCK:
            yield start, end
        else:
            yield from _between(_LINE_END, text, start, end)


def _between(border: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Place]:
    for found in border.finditer(text, start, end):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
