"""Processes that share work: batches in, results out in the order of the batches, and a death costs one item.

``concurrent.futures`` loses every task when one process dies; here what a dead process was given is tried again, item
by item, and only what kills a second process, alone, is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from quotekit.errors import QuotekitError
from quotekit.process import Begun, Failure, Process, Work, start, without_interrupts

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Batches for each process that are read and not yet handed out. When one process is held up by a batch four times as
# long as the others (a book among articles), the others go on; with more, memory fills while the consumer sleeps.
BATCHES_AHEAD = 4
_START_REMEDY = "is there memory for so many? and a script that starts workers needs `if __name__ == '__main__':`"


@dataclass(frozen=True, slots=True)
class Lost(Generic[_Item]):
    """Stands for the result of an item with which two processes died, the second on nothing else, and says how."""

    item: _Item
    reason: str


@dataclass(eq=False)
class _Batch(Generic[_Item]):
    """Items that go to a process together, and what came back and is not yet handed out."""

    items: Sequence[_Item]
    alone: bool = False  # a second try
    worker: _Worker[_Item] | None = None
    done: int = 0
    outcomes: deque[Any] = field(default_factory=deque)

    @property
    def is_waiting(self) -> bool:
        return self.worker is None and not self.is_done

    @property
    def is_done(self) -> bool:
        return self.done == len(self.items)


@dataclass(eq=False)
class _Worker(Generic[_Item]):
    """A process and what it is working on."""

    process: Process[_Item]
    batch: _Batch[_Item] | None = None
    has_begun: bool = False

    def take(self, batch: _Batch[_Item]) -> None:
        self.batch, batch.worker, self.has_begun = batch, self, False
        self.process.give(batch.items)

    def hear(self) -> None:
        """Take a message of the process into its batch."""
        message = self.process.hear()
        assert self.batch is not None  # only who has work has something to say
        if isinstance(message, Begun):
            self.has_begun = True
            return
        self.batch.outcomes.append(message)
        self.batch.done += 1
        if isinstance(message, Failure):
            self.batch.items = self.batch.items[: self.batch.done]
        if self.batch.is_done:
            self.batch = None


def in_order(
    batches: Iterable[Sequence[_Item]], work: Work[_Item, _Result], *, workers: int
) -> Generator[_Result | Lost[_Item], None, None]:
    """The results of all items in their order, worked out by at most so many processes.

    Processes are started as there is work for them, and end with the iteration. An error that the work raises is raised
    here, in the place of the item's result. Raises QuotekitError when no process survives its own start.
    """
    source = iter(batches)
    pool: _Pool[_Item] = _Pool(work, workers)
    try:
        while pool.draw(source):
            head = pool.line[0]
            pool.listen(block=not head.outcomes and not head.is_done)
            if head.outcomes:
                outcome = head.outcomes.popleft()
                if isinstance(outcome, Failure):
                    raise outcome.error()
                yield outcome
            if head.is_done and not head.outcomes:
                pool.line.popleft()
    finally:
        pool.end()


class _Pool(Generic[_Item]):
    """The processes, and the line of batches: handed out, being worked on, waiting."""

    def __init__(self, work: Work[_Item, Any], workers: int) -> None:
        self.line: deque[_Batch[_Item]] = deque()
        self._work = work
        self._workers: dict[Connection, _Worker[_Item]] = {}
        self._limit = workers
        self._spare_starts = workers
        self._ahead = BATCHES_AHEAD * workers

    def draw(self, source: Iterator[Sequence[_Item]]) -> bool:
        """Give every free process a batch and keep one waiting; whether anything is in the line."""
        while not self._assign() and len(self.line) < self._ahead:
            items = next(source, None)
            if items is None:
                break
            self.line.append(_Batch(items))
        return bool(self.line)

    def listen(self, *, block: bool) -> None:
        """Take what the processes have to say, waiting for the first word if there is nothing else to do."""
        ready = set(wait(list(self._workers), None if block else 0))
        for connection in self._workers.keys() & ready:
            try:
                self._workers[connection].hear()
            except (EOFError, OSError):
                self._bury(self._workers.pop(connection))

    def end(self) -> None:
        """End all processes."""
        for worker in self._workers.values():
            worker.process.kill()
        for worker in self._workers.values():
            worker.process.end()

    def _assign(self) -> bool:
        """Give waiting batches to free processes; whether one is still waiting, for all are busy."""
        for batch in self.line:
            if batch.is_waiting:
                worker = self._free()
                if worker is None:
                    return True
                worker.take(batch)
        return False

    def _free(self) -> _Worker[_Item] | None:
        idle = next((worker for worker in self._workers.values() if worker.batch is None), None)
        if idle is None and len(self._workers) < self._limit:
            with without_interrupts():
                process = start(self._work)
                idle = self._workers[process.connection] = _Worker(process)
        return idle

    def _bury(self, worker: _Worker[_Item]) -> None:
        """Put what a dead process was working on back into the line, or count it as lost."""
        reason, batch = worker.process.end(), worker.batch
        if batch is None:
            return
        batch.worker = None
        if not worker.has_begun:
            self._count_failed_start(reason)
        elif batch.alone:
            batch.outcomes.append(Lost(batch.items[0], reason))
            batch.done = 1
        else:
            place = self.line.index(batch) + 1
            for item in reversed(batch.items[batch.done :]):
                self.line.insert(place, _Batch([item], alone=True))
            batch.items = batch.items[: batch.done]

    def _count_failed_start(self, reason: str) -> None:
        # As many more are tried as there should be; after that the machine has room for those that live, and no more.
        if self._spare_starts:
            self._spare_starts -= 1
            return
        self._limit -= 1
        if not self._limit:
            raise QuotekitError("workers", f"no worker process survives its start (the last {reason})", _START_REMEDY)
