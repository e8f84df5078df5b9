"""What the stages say of words: the columns of CoNLL-U. ``_`` is what Stanza writes for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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


Forms = Sequence[Sequence[str]]
