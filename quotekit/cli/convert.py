"""`quotekit convert`: JSON that `quotekit extract` wrote → the forms that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from quotekit.cli.inputs import Inputs
from quotekit.cli.output import FILE, write_folder, write_output
from quotekit.errors import InputError
from quotekit.writers.csv import BOM
from quotekit.writers.formats import BY_NAME, FORMATS, Format

if TYPE_CHECKING:
    from quotekit.model import Extraction


def _print_formats(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        width = max(len(form.name) for form in FORMATS)
        for form in FORMATS:
            click.echo(f"{form.name:{width}}  {form.summary}")
        ctx.exit()


@click.command("convert", short_help="Convert JSON that extract wrote to other formats.")
@click.argument("inputs", nargs=-1, type=FILE, metavar="[FILE...]")
@click.option("--to", "name", type=click.Choice(list(BY_NAME)), help="The format; --list says what each is for.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="FILE",
    help="Write to this file, whole or not at all; a folder for some formats.",
)
@click.option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option("--setup", is_flag=True, help="Print what the receiving program must be given first: its labels.")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_print_formats, help="List the formats."
)
def command(inputs: tuple[str, ...], name: str | None, output: str | None, bom: bool, setup: bool) -> None:
    """Convert the FILEs, JSON that `quotekit extract` wrote (.json, .jsonl, or - for standard input), to a FORMAT.

    No model is needed. A record that is invalid, or that lacks the text where the format needs it, is reported and the
    others are done; the exit code is then 4, or 1.
    """
    if name is None:
        raise click.UsageError("no format is named: --to FORMAT; --list tells which there are")
    form = BY_NAME[name]
    if setup:
        write_output([_setup(form)], output)
        return
    if bom and form.name != "csv":
        raise click.BadParameter(f"is for CSV; {form.name} has no byte order mark", param_hint="--bom")
    read = Inputs()
    _write(form, _convertible(read, inputs or ("-",), form), output, bom=bom)
    click.get_current_context().exit(read.exit_code)


def _setup(form: Format) -> str:
    if not form.setup:
        having = ", ".join(one.name for one in FORMATS if one.setup) or "none"
        raise click.BadParameter(f"{form.name} needs none; formats that do: {having}", param_hint="--setup")
    return form.setup_text()


def _convertible(read: Inputs, paths: Iterable[str], form: Format) -> Iterator[Extraction]:
    """The extractions that the format can hold; the others are reported."""
    for extraction in chain.from_iterable(map(read.records, paths)):
        try:
            form.check(extraction)
        except InputError as error:
            read.fail(error)
        else:
            yield extraction


def _write(form: Format, extractions: Iterator[Extraction], output: str | None, *, bom: bool) -> None:
    if form.writes == "stream":
        pieces = form.writer()(extractions)
        write_output(chain([BOM], pieces) if bom else pieces, output)
        return
    if output in (None, "-"):
        raise click.UsageError(f"{form.name} is written to a {_thing(form)}: name it with --output")
    assert output is not None
    if form.writes == "folder":
        write_folder(form.folder_writer()(extractions), output)
    else:
        form.updater()(output, extractions)


def _thing(form: Format) -> str:
    return "folder" if form.writes == "folder" else "file"
