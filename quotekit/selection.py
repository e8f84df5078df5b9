"""A part of an extraction that is again a whole one: references hold, and nobody is listed who says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from quotekit.errors import InputError
from quotekit.model import Extraction, Quote, SpeakerRef


def keep_confident(extraction: Extraction, minimum: float) -> Extraction:
    """The extraction with the quotes of at least this confidence, and the speakers and claims that belong to them.

    A nested quote whose enclosing quote goes moves to the next one outward that stays.
    """
    return _keep(extraction, {quote.id for quote in extraction.quotes if quote.confidence >= minimum})


def keep_acts(extraction: Extraction, acts: Collection[str]) -> Extraction:
    """The extraction with the quotes of these acts (``says``, ``denies`` …), and what belongs to them.

    A nested quote whose enclosing quote goes moves to the next one outward that stays: of *Ruiz thinks that Lee said …*
    Lee's speech is left. Raises InputError where the quotes have no acts, as in JSON of before schema version 1.1.
    """
    if any(quote.act is None for quote in extraction.quotes):
        raise InputError(extraction.document.source, "the quotes of this record have no acts", "extract it again")
    return _keep(extraction, {quote.id for quote in extraction.quotes if quote.act in acts})


def _keep(extraction: Extraction, kept: set[str]) -> Extraction:
    parents = {quote.id: quote.parent for quote in extraction.quotes}
    if len(kept) == len(parents):
        return extraction
    quotes = tuple(
        replace(quote, parent=_kept_parent(quote, parents, kept)) for quote in extraction.quotes if quote.id in kept
    )
    claims = tuple(claim for claim in extraction.claims if claim.quote in kept)
    before = {id for quote in extraction.quotes for id in _speaker_ids(quote)}
    after = {id for quote in quotes for id in _speaker_ids(quote)} | {claim.speaker for claim in claims}
    # A speaker whom no quote named before is kept: there was another reason to list them.
    speakers = tuple(speaker for speaker in extraction.speakers if speaker.id in after or speaker.id not in before)
    return replace(extraction, speakers=speakers, quotes=quotes, claims=claims)


def _kept_parent(quote: Quote, parents: dict[str, str | None], kept: set[str]) -> str | None:
    parent = quote.parent
    while parent is not None and parent not in kept:
        parent = parents[parent]
    return parent


def _speaker_ids(quote: Quote) -> Iterator[str]:
    references: list[SpeakerRef | None] = [quote.speaker, *(via.speaker for via in quote.via)]
    for reference in references:
        if reference is not None:
            yield from (candidate.id for candidate in reference.candidates)
            if reference.id is not None:
                yield reference.id
