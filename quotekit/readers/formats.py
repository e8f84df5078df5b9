"""Which formats there are, and which one an input has: by its name, by its content, or as told."""

from __future__ import annotations

from quotekit.errors import InputError
from quotekit.readers.conllu import CONLLU
from quotekit.readers.csv import CSV
from quotekit.readers.docx import DOCX
from quotekit.readers.html import HTML
from quotekit.readers.jsonl import JSON, JSON_LINES
from quotekit.readers.markdown import MARKDOWN
from quotekit.readers.ninjs import NINJS
from quotekit.readers.pdf import PDF
from quotekit.readers.reader import Reader
from quotekit.readers.segments import SEGMENTS
from quotekit.readers.source import Source
from quotekit.readers.subtitles import SUBTITLES
from quotekit.readers.text import TEXT

# In the order in which they are asked whether they recognise an input: the narrower before the wider.
FORMATS: tuple[Reader, ...] = (
    TEXT, MARKDOWN, HTML, PDF, DOCX, SUBTITLES, CONLLU, NINJS, SEGMENTS, JSON, JSON_LINES, CSV,
)  # fmt: skip
BY_NAME = {reader.name: reader for reader in FORMATS}


def reader_of(source: Source, input_format: str | None = None) -> Reader:
    """The reader for an input: the one that is named, else by the suffix, else by the content, else plain text.

    Where several formats share a suffix, as in JSON, the content decides among them. Raises InputError for a name that
    is none.
    """
    if input_format is not None:
        if input_format not in BY_NAME:
            raise InputError(input_format, "no input format with this name", f"there are: {', '.join(BY_NAME)}")
        return BY_NAME[input_format]
    named = [reader for reader in FORMATS if source.suffix in reader.suffixes]
    if len(named) == 1:
        return named[0]
    found = next((reader for reader in named or FORMATS if reader.recognises(source.head)), None)
    return found or (named[-1] if named else TEXT)
