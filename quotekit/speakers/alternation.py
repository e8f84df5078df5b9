"""Reads a talk of two, printed turn by turn without labels, in which one calls the other by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotekit.speakers.addresses import addressed
from quotekit.speakers.figures import UNKNOWN, Figure, Voice
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import fold, same_given
from quotekit.speakers.paragraphs import Known, Paragraph

# Turns in which the one is called: a talk of three would have all of them on one side in one case of four, and would
# name a third person. Of GUM's ten conversations one has as many (four), and is a talk of two throughout.
LEAST_CALLS = 3


class Partner(NamedTuple):
    """Who is called by name in a talk of two, and whether that person's turns are the even or the odd ones."""

    figure: Figure
    side: int


def find_partner(turns: Sequence[Paragraph], known: Known) -> Partner | None:
    """The one person who is spoken to by name in every other turn only; None where anybody else is spoken to."""
    calls: dict[int, Figure] = {}
    for place, turn in enumerate(turns):
        for name in addressed(turn):
            figure = known(name) if _is_called(name) else None
            if figure is not None:
                calls[place] = figure
    sides = {place % 2 for place in calls}
    if len(calls) < LEAST_CALLS or len(sides) > 1:
        return None
    first, *others = calls.values()
    if any(other is not first and not same_given(fold(first.name), fold(other.name)) for other in others):
        return None
    return Partner(first, 1 - sides.pop())


def voices_of(turns: Sequence[Paragraph], partner: Partner) -> Iterator[tuple[int, Voice]]:
    """The partner's turns, and those of the other, who has no name and speaks to the partner."""
    for place, turn in enumerate(turns):
        if place % 2 == partner.side:
            yield turn.start, Voice(partner.figure, "address")
        else:
            yield turn.start, Voice(None, UNKNOWN.method, partner.figure)


def _is_called(name: NameMention) -> bool:
    """Whether the sentence says more than the name: *Tim Allen?* may be whom they talk about."""
    return name.head.udeprel != "root"
