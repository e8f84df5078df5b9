"""JSON files → records: one document, an array of documents, or one document on a line."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from quotekit.readers.source import Source

_FIRST_KEY = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"schema_version"')

_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"")


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One record of a file, not validated: its place (``FILE`` or ``FILE:LINE``) and its JSON pointer in the file.

    ``problem`` says why there is no record, where the JSON itself is broken.
    """

    place: str
    pointer: str
    record: Any
    problem: str | None = None


def is_record(data: bytes) -> bool:
    """Whether an input without a name looks like records: JSON that begins with a schema's version."""
    return _FIRST_KEY.match(data) is not None


def may_be_record(head: bytes) -> bool:
    """Whether a JSON file is to be read as records: unless it begins as something else does, such as a dump."""
    return b'"schema_version"' in head or _OBJECT.match(head) is None


def read_records(path: str, *, source: Source | None = None) -> Iterator[ReadRecord]:
    """Every record of a JSON or JSON Lines file; ``-`` is standard input. A broken line does not cost the others.

    ``source`` is the file where its beginning was looked at before. Raises InputError when it cannot be read.
    """
    data = (source or Source(path, max_size=sys.maxsize)).read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield ReadRecord(path, "", None, f"JSON must be UTF-8, and byte {error.start} is not")
        return
    if path.endswith(".jsonl"):
        yield from _lines(path, text)
        return
    value, problem = parse_json(text)
    if problem and len(text.splitlines()) > 1 and not parse_json(text.splitlines()[0])[1]:
        yield from _lines(path, text)
    elif isinstance(value, list):
        yield from (ReadRecord(path, f"/{index}", item) for index, item in enumerate(value))
    else:
        yield ReadRecord(path, "", value, problem)


def _lines(path: str, text: str) -> Iterator[ReadRecord]:
    # Not splitlines: a JSON string may hold U+2028 and U+0085 as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value, problem = parse_json(line)
            yield ReadRecord(f"{path}:{number}", "", value, problem)


def parse_json(text: str | bytes) -> tuple[Any, str | None]:
    """The value that JSON stands for, or what is wrong with it."""
    try:
        return json.loads(text, parse_constant=_refuse_constant), None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if "\n" in error.doc else f"column {error.colno}"
        return None, f"not valid JSON: {error.msg} ({place})"
    except UnicodeDecodeError as error:
        return None, f"not valid JSON: byte {error.start} is not UTF-8"
    except (ValueError, RecursionError) as error:
        return None, f"not valid JSON: {error}"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
