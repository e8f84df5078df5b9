"""Text in pieces, so that a long run needs no more memory than one document does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")


def whole_letters(text: str) -> str:
    """The text with a letter of its own for each half of a pair, which UTF-8 cannot hold; all places stay true."""
    return _HALVES.sub("\ufffd", text)


def one_or_array(values: Iterable[Any]) -> Iterator[str]:
    """A single value as it is, several (or none) as an array: what takes one document takes no array around it."""
    values = iter(values)
    first = list(islice(values, 2))
    if len(first) == 1:
        yield _dumped(first[0]) + "\n"
    else:
        yield from array(chain(first, values))


def array(values: Iterable[Any]) -> Iterator[str]:
    """The values as an array."""
    yield from listed("[", values, "]\n")


def listed(before: str, values: Iterable[Any], after: str) -> Iterator[str]:
    """The values, parted by commas, between what stands before them and after them."""
    separator = f"{before}\n"
    for value in values:
        yield separator + _dumped(value)
        separator = ",\n"
    yield f"\n{after}" if separator.startswith(",") else f"{before}{after}"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
