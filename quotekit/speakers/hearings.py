"""Reads unlabelled talk paragraph by paragraph, as speeches, hearings and films are printed: each is a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotekit.speakers.addresses import (
    CALLS,
    addressed,
    called,
    capacity,
    entitled,
    introduced,
    is_titled_party,
    speaks_to_court,
)
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


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has the floor when a paragraph begins, as far as the ones before it tell."""

    called: Figure | None = None  # by name, at the end of the paragraph before
    counsel: Figure | None = None  # who argues before the court
    before: Voice | None = None
    questioned: bool = False  # the paragraph before asks something
    asked: bool = False  # and is not counsel's own
    told: int = 0  # paragraphs in a row of which only the change of turns tells who speaks


class Talk:
    """The turns of a speech, a hearing or a film, each with its speaker as far as names tell."""

    def __init__(self, paragraphs: Sequence[Paragraph], lexicon: Lexicon, known: Known) -> None:
        self._paragraphs = paragraphs
        self._lexicon = lexicon
        self._known = known
        self._host, self._least = self._announced_or_own()
        self._office = self._capacity() if self._host is None else None
        court = lexicon.words["court_words"]
        self._hearing = sum(word.lower in court for one in paragraphs for word in one.words) >= LEAST_COURT

    def turns(self) -> Iterator[tuple[int, Voice]]:
        """Where each turn begins, and whose it is; one of the bench is whom counsel's answer calls by name."""
        heard = list(self._turns())
        for place, (paragraph, voice) in enumerate(heard):
            judge = self._answered(heard[place + 1][0]) if place + 1 < len(heard) else None
            if judge is not None and voice.figure is None and heard[place + 1][1].figure not in (None, judge):
                voice = replace(voice, figure=judge, method="address")
            yield paragraph.start, voice

    def _answered(self, answer: Paragraph) -> Figure | None:
        """The judge whom an answer in a hearing calls by name in its first sentence: *Yes, Justice Falk.*"""
        if not self._hearing:
            return None
        forms = self._lexicon.words["bench_forms"]
        called = [name for name in addressed(answer) if name.head.sentence is answer.sentences[0]]
        judges = [name for name in called if not forms.isdisjoint(name.titles)]
        people = people_of(judges, self._known)
        return people[0] if len(people) == len(called) == 1 else None

    def _turns(self) -> Iterator[tuple[Paragraph, Voice]]:
        floor = Floor()
        for paragraph in self._paragraphs:
            if paragraph.is_heading and called(paragraph, self._lexicon) is None:
                continue
            if floor.counsel is None and self._hearing and speaks_to_court(paragraph, self._lexicon):
                floor = replace(floor, counsel=self._advocate())
            voice, told = self._heard(paragraph, floor)
            yield paragraph, voice
            floor = self._after(paragraph, replace(floor, before=voice, told=told))

    def _heard(self, paragraph: Paragraph, floor: Floor) -> tuple[Voice, int]:
        """The paragraph's voice, and how many in a row only the change of turns has told by now."""
        voice = self._voice(paragraph, floor)
        other = self._other(paragraph, floor) if voice.method == UNKNOWN.method else None
        told = floor.told + 1 if other is not None else 0
        if other is not None and told <= PATIENCE:
            voice = replace(other, hearer=voice.hearer)
        if self._office is not None and voice.method == UNKNOWN.method and len(paragraph.words) >= LONG:
            voice = Voice(None, "introduction", voice.hearer, self._office)
        return voice, told

    def _after(self, paragraph: Paragraph, floor: Floor) -> Floor:
        """Who has the floor after the paragraph, whose voice is known."""
        call = called(paragraph, self._lexicon)
        named = floor.questioned and len(paragraph.words) <= CALLS  # *Who wrote it?* “Doctor Falk.”
        turn = self._known(call) if not named else None
        counsel = floor.counsel
        if self._hearing and call is not None and call.titles and turn is not None:
            counsel = turn
        speaker = floor.before.figure if floor.before is not None else None
        if self._hearing and speaker is not None and self._pleads(paragraph):
            counsel = speaker
        asks = paragraph.has_question
        return replace(floor, called=turn, counsel=counsel, questioned=asks, asked=asks and speaker is not counsel)

    def _pleads(self, paragraph: Paragraph) -> bool:
        """Whether somebody presents himself to a court in it: *Good morning, Your Honors, my name is Ana Ruiz*."""
        own = self._known(introduced(paragraph, self._lexicon))
        return own is not None and speaks_to_court(paragraph, self._lexicon)

    def _advocate(self) -> Figure | None:
        """The only one whom the bench addresses in the hearing, who said *may it please the Court* at its beginning."""
        others = [one for one in self._paragraphs if not speaks_to_court(one, self._lexicon)]
        titled = [name for one in others for name in addressed(one) if is_titled_party(name, self._lexicon)]
        people = people_of(titled, self._known)
        return people[0] if len(people) == 1 else None

    def _voice(self, paragraph: Paragraph, floor: Floor) -> Voice:
        """The voice of one paragraph: one's own name, the name called before, counsel before a court, or the host."""
        hearers = people_of(addressed(paragraph), self._known)
        host = self._host if len(paragraph.words) >= self._least else None
        if self._known(entitled(paragraph)) is host:
            hearers = [figure for figure in hearers if figure is not host]
        hearer = hearers[-1] if hearers else None
        own = self._known(introduced(paragraph, self._lexicon))
        if own is not None:
            return Voice(own, "introduction", hearer)
        if floor.called is not None and floor.called not in hearers:
            return Voice(floor.called, "address", hearer)
        if floor.counsel is not None and floor.counsel not in hearers:
            voice = self._before_bench(paragraph, floor, hearer)
            if voice is not None:
                return voice
        if host is not None and host not in hearers and floor.counsel is None:
            return Voice(host, "introduction", hearer)
        return replace(UNKNOWN, hearer=hearer)

    def _before_bench(self, paragraph: Paragraph, floor: Floor, hearer: Figure | None) -> Voice | None:
        """Counsel's voice or the bench's, where what is said shows which; counsel is not addressed."""
        if speaks_to_court(paragraph, self._lexicon) or (floor.asked and not paragraph.asks):
            return Voice(floor.counsel, "address", hearer)
        asks = paragraph.has_question and "second" in kinds_of(paragraph, self._lexicon)
        follows = floor.before is not None and floor.before.figure is floor.counsel
        if hearer is None and (paragraph.asks or (asks and follows)):
            return Voice(None, "address", floor.counsel)
        return Voice(floor.counsel, "address", hearer) if self._argues(paragraph) else None

    def _other(self, paragraph: Paragraph, floor: Floor) -> Voice | None:
        """The other side's voice in a hearing, where turns alternate: counsel's after the bench, the bench's after."""
        before, counsel = floor.before, floor.counsel
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

    def _announced_or_own(self) -> tuple[Figure | None, int]:
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
