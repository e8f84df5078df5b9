"""The article's text as a report shows it: every stretch with what it is of which quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quotekit.model import Cue, Extraction, Span
from quotekit.writers.report.cards import Card
from quotekit.writers.report.claims import ClaimCard
from quotekit.writers.report.segments import Part, Segment, cut
from quotekit.writers.report.signs import sign_name
from quotekit.writers.wording import in_marks

CONTENT, QUOTED, CUE, SOURCE, VIA, CLAIM = "content", "quoted", "cue", "source", "via", "claim"
# What is short and belongs to one quote leads to it, even inside the content of another.
_LEADING = (CUE, SOURCE, VIA)
_DEEPEST = 3  # levels of content that look different


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text as the page shows it.

    ``quotes`` are the numbers of the quotes it has a part in, first the one that a click chooses; ``before`` are the
    quotes that begin here, ``after`` the numbers of those that end; ``ids`` is what links call this place; ``notes``
    say to those who do not see it what the words are; ``sign`` names a character that must not reach the page.
    """

    text: str
    sign: str | None
    classes: str
    quotes: tuple[int, ...]
    href: str | None
    before: tuple[Card, ...]
    after: tuple[int, ...]
    ids: tuple[str, ...]
    notes: tuple[str, ...]


def running_text(
    extraction: Extraction, cards: Sequence[Card], claims: Sequence[ClaimCard], anchors: Mapping[str, str]
) -> Iterator[list[Stretch]]:
    """The blocks of the text, each as its stretches; nothing where the text was left out."""
    text = extraction.document.text
    if text is None:
        return
    landmarks = _Landmarks(extraction, cards, claims, anchors, text)
    parts = [part for card in cards for part in _parts(card)]
    parts += [Part(span.start, span.end, CLAIM, claim.rank) for claim in claims for span in claim.claim.content]
    for block in cut(text, parts, landmarks.places()):
        yield [_stretch(segment, cards, landmarks) for segment in block]


class _Landmarks:
    """What stands at the places of the text: the numbers of quotes, their ends, names for links, and notes."""

    def __init__(
        self,
        extraction: Extraction,
        cards: Sequence[Card],
        claims: Sequence[ClaimCard],
        anchors: Mapping[str, str],
        text: str,
    ) -> None:
        self.before: defaultdict[int, list[Card]] = defaultdict(list)
        self.after: defaultdict[int, list[int]] = defaultdict(list)
        self.ids: defaultdict[int, list[str]] = defaultdict(list)
        self.notes: defaultdict[int, list[str]] = defaultdict(list)
        for card in cards:
            content = card.quote.content
            first = _first_place(content[0])
            self.before[in_marks(text, first, content[0].end)[0]].append(card)
            self.after[content[-1].start + len(content[-1].text.rstrip())].append(card.number)
            for name, span in _named(card):
                self.ids[_first_place(span)].append(f"{card.anchor}-{name}")
                self.notes[_first_place(span)].append(f"{name.partition('-')[0]} of quote {card.number}")
        for claim in claims:
            self.ids[_first_place(claim.claim.content[0])].append(f"{claim.anchor}-text")
        for speaker in extraction.speakers:
            if speaker.mentions:
                first_mention = min(speaker.mentions, key=lambda mention: mention.start)
                self.ids[_first_place(first_mention)].append(f"{anchors[speaker.id]}-first")

    def places(self) -> Iterator[int]:
        yield from self.before
        yield from self.after
        yield from self.ids


def _first_place(span: Span | Cue) -> int:
    """Where its first word begins: a span may begin in the blanks between two blocks, where nothing is shown."""
    return span.start + len(span.text) - len(span.text.lstrip())


def _named(card: Card) -> Iterator[tuple[str, Span | Cue]]:
    if card.quote.cue:
        yield CUE, card.quote.cue
    if card.quote.source:
        yield SOURCE, card.quote.source
    for number, outer in enumerate(card.quote.via, start=1):
        if outer.source:
            yield f"{VIA}-{number}", outer.source


def _parts(card: Card) -> Iterator[Part]:
    quote = card.quote
    for span in quote.content:
        yield Part(span.start, span.end, CONTENT, card.number)
    for span in quote.quoted:
        yield Part(span.start, span.end, QUOTED, card.number)
    for name, words in _named(card):
        yield Part(words.start, words.end, name.partition("-")[0], card.number)


def _stretch(segment: Segment, cards: Sequence[Card], landmarks: _Landmarks) -> Stretch:
    quotes = _in_order(segment.parts, cards)
    leads = bool(segment.text.strip()) and any(part.role in _LEADING for part in segment.parts)
    return Stretch(
        text=segment.text,
        sign=sign_name(segment.text) if segment.is_sign else None,
        classes=" ".join(_classes(segment.parts)),
        quotes=quotes,
        href=f"#{cards[quotes[0] - 1].anchor}" if leads else None,
        before=tuple(landmarks.before.get(segment.start, ())),
        after=tuple(landmarks.after.get(segment.end, ())),
        ids=tuple(landmarks.ids.get(segment.start, ())),
        notes=tuple(landmarks.notes.get(segment.start, ())) if leads else (),
    )


def _classes(parts: Sequence[Part]) -> Iterator[str]:
    roles = {part.role for part in parts}
    yield from (role for role in (CONTENT, QUOTED, CUE, SOURCE, VIA, CLAIM) if role in roles)
    depth = len({part.owner for part in parts if part.role == CONTENT})
    if depth > 1:
        yield f"deep{min(depth, _DEEPEST)}"


def _in_order(parts: Sequence[Part], cards: Sequence[Card]) -> tuple[int, ...]:
    """The quotes of a stretch: those of which it is cue or source, then those it is content of, the shortest first."""
    owners = {part.owner: False for part in parts if part.role != CLAIM}
    owners |= {part.owner: True for part in parts if part.role in _LEADING}
    return tuple(sorted(owners, key=lambda number: (not owners[number], _extent(cards[number - 1]), number)))


def _extent(card: Card) -> int:
    return card.quote.content[-1].end - card.quote.content[0].start
