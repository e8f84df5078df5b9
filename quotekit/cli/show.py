"""`quotekit show`: quotes in bracket notation, for reading, for test cases and for bug reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from quotekit.cli.extract import are_several, extract_all
from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import write_output

if TYPE_CHECKING:
    from quotekit.model import Extraction


@click.command("show", short_help="Show quotes in bracket notation: [S Ann] [C said] [Q no].")
@inputs_argument
@click.option("--whole", is_flag=True, help="Show the whole text, not only the sentences that hold quotes.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P", help="Show no less sure quotes."
)
@reading_options
def command(
    inputs: tuple[str, ...],
    whole: bool,
    min_confidence: float,
    model: str | None,
    language: str,
    encoding: str | None,
    quiet: bool,
) -> None:
    """Show the quotes of the INPUTs in brackets: [S source] [C cue] [Q content], [V who reported it].

    An INPUT is what `quotekit extract` takes, or JSON that it wrote (.json, .jsonl, or on standard input): nothing is
    extracted again. Several quotes in one stretch are numbered.
    """
    from quotekit.selection import keep_confident
    from quotekit.writers.notation import write_brackets

    read = Inputs(encoding=encoding, language=language, quiet=quiet)

    def pieces() -> Iterator[str]:
        for is_record, paths in groupby(inputs, key=read.is_record):
            if is_record:
                for path in paths:
                    yield from show(read.records(path))
            else:
                yield from show(extract_all(read.articles(paths), model=model, language=language))

    def show(extractions: Iterable[Extraction]) -> Iterator[str]:
        for extraction in extractions:
            if are_several(inputs):
                yield f"# {extraction.document.source}\n"
            for stretch in write_brackets(keep_confident(extraction, min_confidence), whole=whole):
                yield stretch if stretch.endswith("\n") else f"{stretch}\n"

    write_output(pieces(), None)
    click.get_current_context().exit(read.exit_code)
