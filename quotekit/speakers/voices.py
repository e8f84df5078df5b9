"""Who speaks outside quotation marks: the author of an article, but not of an interview, a hearing, a speech or a film.

In those a label, a question before the answer, a name called or a name of one's own tells whose *I* it is. Where
nothing does, nobody is named: whoever *I* is, it is not the author.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quotekit.constructions.turns import Turn
from quotekit.speakers.figures import Figure
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.paragraphs import (
    Paragraph,
    addressed,
    called,
    introduced,
    kinds_of,
    paragraphs_of,
    speaks_to_court,
)
from quotekit.tree import Tree, Word

LEAST_QUESTIONS = 2  # of an interview: one may be asked in any article
HEAD = 12  # paragraphs within which an interview or a speech is announced
SALUTED = 3  # paragraphs of a speech, after its headings, within which the audience is greeted
LEAST_CHATTER = 2.0  # of um, yes, oh in 1,000 words outside marks: GUM's news, voyages and textbooks stay below it
LEAST_YOU = 2.0  # of you in 1,000 words outside marks; an academic paper on *huh* has none
ARGUMENT = 40  # words in a paragraph of counsel's argument; the bench, when it does not ask, is brief or says *you*
LONG = 20  # words in a paragraph of a film's host; what others throw in is shorter

Resolve = Callable[[NameMention], Figure | None]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose *I* stands in a stretch of text, whose *you*, and how that was found; None where the text leaves it open.

    ``label`` is the last word of the label that names the voice.
    """

    figure: Figure | None
    method: str
    hearer: Figure | None = None
    label: Word | None = None


UNKNOWN = Voice(None, "pronoun")


class Voices:
    """The voices of a text outside its quotations, asked by place."""

    def __init__(
        self,
        tree: Tree,
        turns: Mapping[int, Turn],
        names: Sequence[NameMention],
        lexicon: Lexicon,
        *,
        resolve: Resolve,
        marked: Callable[[int], bool],
    ) -> None:
        paragraphs = paragraphs_of(tree, names)
        talk = _Talk(paragraphs, lexicon, resolve)
        asked, first = talk.interviewee()
        self._spoken = bool(turns) or first is not None or _is_spoken(tree, paragraphs, lexicon, marked)
        found: list[tuple[int, Voice]] = []
        if turns:
            found = [(turn.label[0].start, _labelled(turn, asked, lexicon)) for turn in turns.values()]
        elif first is not None:
            found = list(talk.answers(paragraphs[first:], asked))
        elif self._spoken:
            found = list(talk.speeches())
        ordered = sorted(found, key=lambda item: item[0])
        self._starts = [start for start, _ in ordered]
        self._voices = [voice for _, voice in ordered]

    def at(self, offset: int) -> Voice | None:
        """Whose voice this place is in; None where it is the author's."""
        place = bisect_right(self._starts, offset) - 1
        return self._voices[place] if place >= 0 else UNKNOWN if self._spoken else None


def _labelled(turn: Turn, asked: Figure | None, lexicon: Lexicon) -> Voice:
    """The voice of a labelled turn; the *A* of an interview is whom its heading names, if it names one person."""
    answers = len(turn.label) == 1 and turn.label[0].lower.strip(".:") in lexicon.words["answer_labels"]
    return Voice(asked if answers else None, "label", label=turn.label[-1])


