"""Finding the marks of a text: divided into paragraphs, read block by block, joined across paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from quotekit.language import load_language
from quotekit.marks.candidates import HIDDEN, STRAY_APOSTROPHE, Candidate, find_candidates, has_doubled
from quotekit.marks.glyphs import GLYPHS, NEVER
from quotekit.marks.pairing import OPENS_WELL, Break, Event, best_reading, events_of
from quotekit.marks.spans import MarkedSpan, Marks

_NEWLINE = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
# What may stand before the first word of a paragraph: list bullets, e-mail and Markdown signs, dialogue dashes.
_LEAD = re.compile(rf"[\s>*#_\-–—•·{HIDDEN}]*")
# Reading on across a single newline: nearly free in the middle of a sentence, where the line was only wrapped; dearer
# where a sentence ends and the next line begins another, which may be a new paragraph.
CARRY_IN_SENTENCE = 0.05
CARRY_AFTER_SENTENCE = 0.6
# The next line opens with the mark that is open: a new paragraph, unless everything else speaks against it.
CARRY_INTO_OPENING = 2.5
# Enough to see the marks that a paragraph opens with and the word behind them.
_AHEAD = 40


class Line(NamedTuple):
    """One line, without the white space at its end."""

    start: int
    end: int


class Found(NamedTuple):
    """A span before it has its number and depth."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    glyph: str
    closed: bool


def find_marks(text: str, elisions: frozenset[str] | None = None) -> Marks:
    """The marked spans of the text: “He said ‘run’.” has one span and, in it, another.

    ``elisions`` are words that begin or end with an apostrophe, such as 'tis; those of English unless given.
    """
    words = load_language("en").words["elisions"] if elisions is None else elisions
    blocks = list(_blocks(text))
    found: list[Found] = []
    strays: list[int] = []
    for block, following in zip_longest(blocks, (block[0] for block in blocks[1:])):
        for event in _read_block(text, block, following, words):
            if event.closing is None and event.end is None:
                strays += [event.mark.start] if event.mark.skips >= STRAY_APOSTROPHE else []
            else:
                found += _found(text, event)
    return Marks(_numbered(sorted(found), _following(text, blocks)), tuple(strays))


def _blocks(text: str) -> Iterator[list[Line]]:
    """The lines of the text in groups that blank lines part."""
    block: list[Line] = []
    start = 0
    for newline in [*_NEWLINE.finditer(text), None]:
        stop = newline.start() if newline else len(text)
        end = start + len(text[start:stop].rstrip())
        if end > start:
            block.append(Line(start, end))
        elif block:
            yield block
            block = []
        start = newline.end() if newline else stop
    if block:
        yield block


def _read_block(text: str, block: Sequence[Line], following: Line | None, elisions: frozenset[str]) -> list[Event]:
    """The decisions of the best reading, '' taken for one mark or for two, whichever loses less."""
    either = has_doubled(text, block[0].start, block[-1].end)
    readings = [
        best_reading(list(_items(text, block, following, elisions, doubled=doubled)))
        for doubled in ([True, False] if either else [True])
    ]
    return events_of(min(readings, key=lambda reading: reading.cost))


def _items(
    text: str, block: Sequence[Line], following: Line | None, elisions: frozenset[str], *, doubled: bool
) -> Iterator[Candidate | Break]:
    for line, after in zip_longest(block, block[1:]):
        yield from find_candidates(text, line.start, line.end, elisions=elisions, doubled=doubled)
        if after:
            reopened = _openings(text, after, elisions)
            carry = _carry(text, line, after) + (CARRY_INTO_OPENING if reopened else 0.0)
            yield Break(line.end, carry, reopened, wraps=text[after.start].islower())
    yield Break(block[-1].end, NEVER, _openings(text, following, elisions) if following else ())


def _openings(text: str, line: Line, elisions: frozenset[str]) -> tuple[str, ...]:
    """The families of the marks that the line opens with, outermost first."""
    place = _lead(text, line)
    families = []
    for mark in find_candidates(text, line.start, min(line.end, place + _AHEAD), elisions=elisions, doubled=True):
        if mark.start != place or mark.opens > OPENS_WELL or mark.skips < STRAY_APOSTROPHE:
            break
        families.append(GLYPHS[mark.glyph].family)
        place = mark.end
    return tuple(families)


def _carry(text: str, line: Line, after: Line) -> float:
    ended = text[line.end - 1] in ".!?…:" and not text[after.start].islower()
    return CARRY_AFTER_SENTENCE if ended else CARRY_IN_SENTENCE


def _found(text: str, event: Event) -> Iterator[Found]:
    mark, closing, end = event.mark, event.closing, event.end
    if closing is not None:
        stop, inner_end = closing.end, closing.start
    else:
        stop = inner_end = mark.end + len(text[mark.end : end].rstrip())
    if text[mark.end : inner_end].strip():
        yield Found(mark.start, stop, mark.end, inner_end, mark.glyph, closing is not None)


def _lead(text: str, line: Line) -> int:
    """Where the line's first word or mark stands."""
    match = _LEAD.match(text, line.start, line.end)
    return match.end() if match else line.start


def _following(text: str, blocks: Sequence[Sequence[Line]]) -> dict[int, int]:
    """For each line's end, where the next paragraph's first word or mark stands."""
    lines = [line for block in blocks for line in block]
    return {line.end: _lead(text, after) for line, after in pairwise(lines)}


def _numbered(found: Sequence[Found], following: dict[int, int]) -> tuple[MarkedSpan, ...]:
    """The spans with their depth, and with one chain for the paragraphs of one quotation."""
    spans: list[MarkedSpan] = []
    around: list[MarkedSpan] = []
    awaited: dict[int, list[tuple[str, int]]] = {}
    for index, (start, end, inner_start, inner_end, glyph, closed) in enumerate(found):
        while around and around[-1].end <= start:
            around.pop()
        family, chain = GLYPHS[glyph].family, index
        (expected, earlier), *inner = awaited.pop(start, [("", index)])
        if expected == family:
            chain = earlier
            if inner:
                awaited[inner_start] = inner
        span = MarkedSpan(
            start, end, inner_start, inner_end, kind=GLYPHS[glyph].kind, depth=len(around), closed=closed, chain=chain,
            index=index, parent=around[-1].index if around else None,
        )  # fmt: skip
        spans.append(span)
        around.append(span)
        if not closed and end in following:
            awaited.setdefault(following[end], []).append((family, chain))
    return tuple(spans)
