"""`quotekit report`: who said what as one HTML file, for reading and checking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotekit.cli.extractions import read_or_extract
from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import FILE, is_terminal, write_output
from quotekit.cli.progress import Progress
from quotekit.cli.selection import selected, selection_options

if TYPE_CHECKING:
    from quotekit.readers import Reading


@click.command("report", short_help="Write one HTML file to read and check.")
@inputs_argument
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to this file, whole or not at all.")
@selection_options
@click.option("--explain", is_flag=True, help="Say of each quote why it was found; JSON brings what it was told.")
@reading_options
def command(
    inputs: tuple[str, ...],
    output: str | None,
    min_confidence: float,
    min_speaker: float,
    acts: frozenset[str] | None,
    explain: bool,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
) -> None:
    """Write a report on the INPUTs: one HTML file that needs no network and no other file.

    An INPUT is JSON that `quotekit extract` wrote (.json, .jsonl, or on standard input), which needs no model, or an
    article, which is extracted first. Several documents make one report with an index. The text is shown with every
    quote's content, cue and source; beside it the quotes, those whose speaker is not known first.
    """
    from quotekit.writers.report import write_report

    read = Inputs(reading, globs=globs, quiet=quiet)
    progress = Progress(read, quiet=quiet, to_terminal=is_terminal(output))
    found = progress.follow(read_or_extract(inputs, read, model=model, language=reading.language, explain=explain))
    kept = (selected(one, min_confidence=min_confidence, min_speaker=min_speaker, acts=acts) for one in found)
    write_output(write_report(kept), output)
    progress.tell()
    click.get_current_context().exit(read.exit_code)
