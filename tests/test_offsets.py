"""Offsets in every unit are what the programs that count so would count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotekit.offsets import MeasuredText, measure, places
from tests.timing import seconds


@given(st.text())
def test_places_are_the_lengths_of_what_stands_before(text: str) -> None:
    assert list(places(text, "codepoint")) == list(range(len(text) + 1))
    assert list(places(text, "utf8")) == [len(text[:end].encode()) for end in range(len(text) + 1)]
    assert list(places(text, "utf16")) == [len(text[:end].encode("utf-16-le")) // 2 for end in range(len(text) + 1)]


@given(st.text(), st.sampled_from(["codepoint", "utf16", "utf8"]), st.integers(0, 30), st.integers(0, 30))
def test_what_stands_at_a_measured_place_is_the_slice(text: str, unit: str, start: int, length: int) -> None:
    at = places(text, unit)
    start = min(start, len(text))
    end = min(start + length, len(text))
    assert MeasuredText(text, unit).at(at[start], at[end]) == text[start:end]
    assert measure(text, unit) == at[-1]


def test_five_million_characters_are_counted_in_seconds() -> None:
    assert seconds(lambda: places("“Full,” 🌊 " * 500_000, "utf8"), runs=1) < 5
