"""What brings a figure to mind where a pronoun stands, as features that ``languages/CODE/antecedents.json`` weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from quotekit.speakers.figures import Figure
from quotekit.tree import Word

WINDOW = 5  # narrative sentences back; farther antecedents of a source pronoun were as often wrong as right
MOST_TIMES = 6  # that a figure's mentions within the window are told apart
MOST_PARAGRAPHS = 3
JOINING = ("flat", "conj")  # relations of a word whose place is that of the word above
PLACES = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "obj": "object",
    "iobj": "object",
    "obl": "oblique",
    "obl:agent": "oblique",
    "nmod": "oblique",
    "nmod:poss": "owner",
    "root": "root",
    "parataxis": "root",
    "appos": "apposition",
    "compound": "compound",
}


class Event(NamedTuple):
    """A figure spoken of by a word of the text, in text order.

    ``quoted`` is the quotation in marks that it stands in; ``reported`` says that it stands in what somebody is
    reported to have said, with marks or without; ``source``, that it is itself who is reported; ``share``, how likely
    the figure is the one meant, from 0 to 1.
    """

    figure: Figure
    word: Word
    quoted: int | None
    reported: bool
    source: bool
    share: float = 1.0

    @property
    def speaks(self) -> bool:
        """Whether the text itself, and nobody in it, reports what the figure says."""
        return self.source and not self.reported


class Asked(NamedTuple):
    """A pronoun and what matters of its place: ``use`` is *tag* behind what it says, *source* or *other*."""

    word: Word
    use: str
    last: Figure | None  # of whom the text has spoken last
    speaker: Figure | None  # whose words it has reported last
    alone: Figure | None  # who, of what may be one person, is alone in the sentence before, where none is in its own


def place_of(word: Word) -> tuple[str, Word]:
    """What the word is in its clause, of joined words the first, and which word has that place."""
    while word.udeprel in JOINING and word.parent is not None:
        word = word.parent
    return PLACES.get(word.deprel, PLACES.get(word.udeprel, "other")), word


def acts(event: Event) -> bool:
    """Whether the figure speaks, or is the subject of a clause."""
    return event.source or place_of(event.word)[0] == "subject"


def salience_features(asked: Asked, events: Sequence[tuple[int, Event]], *, again: bool) -> Iterator[str]:
    """What tells how much a figure is in mind, each by a name that ``antecedents.json`` weighs.

    ``events`` are those of the figure within the window before the pronoun, the latest first, each with its distance in
    narrative sentences; ``again``, that it has spoken before and the pronoun's verb says that somebody goes on.
    """
    figure = events[0][1].figure
    word = asked.word
    distance, event = next((pair for pair in events if pair[1].quoted is None), events[0])
    here = event.word.sentence is word.sentence
    place, _ = place_of(event.word)
    yield f"distance={'same sentence' if here else min(max(distance, 1), WINDOW)}"
    yield f"place={place}"
    yield f"times={min(len(events), MOST_TIMES)}"
    yield f"paragraphs={min(word.sentence.paragraph - event.word.sentence.paragraph, MOST_PARAGRAPHS)}"
    if figure is asked.last:
        yield f"last for {asked.use}"
    if figure is asked.speaker:
        yield f"last speaker for {asked.use}"
    if figure is asked.alone:
        yield "alone"
        yield f"alone for {asked.use}"
    led = next((event for distance, event in events if _led_before(word, distance, event)), None)
    if led is not None:
        before = "sentence" if led.word.sentence.paragraph == word.sentence.paragraph else "paragraph"
        yield f"led the {before} before {'a main' if _is_main(word) else 'another'} clause"
    relations = (_relation(place_of(one.word)[1], word) for _, one in events)
    relation = next((relation for relation in relations if relation is not None), None)
    if relation is not None:
        yield f"clause={relation}"
        yield f"clause={relation} {place}"
    if figure.described:
        yield "described"
    if again:
        yield "goes on"


def _is_main(word: Word) -> bool:
    return word.parent is not None and word.parent.udeprel == "root"


def _led_before(word: Word, distance: int, event: Event) -> bool:
    """Whether the event is the subject of the sentence before, as the text itself tells it."""
    if distance > 1 or event.word.sentence is word.sentence or event.quoted is not None:
        return False
    place, top = place_of(event.word)
    return place == "subject" and _is_main(top)


def _relation(other: Word, word: Word) -> str | None:
    """How the clause of another word of the same sentence stands to the pronoun's: *he told her* is the same."""
    if other.sentence is not word.sentence or other.parent is None or word.parent is None:
        return None
    theirs, own = other.parent, word.parent
    # Of *Campaigning against Stone, he …* the one who campaigns is he, and so not Stone.
    if theirs is own or (theirs.parent is own and theirs.udeprel == "advcl" and theirs.child("nsubj") is None):
        return "same"
    if own.parent is theirs:
        return f"under {own.udeprel}"
    return f"over {theirs.udeprel}" if theirs.parent is own else "far"


def shares(totals: Iterable[float], nobody: float) -> list[float]:
    """The probability of each of some log-odds beside each other and beside nobody among them."""
    totals = list(totals)
    most = max([*totals, nobody])
    parts = [math.exp(total - most) for total in totals]
    whole = sum(parts) + math.exp(nobody - most)
    return [part / whole for part in parts]
