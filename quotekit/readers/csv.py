"""CSV and TSV → articles, one a row under a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from quotekit.errors import InputError
from quotekit.model import Notice
from quotekit.readers.decoding import decode
from quotekit.readers.dumps import USUAL, Record, articles_of, folded_name
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.source import Source

DELIMITERS = ",;\t|"
_FALLBACK = "cp1252"


def is_csv(head: bytes) -> bool:
    """Whether an input begins with a line of names, one of them usual for the text and another for another part."""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    line = first.decode("utf-8", "replace")
    names = {folded_name(name) for name in line.split(_delimiter(line))} if rest.strip() else set()
    return not names.isdisjoint(USUAL["text"]) and any(
        not names.isdisjoint(usual) for part, usual in USUAL.items() if part != "text"
    )


def read_csv(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """The articles of a table, one a row, its columns named by the first line; ``failed`` is told of broken rows.

    Commas, semicolons, tabs or bars part the columns, whichever the first line has most of.
    """
    yield from articles_of(_records(source, reading, failed), source, reading, failed)


def _records(source: Source, reading: Reading, failed: Failed) -> Iterator[Record | InputError]:
    csv.field_size_limit(source.max_size)
    lines = _Lines(source, reading.encoding, failed)
    first = next(lines, "")
    delimiter = _delimiter(first)
    header = next(csv.reader([first], delimiter=delimiter), [])
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        opening = lines.number + 1
        place = f"{source.path}:{opening}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "look for a quotation mark that is not closed or not doubled"
            yield InputError(place, f"is a broken row ({error})", remedy)
            continue
        if len(row) > len(header):
            problem = f"has {len(row)} columns, but the first line names {len(header)}"
            yield InputError(place, problem, "a field with a comma in it stands in quotation marks")
        elif row:
            yield Record(opening, dict(zip(header, row, strict=False)), lines.notices())


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


class _Lines(Iterator[str]):
    """The lines of a table as text, and the number of the last one."""

    def __init__(self, source: Source, encoding: str | None, failed: Failed) -> None:
        self.number = 0
        self._notices: list[Notice] = []
        self._encoding = encoding or ""
        if b"\0" in source.head:  # UTF-16 or UTF-32, in which a line end is no byte of its own; or no text at all
            text = decode(source.read(), place=source.path, encoding=encoding).text
            self._lines: Iterator[tuple[int, bytes | str]] = enumerate(text.splitlines(keepends=True), start=1)
            return
        self._lines = source.lines(failed)
        if not encoding:
            whole = source.head[: source.head.rfind(b"\n") + 1] or source.head
            self._encoding = decode(whole, place=source.path).encoding

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if isinstance(line, str):
            return line
        try:
            text = line.decode(self._encoding)
        except UnicodeDecodeError:
            message = f"line {self.number} is not {self._encoding}; read as {_FALLBACK}"
            self._notices.append(Notice("encoding", message, None, None))
            text = line.decode(_FALLBACK, "replace")
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def notices(self) -> tuple[Notice, ...]:
        """What should be known of the lines since this was asked for."""
        told, self._notices = tuple(self._notices), []
        return told


CSV = Reader("csv", "tables (CSV, TSV), one article a row", (".csv", ".tsv"), is_csv, read_csv, in_folders=False)
