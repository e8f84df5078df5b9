"""Files → articles: one file a format behind one protocol; a file of trees brings its parse along."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers.files import list_files
from quotekit.readers.formats import FORMATS, reader_of
from quotekit.readers.reader import Failed, Fields, Found, Reader, Reading, document_id
from quotekit.readers.source import Source
from quotekit.readers.text import stop_word_share, text_notices

__all__ = [
    "FORMATS",
    "Fields",
    "Found",
    "Reader",
    "Reading",
    "Source",
    "document_id",
    "list_files",
    "read_article",
    "read_input",
    "stop_word_share",
    "text_notices",
]


def read_article(path: str, reading: Reading | None = None) -> Article:
    """The article in a file, or on standard input for ``-``; of a file that holds several, the first.

    Raises InputError when it cannot be read, breaks its format or holds none.
    """
    for article, _ in read_input(path, reading):
        return article
    raise InputError(path, "holds no article")


def read_input(
    path: str, reading: Reading | None = None, *, source: Source | None = None, failed: Failed | None = None
) -> Iterator[Found]:
    """Every article of an input, with its tree where the input is CoNLL-U.

    ``source`` is the input where its beginning was looked at before. Raises InputError when the input cannot be read or
    breaks its format; where only a part of it does, a line of a dump, ``failed`` is told, and the others go on.
    """
    reading = reading or Reading()
    source = source or Source(path, max_size=reading.max_size)
    yield from reader_of(source, reading.input_format).read(source, reading, failed or _raise)


def _raise(error: InputError) -> None:
    raise error
