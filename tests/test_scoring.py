"""The scorer adds up what the features weigh, and nothing else: no state, no chance, no surprise in the data."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.attribution import candidates
from quotekit.constructions import Context, Match
from quotekit.errors import LanguageError
from quotekit.features import Candidate, bucket, features
from quotekit.language import load_language
from quotekit.scoring import Scorer, Scorers, load_scorer, load_scorers, logistic
from quotekit.tree import Roles
from tests.gold import gold_trees
from tests.trees import context_of, flat_tree, gold_context

EVEN = Scorer(weights={}, intercept=0.0, slope=1.0, offset=0.0, threshold=0.5)


@cache
def _context() -> Context:
    return gold_context("Nadia Haddad said that the clinic would close its night ward in March.")


def _candidate() -> Candidate:
    return next(found for found in candidates(_context()) if found.match.frame == "ccomp")


def test_the_shipped_scorer_loads() -> None:
    scorer = load_scorer(load_language("en").scorer)
    assert scorer.weights
    assert all(math.isfinite(weight) for weight in scorer.weights.values())
    assert 0 < scorer.threshold < 1
    assert scorer.slope > 0, "a negative slope would turn the order of the candidates round"


@pytest.mark.parametrize(
    ("text", "roles", "with_roles"),
    [
        pytest.param("Ruiz said it leaks.", True, True, id="told"),
        pytest.param("Ruiz said it leaks.", False, False, id="not told"),
        pytest.param("Nobody said it leaks.", True, False, id="denied"),
    ],
)
def test_a_candidate_in_a_tree_with_roles_has_a_scorer_of_its_own(text: str, roles: bool, with_roles: bool) -> None:
    tree = flat_tree(text)
    for word in tree.words:
        word.roles = Roles(0, 0, 0, 0, 0) if roles else None
    context, words = context_of(tree), tree.words
    candidate = Candidate(
        Match("complement", words[1], words[1:2], words[:1], words[2:4], "ccomp", "subject"), words[2:4], "indirect"
    )
    scorers = load_scorers(load_language("en"))
    assert scorers.of(candidate, context) is (scorers.with_roles if with_roles else scorers.plain)
    assert Scorers(EVEN).of(candidate, context) is EVEN


@pytest.mark.parametrize("part", ["weights", "intercept", "slope", "offset", "threshold"])
def test_a_scorer_without_a_part_is_refused(part: str) -> None:
    data = {key: value for key, value in load_language("en").scorer.items() if key != part}
    with pytest.raises(LanguageError, match=part):
        load_scorer(data)


def test_what_else_the_data_say_is_let_be() -> None:
    data = {"about": "…", "weights": {}, "intercept": 0, "slope": 1, "offset": 0, "threshold": 0.5, "later": 1}
    assert load_scorer(data) == EVEN


@pytest.mark.parametrize(("count", "name"), [(0, "0"), (3, "3"), (4, "2^3"), (7, "2^3"), (8, "2^4"), (100, "2^7")])
def test_bucket(count: int, name: str) -> None:
    assert bucket(count) == name


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_logistic_keeps_the_order_and_stays_a_probability(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 < logistic(low) <= logistic(high) <= 1.0


@given(st.floats(-30, 30))
def test_logistic_is_even_at_nothing(total: float) -> None:
    assert logistic(0.0) == 0.5
    assert logistic(total) + logistic(-total) == pytest.approx(1.0)


def test_a_weight_counts_as_much_as_it_says() -> None:
    name = features(_candidate(), _context())[0]
    scorer = replace(EVEN, weights={name: math.log(3)})
    assert EVEN.probability(_candidate(), _context()) == 0.5
    assert scorer.probability(_candidate(), _context()) == pytest.approx(0.75)


def test_weights_of_features_that_do_not_hold_count_nothing() -> None:
    scorer = replace(EVEN, weights={"a feature of nothing": 9.0})
    assert scorer.probability(_candidate(), _context()) == 0.5


def test_intercept_slope_and_offset_make_a_line() -> None:
    scorer = Scorer(weights={}, intercept=2.0, slope=0.5, offset=-1.0, threshold=0.5)
    assert scorer.probability(_candidate(), _context()) == 0.5
    assert replace(scorer, offset=math.log(3) - 1).probability(_candidate(), _context()) == pytest.approx(0.75)


def test_the_features_of_every_gold_candidate_are_plain_names() -> None:
    for tree in gold_trees().values():
        context = context_of(tree)
        for candidate in candidates(context):
            names = features(candidate, context)
            assert all(isinstance(name, str) and name and "\t" not in name and "\n" not in name for name in names)
            assert f"c={candidate.match.construction}" in names
            assert names == features(candidate, context)


def test_every_plain_feature_comes_with_its_construction() -> None:
    names = features(_candidate(), _context())
    joined = {name.removeprefix("complement&") for name in names if name.startswith("complement&")}
    assert {"T=indirect", "L=say", "S=PROPN"} <= joined
    assert joined <= set(names)


def test_a_feature_counts_once() -> None:
    """Training knows a feature as there or not; one that came twice would weigh double at run time alone."""
    twice: set[str] = set()
    for tree in gold_trees().values():
        context = context_of(tree)
        for candidate in candidates(context):
            names = features(candidate, context)
            twice |= {name for name in names if names.count(name) > 1}
    assert twice == set()


def test_the_shipped_scorer_tells_a_report_from_a_walk() -> None:
    scorer = load_scorer(load_language("en").scorer)
    walk = gold_context("The committee spent four hours on the budget and went home.")
    likely = max(scorer.probability(candidate, _context()) for candidate in candidates(_context()))
    unlikely = max((scorer.probability(candidate, walk) for candidate in candidates(walk)), default=0.0)
    assert likely > unlikely


def test_the_short_sum_is_that_of_all_features() -> None:
    chance = random.Random(5)
    seen: set[str] = set()
    for tree in gold_trees().values():
        context = context_of(tree)
        found = list(candidates(context))
        names = [features(candidate, context) for candidate in found]
        weights = {name: chance.uniform(-1, 1) for each in names for name in each}
        scorer = Scorer(weights=weights, intercept=0.25, slope=1.0, offset=0.0, threshold=0.5)
        for candidate, each in zip(found, names, strict=True):
            assert scorer.total(candidate, context) == pytest.approx(0.25 + sum(weights[name] for name in each))
            seen.add(candidate.match.construction)
    assert len(seen) > 8
