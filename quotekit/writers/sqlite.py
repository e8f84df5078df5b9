"""SQLite: documents, speakers, quotes and claims in tables, the quotes searchable; Datasette opens the file as it is.

The same documents again bring their rows up to date: quotes keep their numbers, and those that are no longer found go.
Columns and tables that a user has added stay. Everything is written, or nothing. ``record`` has the whole JSON
of a quote, a speaker or a claim.

A document's row has its ``id``. Another document of that id, one from another ``source``, gets ``ID~`` and a piece of
its hash, so that nothing overwrites what is not its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from quotekit.errors import QuotekitError
from quotekit.model import Document, Extraction
from quotekit.writers.json import to_record
from quotekit.writers.pieces import whole_letters
from quotekit.writers.rows import quote_rows

# What readers and `extract(text)` call a text that has no name: two of them are the same only if their texts are.
_NAMELESS = re.compile(r"stdin|text(-\d+)?")


def update(path: str, extractions: Iterable[Extraction]) -> None:
    """Put the extractions into the database at this path, which is made where there is none.

    Raises QuotekitError where it cannot be written, or holds tables of these names that are of another make.
    """
    target = Path(os.path.realpath(path))
    with _telling(path):
        if target.exists() and target.stat().st_size:
            _fill(target, extractions)
            return
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(descriptor)
        try:
            _fill(Path(name), extractions)
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
            os.replace(name, target)
        finally:
            Path(name).unlink(missing_ok=True)


def _fill(path: Path, extractions: Iterable[Extraction]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements():
                database.execute(statement)
            for extraction in extractions:
                _put(database, extraction)
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


def _statements() -> Iterator[str]:
    """The statements of ``sqlite.sql``, which an empty line parts."""
    script = files("quotekit.writers").joinpath("sqlite.sql").read_text("utf-8")
    yield from (part for part in script.split("\n\n") if part.strip())


def _put(database: sqlite3.Connection, extraction: Extraction) -> None:
    record = to_record(extraction)
    id = _row_id(database, extraction.document)
    generator = extraction.generator
    document = record["document"] | {
        "id": id,
        "name": extraction.document.id,
        "text": extraction.document.text,
        "generator": f"{generator.name} {generator.version}, {generator.parser}, {generator.model}",
    }
    _upsert(database, "documents", ["id"], [document])
    own: Mapping[str, Any] = {"document": id}
    _replace(
        database, "speakers", id, [one | own | _first_mention(one) | {"record": one} for one in record["speakers"]]
    )
    rows = zip(quote_rows(extraction), record["quotes"], strict=True)
    _replace(database, "quotes", id, [{**row, **own, "record": quote} for row, quote in rows])
    _replace(database, "claims", id, [one | own | {"record": one} for one in record["claims"]])


def _row_id(database: sqlite3.Connection, document: Document) -> str:
    found = database.execute("SELECT source, sha256 FROM documents WHERE id = ?", (_held(document.id),)).fetchone()
    nameless = document.source in ("-", document.id) and _NAMELESS.fullmatch(document.id) is not None
    if found is None or (found[0] == _held(document.source) and (not nameless or found[1] == document.sha256)):
        return document.id
    seed = f"{document.source}\n{document.sha256 if nameless else ''}".encode("utf-8", "surrogatepass")
    return f"{document.id}~{hashlib.sha256(seed).hexdigest()[:8]}"


def _first_mention(speaker: Mapping[str, Any]) -> dict[str, Any]:
    mentions = speaker["mentions"]
    return {"mentions": len(mentions), "first_mention": mentions[0]["start"] if mentions else None}


def _replace(database: sqlite3.Connection, table: str, document: str, rows: list[dict[str, Any]]) -> None:
    """The rows of a document in this table are these, and no others."""
    kept = json.dumps([row["id"] for row in rows])
    database.execute(
        f"DELETE FROM {table} WHERE document = ? AND id NOT IN (SELECT value FROM json_each(?))",
        (_held(document), kept),
    )
    _upsert(database, table, ["document", "id"], rows)


def _upsert(database: sqlite3.Connection, table: str, key: list[str], rows: list[dict[str, Any]]) -> None:
    """Insert the rows, or bring those with the same key up to date; what the table has no column for is left out."""
    if not rows:
        return
    known = {name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")}
    columns = [name for name in rows[0] if name in known]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    database.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}",
        ([_held(row[name]) for name in columns] for row in rows),
    )


def _held(value: Any) -> Any:
    """The value as SQLite holds it: lists and objects as JSON."""
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    return whole_letters(value) if isinstance(value, str) else value


@contextmanager
def _telling(path: str) -> Iterator[None]:
    """Says in one line why the database cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = "name another file, or move this one away"
        raise QuotekitError(path, f"cannot be brought up to date ({error})", remedy) from error
    except OSError as error:
        raise QuotekitError(path, f"cannot be written ({error.strerror})") from error
