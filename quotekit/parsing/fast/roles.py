"""Which part each word may have in a report, cue, content or source, read off the parser's own states.

The network, learned from annotated news (``training/attribution/roles.py``), says how likely each word is the head of a
cue, stands in a content or a source, or opens or closes a content.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from quotekit.parsing.fast.columns import Forms
from quotekit.parsing.fast.reading import Reader, ReadingNetwork, Vectors, network_of
from quotekit.tree import Roles

# A model of relations may name one of roles as its dependency in resources.json; Stanza hands on where that lies.
MODEL = "roles_path"
UNITS = 100
# Log-odds are rounded to whole numbers, which is all that the scorer looks at, and beyond these nothing is told apart.
LEAST, MOST = -6, 5


def load_network(path: Path) -> ReadingNetwork:
    """The network that ``training/attribution/roles.py`` has kept here."""
    return network_of(torch.load(path, map_location="cpu", weights_only=True))


class FastRoles:
    """Tells the roles of words from the parser's states of their sentences and the vectors of their forms."""

    def __init__(self, network: ReadingNetwork, vectors: Vectors, *, whole: bool = True) -> None:
        self._read = Reader(network, vectors, whole=whole)

    def __call__(self, forms: Forms, states: Any) -> Iterator[list[Roles]]:
        """The roles of the words of each sentence; ``states`` are those of all words, one sentence after the other."""
        odds = self._read(forms, states)
        found = iter(odds.round_().clamp_(LEAST, MOST).int().tolist())
        for sentence in forms:
            yield [Roles(*next(found)) for _ in sentence]
