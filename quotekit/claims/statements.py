"""What is stated in a content: its sentences, cut into the clauses that can each be true or false by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from quotekit.constructions.phrases import trimmed
from quotekit.language import Language, either
from quotekit.tree import Word

# What a predicate may be coordinated with and stay a statement of its own; of *either he lied or he forgot* neither is
# said.
SPLITTING = frozenset({"conj", "parataxis"})
# Words that lead to a reported clause and are no part of what is claimed; a condition's own *if* hangs on its own
# clause.
OPENERS = frozenset({"that", "whether", "if"})
MARKS = frozenset({"``", "''"})
MAX_STEPS = 3
FORMS = ("clause", "question", "order", "infinitive", "gerund", "phrase")


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause that stands by itself, in words of the tree.

    ``form`` is ``clause`` (it has a finite verb), ``question``, ``order``, ``infinitive``, ``gerund`` or ``phrase``.
    ``subject`` are the words of a subject that it shares with a clause before it: *The ferry cost two million* [and]
    *sank*. ``presumed`` says that a question takes it for granted: *Did you know that the ferry sank?*
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
    around = (head, *(child for child in head.children if child.udeprel in ("aux", "cop")))
    return any(word.upos in ("VERB", "AUX") and word.has_feature("VerbForm=Fin") for word in around)


def subject_of(head: Word) -> Word | None:
    """The subject of the predicate: *the ferry* sank, *it* rains, *there* is."""
    return head.child("nsubj", "csubj", "expl")


def _of_sentence(words: tuple[Word, ...], language: Language) -> Iterator[Statement]:
    held = {word.id for word in words}
    units = [unit for top in _tops(words, held) for unit in _units(top, held, ())]
    # A single predicate has all the words.
    subtrees = {unit.id: {word.id for word in unit.descendants()} & held for unit, _ in units} if units[1:] else {}
    taken = set().union(*list(subtrees.values())[1:])
    for unit, subject in units:
        inner = [ids for id, ids in subtrees.items() if id != unit.id and id in subtrees[unit.id]]
        own = held - taken if unit is units[0][0] else subtrees[unit.id].difference(*inner)
        whole = trimmed([word for word in words if word.id in own])
        mine = _without_opener(whole, unit)
        if mine:
            statement = Statement(unit, mine, _form(unit, whole, language), subject)
            yield from _unwrapped(statement, language)


def _tops(words: Sequence[Word], held: set[int]) -> list[Word]:
    """The word on which the others hang; of several those that are whole clauses, or the one with most under it."""
    tops = [word for word in words if word.head not in held and word.upos != "PUNCT"] or [words[0]]
    main = [top for top in tops if top.udeprel not in ("advcl", "acl")] or tops
    clauses = [top for top in main if is_finite(top) and subject_of(top) is not None]
    if len(clauses) > 1:
        return clauses
    return clauses or [max(tops, key=lambda top: len({word.id for word in top.descendants()} & held))]


def _units(head: Word, held: set[int], subject: tuple[Word, ...]) -> Iterator[tuple[Word, tuple[Word, ...]]]:
    """The predicate and those beside it that are statements too, each with the subject it takes from before."""
    yield head, subject
    if not is_finite(head) or _conditions(head, held):
        return
    own = subject_of(head)
    shared = subject if own is None else trimmed([word for word in own.descendants() if word.id in held])
    if any(word.xpos in MARKS for word in shared):
        shared = ()  # half a quotation is nobody's subject
    for child in head.children:
        if child.id not in held or child.udeprel not in SPLITTING or not is_finite(child):
            continue
        has_subject = subject_of(child) is not None
        if child.udeprel == "parataxis" and (not has_subject or _is_aside(child, head)):
            continue
        if _is_purpose(child):
            continue
        if _joins(child) and (has_subject or (shared and child.child("mark") is None)):
            yield from _units(child, held, () if has_subject else shared)


def _conditions(head: Word, held: set[int]) -> bool:
    """Whether a clause in front bears on all that follows: *If it rains, the dam fills and the town floods*."""
    return any(child.udeprel == "advcl" and child.id in held and child.precedes(head) for child in head.children)


def _is_purpose(child: Word) -> bool:
    """Whether a clause says what for: *so they can stay*; *so they left* is a statement of its own."""
    so = any(word.lower == "so" and word.udeprel in ("advmod", "mark", "cc") for word in child.children)
    return so and any(auxiliary.xpos == "MD" for auxiliary in child.children_by("aux"))


def _joins(conjunct: Word) -> bool:
    """Whether *and* or *but* leads to the conjunct: what *or* joins is not said of either."""
    connective = conjunct.child("cc")
    return connective is None or connective.lemma.lower() not in ("or", "nor")


def _is_aside(child: Word, head: Word) -> bool:
    """Whether a clause comments on the predicate, *the dam, I think, holds*, or asks for assent, *isn't it*."""
    subject = subject_of(child)
    short = len([word for word in child.descendants() if word.upos != "PUNCT"]) <= 3
    return child.precedes(head) or short or (subject is not None and child.precedes(subject))


def _without_opener(words: tuple[Word, ...], head: Word) -> tuple[Word, ...]:
    """The words without *and*, *but*, *that* or *whether* in front: the claim after them is whole."""
    while len(words) > 1 and (words[0].deprel == "cc" or _opens(words[0], head)):
        words = trimmed(words[1:])
    return words


def _opens(word: Word, head: Word) -> bool:
    if word.lower == "so":
        return word.parent is head and word.udeprel in ("advmod", "mark")
    return word.udeprel == "mark" and word.lower in OPENERS and (word.parent is head or word.lower == "that")


