"""Claims as flat rows, and their ranking over any number of documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TypedDict

from quotekit.model import Claim, Extraction
from quotekit.writers.csv import guarded
from quotekit.writers.rows import GAP, context_after, context_before


class ClaimRow(TypedDict):
    """One claim; its document's columns begin with ``doc_``, and offsets count code points.

    ``text`` stands alone, ``verbatim`` are the words of the article, an ellipsis between their parts. ``chain`` names
    those through whom the claim comes, nearest first; ``unresolved`` are words of the text that the article alone
    explains.
    """

    id: str
    doc_id: str
    doc_source: str
    doc_title: str | None
    doc_url: str | None
    published: str | None
    checkworthiness: float
    speaker: str | None
    speaker_id: str | None
    role: str | None
    text: str
    verbatim: str
    stance: str
    factors: list[str]
    types: list[str]
    reasons: list[str]
    chain: list[str]
    unresolved: list[str]
    start: int
    end: int
    context_before: str | None
    context_after: str | None
    quote: str
    quote_confidence: float


COLUMNS = tuple(ClaimRow.__annotations__)


def claim_rows(extraction: Extraction) -> Iterator[ClaimRow]:
    """A flat row for each claim, in text order."""
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    quotes = {quote.id: quote for quote in extraction.quotes}
    document = extraction.document
    for claim in extraction.claims:
        speaker = speakers.get(claim.speaker or "")
        start, end = claim.content[0].start, claim.content[-1].end
        yield ClaimRow(
            id=claim.id,
            doc_id=document.id,
            doc_source=document.source,
            doc_title=document.title,
            doc_url=document.url,
            published=document.published,
            checkworthiness=claim.checkworthiness,
            speaker=speaker.name if speaker else _named(claim),
            speaker_id=claim.speaker,
            role=speaker.role if speaker else None,
            text=claim.text,
            verbatim=GAP.join(span.text for span in claim.content),
            stance=claim.stance,
            factors=list(claim.factors),
            types=list(claim.types),
            reasons=list(claim.reasons),
            chain=[holder.name or "" for holder in claim.chain[1:]],
            unresolved=[span.text for span in claim.unresolved],
            start=start,
            end=end,
            context_before=None if document.text is None else context_before(document.text, start),
            context_after=None if document.text is None else context_after(document.text, end),
            quote=claim.quote,
            quote_confidence=quotes[claim.quote].confidence,
        )


def ranked(rows: Iterable[ClaimRow], *, top: int | None = None) -> list[ClaimRow]:
    """The rows by how much they are worth a check, the best first; of equal ones the earlier."""
    return sorted(rows, key=lambda row: -row["checkworthiness"])[:top]


def write_claims_csv(rows: Iterable[ClaimRow]) -> Iterator[str]:
    """A line of column names, then one row for each claim; lists are joined by semicolons."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line(guarded("; ".join(value) if isinstance(value, list) else value) for value in row.values())


def _named(claim: Claim) -> str | None:
    """The words that stand for a speaker whom the text does not name."""
    return claim.chain[0].name if claim.chain else None


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
