"""The inputs of a command: files, folders and standard input, each failing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, wraps
from typing import Any, TypeVar

import click

from quotekit.cli.ending import report_error, report_warning
from quotekit.cli.output import FILE
from quotekit.errors import InputError, QuotekitError, RecordError
from quotekit.model import Article, Extraction
from quotekit.readers.reader import MAX_SIZE, Fields, Found, Reading
from quotekit.readers.source import MEGABYTE, STANDARD_INPUT, Source

RECORD_SUFFIXES = (".json", ".jsonl")

_Item = TypeVar("_Item")


class Inputs:
    """Reads inputs in order. One that fails is reported, counts in ``exit_code``, and costs the others nothing.

    ``files`` is how many files there are to read, ``begun`` at which of them reading is, ``failures`` how many inputs
    failed, wholly or in part, ``problems`` how often anything did: an input, a line, a row, a subtitle.
    """

    def __init__(self, reading: Reading | None = None, *, globs: Sequence[str] = (), quiet: bool = False) -> None:
        self._reading = reading or Reading()
        self._globs = globs
        self._quiet = quiet
        self._standard_input = Source(STANDARD_INPUT, max_size=self._reading.max_size)
        self.exit_code = 0
        self.files = 0
        self.begun = 0
        self.problems = 0
        self._failed: set[str] = set()
        self.before_message: Callable[[], None] = lambda: None

    @property
    def failures(self) -> int:
        return len(self._failed)

    def is_record(self, path: str) -> bool:
        """Whether the input is JSON that quotekit wrote, and no dump of articles, by its suffix and its looks."""
        if path != STANDARD_INPUT and not path.lower().endswith(RECORD_SUFFIXES):
            return False
        from quotekit.readers.records import is_record, may_be_record

        if path == STANDARD_INPUT:
            return is_record(self._standard_input.head)
        try:
            return may_be_record(Source(path, max_size=self._reading.max_size).head)
        except InputError:
            return True  # reading it will say why it cannot be read

    def articles(self, paths: Iterable[str]) -> Iterator[Found]:
        """Every article of these files and folders, with its tree where the input brings one."""
        from quotekit.readers import list_files, read_input

        files = [file for path in paths for file in self._readable(list_files(path, self._globs), path)]
        if self._reading.url and len(files) > 1:
            raise click.BadParameter(f"is the address of one document, and there are {len(files)}", param_hint="--url")
        self.files += len(files)
        for file in files:
            self.begun += 1
            failed = partial(self.fail, path=file)
            found = read_input(file, self._reading, source=self._read_before(file), failed=failed)
            for article, tree in self._readable(found, file):
                self._tell(article)
                yield article, tree

    def records(self, path: str) -> Iterator[Extraction]:
        """Every extraction in a JSON file, its records validated."""
        from quotekit.readers.records import read_records
        from quotekit.validation import find_problems
        from quotekit.writers.json import from_record

        for read in self._readable(read_records(path, source=self._read_before(path)), path):
            problems = [read.problem] if read.problem else [str(problem) for problem in find_problems(read.record)]
            if problems:
                self.fail(RecordError(read.place, problems[0], f"quotekit validate {path} tells all"), path)
                continue
            try:
                extraction = from_record(read.record)
            except QuotekitError as error:  # offsets in another unit than code points, and no text to count them in
                self.fail(error, path)
            else:
                yield extraction

    def _read_before(self, path: str) -> Source | None:
        return self._standard_input if path == STANDARD_INPUT else None

    def _readable(self, items: Iterator[_Item], path: str) -> Iterator[_Item]:
        try:
            yield from items
        except InputError as error:
            self.fail(error, path)

    def fail(self, error: QuotekitError, path: str | None = None) -> None:
        """Say what is wrong with the input at this path, by default the error's place; the others go on."""
        self.before_message()
        report_error(error)
        self.problems += 1
        self._failed.add(error.place if path is None else path)
        self.exit_code = max(self.exit_code, error.exit_code)

    def warn(self, place: str, message: str) -> None:
        """Say what the user should know, unless nothing but errors is to be told."""
        if not self._quiet:
            self.before_message()
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


inputs_argument = click.argument("inputs", nargs=-1, required=True, type=FILE, metavar="INPUT...")

_FIELDS = ("text", "id", "title", "author", "date", "url")


def reading_options(command: Any) -> Any:
    """The options of every command that reads articles and may parse them.

    The command gets ``model``, ``reading``, ``globs`` and ``quiet``.
    """

    @wraps(command)
    def packed(
        *, language: str, encoding: str | None, input_format: str | None, url: str | None, max_size: float, **rest: Any
    ) -> Any:
        fields = Fields(**{name: rest.pop(f"{name}_field") for name in _FIELDS})
        reading = Reading(language, encoding, input_format, url, int(max_size * MEGABYTE), fields)
        return command(reading=reading, **rest)

    for option in reversed(_reading_options()):
        packed = option(packed)
    return packed


def _reading_options() -> list[Any]:
    return [
        click.option(
            "--model", type=FILE, metavar="DIR|NAME", help="Parser model: a folder, or an installed package's name."
        ),
        click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the inputs."),
        click.option(
            "--input-format",
            metavar="NAME",
            callback=check_format,
            shell_complete=lambda ctx, option, start: [name for name in _format_names() if name.startswith(start)],
            help="What the inputs are, where suffix and content are not to decide: text, html, pdf, csv …",
        ),
        click.option(
            "--encoding",
            metavar="NAME",
            callback=check_encoding,
            help="Encoding of text inputs; without it, it is found out, and a guess is told.",
        ),
        click.option(
            "--glob",
            "globs",
            multiple=True,
            metavar="PATTERN",
            callback=check_globs,
            help="Pattern of the files to read in folders, not only documents; may be given several times.",
        ),
        click.option("--url", metavar="URL", help="Address of the input on the web, where it does not say."),
        click.option(
            "--text-field", metavar="FIELD", help="Field of a JSON or CSV record that holds the text; also a.b.c."
        ),
        *(
            click.option(f"--{name}-field", metavar="FIELD", help=f"Field that holds the {name}.")
            for name in _FIELDS
            if name != "text"
        ),
        click.option(
            "--max-size",
            type=click.FloatRange(min=0, min_open=True),
            default=MAX_SIZE / MEGABYTE,
            show_default=f"{MAX_SIZE / MEGABYTE:g}",
            metavar="MB",
            help="Refuse a document that is larger.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors."),
    ]


def check_format(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """The name of an input format; a usage error otherwise."""
    if name is None or name in (names := _format_names()):
        return name
    raise click.BadParameter(f"no input format is called {name!r}; there are {', '.join(names)}")


def _format_names() -> list[str]:
    from quotekit.readers.formats import BY_NAME  # a dozen modules, for those who name one

    return list(BY_NAME)


def check_globs(_: click.Context, __: click.Parameter, globs: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns of relative paths; a usage error for others."""
    for pattern in globs:
        if not pattern.strip() or pattern.startswith(("/", "~")) or ".." in pattern.split("/"):
            raise click.BadParameter(f"{pattern!r} is no pattern of files in a folder; try '*.html'")
    return globs
