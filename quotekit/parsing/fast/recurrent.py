"""Recurrent layers over batches of sentences, the first of them on words that often repeat.

What the first layer makes of a word before it looks at the word's neighbours depends on few things: its form, its
lemma, its tags. So the products of the layer's matrices are computed once for each different form, lemma and tag, and
a word's are the sum of a few rows of a table. That halves the work of a layer of 500 inputs and 200 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast.batches import Batch


class Layer:
    """One layer of a bidirectional LSTM, with the linear layers beside it that take the same input.

    The gate that goes through tanh(x) = 2·sigmoid(2x) - 1 is kept doubled, so that one sigmoid does for all four gates;
    tanh takes Torch four times as long. For the same reason cells are kept doubled, and outputs halved until the end.
    """

    def __init__(self, lstm: nn.LSTM, number: int, initial: Any, cells: Any, beside: Sequence[nn.Linear] = ()) -> None:
        names = [f"l{number}", f"l{number}_reverse"]
        own = slice(2 * number, 2 * number + 2)
        self._units = lstm.hidden_size
        self._hidden, self._cells = initial[own, 0] / 2, cells[own, 0] * 2
        self._recurrent = [_gates(getattr(lstm, f"weight_hh_{name}")).t() * 2 for name in names]
        weights = [_gates(getattr(lstm, f"weight_ih_{name}")) for name in names]
        biases = [_gates(getattr(lstm, f"bias_ih_{name}") + getattr(lstm, f"bias_hh_{name}")) for name in names]
        self._weight = torch.cat([*weights, *(linear.weight for linear in beside)])
        self._bias = torch.cat([*biases, *(linear.bias for linear in beside)])

    def products(self, inputs: Any, out: Any = None) -> Any:
        """The products of the layer's matrices with these inputs."""
        return torch.addmm(self._bias, inputs, self._weight.t(), out=out)

    def tables(self, groups: Sequence[tuple[Any, Sequence[slice]]]) -> Any:
        """The products with inputs made of parts, one table of rows behind the other.

        Each group is vectors, and the places of their pieces in an input. An input is made of one vector of each group,
        so its products are the sum of one row of each group's.
        """
        found = []
        for number, (vectors, places) in enumerate(groups):
            weight = torch.cat([self._weight[:, place] for place in places], dim=1)
            found.append(functional.linear(vectors, weight, None if number else self._bias))
        return torch.cat(found)

    def __call__(self, products: Any, batch: Batch) -> tuple[Any, Any]:
        """The layer's outputs for the words of a batch, and what the linear layers beside it give.

        The products are used up: the gates are worked out in their place.
        """
        units = self._units
        outputs = products.new_empty(len(products), 2 * units)
        self._run(0, products[:, : 4 * units], batch.sizes, outputs[:, :units])
        self._run(1, products[:, 4 * units : 8 * units], batch.sizes, outputs[:, units:])
        return outputs.mul_(2), products[:, 8 * units :]

    def _run(self, direction: int, products: Any, sizes: Sequence[int], outputs: Any) -> None:
        """Fills ``outputs`` with half of what the layer gives in this direction: 0 is onward, 1 backward."""
        units, weight = self._units, self._recurrent[direction]
        ends = list(accumulate(sizes))
        hidden, cell = self._hidden[direction].expand(0, units), self._cells[direction].expand(0, units)
        for step in range(len(sizes)) if direction == 0 else reversed(range(len(sizes))):
            size, rows = sizes[step], slice(ends[step] - sizes[step], ends[step])
            hidden = _fit(hidden, size, self._hidden[direction])
            cell = _fit(cell, size, self._cells[direction])
            enter, forget, leave, new = products[rows].addmm_(hidden, weight).sigmoid_().chunk(4, dim=1)
            cell = torch.addcmul(forget * cell, enter, new.sub_(0.5), value=4)
            hidden = torch.mul(torch.sigmoid(cell).sub_(0.5), leave, out=outputs[rows])


class HighwayLayers:
    """Stanza's highway LSTM, its first layer's products taken from tables."""

    def __init__(self, module: Any, initial: Any, cells: Any) -> None:
        self._carry = module.highway_func or (lambda values: values)
        self._layers = [
            # Each of Stanza's LSTMs has one layer, and each finds its own initial states among those of all.
            Layer(module.lstm[i].lstm, 0, initial[2 * i :], cells[2 * i :], (module.gate[i], module.highway[i]))
            for i in range(module.num_layers)
        ]

    def tables(self, groups: Sequence[tuple[Any, Sequence[slice]]]) -> Any:
        """The first layer's products with inputs made of parts."""
        return self._layers[0].tables(groups)

    def __call__(self, products: Any, batch: Batch) -> Any:
        """The last layer's outputs for the words of a batch, from the first layer's products."""
        outputs = None
        for layer in self._layers:
            hidden, beside = layer(products if outputs is None else layer.products(outputs), batch)
            gate, carried = beside.chunk(2, dim=1)
            outputs = hidden.addcmul_(torch.sigmoid(gate), self._carry(carried))
        return outputs


def can_drive(lstm: Any) -> bool:
    """Whether this is an LSTM as read here; one with dropout between its steps is of another class."""
    return type(lstm) is nn.LSTM and lstm.bidirectional and lstm.bias and lstm.proj_size == 0


def _fit(state: Any, size: int, initial: Any) -> Any:
    """The states of the first ``size`` sentences; those that only now begin start with the initial one."""
    if len(state) < size:
        return torch.cat([state, initial.expand(size - len(state), -1)])
    return state[:size]


def _gates(weight: Any) -> Any:
    """Torch's gates (in, forget, new, out) as in, forget, out, new, the last doubled."""
    enter, forget, new, leave = weight.detach().chunk(4)
    return torch.cat([enter, forget, leave, 2 * new])
