"""Reads an interview without labels: who is asked, who asks where the text tells, and whose turn each paragraph is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotekit.speakers.addresses import introduced
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
REPLY = 3  # times as long as the question is an answer that itself ends with a question and says *you*


@dataclass(frozen=True, slots=True)
class Interview:
    """The one person who is asked, the one who asks, as far as the text tells them, and where the questions begin."""

    guest: Figure | None
    host: Figure | None
    first: int


def find_interview(paragraphs: Sequence[Paragraph], lexicon: Lexicon, known: Known) -> Interview | None:
    """The interview that these paragraphs are, announced before its first question; None where they are none."""
    asking = [place for place, paragraph in enumerate(paragraphs) if _puts(paragraph, lexicon)]
    if len(asking) < LEAST_QUESTIONS:
        return None
    lead = paragraphs[: min(asking[0], HEAD)]
    announced = [paragraph for paragraph in lead if any(announces(word, lexicon) for word in paragraph.words)]
    if not announced:
        return None
    named = [people for paragraph in announced if (people := _people(paragraph, known))]
    guest = named[0][0] if named and len(named[0]) == 1 else None
    pairs = (people for people in named if len(people) == 2 and guest in people)
    host = next((one for people in pairs for one in people if one is not guest), None)
    return Interview(guest, host, asking[0])


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


def _people(paragraph: Paragraph, known: Known) -> list[Figure]:
    """Who is named, bynames and bare names aside where others are: *Ana Ruiz: an interview with the “Poet”*."""
    people = people_of(paragraph.names, known)
    bynames = people_of((name for name in paragraph.names if _is_byname(name)), known)
    people = [one for one in people if one not in bynames] or people
    return [one for one in people if " " in one.name] or people


def _is_byname(name: NameMention) -> bool:
    """Whether *the* stands before the name, be it within quotation marks."""
    before = [word for word in name.head.sentence.words[: name.words[0].id - 1] if word.upos != "PUNCT"]
    return bool(before) and before[-1].upos == "DET"
