"""How likely a candidate is right in content and source: the weights of its features, added up.

The weights are data (``languages/CODE/scorer.json``), learned by ``training/attribution/scorer.py``; here they are only
added up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

from quotekit.constructions.match import Context, Match
from quotekit.errors import LanguageError
from quotekit.features import FRAME_BOUND, Candidate, bound_features, frame_features, free_features
from quotekit.language import Language
from quotekit.stance import polarity


@dataclass(frozen=True)
class Scorer:
    """Weights by feature name; a feature without a weight counts nothing.

    ``slope`` and ``offset`` calibrate the sum (Platt, 1999) on articles that the weights were not learned from.
    """

    weights: Mapping[str, float]
    intercept: float
    slope: float
    offset: float
    threshold: float

    def of(self, candidate: Candidate, context: Context) -> Scorer:
        """The scorer for this candidate: this one, as for every other."""
        return self

    def probability(self, candidate: Candidate, context: Context) -> float:
        """The probability that the candidate is right in content and source, from 0 to 1."""
        return logistic(self.slope * self.total(candidate, context) + self.offset)

    def total(self, candidate: Candidate, context: Context) -> float:
        """The intercept and the weights of all features that hold: what ``features`` names, added up.

        The names that join a construction or a frame to a feature are not spelled out, which would take half the time.
        """
        match = candidate.match
        bound, free = bound_features(candidate, context), free_features(candidate, context)
        weights = self._within(match.construction)
        total = self._of_frame(match) + _sum(weights, bound) + _sum(weights, free)
        if match.frame != match.construction:
            total += _sum(self._framed.get(match.frame, {}), bound)
        return total

    def _of_frame(self, match: Match) -> float:
        """The intercept and what the construction itself weighs, of which there are few hundred."""
        key = (match.construction, match.frame, match.link)
        if key not in self._frames:
            self._frames[key] = self.intercept + _sum(self.weights, frame_features(match))
        return self._frames[key]

    def _within(self, construction: str) -> Mapping[str, float]:
        """What each feature weighs in this construction: by itself, and joined to the construction's name."""
        if construction not in self._sums:
            joined = self._joined.get(construction, {}).items()
            self._sums[construction] = {
                **self._plain,
                **{name: self._plain.get(name, 0.0) + more for name, more in joined},
            }
        return self._sums[construction]

    @cached_property
    def _frames(self) -> dict[tuple[str, str, str], float]:
        return {}

    @cached_property
    def _sums(self) -> dict[str, Mapping[str, float]]:
        return {}

    @cached_property
    def _plain(self) -> Mapping[str, float]:
        """The weights of features that are joined to nothing; in *opens=&* the sign is what the feature says."""
        return {
            name: weight for name, weight in self.weights.items() if "&" not in name or "=" in name.partition("&")[0]
        }

    @cached_property
    def _joined(self) -> Mapping[str, Mapping[str, float]]:
        """The weights of joined features, by what stands before the sign and what behind it."""
        joined: dict[str, dict[str, float]] = {}
        for name, weight in self.weights.items():
            before, sign, behind = name.partition("&")
            if sign:
                joined.setdefault(before, {})[behind] = weight
        return joined

    @cached_property
    def _framed(self) -> Mapping[str, Mapping[str, float]]:
        """The weights of what counts again within a frame, by the frame."""
        return {
            before: {name: weight for name, weight in weights.items() if name.startswith(FRAME_BOUND)}
            for before, weights in self._joined.items()
        }


def _sum(weights: Mapping[str, float], names: Iterable[str]) -> float:
    return sum(map(weights.get, names, repeat(0.0)))


def logistic(total: float) -> float:
    """The probability for these log-odds; beyond ±30 it would be 0 or 1 to the last digit."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Scorers:
    """The scorers of a language: one for trees whose words have roles, where it has one, and one for all others.

    The other is also for denied reports, *did not say*: annotated news has few, and of GUM's 82 the parser's roles lost
    twelve that the trees alone find.
    """

    plain: Scorer
    with_roles: Scorer | None = None

    def of(self, candidate: Candidate, context: Context) -> Scorer:
        """The scorer for this candidate."""
        if self.with_roles is None or not context.tree.has_roles:
            return self.plain
        return self.plain if polarity(candidate.match, context) == "negative" else self.with_roles


def load_scorers(language: Language) -> Scorers:
    """The scorers of this language; LanguageError where their data lack a part."""
    with_roles = language.scorer_with_roles
    return Scorers(load_scorer(language.scorer), load_scorer(with_roles) if with_roles else None)


PARTS = ("weights", "intercept", "slope", "offset", "threshold")


def load_scorer(data: Mapping[str, Any]) -> Scorer:
    """The scorer that this language's ``scorer.json`` describes.

    Raises LanguageError where the data lack a part.
    """
    missing = [name for name in PARTS if name not in data]
    if missing:
        raise LanguageError("scorer.json", f"damaged language data (no {', '.join(missing)})", "reinstall quotekit")
    return Scorer(**{name: data[name] for name in PARTS})
