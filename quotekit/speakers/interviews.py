"""Reads an interview without labels: who is asked, who asks where the text tells, and whose turn each paragraph is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotekit.speakers.addresses import introduced, speaks_to_court
from quotekit.speakers.figures import UNKNOWN, Figure, Voice
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.paragraphs import (
    HEAD,
    Known,
    Paragraph,
    announces,
    inquires,
    kinds_of,
    people_of,
)

LEAST_QUESTIONS = 2  # of an interview: one may be asked in any article
LEAST_ALTERNATING = 4  # of an interview that no word announces
REPEATED = 4  # at least every fourth paragraph of such a one asks
LONG_ANSWER = 40  # words after a question: GUM's conversations have 10 (median of 13), its interviews 93 (of 19)
CREDIT_JOINTS = (":", ";", "by")
REPLY = 3  # times as long as the question is an answer that itself ends with a question and says *you*


@dataclass(frozen=True, slots=True)
class Interview:
    """The one person who is asked, the one who asks, as far as the text tells them, and where the questions begin."""

    guest: Figure | None
    host: Figure | None
    first: int


def find_interview(
    paragraphs: Sequence[Paragraph], lexicon: Lexicon, known: Known, marked: Callable[[int], bool]
) -> Interview | None:
    """The interview that these paragraphs are: announced before its first question, or nothing but questions and long
    answers below a lead; None where they are none."""
    asking = [place for place, paragraph in enumerate(paragraphs) if _puts(paragraph, lexicon)]
    if len(asking) < LEAST_QUESTIONS:
        return None
    first = _first_prompt(paragraphs[: min(asking[0], HEAD)], lexicon, default=asking[0])
    lead = paragraphs[: min(first, HEAD)]
    if any(word.upos == "INTJ" and not marked(word.start) for paragraph in lead for word in paragraph.words):
        return None  # who says yes and oh is talking already
    announced = [paragraph for paragraph in lead if _announced(paragraph, lexicon)]
    if not announced and not _alternates(paragraphs, asking, lexicon):
        return None
    named = [people for paragraph in announced or lead if (people := _people(paragraph, lexicon, known))]
    guest = named[0][0] if named and len(named[0]) == 1 else None
    pairs = (people for people in named if len(people) == 2 and guest in people)
    host = next((one for people in pairs for one in people if one is not guest), None)
    return Interview(guest, host, first)


def _announced(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    return any(announces(word, lexicon) for word in paragraph.words)


def _first_prompt(lead: Sequence[Paragraph], lexicon: Lexicon, *, default: int) -> int:
    """Where an announced interview begins with a remark to *you* that an *I* answers: *You have been ill.*"""
    announced = next((place for place, one in enumerate(lead) if _announced(one, lexicon)), len(lead))
    kinds = [kinds_of(paragraph, lexicon) for paragraph in lead]
    for place in range(announced + 1, len(lead) - 1):
        if "second" in kinds[place] and "first" not in kinds[place] and "first" in kinds[place + 1]:
            return place
    return default


def _alternates(paragraphs: Sequence[Paragraph], asking: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether below the lead there are questions and, after each, an answer as long as none is in a chat."""
    if len(asking) < LEAST_ALTERNATING or not asking[0]:
        return False
    if any(speaks_to_court(paragraph, lexicon) for paragraph in paragraphs):
        return False
    after = [paragraphs[place + 1] for place in asking if place + 1 < len(paragraphs) and place + 1 not in asking]
    words = sum(len(answer.words) for answer in after)
    return REPEATED * len(asking) >= len(paragraphs) - asking[0] and words >= LONG_ANSWER * len(asking)


def turns_of(
    interview: Interview, paragraphs: Sequence[Paragraph], lexicon: Lexicon, known: Known
) -> Iterator[tuple[int, Voice]]:
    """The questions, and what follows each, as the answer."""
    question: Paragraph | None = None
    for paragraph in paragraphs[interview.first :]:
        kinds = kinds_of(paragraph, lexicon)
        own = known(introduced(paragraph, lexicon))
        if _puts(paragraph, lexicon) and not _replies(paragraph, question, kinds):
            hearer = interview.guest if "second" in kinds and "first" not in kinds else None
            # A question after a question may be the answer's own: then *I* may be either.
            host = interview.host if question is None or "first" not in kinds else None
            question = paragraph
            yield paragraph.start, Voice(host, "interview", hearer)
            continue
        question = None
        if own is not None:
            yield paragraph.start, Voice(own, "introduction")
        elif "second" in kinds and "first" not in kinds:
            yield paragraph.start, UNKNOWN  # a question that is put as a statement, or advice to anyone
        else:
            yield paragraph.start, Voice(interview.guest, "interview")


def _puts(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    return paragraph.asks or inquires(paragraph, lexicon)


def _replies(paragraph: Paragraph, question: Paragraph | None, kinds: set[str]) -> bool:
    """Whether a paragraph after a question answers it although it ends with one: *I* is who was asked."""
    if question is None or "first" not in kinds:
        return False
    return "second" not in kinds or len(paragraph.words) >= REPLY * len(question.words)


def _people(paragraph: Paragraph, lexicon: Lexicon, known: Known) -> list[Figure]:
    """Who is named, bynames and bare names aside where others are: *Ana Ruiz: an interview with the “Poet”*."""
    names = [name for name in paragraph.names if not _is_aside(name, lexicon)]
    people = people_of(names, known)
    bynames = people_of((name for name in names if _is_byname(name)), known)
    people = [one for one in people if one not in bynames] or people
    return [one for one in people if " " in one.name] or people


def _is_aside(name: NameMention, lexicon: Lexicon) -> bool:
    """Whether the name is a picture's credit, *Image: Ana Ruiz*, or what is spoken about: *experts on Storm Ruiz*."""
    before = [word.lower for word in name.head.sentence.words[: name.words[0].id - 1]][-2:]
    if before and before[-1] in CREDIT_JOINTS and before[0] in lexicon.words["picture_words"]:
        return True
    path = (name.head, *name.head.ancestors())
    cases = (case.lower for word in path for case in word.children_by("case"))
    return any(case in lexicon.words["topic_prepositions"] for case in cases)


def _is_byname(name: NameMention) -> bool:
    """Whether *the* stands before the name, be it within quotation marks."""
    before = [word for word in name.head.sentence.words[: name.words[0].id - 1] if word.upos != "PUNCT"]
    return bool(before) and before[-1].upos == "DET"
