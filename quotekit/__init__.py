"""quotekit reads an article and says who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotekit.errors import QuotekitError
from quotekit.model import (
    Article,
    Candidate,
    Claim,
    Cue,
    Document,
    Explanation,
    Extraction,
    Generator,
    Notice,
    Quote,
    Span,
    Speaker,
    SpeakerRef,
    Via,
)

if TYPE_CHECKING:
    from quotekit.pipeline import Extractor, extract

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Candidate",
    "Claim",
    "Cue",
    "Document",
    "Explanation",
    "Extraction",
    "Extractor",
    "Generator",
    "Notice",
    "Quote",
    "QuotekitError",
    "Span",
    "Speaker",
    "SpeakerRef",
    "Via",
    "extract",
]


def __getattr__(name: str) -> Any:
    """Loads the pipeline when it is first asked for, so that ``import quotekit`` and ``quotekit --help`` are quick."""
    if name in ("Extractor", "extract"):
        from quotekit import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
