"""Keeps a body apart from its person: in *the Chamber of Trade's Lucy Ames*, the person is meant, not the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotekit.speakers.lexicon import POSSESSIVES, Lexicon, is_possessive, without_possessive
from quotekit.speakers.mentions import NameMention
from quotekit.tree import Word


def part_owners(
    mentions: Sequence[NameMention], lexicon: Lexicon
) -> tuple[list[NameMention], dict[int, NameMention], dict[int, str]]:
    """The mentions, each owner with its own head; the words that stand for a person; and the bodies of persons.

    Parsers often hang the person on the owner: *Chamber* is then the subject although *Lucy Ames* speaks.
    """
    parted = list(mentions)
    stand_for: dict[int, NameMention] = {}
    bodies: dict[int, str] = {}
    for place, (owner, person) in enumerate(pairwise(mentions)):
        if person.label != "PERSON" or owner.headline or not _owns(owner, person, lexicon):
            continue
        if _is_body(owner, lexicon):
            bodies[id(person)] = owner.text
        if _hangs_on(person.head, owner):
            stand_for[id(owner.head)] = person
            parted[place] = replace(owner, head=owner.words[-1])
    return parted, stand_for, bodies


def _owns(owner: NameMention, person: NameMention, lexicon: Lexicon) -> bool:
    """Whether nothing but a possessive ending, and perhaps a title, parts the two names."""
    last, first = owner.words[-1], person.words[0]
    if last.sentence is not first.sentence or last.id >= first.id:
        return False
    between = list(last.sentence.words[last.id : first.id - 1])
    ending = bool(between) and between[0].form in POSSESSIVES and between[0].upos == "PART"
    titles = between[1:] if ending else between
    return (ending or is_possessive(last)) and all(lexicon.title(word.form) is not None for word in titles)


def _is_body(owner: NameMention, lexicon: Lexicon) -> bool:
    """Whether the owner is a body that one can belong to: *Norbank*, *the Chamber of Trade*; not *New York*."""
    forms = {without_possessive(word.lower) for word in owner.words}
    named = not forms.isdisjoint(lexicon.words["organization_nouns"])
    return owner.label == "ORG" or named or (owner.label == "PLACE" and "of" in forms)


def _hangs_on(person: Word, owner: NameMention) -> bool:
    """Whether the tree has the person below the owner, or as a second subject beside it."""
    twin = person.udeprel == owner.head.udeprel == "nsubj" and person.head == owner.head.head
    return twin or any(person.parent is word for word in owner.words)
