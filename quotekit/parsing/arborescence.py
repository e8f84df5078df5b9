"""The best tree over a sentence's words, found the short way where that is sure to be the best.

Stanza keeps a sentence from two roots by making every root dear, which sends the search through cycle after cycle:
a third of the parser's time. But a tree that is best without that rule, and keeps it, is best with it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Search = Callable[[Any], Any]


def best_tree(scores: Any, *, any_roots: Search, one_root: Search) -> Any:
    """The heads of the best tree with one root, for ``scores[word, head]``, where word 0 is the root.

    ``any_roots`` finds the best tree with any number of roots, ``one_root`` that with one, at greater length.
    """
    heads = _greedy(scores)
    if not _is_tree(heads):
        heads = any_roots(scores.astype(np.float64))
    return heads if _has_one_root(heads) else one_root(scores)


def _greedy(scores: Any) -> Any:
    """The best head of each word for itself."""
    masked = scores.copy()
    np.fill_diagonal(masked, -np.inf)
    heads = np.argmax(masked, axis=1)
    heads[0] = 0
    return heads


def _is_tree(heads: Any) -> bool:
    above = heads
    for _ in range(len(heads).bit_length()):  # each round looks twice as far up
        above = above[above]
    return not above.any()


def _has_one_root(heads: Any) -> bool:
    return bool(np.count_nonzero(heads[1:] == 0) == 1)
