"""The claims in what somebody said: segmentation, stance, types, check-worthiness, and a text that stands alone."""

from __future__ import annotations

from quotekit.claims.finding import find_claims
from quotekit.claims.worth import Worth, load_worth

__all__ = ["Worth", "find_claims", "load_worth"]
