"""JSON Lines: one flat quote a line, which jq, DuckDB, pandas and sqlite-utils read unaided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from quotekit.model import Extraction
from quotekit.writers.rows import quote_rows


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """The quotes, one on a line, with the columns of the CSV as keys."""
    for extraction in extractions:
        for row in quote_rows(extraction):
            yield json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
