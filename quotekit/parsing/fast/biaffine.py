"""Scores of pairs of words, as Stanza's parser computes them, without the pairs that nobody asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from stanza.models.common.biaffine import DeepBiaffineScorer, PairwiseBiaffineScorer
from torch.nn import functional

from quotekit.parsing.fast.batches import Batch
from quotekit.parsing.fast.matrices import Floats, Rounded

# Heads whose matrices are made at once: these take 128 × 26 kB, which the processor's cache holds. The
# product ran at 87 billion operations a second, with 512 heads at 62.
HEADS_AT_ONCE = 128


class Scorers:
    """Several pair scorers on the same words, vectors of numbers up to ``bound``: their first layers in one product.

    In whole numbers that takes a sixth off the parser's time, and EWT's and GUM's test words gained 0.03 LAS each.
    """

    def __init__(self, scorers: Sequence[DeepBiaffineScorer], *, bound: float, whole: bool) -> None:
        layers = [layer for scorer in scorers for layer in (scorer.W1, scorer.W2)]
        self._sizes = [layer.out_features for layer in layers]
        weight, bias = (torch.cat([getattr(layer, name).detach() for layer in layers]) for name in ("weight", "bias"))
        self._matrix = Rounded(weight, bias, bound) if whole else Floats(weight, bias)

    def hidden(self, outputs: Any) -> list[tuple[Any, Any]]:
        """For each scorer what its two layers make of each word: as a dependent, and as a head."""
        parts = torch.relu_(self._matrix(outputs)).split(self._sizes, dim=1)
        return list(zip(parts[::2], parts[1::2], strict=True))


def can_drive(scorer: Any) -> bool:
    """Whether this is a pair scorer as read here."""
    return (
        type(scorer) is DeepBiaffineScorer
        and type(scorer.scorer) is PairwiseBiaffineScorer
        and scorer.hidden_func is functional.relu
    )


def all_pairs(scorer: DeepBiaffineScorer, hidden: tuple[Any, Any], batch: Batch) -> Any:
    """The one score of each pair of words of a sentence, as sentence × dependent × head."""
    weight = scorer.scorer.W_bilin.weight[:, :, 0]
    dependents, heads = hidden
    turned = torch.addmm(weight[-1], dependents, weight[:-1])[batch.grid]
    own = turned[..., -1:] + scorer.scorer.W_bilin.bias
    return torch.baddbmm(own, turned[..., :-1], heads[batch.grid].transpose(1, 2))


class PairLabels:
    """Scores of the relations between each word and its one head.

    Stanza scores each relation between all pairs of words. A head's vector makes a matrix of the scorer's cube, which
    serves all its dependents: most of the work is one such matrix for each word that has any. That is made of the
    head's vector shrunk to 1 at most, so that whole numbers can do it, and the scores are stretched again.
    """

    def __init__(self, scorer: DeepBiaffineScorer, *, whole: bool) -> None:
        cube = scorer.scorer.W_bilin.weight.permute(1, 0, 2).contiguous()  # head × dependent × relation
        self._shape = cube.shape[1:]
        weight = cube[:-1].flatten(1).t().detach().contiguous()
        self._matrix = Rounded(weight, None, 1.0) if whole else Floats(weight, None)
        self._without_head, self._bias = cube[-1].detach(), scorer.scorer.W_bilin.bias.detach()

    def best(self, dependents: Any, heads: Any, head_rows: Any) -> Any:
        """The best relation of each dependent to its head; ``head_rows`` says which of ``heads`` that is."""
        rows, group, sizes = np.unique(head_rows, return_inverse=True, return_counts=True)
        busiest = np.argsort(-sizes, kind="stable")
        children = _children(np.argsort(busiest)[group], sizes[busiest])
        dependents = functional.pad(dependents, (0, 1), value=1.0)
        without_head = torch.addmm(self._bias, dependents, self._without_head)
        labels = torch.empty(len(dependents), dtype=torch.long)
        for first in range(0, len(rows), HEADS_AT_ONCE):
            chunk = slice(first, first + HEADS_AT_ONCE)
            own = torch.from_numpy(children[chunk, : sizes[busiest[first]]])
            vectors = heads[torch.from_numpy(rows[busiest[chunk]])]
            size = vectors.abs().amax(dim=1, keepdim=True).clamp_(min=torch.finfo(torch.float).tiny)
            matrices = self._matrix(vectors / size).view(-1, *self._shape)
            scores = torch.bmm(dependents[own.clamp(min=0)], matrices).mul_(size[:, None])
            best = scores.add_(without_head[own.clamp(min=0)]).argmax(dim=2)
            labels[own[own >= 0]] = best[own >= 0]
        return labels


def _children(group: Any, sizes: Any) -> Any:
    """The members of each group, one row a group; -1 behind its last."""
    table = np.full((len(sizes), sizes.max(initial=0)), -1)
    order = np.argsort(group, kind="stable")
    table[group[order], np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group[order]]] = order
    return table
