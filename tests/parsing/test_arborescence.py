"""The short way to the best tree ends at the same tree as the long one."""

from __future__ import annotations

import numpy as np
import pytest

from quotekit.parsing.arborescence import best_tree


def never(_: object) -> object:
    raise AssertionError("this search was not needed")


def scores_of(heads: list[int]) -> np.ndarray:
    """Scores by which each word prefers the head given for it."""
    scores = np.zeros((len(heads) + 1, len(heads) + 1), dtype=np.float32)
    for word, head in enumerate(heads, start=1):
        scores[word, head] = 1
    return scores


def test_a_tree_of_best_heads_needs_no_search() -> None:
    assert best_tree(scores_of([2, 0, 2]), any_roots=never, one_root=never).tolist() == [0, 2, 0, 2]


def test_a_circle_is_searched_for_any_roots() -> None:
    found = np.array([0, 2, 0])
    assert best_tree(scores_of([2, 1]), any_roots=lambda _: found, one_root=never) is found


def test_two_roots_are_searched_for_one() -> None:
    found = np.array([0, 0, 1])
    assert best_tree(scores_of([0, 0]), any_roots=never, one_root=lambda _: found) is found


@pytest.mark.model
def test_the_tree_is_that_of_the_long_search() -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds, chuliu_edmonds_one_root

    random = np.random.default_rng(7)
    for length in [*range(2, 12)] * 20:
        scores = np.log(random.dirichlet(np.full(length, 0.3), size=length).astype(np.float32) + 1e-6)
        short = best_tree(scores, any_roots=chuliu_edmonds, one_root=chuliu_edmonds_one_root)
        assert short[1:].tolist() == chuliu_edmonds_one_root(scores)[1:].tolist()
