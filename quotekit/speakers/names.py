"""Matches names: what two writings share, which part is the family name, which initials make an acronym."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nameparser import HumanName

from quotekit.speakers.lexicon import without_possessive

NICKNAME_MARKS = '"“”'
NICKNAME = re.compile(f"[{NICKNAME_MARKS}][^{NICKNAME_MARKS}]+[{NICKNAME_MARKS}]")
LONG_GIVEN = 5  # letters of a given name that is spelt in two ways; of shorter ones, a letter makes another name
SHORT_GIVEN = 3  # letters that a shortened given name keeps at least: Dan for Daniel


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name, folded for comparison: its parts in order, which of them are the family name, its suffix.

    ``nickname`` is what stands in marks within the name, *Robert “Bobby” Scott*, and is none of its parts.
    """

    parts: tuple[str, ...]
    family: int
    suffix: str
    nickname: str = ""

    @property
    def given(self) -> str:
        return self.parts[0]

    @property
    def surname(self) -> tuple[str, ...]:
        return self.parts[self.family :]

    @property
    def middle(self) -> tuple[str, ...]:
        return self.parts[1 : self.family]


@lru_cache(maxsize=1 << 15)  # an article says the same names again and again
def fold(text: str) -> str:
    """The text without case, accents, full stops and possessive ending, for comparison only."""
    plain = unicodedata.normalize("NFKD", without_possessive(text.strip()))
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(kept.replace(".", " ").replace("’", "'").replace(",", " ").casefold().split())


@lru_cache(maxsize=1 << 15)
def fullness(text: str) -> int:
    """How full a name is: its parts, initials counting less."""
    return sum(2 if len(part.strip(".")) > 1 else 1 for part in text.split())


def without_article(text: str) -> str:
    """A name or description without case and article, to tell whether two readers would take for the same."""
    folded = fold(text)
    first, _, rest = folded.partition(" ")
    return rest if first in ("the", "a", "an") and rest else folded


@lru_cache(maxsize=4096)
def split_name(text: str) -> NameParts:
    """The parts of a person's name; ``nameparser`` tells suffixes and particles, order is that of the text."""
    nickname = NICKNAME.search(text)
    plain = NICKNAME.sub(" ", text).strip()
    if not plain:  # nothing but the nickname
        nickname, plain = None, text
    parsed = HumanName(" ".join(plain.split()))
    suffix = fold(parsed.suffix)
    tokens = tuple(fold(plain).split())
    if suffix and len(tokens) > 1 and " ".join(tokens).endswith(" " + suffix):
        tokens = tokens[: -len(suffix.split())]
    else:
        suffix = ""
    family = fold(parsed.last).split() if len(tokens) > 1 else list(tokens)
    length = len(family) if family and tokens[-len(family) :] == tuple(family) else 1
    called = fold(nickname[0].strip(NICKNAME_MARKS)) if nickname else ""
    return NameParts(tokens, max(len(tokens) - max(length, 1), 0), suffix, called)


def is_full(text: str, particles: frozenset[str], family_particles: frozenset[str]) -> bool:
    """Whether a name has a given and a family part: *Lucia Ortega*, *Al Ortega*; not *de la Cruz* or *De Soto*."""
    if len(split_name(text).parts) < 2:
        return False
    before = text.split()[: len(split_name(text).parts) - 1]
    return not all((part.islower() and part in particles) or part.lower() in family_particles for part in before)


def same_person(left: NameParts, right: NameParts) -> bool:
    """Whether two full names can be one person's: *Lucia Ortega*, *Lucia M. Ortega*, *L. Ortega*.

    A Jr. and a name without it are two people as far as the text tells.
    """
    if left.surname != right.surname or left.suffix != right.suffix:
        return False
    pairs = ((a, b) for a in (left.given, left.nickname) for b in (right.given, right.nickname) if a and b)
    if not any(same_given(a, b) for a, b in pairs):
        return False
    return all(same_given(a, b) for a, b in zip(left.middle, right.middle, strict=False))


def same_given(left: str, right: str) -> bool:
    """Whether two folded given names can be one: *Dan* and *Daniel*, *Kristin* and *Kristen*."""
    short, long = sorted((left, right), key=len)
    if short == long:
        return True
    if long.startswith(short):
        return len(short) == 1 or len(short) >= SHORT_GIVEN
    return _spelt_alike(left, right)


def _spelt_alike(left: str, right: str) -> bool:
    """Whether two given names differ in one letter inside: *Kristin* and *Kristen*, but not *Anna* and *Anne*."""
    if len(left) != len(right) or len(left) < LONG_GIVEN or left[0] != right[0] or left[-1] != right[-1]:
        return False
    return sum(a != b for a, b in zip(left, right, strict=True)) == 1


def misspelt(name: str, surnames: Iterable[str]) -> bool:
    """Whether a bare name is one of these surnames but for its last letter: *water* where *waters* is known."""
    return len(name) >= LONG_GIVEN and any(name in (known[:-1], known) or known == name[:-1] for known in surnames)


def short_forms(name: NameParts) -> dict[tuple[str, ...], str]:
    """The parts by which a full name may be called later, each with how: surname, given_name, or middle."""
    forms: dict[tuple[str, ...], str] = {}
    count = len(name.parts)
    for place in range(1, count):
        if len(name.parts[-place]) > 1:
            forms.setdefault(name.parts[count - place :], "surname")
    for place in range(1, count):
        forms.setdefault(name.parts[:place], "given_name")
    for part in name.parts[1:-1]:
        if len(part) > 1:
            forms.setdefault((part,), "middle")
    if name.nickname:
        forms.setdefault((name.nickname,), "given_name")
    return forms


def acronyms(text: str) -> frozenset[str]:
    """The initials a body may be called by, in capitals: with and without the small words between."""
    tokens = [token for token in text.replace("-", " ").replace("&", " ").split() if token[0].isalpha()]
    if len(tokens) < 2:
        return frozenset()
    capitals = "".join(token[0] for token in tokens if token[0].isupper())
    every = "".join(token[0].upper() for token in tokens if token.lower() != "the")
    return frozenset(initials for initials in (capitals, every) if len(initials) >= 2)


def as_acronym(text: str) -> str | None:
    """The letters of an acronym, *WHO* for ``W.H.O.``; None where the text is no acronym."""
    letters = text.replace(".", "")
    return letters if 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper() else None
