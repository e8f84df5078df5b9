"""The phrases a match is made of: the words of a cue, of a source, of a clause, cut where people would cut them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quotekit.frozen import frozen
from quotekit.tree import Word, once_a_word

# Words that open a reported clause and are no part of what was said.
COMPLEMENTIZERS = frozenset({"that"})


@once_a_word
def cue_words(head: Word) -> tuple[Word, ...]:
    """The verb with the words that touch it and make one cue with it: *had not pointed out*, *refused to say*."""
    words = head.sentence.words
    start = end = head.id - 1
    while start > 0 and _belongs_to_cue(words[start - 1], head):
        start -= 1
    while end + 1 < len(words) and words[end + 1].deprel == "compound:prt" and words[end + 1].parent is head:
        end += 1
    governor = head.parent
    if head.udeprel == "xcomp" and governor is not None and governor.upos == "VERB" and governor.id <= start:
        between = words[governor.id : start]
        if len(between) <= 1 and all(word.upos == "PART" for word in between):
            start = cue_words(governor)[0].id - 1
    return words[start : end + 1]


def _belongs_to_cue(word: Word, head: Word) -> bool:
    if word.parent is not head:
        return False
    return word.udeprel in ("aux", "cop") or (word.udeprel == "advmod" and word.upos in ("ADV", "PART"))


def trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without punctuation at either end; quotation marks are punctuation too, paired brackets are kept.

    So is a minus, which parsers call a hyphen: *“-2 degrees is no winter,”* must not lose it.
    """
    start, end = 0, len(words)
    while start < end and words[start].upos == "PUNCT" and not _stays(words, start, end):
        start += 1
    while end > start and words[end - 1].upos == "PUNCT" and not _paired(words, start, end, end - 1):
        end -= 1
    return tuple(words[start:end])


BRACKETS = {"(": ")", "[": "]"}
CLOSING = frozenset(BRACKETS.values())


MINUS = frozenset("-−")


