"""What is stated in a content: its sentences, cut into the clauses that can each be true or false by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from quotekit.constructions.phrases import trimmed
from quotekit.language import Language
from quotekit.tree import Word

# What a predicate may be coordinated with and stay a statement of its own; of *either he lied or he forgot* neither is said.
SPLITTING = frozenset({"conj", "parataxis"})
FORMS = ("clause", "question", "order", "infinitive", "gerund", "phrase")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause that stands by itself, in words of the tree.

    ``form`` is ``clause`` (it has a finite verb), ``question``, ``order``, ``infinitive``, ``gerund`` or ``phrase``. ``subject``
    are the words of a subject that it shares with a clause before it: *The ferry cost two million* [and] *sank*.
    ``presumed`` says that a question takes it for granted: *Did you know that the ferry sank?*
    """

    head: Word
    words: tuple[Word, ...]
    form: str
    subject: tuple[Word, ...] = ()
    presumed: bool = False


def statements(content: Sequence[Word], language: Language) -> Iterator[Statement]:
    """The statements of a content, in text order."""
    for _, group in groupby(content, key=lambda word: word.sentence.index):
        words = tuple(group)
        if any(word.upos != "PUNCT" for word in words):
            yield from _of_sentence(words, language)


def is_finite(head: Word) -> bool:
    """Whether the predicate has a finite verb: its own, an auxiliary's or a copula's."""
    around = (head, *head.children_by("aux", "cop"))
    return any(word.has_feature("VerbForm=Fin") for word in around if word.upos in ("VERB", "AUX"))


def subject_of(head: Word) -> Word | None:
    """The subject of the predicate: *the ferry* sank, *it* rains, *there* is."""
    return head.child("nsubj", "csubj", "expl")


def _of_sentence(words: tuple[Word, ...], language: Language) -> Iterator[Statement]:
    held = {word.id for word in words}
    head = _top(words, held)
    units = list(_units(head, held, ()))
    subtrees = {unit.id: {word.id for word in unit.descendants()} & held for unit, _ in units}
    for rank, (unit, subject) in enumerate(units):
        others = set().union(*(ids for id, ids in subtrees.items() if id != unit.id and id in subtrees[unit.id]))
        own = held if rank == 0 else subtrees[unit.id]
        if rank == 0:
            others = set().union(*(ids for id, ids in subtrees.items() if id != unit.id))
        mine = _without_connective(trimmed([word for word in words if word.id in own - others]))
        if mine:
            yield from _presumed(Statement(unit, mine, _form(unit, mine, language), subject), language)


def _top(words: Sequence[Word], held: set[int]) -> Word:
    """The word on which the others hang; of several the one with most under it."""
    tops = [word for word in words if word.head not in held and word.upos != "PUNCT"] or [words[0]]
    if len(tops) == 1:
        return tops[0]
    predicates = [top for top in tops if is_finite(top)] or tops
    return max(predicates, key=lambda top: len({word.id for word in top.descendants()} & held))


def _units(head: Word, held: set[int], subject: tuple[Word, ...]) -> Iterator[tuple[Word, tuple[Word, ...]]]:
    """The predicate and those beside it that are statements of their own, each with the subject it takes from before."""
    yield head, subject
    if not is_finite(head) or _conditions(head, held):
        return
    own = subject_of(head)
    shared = subject if own is None else trimmed([word for word in own.descendants() if word.id in held])
    for child in head.children:
        if child.id not in held or child.udeprel not in SPLITTING or not is_finite(child):
            continue
        has_subject = subject_of(child) is not None
        if child.udeprel == "parataxis" and (not has_subject or _is_aside(child, head)):
            continue
        if has_subject or (shared and _joins(child) and child.child("mark") is None):
            yield from _units(child, held, () if has_subject else shared)


def _conditions(head: Word, held: set[int]) -> bool:
    """Whether a clause before the predicate bears on all that follows: *If it rains, the dam fills and the town floods*."""
    return any(child.udeprel == "advcl" and child.id in held and child.precedes(head) for child in head.children)


