"""Offsets in the units programs count in: code points (Python), UTF-16 units (JavaScript, Java), UTF-8 bytes (Go)."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from quotekit.errors import InputError, RecordError

Record = dict[str, Any]

UNITS = ("codepoint", "utf16", "utf8")
_CODECS = {"utf16": ("utf-16-le", 2, "surrogatepass"), "utf8": ("utf-8", 1, "replace")}


def measure(text: str, unit: str) -> int:
    """How long the text is in this unit: “🌊” is 1 code point, 2 UTF-16 units, 4 UTF-8 bytes."""
    return MeasuredText(text, unit).length


class MeasuredText:
    """A text whose places are counted in a unit."""

    def __init__(self, text: str, unit: str) -> None:
        self._text = text
        self._codec, self._width, self._errors = _CODECS.get(unit, ("", 1, ""))
        self._bytes = text.encode(self._codec, "surrogatepass") if self._codec else b""
        self.length = len(self._bytes) // self._width if self._codec else len(text)

    def at(self, start: int, end: int) -> str:
        """What stands at [start, end)."""
        if not self._codec:
            return self._text[start:end]
        return self._bytes[start * self._width : end * self._width].decode(self._codec, self._errors)


def places(text: str, unit: str) -> Sequence[int]:
    """Where each character of the text begins in this unit, and, last, where the text ends."""
    if unit == "codepoint" or text.isascii():
        return range(len(text) + 1)
    width = _utf16_width if unit == "utf16" else _utf8_width
    return array("Q", accumulate(map(width, text), initial=0))


def recount(record: Record, unit: str) -> Record:
    """The record with every offset counted in this unit, and ``offset_unit`` saying so.

    Raises InputError when the record was made without its text, RecordError when an offset falls inside a character.
    """
    document = record["document"]
    if document["offset_unit"] == unit:
        return record
    text = document.get("text")
    if text is None:
        raise InputError(document["source"], "offsets cannot be counted anew without the text", "keep it in the record")
    before, after = places(text, document["offset_unit"]), places(text, unit)

    def counted(offset: int) -> int:
        position = bisect_left(before, offset)
        if position == len(before) or before[position] != offset:
            problem = f"offset {offset} is no place in the text"
            raise RecordError(document["source"], problem, "quotekit validate tells which")
        return after[position]

    new: Record = _recounted(record, counted)
    new["document"] |= {"length": counted(document["length"]), "offset_unit": unit}
    return new


def _recounted(value: Any, counted: Callable[[int], int]) -> Any:
    if isinstance(value, list):
        return [_recounted(item, counted) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: counted(item) if key in ("start", "end") and isinstance(item, int) else _recounted(item, counted)
        for key, item in value.items()
    }


def _utf16_width(character: str) -> int:
    return 1 if character <= "\uffff" else 2


def _utf8_width(character: str) -> int:
    return 1 if character <= "\x7f" else 2 if character <= "\u07ff" else 3 if character <= "\uffff" else 4
