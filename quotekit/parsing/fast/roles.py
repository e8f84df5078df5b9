"""Which part each word may have in a report, cue, content or source, read off the parser's own states.

What the graph parser has made of a sentence before it looks for heads holds most of what such a reading needs. A small
recurrent layer over it, learned from annotated news (``training/attribution/roles.py``), says how likely each word is
the head of a cue, stands in a content or a source, or opens or closes a content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast import recurrent
from quotekit.parsing.fast.batches import batches
from quotekit.parsing.fast.matrices import Floats, Rounded
from quotekit.tree import Roles

# A model of relations may name one of roles as its dependency in resources.json; Stanza hands on where that lies.
MODEL = "roles_path"
ENTRY, UNITS, HIDDEN = 128, 100, 128
# Log-odds are rounded to whole numbers, which is all that the scorer looks at, and beyond these nothing is told apart.
LEAST, MOST = -6, 5


class RolesNetwork(nn.Module):  # type: ignore[misc]  # torch is Any here
    """The layers: one that narrows the parser's states of ``width``, one that is recurrent, and one over both."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width
        self.entry = nn.Linear(width, ENTRY)
        self.lstm = nn.LSTM(ENTRY, UNITS, bidirectional=True)
        self.hidden = nn.Linear(width + 2 * UNITS, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(Roles._fields))


def load_network(path: Path) -> RolesNetwork:
    """The network that ``training/attribution/roles.py`` has kept here."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = RolesNetwork(state["entry.weight"].shape[1])
    network.load_state_dict({name: value.float() for name, value in state.items()})
    network.eval()
    return network


class FastRoles:
    """Tells the roles of words from the parser's states of their sentences."""

    def __init__(self, network: RolesNetwork, *, whole: bool = True) -> None:
        self._network = network
        zeros = torch.zeros(2, 1, UNITS)
        self._layer = recurrent.Layer(network.lstm, 0, zeros, zeros, whole=whole)
        bound = recurrent.HIGHWAY_BOUND
        layers = [(layer.weight.detach(), layer.bias.detach()) for layer in (network.entry, network.hidden)]
        self._entry, self._hidden = (Rounded(*layer, bound) if whole else Floats(*layer) for layer in layers)

    def __call__(self, states: Any, lengths: Sequence[int]) -> Iterator[list[Roles]]:
        """The roles of the words of each sentence; ``states`` are those of all words, one sentence after the other."""
        odds = torch.empty(len(states), len(Roles._fields))
        for batch in batches(lengths):
            own = states[batch.rows]
            entered = functional.relu_(self._entry(own))
            table = functional.linear(entered, self._layer.weight, self._layer.bias)
            read = self._layer(table, torch.arange(len(own)), batch)
            hidden = functional.relu_(self._hidden(torch.cat([own, read], dim=1)))
            odds[batch.rows] = self._network.out(hidden)
        found = iter(odds.round_().clamp_(LEAST, MOST).int().tolist())
        for length in lengths:
            yield [Roles(*next(found)) for _ in range(length)]
