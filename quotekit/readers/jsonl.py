"""JSON Lines, and JSON that holds one record or an array of them → articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotekit.errors import InputError
from quotekit.readers.dumps import Record, articles_of
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.records import is_record, parse_json
from quotekit.readers.source import Source

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def is_json(head: bytes) -> bool:
    """Whether an input begins as a JSON object or an array of them does."""
    return _START.match(head) is not None


def read_json_lines(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """The articles of a dump, one record a line; ``failed`` is told of broken lines, by their number."""
    _refuse_own(source)
    yield from articles_of(line_records(source, failed), source, reading, failed)


def read_json(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """The articles of a JSON file: one, an array of them, or one a line."""
    _refuse_own(source)
    yield from articles_of(json_records(source, failed), source, reading, failed)


def line_records(source: Source, failed: Failed) -> Iterator[Record | InputError]:
    """The records of a file that has one on each line."""
    for number, line in source.lines(failed):
        if not (data := line.removeprefix(_BYTE_ORDER_MARK).strip()):
            continue
        value, problem = parse_json(data)
        if problem:
            yield InputError(f"{source.path}:{number}", f"is {problem}")
        else:
            yield Record(number, value)


def json_records(source: Source, failed: Failed) -> Iterator[Record | InputError]:
    """The records of a JSON file, an array's numbered from 1; JSON Lines under another name are read as such."""
    first, _, rest = source.head.partition(b"\n")
    if rest.strip() and first.strip() and parse_json(first)[1] is None:
        yield from line_records(source, failed)
        return
    value, problem = parse_json(source.read())
    if problem:
        raise InputError(source.path, f"is {problem}")
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        yield Record(number, item)


def _refuse_own(source: Source) -> None:
    if is_record(source.head):
        remedy = "quotekit show and quotekit validate read it"
        raise InputError(source.path, "is what quotekit extract wrote, and no article", remedy)


JSON_LINES = Reader(
    "jsonl",
    "dumps in JSON Lines, one article a line",
    (".jsonl", ".ndjson"),
    is_json,
    read_json_lines,
    in_folders=False,
)
JSON = Reader("json", "JSON with one article or an array", (".json",), is_json, read_json, in_folders=False)
