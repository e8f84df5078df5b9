"""Reads unlabelled talk paragraph by paragraph, as speeches, hearings and films are printed: each is a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotekit.speakers.addresses import CALLS, addressed, called, capacity, entitled, introduced, speaks_to_court
from quotekit.speakers.figures import UNKNOWN, Figure, Voice
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.paragraphs import HEAD, SALUTED, Known, Paragraph, kinds_of, people_of
from quotekit.tree import Word

ARGUMENT = 40  # words in a paragraph of counsel's argument; the bench, when it does not ask, is brief or says *you*
TALKED = frozenset({"first", "first_plural", "second"})  # pronouns of the talk itself, which its heading has not
GIVEN_BY = ("by", "from", "of")  # prepositions between a speech and its giver
LEAST_COURT = 2  # words of a hearing: *Doctor Falk.* in a family's talk calls nobody to the bar
PATIENCE = 4  # paragraphs in a row for which the change of turns alone is trusted
LONG = 20  # words in a paragraph of a film's host; what others throw in is shorter


class Talk:
    """The turns of a speech, a hearing or a film, each with its speaker as far as names tell."""

    def __init__(self, paragraphs: Sequence[Paragraph], lexicon: Lexicon, known: Known) -> None:
        self._paragraphs = paragraphs
        self._lexicon = lexicon
        self._known = known

    def turns(self) -> Iterator[tuple[int, Voice]]:
        """The turns of a speech, a hearing or a film, each with its speaker as far as names tell."""
        host, least = self._host()
        office = self._capacity() if host is None else None
        court = self._lexicon.words["court_words"]
        hearing = sum(word.lower in court for one in self._paragraphs for word in one.words) >= LEAST_COURT
        turn: Figure | None = None
        counsel: Figure | None = None
        asked = questioned = False
        told = 0  # paragraphs in a row of which only the change of turns tells who speaks
        before: Voice | None = None
        for paragraph in self._paragraphs:
            if paragraph.is_heading and called(paragraph, self._lexicon) is None:
                continue
            follows = before is not None and counsel is not None and before.figure is counsel
            hosted = host if len(paragraph.words) >= least else None
            voice = self._voice(paragraph, hosted, turn, counsel, answers=asked, follows=follows)
            other = self._other(paragraph, before, counsel) if voice.method == UNKNOWN.method else None
            told = told + 1 if other is not None else 0
            if other is not None and told <= PATIENCE:
                voice = replace(other, hearer=voice.hearer)
            if office is not None and voice.method == UNKNOWN.method and len(paragraph.words) >= LONG:
                voice = Voice(None, "introduction", voice.hearer, office)
            before = voice
            yield paragraph.start, voice
            call = called(paragraph, self._lexicon)
            named = questioned and len(paragraph.words) <= CALLS  # *Who wrote it?* “Doctor Falk.”
            turn = self._known(call) if not named else None
            if hearing and call is not None and call.titles and turn is not None:
                counsel = turn
            questioned = paragraph.has_question
            asked = questioned and voice.figure is not counsel

    def _voice(
        self,
        paragraph: Paragraph,
        host: Figure | None,
        turn: Figure | None,
        counsel: Figure | None,
        *,
        answers: bool,
        follows: bool,
    ) -> Voice:
        """The voice of one paragraph: one's own name, the name called before, counsel before a court, or the host."""
        hearers = people_of(addressed(paragraph), self._known)
        if self._known(entitled(paragraph)) is host:
            hearers = [figure for figure in hearers if figure is not host]
        hearer = hearers[-1] if hearers else None
        own = self._known(introduced(paragraph, self._lexicon))
        if own is not None:
            return Voice(own, "introduction", hearer)
        if turn is not None and turn not in hearers:
            return Voice(turn, "address", hearer)
        if counsel is not None and counsel not in hearers:
            asks = paragraph.has_question and "second" in kinds_of(paragraph, self._lexicon)
            if speaks_to_court(paragraph, self._lexicon) or (answers and not paragraph.asks):
                return Voice(counsel, "address", hearer)
            if hearer is None and (paragraph.asks or (asks and follows)):
                return Voice(None, "address", counsel)
            if self._argues(paragraph):
                return Voice(counsel, "address", hearer)
        if host is not None and host not in hearers and counsel is None:
            return Voice(host, "introduction", hearer)
        return replace(UNKNOWN, hearer=hearer)

    def _other(self, paragraph: Paragraph, before: Voice | None, counsel: Figure | None) -> Voice | None:
        """The other side's voice in a hearing, where turns alternate: counsel's after the bench, the bench's after."""
        if counsel is None or before is None or before.method != "address":
            return None
        if before.figure is counsel:
            return Voice(None, "address")
        asks = paragraph.has_question or counsel in people_of(addressed(paragraph), self._known)
        return Voice(counsel, "address") if before.figure is None and not asks else None

    def _argues(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of a hearing is long, asks nothing and speaks to no *you*, as the bench does."""
        long = len(paragraph.words) >= ARGUMENT
        return long and not paragraph.has_question and "second" not in kinds_of(paragraph, self._lexicon)

    def _host(self) -> tuple[Figure | None, int]:
        """Who is announced, *remarks by Ana Ruiz*, or introduces himself at the beginning, and from how many words on a
        paragraph is taken for that person's: others may speak in a film.
        """
        for place, paragraph in enumerate(self._paragraphs[:HEAD]):
            announced = self._announced(paragraph)
            if announced is not None:
                return announced, 1
            own = self._known(introduced(paragraph, self._lexicon, opening=True)) if place < SALUTED else None
            if own is not None:
                return own, LONG
        return None, LONG

    def _capacity(self) -> Word | None:
        """What a speaker without a name says at the beginning that he is: *as the guest of honour*."""
        spoken = [paragraph for paragraph in self._paragraphs[:HEAD] if not paragraph.is_heading]
        found = (capacity(paragraph, self._lexicon) for paragraph in spoken[:SALUTED])
        return next((word for word in found if word is not None), None)

    def _announced(self, paragraph: Paragraph) -> Figure | None:
        """Whose speech the paragraph announces: whom the tree has beside the word, else the one person it names."""
        words = [word for word in paragraph.words if word.lower in self._lexicon.words["speech_words"]]
        if not words or not TALKED.isdisjoint(kinds_of(paragraph, self._lexicon)):
            return None
        beside = {id(part) for word in words for phrase in _givers(word) for part in phrase.descendants()}
        near = people_of((name for name in paragraph.names if id(name.head) in beside), self._known)
        people = near or people_of(paragraph.names, self._known)
        return people[0] if len(people) == 1 else None


def _givers(word: Word) -> Iterator[Word]:
    """The phrases that say who gives a speech: *Ruiz's speech*, *remarks by Ruiz*, *Ruiz delivered remarks*."""
    for child in word.children:
        cases = {case.lower for case in child.children_by("case")}
        if child.udeprel == "compound" or child.deprel == "nmod:poss" or not cases.isdisjoint(GIVEN_BY):
            yield child
    verb = word.parent
    if word.udeprel == "obj" and verb is not None and (subject := verb.child("nsubj")) is not None:
        yield subject
