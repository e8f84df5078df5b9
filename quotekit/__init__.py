"""quotekit reads an article and says who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotekit.model import Article, Claim, Cue, Document, Extraction, Quote, Span, Speaker, SpeakerRef, Via

if TYPE_CHECKING:
    from quotekit.pipeline import Extractor, extract

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Claim",
    "Cue",
    "Document",
    "Extraction",
    "Extractor",
    "Quote",
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
