"""Parquet: the flat quotes in columns with types, for pandas, DuckDB and Spark. It needs pyarrow, an extra."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import get_type_hints

from quotekit.errors import QuotekitError
from quotekit.model import Extraction
from quotekit.writers.pieces import whole_letters
from quotekit.writers.rows import Row, quote_rows

# Rows that are compressed together: enough that each column's dictionary pays, few enough to be held at once.
GROUP = 10_000


def write(extractions: Iterable[Extraction]) -> Iterator[bytes]:
    """The bytes of one Parquet file, the columns of the CSV.

    Raises QuotekitError, with what installs it, where pyarrow is missing.
    """
    arrow, parquet = _libraries()
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    hints = get_type_hints(Row).items()
    schema = arrow.schema([(name, next(kinds[kind] for kind in kinds if kind in _kinds(hint))) for name, hint in hints])
    buffer = io.BytesIO()
    with parquet.ParquetWriter(buffer, schema, compression="zstd") as writer:
        for rows in _groups(row for extraction in extractions for row in quote_rows(extraction)):
            writer.write_table(arrow.Table.from_pylist(rows, schema))
    yield buffer.getvalue()


def _kinds(hint: object) -> tuple[object, ...]:
    """The types that a hint allows: of ``str | None`` str and None."""
    return getattr(hint, "__args__", (hint,))


def _groups(rows: Iterable[Row]) -> Iterator[list[dict[str, object]]]:
    group: list[dict[str, object]] = []
    for row in rows:
        group.append({key: whole_letters(value) if isinstance(value, str) else value for key, value in row.items()})
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def _libraries() -> tuple[ModuleType, ModuleType]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise QuotekitError("parquet", "needs pyarrow, which is not installed", "pip install pyarrow") from error
