"""A part of an extraction that is again a whole one: references hold, and nobody is listed who says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from quotekit.errors import InputError
from quotekit.model import Candidate, Extraction, Quote, SpeakerRef, Via


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


def keep_identified(extraction: Extraction, minimum: float) -> Extraction:
    """The extraction with no speaker named whose identity is less sure than this; that speaker is then a candidate.

    Raises InputError where the speakers have no confidence, as in JSON of before schema version 1.2.
    """
    references = [holder.speaker for quote in extraction.quotes for holder in _holders(quote)]
    if any(one is not None and one.id is not None and one.confidence is None for one in references):
        raise InputError(
            extraction.document.source, "the speakers of this record have no confidence", "extract it again"
        )
    quotes = tuple(
        replace(
            quote,
            speaker=_sure(quote.speaker, minimum),
            via=tuple(replace(via, speaker=_sure(via.speaker, minimum)) for via in quote.via),
        )
        for quote in extraction.quotes
    )
    return replace(extraction, quotes=quotes)


def _holders(quote: Quote) -> tuple[Quote | Via, ...]:
    return (quote, *quote.via)


def _sure(reference: SpeakerRef | None, minimum: float) -> SpeakerRef | None:
    """The reference, or one that leaves its speaker open."""
    if reference is None or reference.id is None or reference.name is None:
        return reference
    if (sure := reference.confidence) is None or sure >= minimum:
        return reference
    return SpeakerRef(None, None, reference.method, (Candidate(reference.id, reference.name, sure),))


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
    members = {speaker.id: speaker.members for speaker in extraction.speakers}
    before |= {member for id in before for member in members.get(id, ())}
    after |= {member for id in after for member in members.get(id or "", ())}
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
