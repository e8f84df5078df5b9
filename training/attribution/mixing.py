"""The scorer for words with roles is a mean of two: one that looks at the roles, and one that does without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

# Where the words have roles these count for so much, the trees alone for the rest: the roles were learned from news.
# Of GUM's attributions 0.638, 0.636, 0.632 and 0.630 are found with 0.4, 0.45, 0.5 and 0.7; PolNeAR dev has 0.694,
# 0.697, 0.699 and 0.700.
ROLES_SHARE = 0.45
MIN_MIXED_WEIGHT = 0.01


def mixed(plain: Mapping[str, Any], with_roles: Mapping[str, Any]) -> dict[str, Any]:
    """The mean of what two scorers make of a candidate, in calibrated log-odds, again as what a scorer is made of."""
    shares = ((plain, 1 - ROLES_SHARE), (with_roles, ROLES_SHARE))
    weights: defaultdict[str, float] = defaultdict(float)
    for scorer, share in shares:
        for name, weight in scorer["weights"].items():
            weights[name] += share * scorer["slope"] * weight
    return {
        "about": with_roles["about"],
        "intercept": round(sum(share * scorer["slope"] * scorer["intercept"] for scorer, share in shares), 4),
        "slope": 1.0,
        "offset": round(sum(share * scorer["offset"] for scorer, share in shares), 4),
        "threshold": round(sum(share * scorer["threshold"] for scorer, share in shares), 4),
        "weights": {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= MIN_MIXED_WEIGHT},
    }
