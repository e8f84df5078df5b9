"""Whom *I*, *we* and *you* mean: the speaker of a quotation, the voice of a turn or an interview, else the author."""

from __future__ import annotations

from collections.abc import Callable

from quotekit.speakers.figures import Figure, Reference, Voice
from quotekit.speakers.quotations import Quotations
from quotekit.speakers.voices import Voices
from quotekit.tree import Word

ONE = ("person", "anonymous", "unknown")  # types of speakers who say *we* of themselves and others


class Situation:
    """The speech situation at every place of a text.

    ``speaker`` tells whom a source means by its index, ``named`` whom the word means that names a voice.
    """

    def __init__(
        self,
        quotations: Quotations,
        voices: Voices,
        *,
        author: Figure,
        speaker: Callable[[int], Reference | None],
        named: Callable[[Word], Reference],
    ) -> None:
        self._quotations = quotations
        self._voices = voices
        self._author = author
        self._speaker = speaker
        self._named = named
        self._asked: set[int] = set()

    def first(self, index: int, head: Word, *, plural: bool) -> Reference:
        """Whom *I* or *we*, the head of the source with this index, means; for *we* one person is only a candidate."""
        outer = self._quotations.around(index, head.start)
        if outer is None and self._quotations.marked_at(head.start):
            return Reference(None, "pronoun")
        if outer is None:
            return self._in_voice(head, plural=plural)
        self._asked.add(index)  # two quotations that hold each other's I would ask each other for ever
        reference = self._speaker(outer) if outer not in self._asked else None
        self._asked.discard(index)
        if reference is None or reference.figure is None:
            return Reference(None, "pronoun", reference.candidates if reference is not None else ())
        return _said_by(reference.figure, head, "pronoun", plural=plural)

    def second(self, index: int, head: Word) -> Reference:
        """Whom *you* means: whoever is asked or addressed by name; nobody inside quotations, where hearers change."""
        if self._quotations.around(index, head.start) is not None or self._quotations.marked_at(head.start):
            return Reference(None, "pronoun")
        voice = self._voices.at(head.start)
        if voice is None or voice.hearer is None:
            return Reference(None, "pronoun")
        return _said_by(voice.hearer, head, "hearer", plural=False)

    def _in_voice(self, head: Word, *, plural: bool) -> Reference:
        voice = self._voices.at(head.start)
        if voice is None:
            self._author.spans.add((head.start, head.end))
            return Reference(self._author, "author")
        figure = self._figure_of(voice)
        return _said_by(figure, head, voice.method, plural=plural) if figure is not None else Reference(None, "pronoun")

    def _figure_of(self, voice: Voice) -> Figure | None:
        if voice.figure is not None or voice.word is None:
            return voice.figure
        return self._named(voice.word).figure


def _said_by(figure: Figure, head: Word, method: str, *, plural: bool) -> Reference:
    if plural and figure.type in ONE:
        return Reference(None, "pronoun", (figure,))
    figure.spans.add((head.start, head.end))
    return Reference(figure, method)
