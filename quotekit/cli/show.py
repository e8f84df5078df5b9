"""`quotekit show`: quotes in bracket notation, for reading, for test cases and for bug reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quotekit.cli.extract import are_several
from quotekit.cli.extractions import read_or_extract
from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import write_output
from quotekit.cli.selection import selected, selection_options

if TYPE_CHECKING:
    from quotekit.readers import Reading


@click.command("show", short_help="Show quotes in bracket notation: [S Ann] [C said] [Q no].")
@inputs_argument
@click.option("--whole", is_flag=True, help="Show the whole text, not only the sentences that hold quotes.")
@click.option("--claims", is_flag=True, help="Show where each claim begins and ends, [Q …], instead of the quotes.")
@selection_options
@reading_options
def command(
    inputs: tuple[str, ...],
    whole: bool,
    claims: bool,
    min_confidence: float,
    min_speaker: float,
    acts: frozenset[str] | None,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
) -> None:
    """Show the quotes of the INPUTs in brackets: [S source] [C cue] [Q content], [V who reported it].

    An INPUT is what `quotekit extract` takes, or JSON that it wrote (.json, .jsonl, or on standard input): nothing is
    extracted again. Several quotes in one stretch are numbered.
    """
    from quotekit.writers.notation import write_brackets, write_claim_brackets

    write = write_claim_brackets if claims else write_brackets
    read = Inputs(reading, globs=globs, quiet=quiet)

    def pieces() -> Iterator[str]:
        for extraction in read_or_extract(inputs, read, model=model, language=reading.language):
            if are_several(inputs):
                yield f"# {extraction.document.source}\n"
            kept = selected(extraction, min_confidence=min_confidence, min_speaker=min_speaker, acts=acts)
            for stretch in write(kept, whole=whole):
                yield stretch if stretch.endswith("\n") else f"{stretch}\n"

    write_output(pieces(), None)
    click.get_current_context().exit(read.exit_code)
