"""CSV (RFC 4180): one quote a row. Cells that a spreadsheet would take for a formula are made harmless."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from quotekit.model import Extraction
from quotekit.writers.rows import COLUMNS, quote_rows

BOM = "\ufeff"  # by which Excel knows UTF-8
# Spreadsheets run what begins so (https://owasp.org/www-community/attacks/CSV_Injection); quotes do with a dash.
# Apostrophes of the text's own in front of it are counted in, so that one can be taken off again without doubt.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A line of column names, then one row for each quote, in pieces of one document each."""
    yield _lines([COLUMNS])
    for extraction in extractions:
        if extraction.quotes:
            yield _lines([guarded(value) for value in row.values()] for row in quote_rows(extraction))


def unguarded(cell: str) -> str:
    """The cell as it was before a leading apostrophe made it harmless."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def guarded(value: object) -> object:
    """The cell with an apostrophe before it where a spreadsheet would run it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _lines(rows: Iterable[Iterable[object]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
