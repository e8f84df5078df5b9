"""Recurrent layers over batches of sentences, the first of them on words that often repeat.

What the first layer makes of a word before it looks at the word's neighbours depends on few things: its form, its
lemma, its tags. So the products of the layer's matrices are computed once for each different form, lemma and tag, and
a word's are the sum of a few rows of a table. That halves the work of a layer of 500 inputs and 200 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast.batches import Batch
from quotekit.parsing.fast.matrices import Floats, Rounded

# Between this and its negative lies what a highway layer gives: its LSTM's output, and a tanh beside it.
HIGHWAY_BOUND = 2.0


class Layer:
    """One layer of a bidirectional LSTM, both directions at once.

    The gate that goes through tanh(x) = 2·sigmoid(2x) - 1 is kept doubled, so that one sigmoid does for all four gates;
    tanh takes Torch six times as long. For the same reason cells are kept doubled, and outputs halved until the end.
    """

    def __init__(self, lstm: nn.LSTM, number: int, initial: Any, cells: Any, *, whole: bool = False) -> None:
        """With ``whole`` the outputs are multiplied as whole numbers on their way back into the layer."""
        names = [f"l{number}", f"l{number}_reverse"]
        own = slice(2 * number, 2 * number + 2)
        self.units = lstm.hidden_size
        self.weight = torch.cat([_gates(getattr(lstm, f"weight_ih_{name}")) for name in names])
        self.bias = torch.cat(
            [_gates(getattr(lstm, f"bias_ih_{name}") + getattr(lstm, f"bias_hh_{name}")) for name in names]
        )
        back = [_gates(getattr(lstm, f"weight_hh_{name}")) * 2 for name in names]
        self._back = torch.stack([weight.t() for weight in back])
        self._whole = [Rounded(weight, None, bound=0.5) for weight in back] if whole else []
        self._begin = initial[own].detach() / 2 @ self._back
        self._cells = cells[own].detach() * 2

    def __call__(self, table: Any, rows: Any, batch: Batch) -> Any:
        """The outputs for the words of a batch; the products with a word's inputs are the sum of these of its rows."""
        units = self.units
        table = table.view(-1, 4 * units)  # onward, backward
        which = 2 * rows[batch.steps >> 1] + (batch.steps & 1 if rows.dim() == 1 else (batch.steps & 1)[:, None])
        outputs = table.new_empty(len(which), units)
        cell, hidden = self._cells.expand(2, batch.sizes[0], units).clone(), None
        both = [2 * size for size in batch.sizes]
        for size, found, output in zip(batch.sizes, which.split(both), outputs.split(both), strict=True):
            gates = summed(table, found).view(2, size, 4 * units)
            gates = gates.add_(self._begin) if hidden is None else self._looped(gates, hidden[:, :size])
            enter, forget, leave, new = gates.sigmoid_().chunk(4, dim=2)
            cell = cell[:, :size].mul_(forget).addcmul_(enter, new.sub_(0.5), value=4)
            hidden = torch.sigmoid(cell, out=output.view(2, size, units)).sub_(0.5).mul_(leave)
        return outputs.index_select(0, batch.home).view(-1, 2 * units).mul_(2)

    def _looped(self, gates: Any, hidden: Any) -> Any:
        """The gates with the products of what the step before gave."""
        if not self._whole:
            return gates.baddbmm_(hidden, self._back)
        for gate, state, matrix in zip(gates, hidden, self._whole, strict=True):
            gate.add_(matrix(state))
        return gates


@dataclass(frozen=True, eq=False)
class Tables:
    """Rows of products with the different inputs of a layer, and with those of its highway."""

    layer: Any
    highway: Any


class HighwayLayers:
    """Stanza's highway LSTM, its first layer's products taken from tables."""

    def __init__(self, module: Any, initial: Any, cells: Any, *, whole: bool = False) -> None:
        self._layers = [
            # Each of Stanza's LSTMs has one layer, and each finds its own initial states among those of all.
            Layer(module.lstm[i].lstm, 0, initial[2 * i :], cells[2 * i :], whole=whole)
            for i in range(module.num_layers)
        ]
        # The highway goes through tanh, as the layer's gate.
        self._highways = [
            (torch.cat([gate.weight, 2 * way.weight]).detach(), torch.cat([gate.bias, 2 * way.bias]).detach())
            for gate, way in zip(module.gate, module.highway, strict=True)
        ]
        matrix = partial(Rounded, bound=HIGHWAY_BOUND) if whole else Floats
        self._matrices = [
            (matrix(layer.weight, layer.bias), matrix(*highway))
            for layer, highway in zip(self._layers[1:], self._highways[1:], strict=True)
        ]

    @property
    def width(self) -> int:
        """How many numbers come out for a word."""
        return 2 * int(self._layers[-1].units)

    def tables(self, groups: Sequence[tuple[Any, Sequence[slice]]]) -> Tables:
        """The products of the first layer with inputs made of parts, one table of rows behind the other.

        Each group is vectors, and the places of their pieces in an input. An input is made of one vector of each group,
        so its products are the sum of one row of each group's.
        """
        layer, highway = self._layers[0], self._highways[0]
        return Tables(_tables(groups, layer.weight, layer.bias), _tables(groups, *highway))

    def __call__(self, tables: Tables, rows: Any, batch: Batch) -> Any:
        """The last layer's outputs for the words of a batch, whose inputs are these rows of the tables."""
        outputs = _carried(self._layers[0](tables.layer, rows, batch), summed(tables.highway, rows))
        each = torch.arange(len(outputs))
        for layer, (own, highway) in zip(self._layers[1:], self._matrices, strict=True):
            outputs = _carried(layer(own(outputs), each, batch), highway(outputs))
        return outputs


def can_drive(lstm: Any) -> bool:
    """Whether this is an LSTM as read here; one with dropout between its steps is of another class."""
    return type(lstm) is nn.LSTM and lstm.bidirectional and lstm.bias and lstm.proj_size == 0


def can_drive_highway(module: Any) -> bool:
    """Whether these layers are such, and what goes past them goes through tanh."""
    return module.highway_func is torch.tanh and all(can_drive(layer.lstm) for layer in module.lstm)


def summed(table: Any, rows: Any) -> Any:
    """For each of ``rows`` that row of the table, or the sum of several."""
    return table.index_select(0, rows) if rows.dim() == 1 else functional.embedding_bag(rows, table, mode="sum")


def _carried(hidden: Any, beside: Any) -> Any:
    """A layer's outputs and, as far as the gate lets it, what goes past the layer."""
    gate, way = beside.sigmoid_().chunk(2, dim=1)
    return hidden.addcmul_(gate, way.sub_(0.5), value=2)


def _tables(groups: Sequence[tuple[Any, Sequence[slice]]], weight: Any, bias: Any) -> Any:
    found = []
    for number, (vectors, places) in enumerate(groups):
        own = torch.cat([weight[:, place] for place in places], dim=1)
        found.append(functional.linear(vectors, own, None if number else bias))
    return torch.cat(found)


def _gates(weight: Any) -> Any:
    """Torch's gates (in, forget, new, out) as in, forget, out, new, the last doubled."""
    enter, forget, new, leave = weight.detach().chunk(4)
    return torch.cat([enter, forget, leave, 2 * new])
