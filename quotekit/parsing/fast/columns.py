"""What the stages say of words: the columns of CoNLL-U. ``_`` is what Stanza writes for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from quotekit.tree import Roles


class Tag(NamedTuple):
    """A word's part of speech, that of its own treebank, and its features."""

    upos: str
    xpos: str
    feats: str


class Relation(NamedTuple):
    """A word's head, counted from 1, and its relation to it; the head of the root is 0.

    A model of relations that was taught reports tells the word's roles with it.
    """

    head: int
    deprel: str
    roles: Roles | None = None


class Related(NamedTuple):
    """The relations of the words of each sentence, and what the parser has made of all words before it saw relations.

    The states have a row for each word, one sentence after the other; None where the stage does not give them.
    """

    relations: list[list[Relation]]
    states: Any = None


Forms = Sequence[Sequence[str]]
