"""Text → Tree. Whatever parses implements ``Parser``; the bundled implementation is ``stanza_parser.StanzaParser``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quotekit.tree import Tree


class Parser(Protocol):
    """Turns texts into trees whose words stand at exact places of the unchanged texts."""

    @property
    def name(self) -> str:
        """The parser and its version, such as ``stanza 1.15.0``."""

    @property
    def model(self) -> str:
        """The model and what tells its versions apart, such as ``quotekit f3f9d4323df0``."""

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        """The trees of these texts, in the same order."""
