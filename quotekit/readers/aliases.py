"""A user's alias file, CSV or JSON, which says whose names are one speaker's and who that is elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from quotekit.errors import InputError
from quotekit.readers.source import Source
from quotekit.roster import Alias

COLUMNS = ("name", "alias", "same_as", "document")
MAX_SIZE = 50_000_000  # bytes; a name takes some forty
_HINT = "quotekit schema aliases describes it"


def read_aliases(path: str) -> tuple[Alias, ...]:
    """The aliases in this file; a name that ends in .json is JSON, any other CSV with a line of column names.

    Raises InputError where the file cannot be read or breaks its schema (``schemas/aliases.schema.json``).
    """
    try:
        text = Source(path, max_size=MAX_SIZE).read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    entries = _from_json(text, path) if path.lower().endswith(".json") else _from_csv(text, path)
    _check(entries, path)
    return tuple(
        Alias(
            entry["name"],
            tuple(entry.get("aliases", ())),
            tuple(entry.get("same_as", ())),
            tuple(entry.get("documents", ())),
        )
        for entry in entries
    )


def _from_json(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}", f"is no JSON ({error.msg})", _HINT) from error


def _from_csv(text: str, path: str) -> list[dict[str, Any]]:
    """The rows of one name and the same documents together, as the JSON form has them."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    header = [(name or "").strip() for name in rows.fieldnames or ()]
    if "name" not in header or not set(header) <= set(COLUMNS):
        raise InputError(
            f"{path}:1", f"has the columns {', '.join(header) or 'none'}", f"name them {','.join(COLUMNS)}"
        )
    rows.fieldnames = header
    entries: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        if None in row:
            raise InputError(f"{path}:{rows.line_num}", "has more fields than there are columns", "quote the commas")
        name, alias, same_as, document = ((row.get(column) or "").strip() for column in COLUMNS)
        entry = entries.setdefault((name, document), {"name": name})
        for key, value in (("aliases", alias), ("same_as", same_as), ("documents", document)):
            if value and value not in entry.get(key, ()):
                entry[key] = [*entry.get(key, ()), value]
    return list(entries.values())


def _check(entries: Any, path: str) -> None:
    from jsonschema import Draft202012Validator  # slow to load, and only a command with an alias file needs it
    from jsonschema.exceptions import best_match

    from quotekit.schema import load_schema

    error = best_match(Draft202012Validator(load_schema("aliases")).iter_errors(entries))
    if error is not None:
        place = "/".join(str(key) for key in error.absolute_path)
        raise InputError(path, f"{f'{place}: ' if place else ''}{' '.join(error.message.split())[:200]}", _HINT)
    for name, others in _clashes(entries):
        raise InputError(path, f"{name!r} is an alias of {' and of '.join(others)}", "leave it to one of them")


def _clashes(entries: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """The names that mean two speakers in the same document."""
    from quotekit.speakers.names import fold

    owners: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        for name in dict.fromkeys(fold(name) for name in (entry["name"], *entry.get("aliases", ()))):
            for document in entry.get("documents", ("",)):
                owners.setdefault((name, document), []).append(entry["name"])
    for (name, _), names in owners.items():
        if len(names) > 1:
            yield name, names
