"""Sentences by letters, by words where letters leave doubt, and of paragraphs too long to read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.parsing.models import find_model

if TYPE_CHECKING:
    from quotekit.parsing.fast.ends import Placed

pytestmark = pytest.mark.model

# A sentence ends behind “p.m.” or it does not: nothing but the sense of the rest tells.
DOUBTFUL = "They met at 4 p.m. Monday was a holiday."
SURE = "They met at noon. The harbour opened again on Monday."


@pytest.fixture(scope="module")
def tokenize() -> Any:
    from quotekit.parsing.stanza_parser import _load

    return _load(find_model()).processors["tokenize"]


class Fixed:
    """Gives every word the same log-odds of a sentence's end, and remembers what it was asked."""

    def __init__(self, odds: float) -> None:
        self.asked: list[str] = []
        self._odds = odds

    def __call__(self, paragraphs: list[list[Placed]]) -> list[Any]:
        import torch

        self.asked += [" ".join(word.form for word in words) for words in paragraphs]
        return [torch.full((len(words),), self._odds) for words in paragraphs]


def found(tokens: Any, text: str) -> list[list[str]]:
    import torch

    with torch.inference_mode():
        return [[token.text for token in sentence] for sentence in tokens(text)]


def test_words_are_asked_where_letters_leave_doubt(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import FastTokens

    tokens = FastTokens(tokenize)
    sure = found(tokens, SURE)
    assert len(sure) == 2
    for odds, sentences in ((-99.0, 1), (99.0, 10)):
        tokens._ends = ends = Fixed(odds)  # type: ignore[assignment]
        words = found(tokens, f"{SURE}\n\n{DOUBTFUL}\n\n{SURE}")
        assert ends.asked == ["They met at 4 p.m. Monday was a holiday ."]
        assert words[:2] == words[-2:] == sure
        assert len(words[2:-2]) == sentences
        assert [word for sentence in words[2:-2] for word in sentence] == ends.asked[0].split()


def test_a_word_that_ends_no_sentence_may_still_be_several(tokenize: Any) -> None:
    import torch

    from quotekit.parsing.fast.tokens import FastTokens

    text = "They met at 4 p.m. Monday they didn't."
    tokens = FastTokens(tokenize)
    for odds in (-99.0, 99.0):
        tokens._ends = Fixed(odds)  # type: ignore[assignment]
        with torch.inference_mode():
            sentences = list(tokens(text))
        assert len(sentences) == (1 if odds < 0 else 9)
        assert [token.text for sentence in sentences for token in sentence if token.several] == ["didn't"]


def test_words_know_the_space_around_them(tokenize: Any) -> None:
    from quotekit.parsing.fast.tokens import FastTokens

    tokens, given = FastTokens(tokenize), []
    tokens._ends = lambda paragraphs: given.extend(paragraphs) or Fixed(0.0)(paragraphs)  # type: ignore[assignment,func-returns-value]
    found(tokens, DOUBTFUL)
    assert [(word.form, word.before, word.behind) for word in given[0]] == [
        ("They", True, True),
        ("met", True, True),
        ("at", True, True),
        ("4", True, True),
        ("p.m.", True, True),
        ("Monday", True, True),
        ("was", True, True),
        ("a", True, True),
        ("holiday", True, False),
        (".", False, True),
    ]


def test_an_exact_tokeniser_asks_no_words(tokenize: Any) -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    assert StanzaParser()._stages.tokens._ends is not None  # type: ignore[attr-defined]
    assert StanzaParser(exact=True)._stages.tokens._ends is None  # type: ignore[attr-defined]


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
