"""Sentences' ends told from words: the network's own sum, in stretches, and what the bundled model makes of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from quotekit import Extractor
from tests.parsing.reading import Drawn, drawn_network, plain_reading

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("no_gradients")]

WIDTH = 3


def placed(text: str) -> list[Any]:
    """The words of a text between blanks; ``_`` joins two between which there is none."""
    from quotekit.parsing.fast.ends import Placed

    words = [part for piece in text.split() for part in _parts(piece)]
    return [Placed(*word) for word in words]


def _parts(piece: str) -> Iterator[tuple[str, bool, bool]]:
    forms = piece.split("_")
    for i, form in enumerate(forms):
        yield form, i == 0, i == len(forms) - 1


PARAGRAPHS = ("The gate rose_. Nobody came", "Tickets_: 4 _EUR", "NO", "Ask at 12 Quay Street it opens at nine_!")


@pytest.fixture(scope="module")
def network() -> Any:
    from quotekit.parsing.fast.ends import SPACES, signs

    return drawn_network(SPACES + WIDTH + len(signs("")), 7, 1)


def plain_odds(network: Any, words: Sequence[Any]) -> Any:
    """The log-odds of the words of one paragraph, by PyTorch's own layers."""
    import torch

    from quotekit.parsing.fast.ends import signs

    forms = [word.form for word in words]
    spaces, own = (torch.tensor(rows).float() for rows in ([w[1:] for w in words], [signs(form) for form in forms]))
    return plain_reading(network, torch.cat([spaces, Drawn(WIDTH)(forms), own], 1))[:, 0]


def test_the_odds_are_those_of_pytorch_s_own_layers(network: Any) -> None:
    from quotekit.parsing.fast.ends import Ends

    words = [placed(text) for text in PARAGRAPHS]
    found = Ends(network, Drawn(WIDTH))(words)
    assert [len(odds) for odds in found] == [len(own) for own in words]
    for odds, own in zip(found, words, strict=True):
        # The network multiplies whole numbers where it can.
        assert (odds - plain_odds(network, own)).abs().max() < 0.1


def test_a_paragraph_s_odds_depend_on_no_other(network: Any) -> None:
    import torch

    from quotekit.parsing.fast.ends import Ends

    ends = Ends(network, Drawn(WIDTH))
    words = [placed(text) for text in PARAGRAPHS]
    for odds, own in zip(ends(words), words, strict=True):
        assert torch.allclose(odds, ends([own])[0], atol=1e-5)
    assert ends([]) == []


def test_a_long_paragraph_is_read_in_stretches(network: Any) -> None:
    import torch

    from quotekit.parsing.fast.ends import MOST_WORDS, Ends

    words = placed("The gate rose_. Nobody came_. " * 100)
    assert len(words) > 3 * MOST_WORDS
    ends = Ends(network, Drawn(WIDTH))
    alone = [ends([words[start : start + MOST_WORDS]])[0] for start in range(0, len(words), MOST_WORDS)]
    assert torch.allclose(ends([words])[0], torch.cat(alone), atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was late again | Nobody at the pier knew why",
        "The clinic of Dr. Osei in St. Maren opened at 8 a.m. on Jan. 5.",
        "“We waited,” she said. | “Nobody came!” | The gate stayed shut.",
        "Sens. Maria Ruiz and Tom Falk wrote to Orlen Corp. in May.",
    ],
)
def test_the_bundled_model_finds_the_ends(extractor: Extractor, text: str) -> None:
    sentences = text.split(" | ")
    [tree] = extractor._parser.parse([" ".join(sentences)])
    whole = tree.text
    assert [whole[sentence.words[0].start : sentence.words[-1].end] for sentence in tree.sentences] == sentences