def _stays(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the punctuation that these words begin with is of what is said: a bracket with its partner, a minus."""
    if words[start].form in MINUS and start + 1 < end:
        number = words[start + 1]
        return number.start == words[start].end and number.form[:1].isdigit()
    return _paired(words, start, end, start)


def _paired(words: Sequence[Word], start: int, end: int, place: int) -> bool:
    """Whether the word at this place is a bracket with its partner among the words."""
    form = words[place].form
    if form in BRACKETS:
        return any(word.form == BRACKETS[form] for word in words[place + 1 : end])
    return form in CLOSING and any(BRACKETS.get(word.form) == form for word in words[start:place])


@once_a_word
def phrase(head: Word) -> tuple[Word, ...]:
    """The words of a phrase in text order, without punctuation at the ends."""
    return trimmed(head.descendants())


@once_a_word
def clause_content(head: Word) -> tuple[Word, ...]:
    """The words of a reported clause, without the complementizer *that* and without punctuation at the ends."""
    return without_complementizer(phrase(head))


def without_complementizer(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words after an opening complementizer *that*; a demonstrative *that* stays."""
    if words and words[0].lower in COMPLEMENTIZERS and words[0].udeprel in ("mark", "cc"):
        return trimmed(words[1:])
    return words


def source_phrase(head: Word, cue: Word) -> tuple[Word, ...]:
    """The words that name a source: the noun with its appositions and relative clauses, never the cue's own clause.

    *Ana Ruiz, 51, who runs the dam,* is one source; a clause that contains the cue is no part of it.
    """
    above = {id(ancestor) for ancestor in cue.ancestors()}
    without = [child for child in head.children if child is cue or id(child) in above or _stray(child)]
    words = trimmed(_unbroken(head.descendants(without=without), head))
    return _without_open_bracket(_without_opening_phrase(words))


def _without_opening_phrase(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without what the parser took into a subject: *In an interview on Sunday, Ruiz*, *after the agency*."""
    if not words or words[0].upos not in ("ADP", "SCONJ", "CCONJ") or words[0].lower in ("both", "either", "neither"):
        return words
    comma = next((index for index, word in enumerate(words) if word.form == ","), None)
    rest = trimmed(words[1:] if comma is None else words[comma + 1 :])
    return rest if any(word.upos in ("NOUN", "PROPN", "PRON") for word in rest) else words


def _without_open_bracket(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words up to a bracket that they do not close: *many colleges (private ones …*."""
    forms = [word.form for word in words]
    for opening, closing in BRACKETS.items():
        if opening in forms and closing not in forms:
            return trimmed(words[: forms.index(opening)])
    return words


def _stray(child: Word) -> bool:
    """Whether a child of a source hangs there only because the parser found no better place for it."""
    if child.udeprel in ("parataxis", "discourse", "vocative", "orphan", "dep"):
        return True
    return child.udeprel == "conj" and child.upos in ("VERB", "AUX")


def _unbroken(words: Sequence[Word], head: Word) -> list[Word]:
    """The unbroken stretch of these words that holds the head."""
    ids = {word.id for word in words}
    start = end = head.id
    while start - 1 in ids:
        start -= 1
    while end + 1 in ids:
        end += 1
    return [word for word in words if start <= word.id <= end]


@frozen
class Source:
    """A source that a cue leads to, and the way there: ``subject``, ``agent``, or the relation it is inherited over."""

    words: tuple[Word, ...]
    link: str


NOBODY = Source((), "none")
# How far a subject is inherited: *officials came to the camp to tell families, adding …* takes three steps.
MAX_STEPS = 4
INHERITING = frozenset({"conj", "advcl", "xcomp", "ccomp", "parataxis", "acl", "obl", "appos", "dep", "advmod"})


@once_a_word
def is_passive(verb: Word) -> bool:
    """Whether the verb is passive: *is said*, *was quoted as saying*."""
    return any(child.deprel in ("aux:pass", "nsubj:pass") for child in verb.children)


@once_a_word
def sources_of(verb: Word) -> tuple[Source, ...]:
    """The sources the verb may have, likeliest first; NOBODY where the sentence names none."""
    if is_passive(verb):
        return (*_agents(verb), NOBODY)
    return tuple(_subjects(verb, verb, "subject", 0)) or (NOBODY,)


def _agents(verb: Word) -> Iterator[Source]:
    for child in verb.children_by("obl"):
        case = child.child("case")
        if case is not None and case.lower == "by":
            words = source_phrase(child, verb)
            yield Source(tuple(word for word in words if word is not case), "agent")


def _subjects(verb: Word, cue: Word, link: str, steps: int) -> Iterator[Source]:
    subject = verb.child("nsubj")
    if subject is not None:
        if subject.lower != "there":
            words = source_phrase(subject, cue)
            if words:
                yield Source(words, link)
        return
    parent = verb.parent
    if parent is None or steps >= MAX_STEPS or verb.udeprel not in INHERITING:
        return
    relation = verb.udeprel
    if relation in ("acl", "appos", "dep") and parent.upos in ("NOUN", "PROPN", "PRON"):
        words = source_phrase(parent, cue)
        if words:
            yield Source(words, "acl")
        if relation != "acl":
            return
        # *Ruiz released a report saying …*: the report, or Ruiz.
        link, relation = "acl", "acl"
    elif relation == "xcomp":
        controller = parent.child("obj", "iobj")
        if controller is not None:
            yield Source(source_phrase(controller, cue), "object")
    yield from _subjects(parent, cue, relation if link == "subject" else link, steps + 1)


def neighbour(verb: Word, *, allowed: Callable[[Word], bool] = lambda _: True) -> Source | None:
    """The noun phrase right after the verb (*said Ruiz*) or right before it, for where the parse has no subject."""
    words = verb.sentence.words
    back = cue_words(verb)[0].id - 2
    if back > 0 and words[back].form == ")":  # *Mike Pence (R-Ind.) said*
        back = next((index - 1 for index in range(back, 0, -1) if words[index].form == "("), back)
    for index in (*range(verb.id, min(verb.id + 4, len(words))), *range(back, max(back - 2, -1), -1)):
        word = words[index]
        if word.upos in ("PROPN", "PRON", "NOUN") and allowed(word):
            found = source_phrase(_top_noun(word, verb, allowed), verb)
            if found and verb not in found:
                return Source(found, "neighbour")
    return None


def _top_noun(word: Word, verb: Word, allowed: Callable[[Word], bool]) -> Word:
    """The highest noun above this word that neither stands on the verb nor holds it."""
    above = {id(ancestor) for ancestor in verb.ancestors()}
    while (parent := word.parent) is not None and parent.upos in ("PROPN", "NOUN"):
        if parent is verb or id(parent) in above or not allowed(parent):
            break
        word = parent
    return word
