"""Pairing: of all ways to read the marks of one block of text, the one that loses least.

The marks are read from left to right, and a few readings are kept side by side. In each, a mark opens a span, closes
one, or is none; a paragraph's end ends what is open. Readings with the same marks open share their future, so only the
cheapest of them is kept: that makes the search exact but for the few hopeless readings dropped, and its time linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from quotekit.marks.candidates import Candidate
from quotekit.marks.glyphs import GLYPHS, NEVER, closing_cost

# A span without its end, against a stray mark at 3.3: a mark that opens well is believed, one that opens badly is not.
UNCLOSED = 3.0
# The same where the next paragraph opens again: the rule for a quotation of several paragraphs. Only a mark that opens
# well may begin one, or a closing mark left alone in a paragraph would.
REOPENED = 0.3
OPENS_WELL = 1.0
# “He said “run” and left.”: alternating marks are the rule, and straight marks within straight ones are rarer still.
SAME_KIND_STRAIGHT = 1.0
SAME_KIND_DIRECTED = 0.5
# "The dam is full,' she said.: one key beside the other; only where a comma or full stop stands before.
SLIP = 2.5
# Of two places that may end a quotation as well, the first: The ‘pilots’ agree on the boys’ tale.
LATE = 0.01
# Quotations within quotations: three levels are met in print, beyond six nothing is meant.
DEEPEST = 6
# Readings kept side by side, and how much worse than the best one may be: two stray marks, which no later mark wins
# back. With 24 and 12.0 the 840 texts of PolNeAR train are paired the same, in half again the time.
KEPT = 8
MARGIN = 6.6

_COST = attrgetter("cost")
_SLIPS = {"double", "single"}
_NUMBERS = {glyph: number for number, glyph in enumerate(GLYPHS, start=1)}


class Break(NamedTuple):
    """A paragraph's end: what reading on across it costs, and the families of the marks that open the next one.

    Where the line only ``wraps``, a sentence goes on in small letters, and no quotation ends for want of a mark.
    """

    place: int
    carry: float
    reopened: tuple[str, ...]
    wraps: bool = False


class Opened(NamedTuple):
    """The marks open at one point of a reading, innermost first; ``key`` is the same for the same row of glyphs."""

    glyph: str
    family: str
    mark: Candidate
    outer: Opened | None
    depth: int
    key: int


class Event(NamedTuple):
    """What a reading decided last: a pair, an unclosed mark up to ``end``, or ``mark`` as none; and what before."""

    mark: Candidate
    closing: Candidate | None
    end: int | None
    before: Event | None


class Reading(NamedTuple):
    """One way to read the marks so far."""

    cost: float
    opened: Opened | None
    events: Event | None


def best_reading(items: Sequence[Candidate | Break]) -> Reading:
    """The cheapest reading of a block's marks and paragraph ends; the last item is the block's end."""
    readings = [Reading(0.0, None, None)]
    for item in items:
        readings = _keep(step for reading in readings for step in _steps(reading, item))
    return readings[0]


def events_of(reading: Reading) -> list[Event]:
    """The decisions of a reading, in the order of the text."""
    events, event = [], reading.events
    while event is not None:
        events.append(event)
        event = event.before
    return events[::-1]


def _keep(readings: Iterable[Reading]) -> list[Reading]:
    cheapest: dict[int, Reading] = {}
    for reading in readings:
        key = reading.opened.key if reading.opened else 0
        known = cheapest.get(key)
        if known is None or reading.cost < known.cost:
            cheapest[key] = reading
    if len(cheapest) == 1:
        return list(cheapest.values())
    ranked = sorted(cheapest.values(), key=_COST)[:KEPT]
    limit = ranked[0].cost + MARGIN
    return [reading for reading in ranked if reading.cost <= limit]


def _steps(reading: Reading, item: Candidate | Break) -> Iterator[Reading]:
    return _at_break(reading, item) if isinstance(item, Break) else _at_mark(reading, item)


def _at_mark(reading: Reading, mark: Candidate) -> Iterator[Reading]:
    cost, opened, events = reading
    family = GLYPHS[mark.glyph].family
    late = LATE if opened and opened.family == family else 0.0
    yield Reading(cost + mark.skips + late, opened, Event(mark, None, None, events))
    if opened:
        yield from _closing(reading, mark)
    if mark.opens < NEVER:
        yield from _opening(reading, mark, family)


def _closing(reading: Reading, mark: Candidate) -> Iterator[Reading]:
    """The innermost span that the mark can close; what is open within it ends before the mark."""
    cost, level, events = reading
    while level:
        pair = closing_cost(level.glyph, mark.glyph)
        if pair < NEVER:
            yield Reading(cost + pair + mark.closes, level.outer, Event(level.mark, mark, None, events))
            return
        if level is reading.opened and mark.after_stop and {level.family, GLYPHS[mark.glyph].family} == _SLIPS:
            yield Reading(cost + SLIP + mark.closes, level.outer, Event(level.mark, mark, None, events))
        events, cost, level = Event(level.mark, None, mark.start, events), cost + UNCLOSED, level.outer


def _opening(reading: Reading, mark: Candidate, family: str) -> Iterator[Reading]:
    """The mark opens within what is open, or ends an unclosed span of its own family and opens after it."""
    cost, level, events = reading
    cost += mark.opens
    if level is None or level.depth < DEEPEST:
        nesting = _nesting_cost(mark.glyph) if level and level.family == family else 0.0
        yield Reading(cost + nesting, _opened(mark, family, level), events)
    while level:
        cost, events = cost + UNCLOSED, Event(level.mark, None, mark.start, events)
        if level.family == family:
            yield Reading(cost, _opened(mark, family, level.outer), events)
            return
        level = level.outer


def _opened(mark: Candidate, family: str, outer: Opened | None) -> Opened:
    depth, key = (outer.depth, outer.key) if outer else (0, 0)
    return Opened(mark.glyph, family, mark, outer, depth + 1, key * (len(GLYPHS) + 1) + _NUMBERS[mark.glyph])


def _nesting_cost(glyph: str) -> float:
    return SAME_KIND_DIRECTED if GLYPHS[glyph].directed else SAME_KIND_STRAIGHT


def _at_break(reading: Reading, end: Break) -> Iterator[Reading]:
    cost, level, events = reading
    if level is None:
        yield reading
        return
    if end.carry < NEVER:
        yield Reading(cost + end.carry, level, events)
    if end.wraps:
        return
    while level:
        goes_on = end.reopened[level.depth - 1 : level.depth] == (level.family,)
        cost += REOPENED if goes_on and level.mark.opens <= OPENS_WELL else UNCLOSED
        events, level = Event(level.mark, None, end.place, events), level.outer
    yield Reading(cost, None, events)
