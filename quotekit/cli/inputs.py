"""The inputs of a command: files, folders and standard input, each failing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click

from quotekit.cli.ending import report_error, report_warning
from quotekit.errors import InputError, QuotekitError, RecordError
from quotekit.model import Article, Extraction
from quotekit.tree import Tree

STANDARD_INPUT = "-"
RECORD_SUFFIXES = (".json", ".jsonl")

_Item = TypeVar("_Item")


class Inputs:
    """Reads inputs in order. One that fails is reported, counts in ``exit_code``, and costs the others nothing."""

    def __init__(self, *, encoding: str | None, language: str, quiet: bool) -> None:
        self._encoding = encoding
        self._language = language
        self._quiet = quiet
        self._standard_input: bytes | None = None
        self.exit_code = 0

    def is_record(self, path: str) -> bool:
        """Whether the input is JSON that quotekit wrote, by its suffix or, piped in, by its looks."""
        if path != STANDARD_INPUT:
            return path.lower().endswith(RECORD_SUFFIXES)
        from quotekit.readers.files import read_bytes
        from quotekit.readers.records import is_record

        self._standard_input = read_bytes(path)
        return is_record(self._standard_input)

    def articles(self, paths: Iterable[str]) -> Iterator[tuple[Article, Tree | None]]:
        """Every article of these files and folders, with its tree where the input brings one."""
        from quotekit.readers import list_files, read_input

        for path in paths:
            for file in self._readable(list_files(path)):
                data = self._read_before(file)
                articles = read_input(file, encoding=self._encoding, language=self._language, data=data)
                for article, tree in self._readable(articles):
                    self._tell(article)
                    yield article, tree

    def records(self, path: str) -> Iterator[Extraction]:
        """Every extraction in a JSON file, its records validated."""
        from quotekit.readers.records import read_records
        from quotekit.validation import find_problems
        from quotekit.writers.json import from_record

        for read in self._readable(read_records(path, data=self._read_before(path))):
            problems = [read.problem] if read.problem else [str(problem) for problem in find_problems(read.record)]
            if problems:
                self.fail(RecordError(read.place, problems[0], f"quotekit validate {path} tells all"))
                continue
            try:
                extraction = from_record(read.record)
            except QuotekitError as error:  # offsets in another unit than code points, and no text to count them in
                self.fail(error)
            else:
                yield extraction

    def _read_before(self, path: str) -> bytes | None:
        return self._standard_input if path == STANDARD_INPUT else None

    def _readable(self, items: Iterator[_Item]) -> Iterator[_Item]:
        try:
            yield from items
        except InputError as error:
            self.fail(error)

    def fail(self, error: QuotekitError) -> None:
        """Say what is wrong with an input; the others go on."""
        report_error(error)
        self.exit_code = max(self.exit_code, error.exit_code)

    def warn(self, place: str, message: str) -> None:
        """Say what the user should know, unless nothing but errors is to be told."""
        if not self._quiet:
            report_warning(place, message)

    def _tell(self, article: Article) -> None:
        for notice in article.notices:
            self.warn(article.source, notice.message)


def check_encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """The name of an encoding that Python knows; a usage error otherwise."""
    try:
        if name is not None:
            b"??".decode(name, "replace")
    except LookupError:
        raise click.BadParameter(f"no encoding is called {name!r}; try utf-8, utf-16, cp1252 or latin-1") from None
    except UnicodeError:
        pass  # it exists and does not take these bytes: whether it takes the input's will be seen
    return name


inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")


def reading_options(command: Any) -> Any:
    """The options of every command that reads articles and may parse them."""
    for option in reversed(
        (
            click.option("--model", metavar="DIR|NAME", help="Parser model: a folder, or an installed package's name."),
            click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the inputs."),
            click.option(
                "--encoding",
                metavar="NAME",
                callback=check_encoding,
                help="Encoding of text inputs; without it, it is found out, and a guess is told.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors."),
        )
    ):
        command = option(command)
    return command
