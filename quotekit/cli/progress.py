"""How far a long run is, told on a terminal while it lasts and, in one line, at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

import click

from quotekit.cli.inputs import Inputs
from quotekit.model import Extraction

_EVERY = 0.2  # seconds: what changes faster cannot be read
_CLEAR = "\r\x1b[K"


class Progress:
    """Counts the documents of a run as they are done."""

    def __init__(self, read: Inputs, *, quiet: bool, to_terminal: bool) -> None:
        self._read = read
        self._quiet = quiet
        # Where the data go to the terminal, too, they tell how far it is, and a line of ours would stand among them.
        self._shows = not quiet and not to_terminal and sys.stderr is not None and sys.stderr.isatty()
        self._shown_at = 0.0
        self._is_shown = False
        self._documents = self._quotes = 0
        read.before_message = self._clear

    def follow(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        """The same extractions; each counts when it is asked for."""
        self._show()
        try:
            for extraction in extractions:
                self._documents += 1
                self._quotes += len(extraction.quotes)
                self._show()
                yield extraction
        finally:
            self._clear()

    def tell(self) -> None:
        """Say what was done, unless it was a single document, whose result says all."""
        if not self._quiet and self._documents + self._read.problems > 1:
            where = f"{_counted(self._read.problems, 'problem')} in {_counted(self._read.failures, 'input')}"
            failed = f"; {where}" if self._read.problems else ""
            click.echo(f"quotekit: {self._done()}{failed}", err=True)

    def _done(self) -> str:
        return f"{_counted(self._documents, 'document')}, {_counted(self._quotes, 'quote')}"

    def _show(self) -> None:
        now = time.monotonic()
        if self._shows and now - self._shown_at >= _EVERY:
            place = f"; reading file {self._read.begun} of {self._read.files}" if self._read.files else ""
            click.echo(f"{_CLEAR}{self._done()}{place}", err=True, nl=False)
            self._shown_at, self._is_shown = now, True

    def _clear(self) -> None:
        if self._is_shown:
            click.echo(_CLEAR, err=True, nl=False)
            self._is_shown, self._shown_at = False, 0.0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
