"""One process that works for us: its start, what goes through its pipe, and its end.

Processes are spawned: a fork that has threads of torch behind it can hang.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, Protocol, TypeVar

from quotekit.errors import QuotekitError

_Item = TypeVar("_Item")
_Given = TypeVar("_Given", contravariant=True)
_Made = TypeVar("_Made", covariant=True)

_OUT_OF_MEMORY = 12  # the exit code of a process that Python told so; ENOMEM, and no code that Python itself uses


class Work(Protocol[_Given, _Made]):
    """What a process does. It is made in the parent, and goes to each process as a pickle."""

    def prepare(self, items: Sequence[_Given]) -> None:
        """Load what these items need; a death here is not theirs."""

    def results(self, items: Sequence[_Given]) -> Iterator[_Made]:
        """The result of each item, in order."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Says that the process has loaded what it needs, and turns to the items."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way to the parent; exceptions whose arguments are not their message are no good pickles."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    trace: str

    def error(self) -> Exception:
        """The error as it was raised."""
        error = self.kind(*self.arguments)
        if not isinstance(error, QuotekitError):
            error.add_note(f"in a worker process:\n{self.trace}")
        return error


@dataclass(frozen=True, slots=True, eq=False)
class Process(Generic[_Item]):
    """A process and our end of its pipe: items go in; ``Begun``, then each item's result or a ``Failure`` come out."""

    process: SpawnProcess
    connection: Connection

    def give(self, items: Sequence[_Item]) -> None:
        """Hand the items over. Where the process is dead, hearing from it will tell."""
        with suppress(OSError):
            self.connection.send(items)

    def hear(self) -> Any:
        """Its next message. Raises EOFError or OSError where it is dead."""
        return self.connection.recv()

    def end(self) -> str:
        """End it, for it keeps nothing that could be lost, and say how it ended where it had before."""
        self.connection.close()
        if self.process.exitcode is None:
            self.process.join(1)  # its end of the pipe closes a moment before
        self.process.kill()
        self.process.join()
        return _reason(self.process.exitcode)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()


def start(work: Work[_Item, Any]) -> Process[_Item]:
    """A new process for this work."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()  # so that its death is the end of the pipe
    return Process(process, ours)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Holds Ctrl-C back until a process is started and known; the process never hears of it, the parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # the first process would start it, and it lets all signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _reason(exit_code: int | None) -> str:
    if exit_code == _OUT_OF_MEMORY:
        return "ran out of memory"
    if exit_code is not None and exit_code < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-exit_code).name}"
    return f"ended with exit code {exit_code}"


# What follows runs in the process.


def _serve(connection: Connection, work: Work[Any, Any]) -> None:
    """Work on what comes through the pipe until it closes."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):
        os.dup2(2, 1)  # standard output is the parent's: nothing a library prints may come between the data
    with suppress(EOFError, OSError):
        while True:
            items = connection.recv()
            for message in _messages(work, items):
                connection.send(message)


def _messages(work: Work[Any, Any], items: Sequence[Any]) -> Iterator[Any]:
    try:
        work.prepare(items)
        yield Begun()
        yield from work.results(items)
    except Exception as error:
        if isinstance(error, MemoryError) or "can't allocate memory" in str(error):  # torch's way is a RuntimeError
            os._exit(_OUT_OF_MEMORY)
        yield _failure(error)


def _failure(error: Exception) -> Failure:
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, QuotekitError):
        return Failure(type(error), (error.place, error.problem, error.remedy), trace)
    with suppress(Exception):
        failure = Failure(type(error), error.__reduce__()[1], trace)  # type: ignore[arg-type]  # never a mere name
        pickle.loads(pickle.dumps(failure)).error()
        return failure
    return Failure(RuntimeError, (f"{type(error).__name__}: {error}",), trace)


def _end_with_parent() -> None:
    """End at once when the parent does, however that is and whatever goes on here."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
