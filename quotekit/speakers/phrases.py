"""Reads a common noun with its phrase: what it names, its modifiers, owner and body, and its words as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotekit.speakers.lexicon import Lexicon, is_capital, is_possessive, without_possessive
from quotekit.tree import Word

BEFORE = ("det", "amod", "compound", "nummod", "nmod", "advmod", "goeswith")
SMALL = ("PUNCT", "ADP", "CCONJ", "SCONJ", "PART")  # parts of speech that no phrase begins with
DEFINITE = ("the", "this", "that", "these", "those", "both")
INDEFINITE = ("a", "an", "one", "another", "some")
EACH = ("each", "every")
AGED = re.compile(r"\d+-years?-olds?")
INSIDE = ("-", "&", "/", "'", "’")  # signs that do not end a phrase
LOOSE = ("acl", "appos", "parataxis", "cop", "nsubj", "dep", "advcl", "mark", "ccomp", "discourse")


class Phrase(NamedTuple):
    """A description where it stands, such as *the dam’s director*."""

    head: Word
    words: tuple[Word, ...]
    kind: str
    plural: bool
    article: str
    modifiers: frozenset[str]
    owner: Word | None
    affiliation: str | None
    role: str
    text: str

    @property
    def noun(self) -> str:
        """The lemma of the noun, in lower case."""
        return self.head.lemma.lower()


def read_phrase(text: str, head: Word, lexicon: Lexicon) -> Phrase:
    """The phrase around a noun."""
    quantity = head.lower in lexicon.words["quantifiers"] and head.lower not in ("one", "another", "both")
    plural = quantity or head.has_feature("Number=Plur")
    people = _people(head, lexicon)
    twins = _twins(head)
    left = _left_words(head, twins)
    complements = _complements(head, lexicon)
    words = (*left, head, *(word for complement in complements for word in complement))
    owner = next((child for child in head.children if child.deprel == "nmod:poss"), None) or _possessor(left)
    core = [word for word in left if not _outside_role(word, owner)]
    each = any(child.udeprel == "det" and child.lower in EACH for child in head.children)
    affiliation, kept = _affiliation(text, owner, complements, lexicon)
    role_words = [*core, head, *kept]
    return Phrase(
        head=head,
        words=words,
        kind=_kind(head, people, lexicon, plural=plural, each=each),
        plural=plural or each or (people is not None and head.lower not in ("one", "another")),
        article=_article(head, twins),
        modifiers=frozenset(without_possessive(word.lower) for word in core if word.form[0].isalnum()),
        owner=owner,
        affiliation=affiliation or body_before(text, core),
        role=text[role_words[0].start : role_words[-1].end],
        text=_printed(text, words, lexicon),
    )


def _kind(head: Word, people: Word | None, lexicon: Lexicon, *, plural: bool, each: bool) -> str:
    if people is not None and head.lower in ("one", "another"):
        return "person"
    if people is not None:
        kind = lexicon.kind(people)
        if kind is None and people.upos == "NOUN" and not is_capital(people):
            return "unknown"  # thousands of shootings
        return "group" if kind in (None, "person", "organization") else kind
    kind = lexicon.kind(head)
    if kind is not None:
        return "group" if kind == "person" and each else kind
    if AGED.fullmatch(head.lower) or (
        head.lower in ("old", "olds") and head.child("nummod", "compound", "obl:unmarked") is not None
    ):
        return "group" if plural else "person"
    if head.lower in lexicon.words["quantifiers"] or (plural and is_capital(head) and head.upos == "PROPN"):
        return "group"
    return "unknown"


def _people(head: Word, lexicon: Lexicon) -> Word | None:
    """The people of *a majority of voters*: what a noun of quantity counts."""
    if head.lemma.lower() not in lexicon.words["part_nouns"] and head.lower not in lexicon.words["part_nouns"]:
        return None
    for child in head.children_by("nmod"):
        case = child.child("case")
        if case is not None and case.lower in ("of", "among") and child.precedes(head) is False:
            return child
    return None


def _left_words(head: Word, twins: Sequence[Word]) -> list[Word]:
    """The unbroken words of the phrase before its noun."""
    words = head.sentence.words
    tops = [child for child in head.children if child.id < head.id and _may_stand_before(child)]
    inside = {id(word) for top in (*tops, *twins) for word in (top.descendants() if top.children else (top,))}
    place = head.id - 1
    while place > 0 and (id(words[place - 1]) in inside or _hyphen(words, place - 1)):
        place -= 1
    found = list(words[place : head.id - 1])
    while found and (found[0].upos in SMALL or found[0].udeprel in ("case", "fixed")):
        found = found[1:]
    return found


def _twins(head: Word) -> list[Word]:
    """Words of the same phrase that the parser made subjects beside its head: *the port* | *official* said."""
    if head.udeprel != "nsubj" or head.parent is None:
        return []
    words = head.sentence.words
    return [
        word
        for word in head.parent.children_by("nsubj")
        if word.id < head.id and not any(between.upos == "PUNCT" for between in words[word.id : head.id])
    ]


def _possessor(left: list[Word]) -> Word | None:
    """The last word before the noun that bears a possessive ending, where the tree does not call it an owner."""
    return next((word for word in reversed(left) if is_possessive(word)), None)


def _may_stand_before(child: Word) -> bool:
    measured = child.deprel == "obl:unmarked"  # the 54-year-old, in five words
    return (child.udeprel in BEFORE or measured) and child.upos != "PART"


def _hyphen(words: tuple[Word, ...], place: int) -> bool:
    return words[place].form in ("-", "–") and place > 0 and words[place - 1].end == words[place].start


def _complements(head: Word, lexicon: Lexicon) -> list[list[Word]]:
    """What follows the noun within its phrase: *of voters*, *for the agency*, *familiar with the matter*."""
    found: list[list[Word]] = []
    end = head.end
    for child in head.children:
        if child.id < head.id:
            continue
        if child.udeprel == "case" and child.lower in ("'s", "'"):
            continue
        case = child.child("case")
        if child.udeprel == "nmod" and (
            case is None
            or case.lower not in lexicon.words["phrase_prepositions"]
            or without_possessive(child.lower) in lexicon.words["calendar_words"]
        ):
            break
        if child.udeprel not in ("nmod", "amod"):
            break
        inner = child.descendants(without=[word for word in child.descendants() if word.udeprel in LOOSE])
        if not inner or inner[0].start > end + 1:
            break
        found.append(_whole_entity(_trimmed(inner)))
        end = found[-1][-1].end
    return found


def _whole_entity(kept: list[Word]) -> list[Word]:
    """The words with the rest of the name that they end in: *Coast Today*, of which the tree may part *Today*."""
    words, last = kept[-1].sentence.words, kept[-1]
    while last.id < len(words) and last.upos == "PROPN":
        after = words[last.id]
        tied = after.udeprel in ("flat", "compound", "nmod:unmarked") or after.deprel == "nmod:unmarked"
        same = after.ner[:2] in ("I-", "E-") and after.ner[2:] == last.ner[2:]
        if after.upos != "PROPN" or not is_capital(after) or is_possessive(last) or not (same or tied):
            break
        kept, last = [*kept, after], after
    return kept


def _trimmed(words: list[Word]) -> list[Word]:
    """The words up to the first gap or bracket, without closing punctuation."""
    kept: list[Word] = []
    for word in words:
        clause = word.upos in ("AUX", "SCONJ") or word.has_feature("VerbForm=Fin") or word.has_feature("PronType=Rel")
        if kept and word.lower in ("a", "an") and kept[-1].upos == "CCONJ":
            break
        if kept and (word.id != kept[-1].id + 1 or clause or (word.upos == "PUNCT" and word.form not in INSIDE)):
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1].upos in ("PUNCT", "CCONJ", "ADP"):
        kept.pop()
    return kept


def _outside_role(word: Word, owner: Word | None) -> bool:
    if word.udeprel == "det" or word.upos == "DET":
        return True
    return owner is not None and (word.id <= owner.id or owner in word.ancestors())


def _affiliation(
    text: str, owner: Word | None, complements: list[list[Word]], lexicon: Lexicon
) -> tuple[str | None, list[Word]]:
    """The body that a role belongs to, and the words after the noun that stay part of the role."""
    kept: list[Word] = []
    for complement in complements:
        case = complement[0]
        if case.lower in lexicon.words["affiliation_prepositions"] and len(complement) > 1:
            body = complement[1:]
            people = any(lexicon.kind(word) == "person" for word in body)
            top = next(word for word in complement if word.head not in {other.id for other in complement})
            if is_capital(top) or (case.lower in ("for", "at", "with") and not people):
                return _without_article(text, body), kept
        kept += complement
    if owner is None or owner.upos == "PRON":
        return None, kept
    named = [owner, *(word for word in owner.descendants(add_self=False) if word.udeprel == "flat")]
    last = max(word.id for word in named)
    words = [word for word in owner.sentence.words[:last] if word is owner or owner in word.ancestors()]
    if owner.deprel != "nmod:poss":
        words = _named_before(owner)
    return _without_article(text, words), kept


def _named_before(owner: Word) -> list[Word]:
    """The owner with the words of its name before it."""
    words = owner.sentence.words
    place = owner.id - 1
    while place > 0 and words[place - 1].head in (owner.id, owner.head) and words[place - 1].upos == "PROPN":
        place -= 1
    return list(words[place : owner.id])


def _without_article(text: str, words: list[Word]) -> str:
    while len(words) > 1 and words[0].upos == "DET":
        words = words[1:]
    last = words[-1]
    return text[words[0].start : last.start + len(without_possessive(last.form))]


def body_before(text: str, core: list[Word]) -> str | None:
    """The body named inside a role: *Harbour Times* in ``Harbour Times reporter``."""
    named = [word for word in core if word.ner.endswith("-ORG")]
    if not named:
        return None
    first = named[0]
    while first is not core[0] and is_capital(before := first.sentence.words[first.id - 2]) and before.upos != "DET":
        first = before
    return text[first.start : named[-1].start + len(without_possessive(named[-1].form))]


def _article(head: Word, twins: Sequence[Word]) -> str:
    """definite, indefinite, or bare."""
    children = [child for word in (head, *twins) for child in word.children]
    for child in sorted(children, key=lambda word: word.id) if twins else children:
        if child.id > head.id:
            break
        if child.deprel == "nmod:poss" or (child.udeprel == "det" and child.lower in DEFINITE):
            return "definite"
        if child.udeprel in ("det", "nummod") and child.lower in INDEFINITE:
            return "indefinite"
    return "bare"


def _printed(text: str, words: tuple[Word, ...], lexicon: Lexicon) -> str:
    """The words as printed; a small word that only stands first in its sentence loses its capital."""
    printed = " ".join(text[words[0].start : words[-1].start + len(without_possessive(words[-1].form))].split())
    first = words[0]
    if first.id == 1 or not first.form[1:].isupper():
        small = first.upos in ("DET", "PRON", "NUM", "ADV") or first.lower in lexicon.words["quantifiers"]
        if small and first.form[:1].isupper() and not first.form[1:2].isupper():
            return printed[0].lower() + printed[1:]
    return printed
