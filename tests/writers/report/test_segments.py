"""The running text in segments: cut at every border, nothing lost but blank lines, and each with what covers it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.writers.report.segments import LONGEST_BLOCK, Part, blocks, cut


def shown(text: str, *parts: tuple[int, int, str]) -> list[list[str]]:
    """The blocks as ``text:names``, the names of the parts that cover it."""
    made = [Part(start, end, name, 1) for start, end, name in parts]
    return [
        [f"{segment.text}:{''.join(part.role for part in segment.parts)}" for segment in block]
        for block in cut(text, made)
    ]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("no quotes", [], [["no quotes:"]]),
        ("abcdef", [(1, 3, "x")], [["a:", "bc:x", "def:"]]),
        # nested
        ("abcdef", [(0, 6, "x"), (2, 4, "y")], [["ab:x", "cd:xy", "ef:x"]]),
        # crossing
        ("abcdef", [(0, 4, "x"), (2, 6, "y")], [["ab:x", "cd:xy", "ef:y"]]),
        # the same place twice, and one that begins where another ends
        ("abcd", [(0, 2, "x"), (0, 2, "y"), (2, 4, "z")], [["ab:xy", "cd:z"]]),
        # over a blank line, beginning in it, ending in it
        ("ab\n\ncd", [(1, 5, "x")], [["a:", "b:x"], ["c:x", "d:"]]),
        ("ab\n\ncd", [(3, 5, "x")], [["ab:"], ["c:x", "d:"]]),
        ("ab\n\ncd", [(1, 3, "x")], [["a:", "b:x"], ["cd:"]]),
        # line ends of all kinds; one alone is no blank line
        ("ab\r\ncd", [], [["ab\r\ncd:"]]),
        ("ab\r\n \t\r\ncd\r\rde\n\n\n", [], [["ab:"], ["cd:"], ["de:"]]),
        # nothing to show
        ("", [], []),
        (" \n\n ", [], []),
        ("ab", [(1, 1, "x")], [["ab:"]]),
        # an override is by itself, so that it can be shown as a sign
        ("a\u202eb", [(0, 3, "x")], [["a:x", "\u202e:x", "b:x"]]),
    ],
)
def test_cases(text: str, parts: list[tuple[int, int, str]], expected: list[list[str]]) -> None:
    assert shown(text, *parts) == expected


def test_a_long_text_without_blank_lines_is_parted_at_its_lines() -> None:
    turn = "HOST: " + "and then " * 50
    text = "\n".join([turn] * 20)
    assert len(text) > LONGEST_BLOCK
    assert len(list(blocks(text))) == 20
    assert len(list(blocks(turn))) == 1


texts = st.text(alphabet="ab “”\n\r\u202e🌊", max_size=60)


@given(st.data())
def test_every_character_is_there_once_and_has_what_covers_it(data: st.DataObject) -> None:
    text = data.draw(texts)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    parts = [
        Part(min(place), max(place), "content", owner)
        for owner, place in enumerate(data.draw(st.lists(places, max_size=8)))
    ]
    stops = data.draw(st.lists(st.integers(0, len(text)), max_size=5))
    segments = [segment for block in cut(text, parts, stops) for segment in block]
    seen = [place for segment in segments for place in range(segment.start, segment.end)]
    assert seen == sorted(set(seen))
    assert "".join(text[place] for place in range(len(text)) if place not in set(seen)).strip() == ""
    for segment in segments:
        assert segment.text == text[segment.start : segment.end] != ""
        covering = {part for part in parts if part.start <= segment.start and segment.end <= part.end}
        assert set(segment.parts) == covering - {part for part in parts if part.start == part.end}
        assert not any(
            segment.start < place < segment.end
            for part in parts
            for place in (part.start, part.end)
            if part.start < part.end
        )
        assert not any(segment.start < stop < segment.end for stop in stops)
