"""The measures of benchmarks/claims.py, on rankings whose figures can be told by hand."""

from __future__ import annotations

import pytest

from benchmarks.claims import ranking


@pytest.mark.parametrize(
    ("scores", "worthy", "auc"),
    [
        ([0.9, 0.8, 0.2, 0.1], [True, True, False, False], 1.0),
        ([0.9, 0.8, 0.2, 0.1], [False, False, True, True], 0.0),
        ([0.5, 0.5, 0.5, 0.5], [True, False, True, False], 0.5),
        ([0.9, 0.6, 0.4, 0.1], [True, False, True, False], 0.75),
    ],
)
def test_auc_is_the_share_of_pairs_in_order(scores: list[float], worthy: list[bool], auc: float) -> None:
    assert ranking(scores, worthy).auc == auc


def test_f1_takes_as_many_as_there_are() -> None:
    found = ranking([0.9, 0.8, 0.7, 0.1], [True, False, True, False])
    assert (found.f1, found.macro) == (0.5, 0.5)


def test_the_other_f1_takes_those_above_half() -> None:
    found = ranking([0.9, 0.8, 0.2, 0.1], [True, False, True, False])
    assert (found.macro, found.macro_at_half) == (0.5, 0.5)
    assert ranking([0.4, 0.3, 0.2, 0.1], [True, True, False, False]).macro_at_half == pytest.approx(1 / 3)


def test_scores_that_are_shares_are_calibrated() -> None:
    scores = [0.25] * 4 + [0.75] * 4
    assert ranking(scores, [True, False, False, False, True, True, True, False]).calibration_error == 0.0
    assert ranking(scores, [False] * 4 + [True] * 4).calibration_error == pytest.approx(0.25)
