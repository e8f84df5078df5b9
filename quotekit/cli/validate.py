"""`quotekit validate`: whether JSON keeps the schema, and every span says what the text says."""

from __future__ import annotations

import click

from quotekit.cli.ending import report_error
from quotekit.cli.output import FILE

UNREADABLE, INVALID = 1, 4


@click.command("validate", short_help="Check JSON against its schema and against its own text.")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--closed", is_flag=True, help="Refuse keys that the schema does not name, too.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of files that are valid.")
def command(files: tuple[str, ...], closed: bool, quiet: bool) -> None:
    """Check the FILEs: one document, an array of documents, or one document a line; - is standard input.

    Each failure is one line, `FILE: /quotes/0/content/1: message`, with a JSON pointer to the place. The exit code is 4
    when anything is invalid, 1 when a file cannot be read.
    """
    click.get_current_context().exit(max([_validate(path, closed=closed, quiet=quiet) for path in files]))


def _validate(path: str, *, closed: bool, quiet: bool) -> int:
    from quotekit.errors import InputError
    from quotekit.readers.records import read_records
    from quotekit.validation import Problem, find_problems

    records = failures = 0
    try:
        for read in read_records(path):
            records += 1
            problems = [Problem("", read.problem)] if read.problem else find_problems(read.record, closed=closed)
            for problem in problems:
                failures += 1
                click.echo(f"{read.place}: {Problem(read.pointer + problem.pointer, problem.message)}")
    except InputError as error:
        report_error(error)
        return UNREADABLE
    if failures:
        return INVALID
    if not quiet:
        click.echo(f"{path}: valid ({records} document{'' if records == 1 else 's'})", err=True)
    return 0
