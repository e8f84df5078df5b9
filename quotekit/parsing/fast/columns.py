"""What the stages say of words: the columns of CoNLL-U. ``_`` is what Stanza writes for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Tag(NamedTuple):
    """A word's part of speech, that of its own treebank, and its features."""

    upos: str
    xpos: str
    feats: str


class Relation(NamedTuple):
    """A word's head, counted from 1, and its relation to it; the head of the root is 0."""

    head: int
    deprel: str


Forms = Sequence[Sequence[str]]
