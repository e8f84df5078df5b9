"""Where words stand in a text: forms found in it one after the other, and a token cut into its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from quotekit.parsing.shadow import Shadow, rewrite

_BLANK = re.compile(r"\s*")


class Aligner:
    """Finds forms in a text from left to right; curly and straight marks, and all white space, count as alike."""

    def __init__(self, text: str) -> None:
        self._shadow: Shadow = rewrite(text)
        self._position = 0

    def next(self, form: str) -> tuple[int, int] | None:
        """The span of this form if the text goes on with it, else None; the next search starts behind it."""
        text = self._shadow.text
        start = end = _skip_blank(text, self._position)
        for piece in rewrite(form).text.split():
            end = _skip_blank(text, end)
            if not text.startswith(piece, end):
                return None
            end += len(piece)
        if end == start:
            return None
        self._position = end
        return self._shadow.original(start, end)

    def move(self, offset: int) -> None:
        """Go on at this offset of the original text."""
        starts = self._shadow.starts
        while self._position < len(starts) and starts[self._position] < offset:
            self._position += 1

    def ahead(self) -> str:
        """What the text goes on with, for a message."""
        start = _skip_blank(self._shadow.text, self._position)
        return self._shadow.text[start : start + 20]


def _skip_blank(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def cut_token(surface: str, forms: Sequence[str]) -> list[tuple[int, int]]:
    """The spans within a token of the words it stands for, none of them empty.

    ``don't`` → ``do`` + ``n't``; where the words are not slices of the token (*du* → *de* + *le*) the cuts fall where
    the letters of the words suggest them. Only a token with fewer letters than words gives two words the same letter.
    """
    if len(surface) < len(forms):
        return [(min(i, len(surface) - 1), min(i, len(surface) - 1) + 1) for i in range(len(forms))]
    cuts = _cuts(_folded("".join(forms)), _folded(surface), [len(form) for form in forms])
    for i in range(1, len(forms)):  # every word keeps at least one letter
        cuts[i] = min(max(cuts[i], cuts[i - 1] + 1), len(surface) - (len(forms) - i))
    return list(pairwise(cuts))


def _folded(text: str) -> str:
    """The text in lower case, letter by letter, so that offsets stay (``İ`` becomes two letters otherwise)."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text.replace("’", "'"))


def _cuts(joined: str, surface: str, lengths: Sequence[int]) -> list[int]:
    """Where the words' borders in ``joined`` fall in ``surface``, led through the letters that both share."""
    borders = [0]
    for length in lengths:
        borders.append(borders[-1] + length)
    if joined == surface:
        return borders
    blocks = SequenceMatcher(None, joined, surface, autojunk=False).get_matching_blocks()
    return [0, *(_carry(border, blocks) for border in borders[1:-1]), len(surface)]


def _carry(border: int, blocks: Sequence[tuple[int, int, int]]) -> int:
    nearest = 0
    for start, target, size in blocks:
        if border < start:
            break
        nearest = target + min(border - start, size)
    return nearest
