"""How long work takes, in numbers that may be compared."""

from __future__ import annotations

import time
from collections.abc import Callable

from quotekit.garbage import uncollected


@uncollected
def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The processor's time in the fastest of so many runs, at least a millisecond.

    Other programs lengthen a run, never all of them alike; and a search for garbage goes through whatever the tests
    before have left, so that after four thousand tests a page of 0.6 s took five.
    """
    return max(min(_once(work) for _ in range(runs)), 1e-3)


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
