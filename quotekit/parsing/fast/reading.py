"""What can be read off the parser's states of a sentence's words: a small recurrent network over them.

What the graph parser has made of a sentence before it looks for heads holds most of what other readings of the same
words need, so that a narrow layer over it does what would else take a network as large as the parser. What it has let
go of are the words themselves: with the vectors of their forms beside its states, names on GUM's test documents went
from F1 57 to 75, and heads of cues in held-out news from an average precision of 0.83 to 0.86.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import torch
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast import recurrent
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.columns import Forms
from quotekit.parsing.fast.matrices import Floats, Rounded
from quotekit.parsing.fast.remembered import Remembered

ENTRY, HIDDEN = 128, 128


class ReadingNetwork(nn.Module):  # type: ignore[misc]  # torch is Any here
    """The layers: one that narrows the inputs of ``width``, one that is recurrent, and one over both."""

    def __init__(self, width: int, units: int, outputs: int) -> None:
        super().__init__()
        self.width, self.units = width, units
        self.entry = nn.Linear(width, ENTRY)
        self.lstm = nn.LSTM(ENTRY, units, bidirectional=True)
        self.hidden = nn.Linear(width + 2 * units, HIDDEN)
        self.out = nn.Linear(HIDDEN, outputs)


def network_of(state: Mapping[str, Any]) -> ReadingNetwork:
    """The network with these weights, which may have been kept in half precision."""
    width, units = state["entry.weight"].shape[1], state["lstm.weight_hh_l0"].shape[1]
    network = ReadingNetwork(width, units, len(state["out.bias"]))
    network.load_state_dict({name: value.float() for name, value in state.items()})
    network.eval()
    return network


class Vectors(Protocol):
    """Gives each of different forms a vector of its own, whatever stands around it."""

    @property
    def width(self) -> int:
        """How many numbers a form has."""

    def __call__(self, forms: Sequence[str], /) -> Any:
        """One row for each form."""


class Reader:
    """Reads sentences with such a network, whose inputs are a word's state and behind it the vector of its form.

    Products with vectors are rows of a table, remembered, for there are fewer forms than words.
    """

    def __init__(self, network: ReadingNetwork, vectors: Vectors, *, whole: bool = True) -> None:
        self._out = network.out
        zeros = torch.zeros(2, 1, network.units)
        self._layer = recurrent.Layer(network.lstm, 0, zeros, zeros, whole=whole)
        width = network.width - vectors.width
        entry, hidden = (layer.weight.detach() for layer in (network.entry, network.hidden))
        beside = torch.cat([entry[:, width:], hidden[:, width : network.width]]).t()
        self._table = Remembered(lambda forms: vectors(forms) @ beside)
        own = [entry[:, :width], torch.cat([hidden[:, :width], hidden[:, network.width :]], dim=1)]
        biases = [network.entry.bias.detach(), network.hidden.bias.detach()]
        self._entry, self._hidden = (
            Rounded(*layer, recurrent.HIGHWAY_BOUND) if whole else Floats(*layer)
            for layer in zip(own, biases, strict=True)
        )

    def __call__(self, forms: Forms, states: Any) -> Any:
        """What the network says of each word, one row each; ``states`` are those of all words in their order."""
        words, rows = distinct(form for sentence in forms for form in sentence)
        found = torch.empty(len(rows), self._out.out_features)
        if not words:
            return found
        table = self._table(words)
        for batch in batches([len(sentence) for sentence in forms]):
            found[batch.rows] = self._read(states[batch.rows], table[rows[batch.rows]], batch)
        return found

    def _read(self, states: Any, beside: Any, batch: Batch) -> Any:
        """The same of the words of a batch, given the products with their forms' vectors."""
        entered = self._entry(states).add_(beside[:, :ENTRY])
        onward = functional.linear(functional.relu_(entered), self._layer.weight, self._layer.bias)
        read = self._layer(onward, torch.arange(len(states)), batch)
        hidden = self._hidden(torch.cat([states, read], dim=1)).add_(beside[:, ENTRY:])
        return self._out(functional.relu_(hidden))