def _joins(conjunct: Word) -> bool:
    """Whether *and* or *but* leads to the conjunct: what *or* joins is not said of either."""
    connective = conjunct.child("cc")
    return connective is None or connective.lemma.lower() not in ("or", "nor")


def _is_aside(child: Word, head: Word) -> bool:
    """Whether a clause beside the predicate comments on it, *the dam, I think, holds*, or asks for assent, *isn't it*."""
    subject = subject_of(child)
    short = len([word for word in child.descendants() if word.upos != "PUNCT"]) <= 3
    return child.precedes(head) or short or (subject is not None and child.precedes(subject))


def _without_connective(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without *and*, *but* or *that* in front: the claim after them is whole."""
    while len(words) > 1 and (words[0].upos == "CCONJ" or (words[0].udeprel == "mark" and words[0].lower == "that")):
        words = trimmed(words[1:])
    return words


def _form(head: Word, words: Sequence[Word], language: Language) -> str:
    if _is_question(head, words, language):
        return "question"
    if is_finite(head):
        imperative = any(word.has_feature("Mood=Imp") for word in (head, *head.children_by("aux", "cop")))
        return "order" if imperative and subject_of(head) is None else "clause"
    if head.upos == "VERB" and head.xpos == "VB" and subject_of(head) is None:
        return "infinitive" if head.child("mark", "aux") is not None else "order"
    if any(word.lower == "to" and word.upos == "PART" for word in head.children):
        return "infinitive"
    if head.upos == "VERB" and head.xpos == "VBG":
        return "gerund"
    return "phrase"


def _is_question(head: Word, words: Sequence[Word], language: Language) -> bool:
    """A question by its order, *Does it leak*, or a word that opens it; by its mark alone only what has no other sign."""
    first = words[0]
    if first.udeprel == "mark" and first.lower in ("whether", "if") and first.parent is head:
        return True
    subject = subject_of(head)
    auxiliary = head.child("aux", "cop")
    inverted = subject is not None and auxiliary is not None and auxiliary.precedes(subject)
    asking = language.words["question_words"] | language.words["reason_questions"]
    opener = first if first.upos != "ADV" or first.lower in asking or len(words) < 2 else words[1]  # *just how swift it is*
    marked = any(word.form == "?" for word in head.sentence.words[-2:])
    return (inverted and first in (auxiliary, *_openers(head)) and marked) or (
        opener.lower in asking and _hangs_on(opener, head) and not _is_adverbial(opener, head)
    )


def _openers(head: Word) -> Iterator[Word]:
    return head.children_by("advmod", "obl", "cc", "discourse", "obj")


def _hangs_on(word: Word, head: Word) -> bool:
    return word is head or word.parent is head or (word.parent is not None and word.parent.parent is head)


def _is_adverbial(opener: Word, head: Word) -> bool:
    """Whether the word opens a clause under the predicate, *when it rains*, the dam fills, and asks for nothing."""
    clause = opener.parent
    return opener.udeprel == "mark" or (
        clause is not None and clause is not head and clause.udeprel in ("advcl", "csubj", "acl") and opener is not head
    )


def _presumed(statement: Statement, language: Language) -> Iterator[Statement]:
    """The statement; of a question about what somebody knows, what it takes for granted instead."""
    if statement.form not in ("question", "order"):
        yield statement
        return
    head = statement.head
    clause = head.child("ccomp")
    held = {word.id for word in statement.words}
    if clause is None or head.lemma.lower() not in language.words["knowing_verbs"] or not is_finite(clause):
        yield statement
        return
    words = _without_connective(trimmed([word for word in clause.descendants() if word.id in held]))
    if words and words[0].lower not in (*language.words["question_words"], "whether", "if"):
        yield replace(statement, head=clause, words=words, form="clause", presumed=True)
    else:
        yield statement


def words_in(places: Iterable[tuple[int, int]], words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that stand within these stretches of the text."""
    return tuple(word for word in words if any(start <= word.start and word.end <= end for start, end in places))
