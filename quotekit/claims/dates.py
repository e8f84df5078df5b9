"""*Today*, *last week* and *on Monday* as dates, counted from the day on which the words were printed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from quotekit.language import Language, openers, pairs
from quotekit.tree import Word

_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def read_date(published: str | None) -> datetime.date | None:
    """The day in metadata such as ``2026-11-24`` or ``2026-11-24T10:00:00Z``; None where there is none."""
    found = _ISO_DATE.match(published or "")
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def relative_times(words: Sequence[Word], language: Language) -> Iterator[tuple[tuple[Word, ...], str, int]]:
    """The words that tell a time from the day of speaking, with its unit and how many of them it is away."""
    entries, first = pairs(language, "relative_times"), openers(language, "relative_times")
    for place in (place for place, word in enumerate(words) if word.lower in first):
        for length in (2, 1):
            phrase = " ".join(other.lower for other in words[place : place + length])
            if phrase in entries and place + length <= len(words):
                unit, count = entries[phrase].split()
                yield tuple(words[place : place + length]), unit, int(count)
                break


@cache
def numbers(language: Language, name: str) -> Mapping[str, int]:
    """The names of the months or weekdays, each with its number."""
    return {word: int(number) for number, word in map(str.split, language.words[name])}


def date_text(day: datetime.date, unit: str, count: int, language: Language, *, bare: bool) -> str:
    """The date that lies so many units from the day, as one would write it; ``bare`` without a preposition."""
    months = {number: name.title() for name, number in numbers(language, "months").items()}
    if unit == "day":
        written = _day(day + datetime.timedelta(days=count), months)
    elif unit == "week":
        monday = day - datetime.timedelta(days=day.weekday()) + datetime.timedelta(weeks=count)
        written = _day(monday, months)
    elif unit == "month":
        index = day.year * 12 + day.month - 1 + count
        written = f"{months[index % 12 + 1]} {index // 12}"
    else:
        written = str(day.year + count)
    preposition = pairs(language, "date_phrases")[unit]
    if bare:
        return written if unit != "week" else preposition.partition(" ")[2] + f" {written}"
    return f"{preposition} {written}"


def weekday_number(word: Word, language: Language) -> int | None:
    """The number of a weekday in the ISO week, Monday's being 1; None where the word is none."""
    return numbers(language, "weekdays").get(word.lower)


def nearest_weekday(day: datetime.date, number: int, *, past: bool) -> datetime.date:
    """The last such weekday up to the day, or the next one from it."""
    apart = (day.isoweekday() - number) % 7
    return day - datetime.timedelta(days=apart if past else -((7 - apart) % 7))


def _day(day: datetime.date, months: dict[int, str]) -> str:
    return f"{day.day} {months[day.month]} {day.year}"
