"""Vectors of words that were met before: in news half of the different words of an article stood in the last ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

# Words remembered, so that no run grows without end: their vectors take 26 MB in the parser and as much in the tagger.
MAX_REMEMBERED = 20_000


class Remembered:
    """What ``compute`` makes of words, one row each, computed once for each word."""

    def __init__(self, compute: Callable[[Sequence[str]], Any]) -> None:
        self._compute = compute
        self._numbers: dict[str, int] = {}
        self._vectors: Any = None

    def __call__(self, words: Sequence[str]) -> Any:
        """One row for each of these different words."""
        if len(self._numbers) + len(words) > MAX_REMEMBERED:
            self._numbers, self._vectors = {}, None
        new = [word for word in words if word not in self._numbers]
        if new:
            vectors = self._compute(new)
            self._vectors = vectors if self._vectors is None else torch.cat([self._vectors, vectors])
            self._numbers.update(zip(new, range(len(self._numbers), len(self._vectors)), strict=True))
        return self._vectors[torch.tensor([self._numbers[word] for word in words], dtype=torch.long)]
