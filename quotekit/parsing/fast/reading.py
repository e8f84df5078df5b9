"""What can be read off the parser's states of a sentence's words: a small recurrent network over them.

What the graph parser has made of a sentence before it looks for heads holds most of what other readings of the same
words need, so that a narrow layer over it does what would else take a network as large as the parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast import recurrent
from quotekit.parsing.fast.batches import Batch
from quotekit.parsing.fast.matrices import Floats, Rounded

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


class Reader:
    """Reads the words of a batch with such a network.

    The last ``beside`` inputs of a word may be the vector of its form: the products with these are a table's rows, for
    there are fewer forms than words.
    """

    def __init__(self, network: ReadingNetwork, *, beside: int = 0, whole: bool = True) -> None:
        self._out = network.out
        zeros = torch.zeros(2, 1, network.units)
        self._layer = recurrent.Layer(network.lstm, 0, zeros, zeros, whole=whole)
        width = network.width - beside
        entry, hidden = (layer.weight.detach() for layer in (network.entry, network.hidden))
        self._beside = torch.cat([entry[:, width:], hidden[:, width : network.width]])
        own = [entry[:, :width], torch.cat([hidden[:, :width], hidden[:, network.width :]], dim=1)]
        biases = [network.entry.bias.detach(), network.hidden.bias.detach()]
        self._entry, self._hidden = (
            Rounded(*layer, recurrent.HIGHWAY_BOUND) if whole else Floats(*layer)
            for layer in zip(own, biases, strict=True)
        )

    def table(self, vectors: Any) -> Any:
        """The products with these vectors of forms."""
        return vectors @ self._beside.t()

    def __call__(self, states: Any, batch: Batch, beside: Any = None) -> Any:
        """What the network says of the words of this batch; ``beside`` are their forms' rows of a table."""
        entered = self._entry(states)
        if beside is not None:
            entered += beside[:, :ENTRY]
        onward = functional.linear(functional.relu_(entered), self._layer.weight, self._layer.bias)
        read = self._layer(onward, torch.arange(len(states)), batch)
        hidden = self._hidden(torch.cat([states, read], dim=1))
        if beside is not None:
            hidden += beside[:, ENTRY:]
        return self._out(functional.relu_(hidden))
