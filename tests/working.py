"""Work for the processes of tests: it does what its items say, and parsers that need no time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotekit.errors import InputError, ModelError
from quotekit.tree import Sentence, Tree, Word


class OddError(Exception):
    """An exception that cannot be made again from its arguments."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)


ERRORS: dict[str, Callable[[], Exception]] = {
    "input": lambda: InputError("a.txt", "is odd", "even it out"),
    "model": lambda: ModelError("model en", "is missing"),
    "system": lambda: FileNotFoundError(2, "No such file or directory", "lexicon"),
    "odd": lambda: OddError("one", "other"),
}


@dataclass(frozen=True)
class Doing:
    """Does what an item says: *kill*, *wait 0.2*, *raise input*; gives the item and the process that did it."""

    folder: Path
    failing_starts: int = 0

    def prepare(self, items: Sequence[str]) -> None:
        if "raise early" in items:
            raise ERRORS["model"]()
        if self.failing_starts and self._times("start") < self.failing_starts:
            os._exit(7)

    def results(self, items: Sequence[str]) -> Iterator[tuple[str, int]]:
        for item in items:
            verb, _, argument = item.partition(" ")
            if verb == "wait":
                time.sleep(float(argument))
            elif verb == "kill" and not (argument == "once" and self._times("kill")):
                os.kill(os.getpid(), signal.SIGKILL)
            elif verb == "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            elif verb == "interrupt":
                os.kill(os.getpid(), signal.SIGINT)
            elif verb == "exit":
                os._exit(int(argument))
            elif verb == "exhaust":
                raise (
                    MemoryError if argument == "Python" else RuntimeError("DefaultCPUAllocator: can't allocate memory")
                )
            elif verb == "raise":
                raise ERRORS[argument]()
            elif verb == "print":
                print("between the data", flush=True)
            yield item, os.getpid()

    def _times(self, what: str) -> int:
        """How often this happened before; this time counts for the next."""
        before = len(list(self.folder.glob(f"{what}-*")))
        (self.folder / f"{what}-{os.getpid()}").touch()
        return before


class WordlessParser:
    """A parser for which every text is one word, and which keeps what it was given to parse."""

    name = "wordless 1"
    model = "none"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        self.batches.append(list(texts))
        return [Tree(text, (_sentence(text),) if text else ()) for text in texts]


class ThreadsParser(WordlessParser):
    """A parser whose name is the number of threads that its process is told to use."""

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"threads {os.environ.get('OMP_NUM_THREADS')}"


class DeadlyParser(WordlessParser):
    """A parser that a text with *poison* in it kills."""

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        if any("poison" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().parse(texts)


def _sentence(text: str) -> Sentence:
    return Sentence((Word(1, text, text, "X", "", "", 0, "root", 0, len(text)),))
