"""Inputs of either kind, articles and JSON, as extractions: what was extracted before is not extracted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from quotekit.cli.extract import extract_all
from quotekit.cli.inputs import Inputs

if TYPE_CHECKING:
    from quotekit.model import Extraction


def read_or_extract(
    inputs: Sequence[str], read: Inputs, *, model: str | None, language: str, explain: bool = False
) -> Iterator[Extraction]:
    """The extractions of the inputs, in order; a model is loaded only where an input is an article."""
    for is_record, paths in groupby(inputs, key=read.is_record):
        if is_record:
            for path in paths:
                yield from read.records(path)
        else:
            yield from extract_all(read.articles(paths), model=model, language=language, explain=explain)
