"""What a report shows of each claim: the article's words, what its text has instead and why, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quotekit.model import Claim, Edit, Extraction, Shown
from quotekit.writers.report.cards import Card
from quotekit.writers.report.names import NOBODY
from quotekit.writers.report.signs import shown

_REASONS = {
    "speaker": "who speaks",
    "name": "whom or what the article means",
    "date": "counted from the day of speaking",
    "ellipsis": "the subject that the clause shares",
    "agreement": "the verb fits the name",
    "gap": "it parts the claim",
}


@dataclass(frozen=True, slots=True)
class Held:
    """One who makes the claim or passes it on, and the number of the quote, where it is one, in which that is done."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim with its rank, the most worth a check first, and the number of the quote that makes it.

    ``verbatim`` are the article's words, an ellipsis between their parts; ``changes`` say what the claim's text has in
    their place, and why; ``factors`` and ``types`` name the words that show them; ``chain`` begins with who makes it.
    """

    rank: int
    anchor: str
    claim: Claim
    who: str
    number: int | None
    verbatim: str
    changes: tuple[str, ...]
    factors: tuple[str, ...]
    types: tuple[str, ...]
    chain: tuple[Held, ...]
    unresolved: tuple[str, ...]


def claims_of(extraction: Extraction, anchors: Mapping[str, str], cards: Sequence[Card]) -> list[ClaimCard]:
    """A card for each claim, the most worth a check first; among equals in text order."""
    by_quote = {card.quote.id: card for card in cards}
    names = {speaker.id: shown(speaker.name) for speaker in extraction.speakers}
    ranked = sorted(extraction.claims, key=lambda claim: -claim.checkworthiness)
    return [_card(claim, rank, anchors, by_quote, names) for rank, claim in enumerate(ranked, start=1)]


def _card(
    claim: Claim, rank: int, anchors: Mapping[str, str], by_quote: Mapping[str, Card], names: Mapping[str, str]
) -> ClaimCard:
    def number(quote: str | None) -> int | None:
        card = by_quote.get(quote or "")
        return card.number if card else None

    card = by_quote.get(claim.quote)
    return ClaimCard(
        rank=rank,
        anchor=anchors[claim.id],
        claim=claim,
        who=names.get(claim.speaker or "") or (card.who.name if card else ""),
        number=number(claim.quote),
        verbatim=" … ".join(shown(span.text) for span in claim.content),
        changes=tuple(_changes(claim.edits)),
        factors=tuple(_with_words(claim.factors or (claim.stance,), claim.shown)),
        types=tuple(_with_words(claim.types, claim.shown)),
        chain=tuple(Held(shown(holder.name or NOBODY), number(holder.quote)) for holder in claim.chain),
        unresolved=tuple(f"“{shown(span.text)}”" for span in claim.unresolved),
    )


def _changes(edits: Iterable[Edit]) -> Iterator[str]:
    """*“I” became “Lucia Brandt”: who speaks*; nothing of line ends, which the page shows as blanks anyway."""
    for edit in edits:
        before, after = shown(edit.replaced), shown(edit.to)
        if before == after:
            continue
        deed = f"“{before}” became “{after}”" if before and after else f"“{before or after}” was "
        deed += "" if before and after else "put in" if after else "left out"
        yield f"{deed}: {_REASONS.get(edit.why, edit.why)}"


def _with_words(names: Iterable[str], proofs: Sequence[Shown]) -> Iterator[str]:
    """*denied (“denied”)*, *factive*."""
    for name in names:
        words = ", ".join(f"“{shown(proof.text)}”" for proof in proofs if proof.what == name)
        yield f"{name} ({words})" if words else name
