"""`quotekit speakers`: who spoke in one or many articles, how often, with their quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotekit.cli.extract import PIPED_WIDTH
from quotekit.cli.extractions import read_or_extract
from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import FILE, is_terminal, terminal_width, write_output
from quotekit.cli.progress import Progress
from quotekit.cli.selection import selected, selection_options

if TYPE_CHECKING:
    from quotekit.readers import Reading

FORMATS = ("text", "json", "csv")


@click.command("speakers", short_help="List who spoke, how often, with their quotes.")
@inputs_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Output format.")
@click.option(
    "--aliases",
    type=FILE,
    metavar="FILE",
    help="CSV or JSON: which names are one speaker's, and ids such as Wikidata's. See `quotekit schema aliases`.",
)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to this file, whole or not at all.")
@selection_options
@reading_options
def command(
    inputs: tuple[str, ...],
    form: str,
    aliases: str | None,
    output: str | None,
    min_confidence: float,
    min_speaker: float,
    acts: frozenset[str] | None,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
) -> None:
    """List who spoke in the INPUTs, who has most quotes first.

    An INPUT is what `quotekit extract` takes, or JSON that it wrote (.json, .jsonl, or on standard input): nothing is
    extracted again. A person in two articles is one where the names are full and a word of role or affiliation agrees;
    otherwise they stay two. An alias file joins or renames them by name.
    """
    from quotekit.readers.aliases import read_aliases
    from quotekit.roster import Roster
    from quotekit.writers.roster import write_roster_csv, write_roster_json, write_roster_text

    read = Inputs(reading, globs=globs, quiet=quiet)
    roster = Roster(read_aliases(aliases) if aliases is not None else ())
    progress = Progress(read, quiet=quiet, to_terminal=is_terminal(output))
    for extraction in progress.follow(read_or_extract(inputs, read, model=model, language=reading.language)):
        roster.add(selected(extraction, min_confidence=min_confidence, min_speaker=min_speaker, acts=acts))
    if form == "json":
        pieces = write_roster_json(roster.listed(), documents=roster.documents)
    elif form == "csv":
        pieces = write_roster_csv(roster.listed())
    else:
        width = terminal_width(output) or PIPED_WIDTH
        pieces = write_roster_text(roster.listed(), documents=roster.documents, width=width)
    write_output(pieces, output)
    progress.tell()
    click.get_current_context().exit(read.exit_code)
