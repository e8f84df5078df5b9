"""Learns to choose among the readings of one cue, or none of them: a conditional log-linear model.

The readings of a cue exclude each other, so each is weighed against the others and against *no report* rather than
alone. A weight then tells the right boundary from its neighbours, and not only likely ones from unlikely ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

# The mean gradient at which the descent ends. With 1e-3, once, chance said where it ended: from one learning to another
# the calibration's offset went from 0.30 to 0.39, and the best threshold with it.
TOLERANCE = 2e-5
MAX_STEPS = 1000
# How many steps L-BFGS remembers; with its ten it takes a third more.
MEMORY = 20

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Readings:
    """Candidates as rows of features, each with the cue it reads (0, 1 …), whether it is right, and what it counts."""

    features: csr_matrix
    cue: NDArray[np.int64]
    right: NDArray[np.bool_]
    weight: Numbers


def learn(readings: Readings, *, regularization: float, start: Numbers | None = None) -> Numbers:
    """The weight of each feature, and last the intercept.

    ``regularization`` is the inverse of the penalty on squared weights, as scikit-learn's C.
    """
    columns = readings.features.shape[1]
    transposed = readings.features.T.tocsr()
    everything = readings.weight.sum()
    penalty = 1 / (regularization * everything)
    choice = _Choice.of(readings)

    def loss(point: Numbers) -> tuple[float, Numbers]:
        weights = point[:-1]
        missed, slopes = choice.loss(readings.features @ weights + point[-1])
        gradient = np.append(transposed @ slopes / everything + penalty * weights, slopes.sum() / everything)
        return missed / everything + penalty / 2 * weights @ weights, gradient

    origin = np.zeros(columns + 1) if start is None else start
    options = {"maxiter": MAX_STEPS, "gtol": TOLERANCE, "ftol": 0.0, "maxcor": MEMORY}
    found: Numbers = minimize(loss, origin, jac=True, method="L-BFGS-B", options=options).x
    return found


@dataclass(frozen=True)
class _Choice:
    """What is known of each cue: how much it counts and whether one of its readings is right."""

    cue: NDArray[np.int64]
    right: NDArray[np.bool_]
    weight: Numbers
    reports: NDArray[np.bool_]

    @classmethod
    def of(cls, readings: Readings) -> _Choice:
        weight = np.zeros(readings.cue.max() + 1)
        weight[readings.cue] = readings.weight
        reports = np.bincount(readings.cue, readings.right, len(weight)) > 0
        return cls(readings.cue, readings.right, weight, reports)

    def loss(self, scores: Numbers) -> tuple[float, Numbers]:
        """How unlikely the truth is in all, and how that changes with each reading's score.

        No report has the score 0; of several right readings any will do.
        """
        cue, count = self.cue, len(self.weight)
        highest = np.zeros(count)
        np.maximum.at(highest, cue, scores)
        share, none = np.exp(scores - highest[cue]), np.exp(-highest)
        total = np.bincount(cue, share, count) + none
        truth = np.where(self.reports, np.bincount(cue, share * self.right, count), none)
        truth = np.maximum(truth, np.finfo(float).tiny)
        missed = (self.weight * np.log(total / truth)).sum()
        wanted = np.where(self.reports[cue] & self.right, share / truth[cue], 0.0)
        return float(missed), self.weight[cue] * (share / total[cue] - wanted)
