"""Chunks: what goes through the parser at once, made of the paragraphs of many texts or of a part of a long one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from quotekit.parsing.shadow import Shadow

_Item = TypeVar("_Item")

# Characters that go through the processors at once. Fewer make Stanza's batches small, more only take memory.
CHUNK_CHARACTERS = 200_000
# The tokeniser lays all paragraphs of a batch out at the length of the longest. Paragraphs of news stay under 2,000.
MAX_PARAGRAPH = 10_000
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text, or a part of one: ``[start, end)`` in its shadow, ``base`` in the chunk's text."""

    text: int
    opening: int  # where the whole paragraph starts
    start: int
    end: int
    base: int = 0

    @property
    def shift(self) -> int:
        """What leads from an offset in the chunk to one in the shadow."""
        return self.start - self.base


@dataclass(frozen=True, eq=False)
class Chunk:
    """Paragraphs with blank lines between them, as one text for the tokeniser."""

    text: str
    paragraphs: Sequence[Paragraph]

    @cached_property
    def _bases(self) -> list[int]:
        return [paragraph.base for paragraph in self.paragraphs]

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that this offset of the chunk's text lies in."""
        return self.paragraphs[bisect_right(self._bases, offset) - 1]


def chunks(shadows: Sequence[Shadow]) -> Iterator[Chunk]:
    """The texts' paragraphs in order, in chunks of about ``CHUNK_CHARACTERS``."""
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    base = 0
    for index, shadowed in enumerate(shadows):
        for opening, start, end in _parts(shadowed):
            if texts and base + end - start > CHUNK_CHARACTERS:
                yield Chunk("\n\n".join(texts), paragraphs)
                texts, paragraphs, base = [], [], 0
            paragraphs.append(Paragraph(index, opening, start, end, base))
            texts.append(shadowed.text[start:end])
            base += end - start + 2
    if texts:
        yield Chunk("\n\n".join(texts), paragraphs)


def batches(items: Iterable[_Item], *, size: Callable[[_Item], int]) -> Iterator[list[_Item]]:
    """The items in lists that fill a chunk, so that a stream of articles is parsed together and never all held."""
    batch: list[_Item] = []
    total = 0
    for item in items:
        if batch and total + size(item) > CHUNK_CHARACTERS:
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size(item)
    if batch:
        yield batch


def _parts(shadowed: Shadow) -> Iterator[tuple[int, int, int]]:
    """The paragraphs of a text as ``(opening, start, end)``, very long ones cut at the end of a sentence or a word."""
    for opening, end in shadowed.paragraphs():
        start = opening
        while end - start > MAX_PARAGRAPH:
            cut = _cut(shadowed.text, start, start + MAX_PARAGRAPH)
            yield opening, start, cut
            start = cut
        yield opening, start, end


def _cut(text: str, start: int, limit: int) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, limit)]
    space = text.rfind(" ", start + 1, limit)
    return ends[-1] if ends else space + 1 if space > 0 else limit