class _Talk:
    """Reads unlabelled talk paragraph by paragraph: each is a turn, as interviews, hearings and films are printed."""

    def __init__(self, paragraphs: Sequence[Paragraph], lexicon: Lexicon, resolve: Resolve) -> None:
        self._paragraphs = paragraphs
        self._lexicon = lexicon
        self._resolve = resolve

    def interviewee(self) -> tuple[Figure | None, int | None]:
        """The one person whom an interview is with, and the paragraph of its first question, if there is one."""
        asking = [place for place, paragraph in enumerate(self._paragraphs) if paragraph.asks]
        if len(asking) < LEAST_QUESTIONS:
            return None, None
        announced = [
            paragraph
            for paragraph in self._paragraphs[: min(asking[0], HEAD)]
            if any(self._announces(word) for word in paragraph.words)
        ]
        if not announced:
            return None, None
        people = next((found for paragraph in announced if (found := self._people(paragraph.names))), [])
        return (people[0] if len(people) == 1 else None), asking[0]

    def answers(self, paragraphs: Iterable[Paragraph], person: Figure | None) -> Iterator[tuple[int, Voice]]:
        """The questions put to one person, by whom is not told, and what follows each, as the answer."""
        asked = False
        for paragraph in paragraphs:
            kinds = kinds_of(paragraph, self._lexicon)
            own = self._known(introduced(paragraph, self._lexicon))
            question, asked = asked, paragraph.asks
            if paragraph.asks and not (question and "first" in kinds and "second" not in kinds):
                hearer = person if "second" in kinds and "first" not in kinds else None
                yield paragraph.start, Voice(None, "interview", hearer)
            elif own is not None:
                yield paragraph.start, Voice(own, "introduction")
            elif "second" in kinds and "first" not in kinds:
                yield paragraph.start, UNKNOWN  # a question that is put as a statement, or advice to anyone
            else:
                yield paragraph.start, Voice(person, "interview")

    def speeches(self) -> Iterator[tuple[int, Voice]]:
        """The turns of a speech, a hearing or a film, each with its speaker as far as names tell."""
        host, least = self._host()
        turn: Figure | None = None
        counsel: Figure | None = None
        asked = False
        before: Voice | None = None
        for paragraph in self._paragraphs:
            if paragraph.is_heading and called(paragraph) is None:
                continue
            follows = before is not None and counsel is not None and before.figure is counsel
            hosted = host if len(paragraph.words) >= least else None
            voice = before = self._voice(paragraph, hosted, turn, counsel, answers=asked, follows=follows)
            yield paragraph.start, voice
            call = called(paragraph)
            turn = self._known(call)
            if call is not None and call.titles and turn is not None:
                counsel = turn
            asked = paragraph.has_question and voice.figure is not counsel

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
        hearers = self._people(addressed(paragraph))
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

    def _argues(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of a hearing is long, asks nothing and speaks to no *you*, as the bench does."""
        long = len(paragraph.words) >= ARGUMENT
        return long and not paragraph.has_question and "second" not in kinds_of(paragraph, self._lexicon)

    def _host(self) -> tuple[Figure | None, int]:
        """Who is announced, *remarks by Ana Ruiz*, or introduces himself at the beginning, and from how many words on a
        paragraph is taken for that person's: others may speak in a film.
        """
        for place, paragraph in enumerate(self._paragraphs[:HEAD]):
            if any(word.lower in self._lexicon.words["speech_words"] for word in paragraph.words):
                people = self._people(paragraph.names)
                if len(people) == 1:
                    return people[0], 1
            own = self._known(introduced(paragraph, self._lexicon)) if place < SALUTED else None
            if own is not None:
                return own, LONG
        return None, LONG

    def _announces(self, word: Word) -> bool:
        """Whether the word announces an interview: *an interview with*, *spoke to*."""
        if word.lower in self._lexicon.words["interview_words"]:
            return True
        if word.upos != "VERB" or word.lemma.lower() not in self._lexicon.words["interview_verbs"]:
            return False
        cases = (case for child in word.children_by("obl") for case in child.children_by("case"))
        subject = word.child("nsubj")
        ours = subject is not None and self._lexicon.pronoun(subject) in ("first", "first_plural")
        return any(case.lower in ("with", "to") for case in cases) or (ours and word.child("obj") is not None)

    def _people(self, names: Iterable[NameMention]) -> list[Figure]:
        """The persons of these names, each once."""
        found = (self._known(name) for name in names)
        return list({id(figure): figure for figure in found if figure is not None}.values())

    def _known(self, name: NameMention | None) -> Figure | None:
        figure = self._resolve(name) if name is not None else None
        return figure if figure is not None and figure.type == "person" else None


def _is_spoken(tree: Tree, paragraphs: Sequence[Paragraph], lexicon: Lexicon, marked: Callable[[int], bool]) -> bool:
    """Whether the text is talk: it greets its listeners, or says *um*, *yes* and *you* outside quotations."""
    headings = next((place for place, one in enumerate(paragraphs) if not one.is_heading), 0)
    for paragraph in paragraphs[: headings + SALUTED]:
        places = [(sentence.start, sentence.end) for sentence in paragraph.sentences[:2]]
        if any(_greets(tree.text, *place, lexicon, marked) for place in places):
            return True
    chatter = 1000 * sum(word.upos == "INTJ" and not marked(word.start) for word in tree.words)
    if not chatter:
        return False
    words = [word for word in tree.words if word.upos != "PUNCT" and not marked(word.start)]
    hearers = 1000 * sum(lexicon.pronoun(word) == "second" for word in words)
    return chatter >= LEAST_CHATTER * len(words) and hearers >= LEAST_YOU * len(words)


def _greets(text: str, start: int, end: int, lexicon: Lexicon, marked: Callable[[int], bool]) -> bool:
    printed = " ".join(text[start:end].lower().split()) + " "
    forms = (form for form in lexicon.words["salutations"] if printed.startswith(form))
    return any(not printed[len(form)].isalnum() for form in forms) and not marked(start)
