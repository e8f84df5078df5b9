"""Words within tokens, and the places of words that are no slices of theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.language import load_language
from quotekit.parsing.alignment import cut_token
from quotekit.parsing.sentences import TextWords, Token
from quotekit.parsing.words import join_names, split_clitics

WORDS = TextWords.of(load_language("en").words)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("Lund's", "Lund 's"),
        ("O'Hara's", "O'Hara 's"),
        ("DON'T", "DO N'T"),
        ("can't", "ca n't"),
        ("she'd", "she 'd"),
        ("engineers'", "engineers '"),
        ("its", "its"),
        ("It's", "It 's"),
        ("1980's", "1980's"),
        ("'s", "'s"),
        ("rock'", "rock'"),
        ("n't", "n't"),
        ("Lund", "Lund"),
        ("'Mr", "' Mr"),
        ('"Lund', '" Lund'),
        ("'em", "'em"),
        ("'S", "'S"),
    ],
)
def test_short_forms_are_words(token: str, words: str) -> None:
    parts = split_clitics(
        [Token(token, 7, 7 + len(token), several=True)],
        WORDS.clitics,
        after_s=WORDS.clitics_after_s,
        never=WORDS.never_split,
    )
    assert [part.text for part in parts] == words.split()
    assert [part.start for part in parts] == [7, 7 + len(words.split()[0])][: len(parts)]
    assert parts[-1].end == 7 + len(token)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O' Malley", "O'Malley"),
        ("D' Souza 's", "D'Souza 's"),
        ("Lund 's Hill", "Lund 's Hill"),
        ("o' clock", "o' clock"),
    ],
)
def test_a_family_name_is_one_word(text: str, words: str) -> None:
    tokens, end = [], 0
    for part in text.split():
        tokens.append(Token(part, end, end + len(part)))
        end += len(part)
    joined = join_names(tokens, WORDS.name_openings)
    assert [token.text for token in joined] == words.split()
    assert (joined[0].start, joined[-1].end) == (0, end)


def test_a_family_name_behind_a_space_is_apart() -> None:
    tokens = [Token("O'", 0, 2), Token("Malley", 3, 9)]
    assert join_names(tokens, WORDS.name_openings) == tokens


@pytest.mark.parametrize(
    ("surface", "forms", "slices"),
    [
        ("don’t", ["do", "n't"], ["do", "n’t"]),
        ("Cannot", ["can", "not"], ["Can", "not"]),
        ("du", ["de", "le"], ["d", "u"]),
        ("dámelo", ["da", "me", "lo"], ["dá", "me", "lo"]),
        ("co\u00adoperate", ["cooperate"], ["co\u00adoperate"]),
        ("au", ["à", "le"], ["a", "u"]),
        ("x", ["x", "y"], ["x", "x"]),
    ],
)
def test_words_are_slices_of_their_token(surface: str, forms: list[str], slices: list[str]) -> None:
    assert [surface[start:end] for start, end in cut_token(surface, forms)] == slices


@given(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_slices_are_in_order_and_never_empty(surface: str, forms: list[str]) -> None:
    slices = cut_token(surface, forms)
    assert len(slices) == len(forms)
    assert all(0 <= start < end <= len(surface) for start, end in slices)
    if len(surface) >= len(forms):
        assert slices[0][0] == 0
        assert slices[-1][1] == len(surface)
        assert all(before[1] == after[0] for before, after in pairwise(slices))
