"""How sure an identity is: a logistic regression over the way it was found and what else might have been meant.

The weights are data (``languages/CODE/identity.json``), learned by ``training/speakers/identity.py`` on GUM; here they
are only added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quotekit.scoring import logistic
from quotekit.speakers.figures import Figure, Reference

FAR = 2  # sentences of narrative between a pronoun and the last mention of whom it means
DIGITS = 4
LEAST_SURE = 0.5  # an identity that is more likely wrong than right is none


def identity_features(reference: Reference, figure: Figure) -> Iterator[str]:
    """What tells how sure it is that the reference means this figure, each by a name that ``identity.json`` weighs."""
    yield f"method={reference.method}"
    yield f"type={figure.type}"
    if figure.described:
        yield "described"
    elif figure.type in ("person", "unknown") and len(figure.name.split()) == 1:
        yield "one name"
    if figure.type == "unknown" or len(figure.labels) > 1:
        yield "kind in doubt"
    if reference.distance is not None and reference.distance > FAR:
        yield "far"
    if reference.quoted:
        yield "quoted"


def confidence(reference: Reference, figure: Figure, identity: Mapping[str, Any]) -> float:
    """The probability that the reference means this figure, from 0 to 1; of pronouns also by what was in mind."""
    weights: Mapping[str, float] = identity["weights"]
    total = identity["intercept"] + sum(weights.get(name, 0.0) for name in identity_features(reference, figure))
    meant = reference.shares[0] if reference.shares else 1.0
    return round(logistic(total) * meant, DIGITS)


def scores(reference: Reference) -> tuple[float, ...]:
    """How likely each candidate of an open reference is beside the others: equally, where nothing tells."""
    count = len(reference.candidates)
    given = reference.shares[:count]
    return tuple(round(share, DIGITS) for share in (given if len(given) == count else (1 / count,) * count))
