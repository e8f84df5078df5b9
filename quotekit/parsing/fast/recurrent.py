"""Recurrent layers, the first of which works on words that often repeat.

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


class FirstLayer:
    """The first layer of a bidirectional LSTM, with the linear layers beside it that take the same input."""

    def __init__(self, lstm: nn.LSTM, initial: Any, cells: Any, beside: Sequence[nn.Linear] = ()) -> None:
        self._units = lstm.hidden_size
        self._initial, self._cells = initial[:2, 0], cells[:2, 0]
        self._recurrent = [
            _sigmoids_first(weight).t().contiguous() for weight in (lstm.weight_hh_l0, lstm.weight_hh_l0_reverse)
        ]
        self._weight = torch.cat(
            [
                _sigmoids_first(lstm.weight_ih_l0),
                _sigmoids_first(lstm.weight_ih_l0_reverse),
                *(linear.weight for linear in beside),
            ]
        )
        self._bias = torch.cat(
            [
                _sigmoids_first(lstm.bias_ih_l0 + lstm.bias_hh_l0),
                _sigmoids_first(lstm.bias_ih_l0_reverse + lstm.bias_hh_l0_reverse),
                *(linear.bias for linear in beside),
            ]
        )

    def tables(self, groups: Sequence[tuple[Any, Sequence[slice]]]) -> Any:
        """The layer's products of all the vectors, one table behind the other.

        Each group is vectors, and the places of their parts in the layer's input. A word's input is made of one vector
        of each group, so its products are the sum of one row of each group's.
        """
        products = []
        for number, (vectors, places) in enumerate(groups):
            weight = torch.cat([self._weight[:, place] for place in places], dim=1)
            products.append(functional.linear(vectors, weight, None if number else self._bias))
        return torch.cat(products)

    def __call__(self, products: Any, batch: Batch) -> tuple[Any, Any]:
        """The layer's outputs for the words of a batch, and what the linear layers beside it give."""
        units = self._units
        outputs = products.new_empty(len(products), 2 * units)
        self._run(0, products[:, : 4 * units], batch.sizes, outputs[:, :units])
        self._run(1, products[:, 4 * units : 8 * units], batch.sizes, outputs[:, units:])
        return outputs, products[:, 8 * units :]

    def _run(self, direction: int, products: Any, sizes: Sequence[int], outputs: Any) -> None:
        """Fills ``outputs`` with what the layer gives in this direction: 0 is onward, 1 backward."""
        units, weight = self._units, self._recurrent[direction]
        ends = list(accumulate(sizes))
        steps = range(len(sizes)) if direction == 0 else reversed(range(len(sizes)))
        hidden, cell = self._initial[direction].expand(0, units), self._cells[direction].expand(0, units)
        for step in steps:
            size, rows = sizes[step], slice(ends[step] - sizes[step], ends[step])
            hidden = _fit(hidden, size, self._initial[direction])
            cell = _fit(cell, size, self._cells[direction])
            gates = torch.addmm(products[rows], hidden, weight)
            opened, new = gates[:, : 3 * units].sigmoid_(), gates[:, 3 * units :].tanh_()
            cell = torch.addcmul(opened[:, units : 2 * units] * cell, opened[:, :units], new)
            hidden = torch.mul(opened[:, 2 * units :], torch.tanh(cell), out=outputs[rows])


class HighwayLayers:
    """Stanza's highway LSTM over words whose first products come from tables."""

    def __init__(self, layers: Any, initial: Any, cells: Any) -> None:
        self._layers = layers
        self._initial, self._cells = initial, cells
        self.first = FirstLayer(layers.lstm[0].lstm, initial, cells, (layers.gate[0], layers.highway[0]))

    def __call__(self, products: Any, batch: Batch) -> Any:
        """The last layer's outputs for the words of a batch."""
        hidden, beside = self.first(products, batch)
        gate, carried = beside.chunk(2, dim=1)
        outputs = hidden + torch.sigmoid(gate) * self._carry(carried)
        for number in range(1, self._layers.num_layers):
            start = tuple(
                state[2 * number : 2 * number + 2].expand(-1, batch.sizes[0], -1).contiguous()
                for state in (self._initial, self._cells)
            )
            hidden = self._layers.lstm[number].lstm(batch.pack(outputs), start)[0].data
            gate = torch.sigmoid(self._layers.gate[number](outputs))
            outputs = hidden + gate * self._carry(self._layers.highway[number](outputs))
        return outputs

    def _carry(self, values: Any) -> Any:
        function = self._layers.highway_func
        return values if function is None else function(values)


def can_drive(lstm: Any) -> bool:
    """Whether this is an LSTM as ``FirstLayer`` reads it; one with dropout between its steps is not."""
    return type(lstm) is nn.LSTM and lstm.bidirectional and lstm.bias and lstm.proj_size == 0


def _fit(state: Any, size: int, initial: Any) -> Any:
    """The states of the first ``size`` sentences; those that only now begin start with the initial one."""
    if len(state) < size:
        return torch.cat([state, initial.expand(size - len(state), -1)])
    return state[:size]


def _sigmoids_first(weight: Any) -> Any:
    """Torch's gates (in, forget, new, out) with the three that go through the sigmoid side by side."""
    entry, forget, new, out = weight.detach().chunk(4)
    return torch.cat([entry, forget, out, new])
