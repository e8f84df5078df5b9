"""Times of recordings: what *00:01:02,500* means in seconds, and what a transcript's *[00:12:31]* stands before."""

from __future__ import annotations

import re

from quotekit.model import TimedSpan

CLOCK = r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{1,2})(?:[.,](?P<fraction>\d{1,3}))?"
_CLOCK = re.compile(CLOCK)
# At the head of a line, perhaps behind a name: [00:12:31] OKAFOR: …, (12:31), Ana Ruiz [00:12:31]: …
_STAMP = re.compile(rf"(?m)^[^\n\[(:]{{0,60}}[\[(]{CLOCK}[\])]")
# A text in which a single time stands in brackets is an article that mentions one.
LEAST_STAMPS = 2


def seconds(written: str) -> float | None:
    """The seconds that a time such as *00:01:02,500* or *12:31* stands for; None where it is no time."""
    found = _CLOCK.fullmatch(written.strip())
    return _seconds(found) if found else None


def read_times(text: str) -> tuple[TimedSpan, ...]:
    """What is said after each time in brackets that opens a line, up to the next; nothing in a text of another kind.

    When the last stretch ends is not told, so it lasts no time.
    """
    stamps = [(found, moment) for found in _STAMP.finditer(text) if (moment := _seconds(found)) is not None]
    moments = [moment for _, moment in stamps]
    if len(stamps) < LEAST_STAMPS or moments != sorted(moments):
        return ()
    starts = [found.start() for found, _ in stamps]
    ends, next_moments = [*starts[1:], len(text)], [*moments[1:], moments[-1]]
    return tuple(map(TimedSpan, starts, ends, moments, next_moments))


def _seconds(found: re.Match[str]) -> float | None:
    minutes, whole = int(found["minutes"]), int(found["seconds"])
    if whole >= 60 or (found["hours"] and minutes >= 60):
        return None
    total = int(found["hours"] or 0) * 3600 + minutes * 60 + whole
    return float(total) + int((found["fraction"] or "0").ljust(3, "0")) / 1000
