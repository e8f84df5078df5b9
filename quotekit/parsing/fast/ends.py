"""Where sentences end: a network over the words of a paragraph, beside what the tokeniser says of its letters.

Letters tell most ends, but where no mark stands (*They met at 4 p.m. Monday was a holiday*) it takes the words around.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch

from quotekit.parsing.fast.reading import Reader, ReadingNetwork, Vectors, network_of

# A tokeniser's model may name a network of ends as its dependency in resources.json; Stanza hands on where that lies.
MODEL = "ends_path"
# The network has learned from stretches of so many words, and reads longer paragraphs in such.
MOST_WORDS = 200
# An address of 1,000 letters is read no further than this.
MOST_LETTERS = 60
SPACES = 2  # what the network knows of a word beside its form
_STOPS, _PAUSES = ".?!", ",;:"


class Placed(NamedTuple):
    """A word of a paragraph, and whether white space stands before and behind it; the paragraph's edges are such."""

    form: str
    before: bool
    behind: bool


class Ends:
    """Tells of each word how likely a sentence ends with it."""

    def __init__(self, network: ReadingNetwork, vectors: Vectors) -> None:
        self._read = Reader(network, Signed(vectors))

    def __call__(self, paragraphs: Sequence[Sequence[Placed]]) -> list[Any]:
        """The log-odds of each word of each paragraph."""
        forms = [[word.form[:MOST_LETTERS] for word in part] for words in paragraphs for part in parts(words)]
        spaces = torch.tensor([word[1:] for words in paragraphs for word in words], dtype=torch.float)
        odds = self._read(forms, spaces)[:, 0]
        return list(odds.split([len(words) for words in paragraphs]))


class Signed:
    """The vectors of forms, and behind them their signs."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @property
    def width(self) -> int:
        """How many numbers a form has."""
        return self._vectors.width + len(signs(""))

    def __call__(self, forms: Sequence[str]) -> Any:
        """One row for each of these different forms."""
        return torch.cat(
            [self._vectors(forms), torch.tensor([signs(form) for form in forms], dtype=torch.float)], dim=1
        )


def sentence_ends(processor: Any, vectors: Vectors) -> Ends | None:
    """What tells sentences' ends, where this tokeniser comes with a network for these vectors of forms."""
    path = processor.config.get(MODEL)
    network = network_of(torch.load(Path(path), map_location="cpu", weights_only=True)) if path else None
    fits = network is not None and network.width == SPACES + Signed(vectors).width
    return Ends(network, vectors) if network and fits else None


def signs(form: str) -> tuple[bool, ...]:
    """What letters a form has: capitals, figures, and the marks that may end a sentence or do not."""
    first = form[:1]
    return (
        first.isupper(),
        form.isupper() and len(form) > 1,
        form.islower(),
        first.isdigit(),
        not any(letter.isalnum() for letter in form),
        form in _STOPS,
        form in _PAUSES,
        len(form) == 1,
    )


def parts(words: Sequence[Placed]) -> list[Sequence[Placed]]:
    """The words in stretches that are not too long."""
    return [words[start : start + MOST_WORDS] for start in range(0, len(words), MOST_WORDS)]
