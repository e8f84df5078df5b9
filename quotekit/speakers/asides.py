"""What a text tells of a person in passing: the age between commas, the party in brackets."""

from __future__ import annotations

import re

from quotekit.speakers.figures import Figure
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.phrases import Phrase

_AGE_AFTER = re.compile(r"(?:, | \(| – | — )(?:aged )?(\d{1,3})(?=[,.;)]| –| —| and )")
_AGE_WITHIN = re.compile(r"\b(\d{1,3})[ ‐-]years?[ ‐-]olds?\b")
# (D-Ohio), (Lab, Leeds North), (SPD-Bremen): capitals that a hyphen or a comma parts.
_PARTY = re.compile(r" ?\(([A-Z][\w.]{0,5}(?:[-–]|, ?)[A-Z][\w.]*(?: [A-Z][\w.]*)*)\)")


def age_after(text: str, mention: NameMention) -> str | None:
    """The age that stands right after a name: *Tom Okafor, 54, swims*."""
    found = _AGE_AFTER.match(text, mention.end) if mention.label == "PERSON" else None
    return found.group(1) if found else None


def age_in(phrase: Phrase) -> str | None:
    """The age that a description gives: *the 54-year-old*."""
    found = _AGE_WITHIN.search(phrase.text)
    return found.group(1) if found else None


def party_after(text: str, mention: NameMention) -> str | None:
    """Party and place in brackets right after a name: *D-Ohio* of ``Maria Kessler (D-Ohio)``."""
    found = _PARTY.match(text, mention.end) if mention.label == "PERSON" else None
    return found.group(1) if found else None


class Ages:
    """Who is how old, as far as a text has told."""

    def __init__(self) -> None:
        self._told: dict[str, dict[int, tuple[Figure, int]]] = {}

    def learn(self, figure: Figure, age: str, start: int) -> None:
        """Remember an age from its place on."""
        self._told.setdefault(age, {}).setdefault(id(figure), (figure, start))

    def of(self, phrase: Phrase) -> tuple[Figure, ...]:
        """Those of the age that a definite description gives."""
        if phrase.article != "definite":
            return ()
        told = self._told.get(age_in(phrase) or "", {}).values()
        return tuple(figure for figure, start in told if start < phrase.head.start)
