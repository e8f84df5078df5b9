"""How a command ends: whatever happens, one line on standard error and the right exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from quotekit.errors import QuotekitError

INTERRUPTED = 130
TERMINATED = 143


class _Terminated(BaseException):
    """Somebody asked the program to end, as `timeout` and `kill` do. Like KeyboardInterrupt, it is no error."""


@contextmanager
def ending_well(ctx: click.Context) -> Iterator[None]:
    """Turns what stops a command into its line and its exit code."""
    try:
        with _termination_as_exception():
            yield
    except QuotekitError as error:
        report_error(error)
        ctx.exit(error.exit_code)
    except KeyboardInterrupt:
        abandon_output()
        # A terminal shows ^C and leaves the cursor behind it.
        click.echo(("\n" if sys.stderr.isatty() else "") + "quotekit: interrupted", err=True)
        ctx.exit(INTERRUPTED)
    except _Terminated:
        abandon_output()
        click.echo("quotekit: terminated", err=True)
        ctx.exit(TERMINATED)
    except BrokenPipeError:
        # A reader that stops reading, such as `head`, has what it wanted: nothing failed.
        abandon_output()
        ctx.exit(0)
    except OSError as error:
        abandon_output()
        report_error(QuotekitError(str(error.filename or "system"), str(error.strerror or error)))
        ctx.exit(QuotekitError.exit_code)


@contextmanager
def _termination_as_exception() -> Iterator[None]:
    """Has SIGTERM raise, so that an unfinished output file is cleared away; by itself it ends Python on the spot."""

    def terminate(_: int, __: object) -> None:
        raise _Terminated

    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield  # somebody else's program, with its own ways to end
        return
    signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def report_error(error: QuotekitError) -> None:
    """Say on standard error what went wrong, on one line, and what helps, on the next."""
    click.echo(f"quotekit: error: {_one_line(error.place)}: {_one_line(error.problem)}", err=True)
    if error.remedy:
        click.echo(f"  hint: {_one_line(error.remedy)}", err=True)


def report_warning(place: str, message: str) -> None:
    """Say on standard error, on one line, what the user should know."""
    click.echo(f"quotekit: warning: {_one_line(place)}: {_one_line(message)}", err=True)


def report_note(message: str) -> None:
    """Say on standard error, on one line, what was done."""
    click.echo(f"quotekit: {_one_line(message)}", err=True)


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
