"""The network over the parser's states as it learns (``quotekit/parsing/fast/reading.py``), and its batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from fit import length_batches
from numpy.typing import NDArray
from recurrence import Dropout, lstm_layer
from torch import Tensor
from torch.nn.functional import relu

from quotekit.parsing.fast.reading import ReadingNetwork

# A sentence: the inputs of its words, and what is to be read off them, a row for each word.
Pair = tuple[Tensor, NDArray[np.float32]]
# Inputs, labels, and how many sentences have a first word, a second …
Batch = tuple[Tensor, Tensor, list[int]]


class Learner(ReadingNetwork):
    """The network as it learns: with dropout, products in bfloat16."""

    def __init__(self, width: int, units: int, outputs: int, dropout: float) -> None:
        super().__init__(width, units, outputs)
        self.drop = Dropout(dropout)

    def forward(self, inputs: Tensor, sizes: list[int]) -> Tensor:
        """What the network says of each word of a batch."""
        zeros = torch.zeros(2, 1, self.units)
        entered = relu(self.entry(self.drop(inputs))).float()
        read = lstm_layer(self.lstm, entered, sizes, zeros, zeros)
        hidden = relu(self.hidden(self.drop(torch.cat([inputs, read], 1))))
        found: Tensor = self.out(self.drop(hidden)).float()
        return found


def epoch(pairs: Sequence[Pair], *, words: int, seed: int) -> Iterator[Batch]:
    """These sentences in batches of about so many words, in random order; the same for a seed."""
    for chosen in length_batches([len(inputs) for inputs, _ in pairs], words=words, seed=seed):
        yield packed([pairs[i] for i in chosen])


def packed(pairs: Sequence[Pair]) -> Batch:
    """These sentences as one batch, the longest first: all first words, then all second …"""
    order = sorted(pairs, key=lambda pair: -len(pair[0]))
    sizes = [sum(len(inputs) > step for inputs, _ in order) for step in range(len(order[0][0]))]
    inputs = torch.cat([torch.stack([own[step] for own, _ in order[:size]]) for step, size in enumerate(sizes)])
    labels = np.concatenate([np.stack([own[step] for _, own in order[:size]]) for step, size in enumerate(sizes)])
    return inputs.float(), torch.from_numpy(labels), sizes
