"""The tokeniser's second opinion, asked only where the first is in doubt, and paragraphs too long to read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.parsing.models import find_model

if TYPE_CHECKING:
    from quotekit.parsing.fast.letters import Stretch

pytestmark = pytest.mark.model

# A sentence ends behind “p.m.” or it does not: nothing but the sense of the rest tells.
DOUBTFUL = "They met at 4 p.m. Monday was a holiday."
SURE = "They met at noon. The harbour opened again on Monday."


@pytest.fixture(scope="module")
def tokenize() -> Any:
    from quotekit.parsing.stanza_parser import _load

    return _load(find_model()).processors["tokenize"]


class OneSentence:
    """A judge to whom every stretch is one sentence of one word; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, stretches: list[Stretch]) -> list[Any]:
        import numpy as np

        from quotekit.parsing.fast.letters import Verdicts

        self.asked += [stretch.letters for stretch in stretches]
        return [Verdicts(np.zeros(stretch.end - stretch.start, dtype=int), False) for stretch in stretches]


def found(tokens: Any, text: str) -> list[list[str]]:
    import torch

    with torch.inference_mode():
        return [[token.text for token in sentence] for sentence in tokens(text)]


def test_the_bundled_tokeniser_comes_with_a_second_model(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import second_judge

    assert second_judge(tokenize) is not None


def test_a_second_model_judges_where_the_first_is_in_doubt(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import FastTokens

    tokens = FastTokens(tokenize)
    tokens._second = second = OneSentence()  # type: ignore[assignment]
    words = found(tokens, f"{SURE}\n\n{DOUBTFUL}\n\n{SURE}")
    assert second.asked == [DOUBTFUL]
    assert words == [*found(tokens, SURE), [DOUBTFUL], *found(tokens, SURE)]


def test_an_exact_tokeniser_asks_no_second_model(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import FastTokens

    assert FastTokens(tokenize, exact=True)._second is None


def test_a_long_paragraph_has_the_sentences_of_its_parts(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import MAX_LETTERS, FastTokens

    tokens = FastTokens(tokenize)
    parts = [f"On day {day} the harbour-master of Westlake counted {day + 40} boats, she said." for day in range(60)]
    assert len(" ".join(parts)) > 4 * MAX_LETTERS
    assert found(tokens, " ".join(parts)) == [sentence for part in parts for sentence in found(tokens, part)]


@given(st.integers(1, 6_000))
def test_stretches_judge_each_letter_once(size: int) -> None:
    from quotekit.parsing.fast.tokens import MAX_LETTERS, _stretches

    letters = "".join(chr(0x4E00 + i % 9_001) for i in range(size))
    stretches = list(_stretches(letters))
    assert "".join(stretch.letters[stretch.start : stretch.end] for stretch in stretches) == letters
    assert all(len(stretch.letters) <= MAX_LETTERS + 1 for stretch in stretches)
    assert [stretch.opens for stretch in stretches] == [True, *[False] * (len(stretches) - 1)]
    assert stretches[-1].closes
