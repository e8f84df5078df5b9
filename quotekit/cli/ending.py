"""How a command ends: whatever happens, one line on standard error and the right exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from quotekit.errors import QuotekitError

INTERRUPTED = 130


@contextmanager
def ending_well(ctx: click.Context) -> Iterator[None]:
    """Turns what stops a command into its line and its exit code."""
    try:
        yield
    except QuotekitError as error:
        report_error(error)
        ctx.exit(error.exit_code)
    except KeyboardInterrupt:
        abandon_output()
        # A terminal shows ^C and leaves the cursor behind it.
        click.echo(("\n" if sys.stderr.isatty() else "") + "quotekit: interrupted", err=True)
        ctx.exit(INTERRUPTED)
    except BrokenPipeError:
        # A reader that stops reading, such as `head`, has what it wanted: nothing failed.
        abandon_output()
        ctx.exit(0)
    except OSError as error:
        abandon_output()
        report_error(QuotekitError(str(error.filename or "system"), str(error.strerror or error)))
        ctx.exit(QuotekitError.exit_code)


def report_error(error: QuotekitError) -> None:
    """Say on standard error what went wrong, on one line, and what helps, on the next."""
    click.echo(f"quotekit: error: {_one_line(error.place)}: {_one_line(error.problem)}", err=True)
    if error.remedy:
        click.echo(f"  hint: {_one_line(error.remedy)}", err=True)


def report_warning(place: str, message: str) -> None:
    """Say on standard error, on one line, what the user should know."""
    click.echo(f"quotekit: warning: {_one_line(place)}: {_one_line(message)}", err=True)


def abandon_output() -> None:
    """Let what standard output still holds go nowhere: Python would write it at the end, and fail a second time."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):
        return  # under a test runner there is no descriptor, and nothing that would complain
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _one_line(text: str) -> str:
    return " ".join(text.split())
