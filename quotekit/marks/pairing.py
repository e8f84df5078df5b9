"""Pairing: of all ways to read the marks of one block of text, the one that loses least.

The marks are read from left to right, and a few readings are kept side by side. In each, a mark opens a span, closes
one, or is none; a paragraph's end ends what is open. Readings with the same marks open share their future, so only the
cheapest of them is kept: that makes the search exact but for the few hopeless readings dropped, and its time linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
# Quotations within quotations: three levels are met in print, beyond six nothing is meant.
DEEPEST = 6
# Readings kept side by side, and how much worse than the best one may be: no later mark can win back two stray marks.
KEPT = 12
MARGIN = 7.0


class Break(NamedTuple):
    """A paragraph's end: what reading on across it costs, and the families of the marks that open the next one."""

    place: int
    carry: float
    reopened: tuple[str, ...]


class Opened(NamedTuple):
    """The marks open at one point of a reading, innermost first."""

    glyph: str
    mark: Candidate
    outer: Opened | None
    depth: int


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
    cheapest: dict[tuple[str, ...], Reading] = {}
    for reading in readings:
        key = _key(reading.opened)
        known = cheapest.get(key)
        if known is None or reading.cost < known.cost:
            cheapest[key] = reading
    ranked = sorted(cheapest.values(), key=_cost)
    limit = ranked[0].cost + MARGIN
    return [reading for reading in ranked[:KEPT] if reading.cost <= limit]


def _cost(reading: Reading) -> float:
    return reading.cost


def _key(opened: Opened | None) -> tuple[str, ...]:
    return tuple(level.glyph for level in _levels(opened))


def _levels(opened: Opened | None) -> Iterator[Opened]:
    while opened is not None:
        yield opened
        opened = opened.outer


def _steps(reading: Reading, item: Candidate | Break) -> Iterator[Reading]:
    return _at_break(reading, item) if isinstance(item, Break) else _at_mark(reading, item)


def _at_mark(reading: Reading, mark: Candidate) -> Iterator[Reading]:
    yield from _closing(reading, mark)
    yield from _opening(reading, mark)
    yield Reading(reading.cost + mark.skips, reading.opened, Event(mark, None, None, reading.events))


def _closing(reading: Reading, mark: Candidate) -> Iterator[Reading]:
    """The innermost span that the mark can close; what is open within it ends before the mark."""
    cost, events = reading.cost, reading.events
    for level in _levels(reading.opened):
        pair = closing_cost(level.glyph, mark.glyph)
        if pair == NEVER and level is reading.opened and mark.after_stop and _is_slip(level.glyph, mark.glyph):
            pair = SLIP
        if pair < NEVER:
            yield Reading(cost + pair + mark.closes, level.outer, Event(level.mark, mark, None, events))
            if pair != SLIP:
                return
        cost, events = cost + UNCLOSED, Event(level.mark, None, mark.start, events)


def _is_slip(opened: str, closing: str) -> bool:
    return {GLYPHS[opened].family, GLYPHS[closing].family} == {"double", "single"}


def _opening(reading: Reading, mark: Candidate) -> Iterator[Reading]:
    """The mark opens within what is open, or ends an unclosed span of its own family and opens after it."""
    if mark.opens == NEVER:
        return
    opened, cost = reading.opened, reading.cost + mark.opens
    depth = opened.depth if opened else 0
    if depth < DEEPEST:
        nested = Opened(mark.glyph, mark, opened, depth + 1)
        yield Reading(cost + _nesting_cost(opened, mark.glyph), nested, reading.events)
    events = reading.events
    for level in _levels(opened):
        cost, events = cost + UNCLOSED, Event(level.mark, None, mark.start, events)
        if GLYPHS[level.glyph].family == GLYPHS[mark.glyph].family:
            yield Reading(cost, Opened(mark.glyph, mark, level.outer, level.depth), events)
            return


def _nesting_cost(outer: Opened | None, glyph: str) -> float:
    if outer is None or GLYPHS[outer.glyph].family != GLYPHS[glyph].family:
        return 0.0
    return SAME_KIND_DIRECTED if GLYPHS[glyph].directed else SAME_KIND_STRAIGHT


def _at_break(reading: Reading, end: Break) -> Iterator[Reading]:
    if reading.opened is None:
        yield reading
        return
    if end.carry < NEVER:
        yield Reading(reading.cost + end.carry, reading.opened, reading.events)
    cost, events = reading.cost, reading.events
    for level in _levels(reading.opened):
        goes_on = end.reopened[level.depth - 1 : level.depth] == (GLYPHS[level.glyph].family,)
        cost += REOPENED if goes_on and level.mark.opens <= OPENS_WELL else UNCLOSED
        events = Event(level.mark, None, end.place, events)
    yield Reading(cost, None, events)
