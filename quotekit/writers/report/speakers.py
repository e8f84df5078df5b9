"""The table of who speaks: those whose identity is open first, then the others, who speaks most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotekit.model import Extraction, Speaker
from quotekit.writers.report.cards import Card
from quotekit.writers.report.names import Member, beside, members_of, speaker_key
from quotekit.writers.report.signs import shown
from quotekit.writers.wording import Places


@dataclass(frozen=True, slots=True)
class Row:
    """A speaker, or words of the text whose speaker is not known.

    ``shared`` is the number of quotes of groups to which the speaker belongs, which are not among ``quotes``. ``share``
    is the part of all quoted words, in percent; ``anchor`` is where the text first names the speaker, None where it
    does not; ``first`` tells the place.
    """

    key: str
    name: str
    kind: str
    role: str | None
    members: tuple[Member, ...]
    candidates: tuple[str, ...]
    quotes: int
    shared: int
    words: int
    share: float
    first: str
    offset: int
    anchor: str | None
    card: str | None

    @property
    def is_known(self) -> bool:
        return bool(self.key)


def rows_of(extraction: Extraction, cards: Sequence[Card], anchors: Mapping[str, str], places: Places) -> list[Row]:
    """A row for each speaker, and for each wording of a source that is nobody's, in the order of the table."""
    spoken: dict[str, list[Card]] = {}
    nameless: dict[tuple[str, tuple[str, ...]], list[Card]] = {}
    for card in cards:
        speaker = card.quote.speaker
        if speaker is not None and speaker.id is not None:
            spoken.setdefault(speaker.id, []).append(card)
        else:
            nameless.setdefault((card.who.name.casefold(), card.who.candidates), []).append(card)
    total = sum(card.words for card in cards)
    open_rows = [_nameless(group, total, places) for group in nameless.values()]
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    shared: dict[str, list[Card]] = {}
    for group in extraction.speakers:
        for member in group.members:
            shared.setdefault(member, []).extend(spoken.get(group.id, ()))
    known = [
        _known(one, members_of(one, speakers), spoken.get(one.id, ()), shared.get(one.id, ()), total, anchors, places)
        for one in extraction.speakers
    ]
    return sorted(open_rows, key=_most_first) + sorted(known, key=_most_first)


def _most_first(row: Row) -> tuple[int, int, int]:
    return -row.words, -row.quotes, row.offset


def _known(
    speaker: Speaker,
    members: tuple[Member, ...],
    cards: Sequence[Card],
    shared: Sequence[Card],
    total: int,
    anchors: Mapping[str, str],
    places: Places,
) -> Row:
    words = sum(card.words for card in cards)
    offset = min((mention.start for mention in speaker.mentions), default=None)
    return Row(
        key=speaker_key(speaker.name),
        name=shown(speaker.name),
        kind=speaker.type,
        role=beside(speaker),
        members=members,
        candidates=(),
        quotes=len(cards),
        shared=len(shared),
        words=words,
        share=_percent(words, total),
        first="" if offset is None else places.of(offset),
        offset=offset or 0,
        anchor=None if offset is None else f"{anchors[speaker.id]}-first",
        card=next((card.anchor for card in (*cards, *shared)), None),
    )


def _nameless(cards: Sequence[Card], total: int, places: Places) -> Row:
    first = cards[0]
    words = sum(card.words for card in cards)
    span = first.quote.source or first.quote.content[0]
    return Row(
        key="",
        name=first.who.name,
        kind="unknown",
        role=None,
        members=(),
        candidates=first.who.candidates,
        quotes=len(cards),
        shared=0,
        words=words,
        share=_percent(words, total),
        first=places.of(span.start),
        offset=span.start,
        anchor=f"{first.anchor}-source" if first.quote.source else f"{first.anchor}-text",
        card=first.anchor,
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