def _form(head: Word, words: Sequence[Word], language: Language) -> str:
    if _is_question(head, words, language):
        return "question"
    if is_finite(head):
        imperative = any(word.has_feature("Mood=Imp") for word in (head, *head.children_by("aux", "cop")))
        return "order" if imperative and subject_of(head) is None else "clause"
    if not _leads(words, head):
        return "phrase"
    if head.upos == "VERB" and head.xpos == "VB" and subject_of(head) is None:
        return "infinitive" if head.child("mark", "aux") is not None else "order"
    if any(word.lower == "to" and word.upos == "PART" for word in head.children):
        return "infinitive"
    if head.upos == "VERB" and head.xpos == "VBG":
        return "gerund"
    return "phrase"


def _leads(words: Sequence[Word], head: Word) -> bool:
    """Whether nothing but *to*, auxiliaries and the like stands before the predicate: *not to have been paid*."""
    before = (word for word in words if word.precedes(head) and word.upos != "PUNCT")
    return all(word.upos in ("PART", "AUX", "ADV", "CCONJ", "INTJ") or word.udeprel == "vocative" for word in before)


def _is_question(head: Word, words: Sequence[Word], language: Language) -> bool:
    """A question by its order, *Does it leak*, or a word that opens it; not by its mark alone."""
    first = next((word for word in words if not _calls(word)), words[0])
    if _asks_whether(head):
        return True
    asking = either(language, "question_words", "reason_questions")
    subject = subject_of(head)
    auxiliary = head.child("aux", "cop")
    inverted = subject is not None and auxiliary is not None and auxiliary.precedes(subject)
    following = next((word for word in words if first.precedes(word)), first)
    opener = following if first.upos == "ADV" and first.lower not in asking else first  # *just how swift it is*
    return (inverted and first in (auxiliary, *_openers(head)) and _is_marked(head, words[-1])) or (
        opener.lower in asking and _hangs_on(opener, head) and not _is_adverbial(opener, head)
    )


def _is_marked(head: Word, last: Word) -> bool:
    """Whether a question mark follows the words or ends their sentence."""
    words = head.sentence.words
    return any(word.form == "?" for word in (*words[last.id : last.id + 1], *words[-2:]))


def _calls(word: Word) -> bool:
    """Whether the word only leads up to what is said: *and*, *well*, *Mayor*, and their commas."""
    return word.upos in ("PUNCT", "CCONJ", "INTJ") or word.udeprel in ("vocative", "discourse")


def _openers(head: Word) -> Iterator[Word]:
    return head.children_by("advmod", "obl", "cc", "discourse", "obj")


def _hangs_on(word: Word, head: Word) -> bool:
    """Whether the word stands close under the predicate: *how many times must we see it* takes three steps."""
    steps = 0
    above: Word | None = word
    while above is not None and above is not head and steps < MAX_STEPS:
        above, steps = above.parent, steps + 1
    return above is head


def _is_adverbial(opener: Word, head: Word) -> bool:
    """Whether the word opens a clause under the predicate, *when it rains*, the dam fills, and asks for nothing."""
    clause = opener.parent
    return opener.udeprel == "mark" or (
        clause is not None and clause is not head and clause.udeprel in ("advcl", "csubj", "acl") and opener is not head
    )


def _unwrapped(statement: Statement, language: Language) -> Iterator[Statement]:
    """The statement, or the one it is wrapped in: *did you know that …*, *the claim that …*, *the firm of hiding …*."""
    if statement.form in ("question", "order"):
        yield _presumed(statement, language) or statement
    elif statement.form in ("phrase", "gerund", "infinitive"):
        yield _named(statement) or _charged(statement, language) or statement
    else:
        yield statement


def _presumed(statement: Statement, language: Language) -> Statement | None:
    """What a question about somebody's knowledge takes for granted."""
    clause = statement.head.child("ccomp")
    if clause is None or statement.head.lemma.lower() not in language.words["knowing_verbs"] or not is_finite(clause):
        return None
    words = _clause_words(clause, statement)
    if not words or words[0].lower in language.words["question_words"] or _asks_whether(clause):
        return None
    return replace(statement, head=clause, words=words, form="clause", presumed=True)


def _named(statement: Statement) -> Statement | None:
    """The clause behind a noun: *the idea that the lake is poisoned*."""
    for clause in statement.head.children_by("acl", "ccomp"):
        mark = clause.child("mark")
        if mark is not None and mark.lower == "that" and is_finite(clause) and mark in statement.words:
            return replace(statement, head=clause, words=_clause_words(clause, statement), form="clause")
    return None


def _charged(statement: Statement, language: Language) -> Statement | None:
    """What somebody is charged with, its subject in front: *the firm of hiding cracks*."""
    for place, mark in enumerate(statement.words):
        if mark.lower not in language.words["charging_prepositions"]:
            continue
        deed = mark.parent
        if (
            place
            and deed is not None
            and deed in statement.words
            and deed.xpos == "VBG"
            and mark.udeprel in ("mark", "case")
        ):
            return replace(
                statement,
                head=deed,
                words=trimmed(statement.words[place + 1 :]),
                form="gerund",
                subject=trimmed(statement.words[:place]),
            )
    return None


def _clause_words(clause: Word, statement: Statement) -> tuple[Word, ...]:
    held = {word.id for word in statement.words}
    return _without_opener(trimmed([word for word in clause.descendants() if word.id in held]), clause)


def _asks_whether(clause: Word) -> bool:
    return any(mark.lower in ("whether", "if") for mark in clause.children_by("mark"))
