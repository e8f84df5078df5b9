"""Finds the turns of a transcript or an interview: a speaker's label, *OKAFOR:*, *Ana Ruiz:*, *Q.*, and what is said.

A label in capitals is one wherever it opens a sentence. Any other, which might as well be a rubric, needs company: it
comes again, or another name labels the paragraph beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotekit.constructions.phrases import BRACKETS, trimmed
from quotekit.language import Language
from quotekit.tree import Sentence, Tree, Word

# A label is a name, perhaps with a title or a place: longer stretches before a colon are clauses.
MAX_LABEL = 8
LEAST_TURNS = 2
SMALL = ("ADP", "DET", "PART")  # upos of the small words inside a label: the Mayor of Halvik
NAMES = ("PROPN", "NOUN", "ADJ", "X", "NUM")  # upos of its other words
LETTER_SIGNS = (":", ".")  # after the Q and A of a hearing


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A label at the head of a turn, the sign behind it, and what is said up to the paragraph's end or the next label.

    ``sign`` is None where a letter has its own stop: *Q.*
    """

    label: tuple[Word, ...]
    sign: Word | None
    words: tuple[Word, ...]

    @property
    def sentence(self) -> Sentence:
        """The sentence that the label opens."""
        return self.label[0].sentence


def find_turns(tree: Tree, language: Language) -> dict[int, Turn]:
    """The turns of the text, each by the index of the sentence that its label opens."""
    labels = dict(_labels(tree, language))
    loose = {index: label for index, (label, _) in labels.items() if not _is_loud(label, language)}
    sure = _in_company(tree, loose, language)
    kept = {index: found for index, found in labels.items() if index not in loose or index in sure}
    return {index: Turn(label, sign, _said(tree, kept, index)) for index, (label, sign) in kept.items()}


def _labels(tree: Tree, language: Language) -> Iterator[tuple[int, tuple[tuple[Word, ...], Word | None]]]:
    paragraph = None
    for sentence in tree.sentences:
        opens = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        letter = _letter(sentence, language) if opens else None
        colon = next((word for word in sentence.words[1 : 2 * MAX_LABEL] if word.form == ":"), None)
        if letter is not None:
            yield sentence.index, letter
        elif colon is not None:
            before = trimmed(sentence.words[: colon.id - 1])
            label = _without_remarks(before)
            loud = _is_loud(label, language) and before[0].id <= LEAST_TURNS
            if loud or (opens and label and label[0].id == before[0].id and _is_name(label, language)):
                yield sentence.index, (label, colon)


def _letter(sentence: Sentence, language: Language) -> tuple[tuple[Word, ...], Word | None] | None:
    """The *Q:*, *Q.* or *A.* that opens a paragraph, with its sign where that is a word of its own."""
    first, letters = sentence.words[0], language.words["turn_letters"]
    if not first.form[0].isupper():
        return None
    if first.form[-1] in LETTER_SIGNS and first.lower[:-1] in letters:
        return (first,), None
    sign = sentence.words[1] if len(sentence.words) > 1 else None
    return ((first,), sign) if sign is not None and sign.form in LETTER_SIGNS and first.lower in letters else None


def _is_loud(label: Sequence[Word], language: Language) -> bool:
    """Whether these words are a label in capitals: *WALLACE*, *MS. OKAFOR*."""
    letters = "".join(word.form for word in label)
    if not 0 < len(label) <= MAX_LABEL or not letters.isupper() or len(letters) < 3:
        return False
    return label[-1].lower not in language.words["rubrics"]


def _is_name(label: Sequence[Word], language: Language) -> bool:
    """Whether these words may name someone: *Ana Ruiz*, *Mayor of Halvik*, *Interviewer*."""
    if not 0 < len(label) <= MAX_LABEL or not all(word.upos in (*SMALL, *NAMES) for word in label):
        return False
    last = label[-1]
    if last.lower in language.words["turn_labels"]:
        return True
    if last.lower in (language.words["rubrics"] | language.words["calendar_words"]) or last.ner.endswith("-PLACE"):
        return False
    return last.upos == "PROPN" and all(word.form[0].isupper() for word in label if word.upos not in SMALL)


def _without_remarks(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words outside brackets, without times: of *[00:12:31] OKAFOR (voice-over)* the name."""
    found, depth = [], 0
    for word in words:
        depth += word.form in BRACKETS
        if not depth and not (word.upos == "NUM" and ":" in word.form):
            found.append(word)
        depth -= depth > 0 and word.form in BRACKETS.values()
    return tuple(found)


def _in_company(tree: Tree, labels: dict[int, tuple[Word, ...]], language: Language) -> set[int]:
    """The labels that come again by their last word, or stand beside the paragraph of another one: *Q.* beside *A.*"""
    last = {index: label[-1].lower for index, label in labels.items()}
    again = Counter(last.values())
    by_paragraph = {tree.sentences[index].paragraph: index for index in labels}
    found = set()
    for index, label in labels.items():
        place = tree.sentences[index].paragraph
        beside = [by_paragraph[near] for near in (place - 1, place + 1) if near in by_paragraph]
        person = any(word.ner.endswith("-PERSON") for word in label)
        others = [other for other in beside if last[other] != last[index]]
        near = {last[other].strip(".") for other in others}
        letters = {last[index].strip("."), *near} <= language.words["turn_letters"]
        company = bool(others) and (person or letters or any(again[last[other]] > 1 for other in others))
        if company or again[last[index]] >= LEAST_TURNS:
            found.add(index)
    return found


def _said(tree: Tree, labels: dict[int, tuple[tuple[Word, ...], Word | None]], index: int) -> tuple[Word, ...]:
    """What follows the label, to the end of its paragraph or the next label."""
    label, sign = labels[index]
    sentence = tree.sentences[index]
    found = list(trimmed(sentence.words[(sign or label[-1]).id :]))
    for place in range(index + 1, len(tree.sentences)):  # a slice would copy the rest of the text for each turn
        following = tree.sentences[place]
        if following.paragraph != sentence.paragraph or following.index in labels:
            break
        found += following.words
    return trimmed(found)
