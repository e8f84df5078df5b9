"""What holds for every text, however odd its marks, and how long finding them may take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit.marks import MarkedSpan, find_marks
from quotekit.marks.glyphs import GLYPHS
from tests.timing import seconds

MARK_SIGNS = [*sorted(GLYPHS), "&quot;", "&rsquo;"]
OTHER_SIGNS = [
    "the",
    "s",
    "tis",
    "Go",
    "90s",
    "6",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "-",
    "—",
    "(",
    ")",
    "*",
    "<b>",
    "船",
    "é",
    "🌊",
]
LINES = st.lists(st.sampled_from(MARK_SIGNS + OTHER_SIGNS), max_size=25).map("".join)
TEXTS = st.lists(st.sampled_from([*MARK_SIGNS, *OTHER_SIGNS, "\n", "\n\n", "\r\n", "\u2029"]), max_size=60).map("".join)


def shape(span: MarkedSpan, shift: int = 0) -> tuple[int, int, int, int, str, int, bool]:
    edges = (span.start + shift, span.end + shift, span.inner_start + shift, span.inner_end + shift)
    return (*edges, span.kind, span.depth, span.closed)


@given(TEXTS | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_and_nest(text: str) -> None:
    marks = find_marks(text)
    open_spans: list[MarkedSpan] = []
    for index, span in enumerate(marks.spans):
        assert span.index == index
        assert 0 <= span.start < span.inner_start < span.inner_end <= span.end <= len(text)
        assert span.closed == (span.inner_end < span.end)
        assert text[span.inner_start : span.inner_end].strip()
        while open_spans and open_spans[-1].end <= span.start:
            open_spans.pop()
        assert span.parent == (open_spans[-1].index if open_spans else None)
        assert span.depth == len(open_spans)
        assert not open_spans or (open_spans[-1].inner_start <= span.start and span.end <= open_spans[-1].inner_end)
        assert marks.spans[span.chain].chain == span.chain <= index
        open_spans.append(span)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_answers_agree_with_the_spans(text: str) -> None:
    marks = find_marks(text)
    for place in range(-1, len(text) + 1):
        holding = [span for span in marks.spans if span.inner_start <= place < span.inner_end]
        assert marks.at(place) == (holding[-1] if holding else None)
        assert marks.outermost_at(place) == (holding[0] if holding else None)
        ends = [(span.start, span.inner_start) for span in marks.spans] + [(s.inner_end, s.end) for s in marks.spans]
        assert marks.is_mark(place) == any(start <= place < end for start, end in ends)
        assert not marks.is_mark(place) or place not in marks.strays


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_marks(text: str) -> None:
    assert find_marks(text) == find_marks(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_paragraph_before_shifts_everything_by_its_length(text: str) -> None:
    prefix = "Some words.\n\n"
    shifted = find_marks(prefix + text)
    plain = find_marks(text)
    assert [shape(span) for span in shifted.spans] == [shape(span, len(prefix)) for span in plain.spans]
    assert [span.chain for span in shifted.spans] == [span.chain for span in plain.spans]
    assert shifted.strays == tuple(place + len(prefix) for place in plain.strays)


@given(LINES, LINES, st.sampled_from(MARK_SIGNS), st.integers(0, 25))
@settings(max_examples=300, deadline=None)
def test_a_stray_mark_never_changes_the_next_paragraph(one: str, other: str, mark: str, place: int) -> None:
    broken = one[:place] + mark + one[place:]
    assert _of_second(one, other) == _of_second(broken, other)


def _of_second(one: str, other: str) -> list[tuple[int, int, int, int, str, int, bool]]:
    start = len(one) + 2
    return [shape(span, -start) for span in find_marks(f"{one}\n\n{other}").spans if span.start >= start]


@given(st.lists(LINES, max_size=5))
@settings(max_examples=100, deadline=None)
def test_spans_never_cross_a_blank_line(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    for span in find_marks(text).spans:
        assert "\n\n" not in text[span.start : span.end]


def _seconds(text: str) -> float:
    return seconds(lambda: find_marks(text).at(len(text) // 2))


HARD = {
    "row": '"',
    "spaced": '" ',
    "opening": '"a ',
    "curly": "“a ",
    "closing": 'a" ',
    "apostrophes": "the pilots' ",
    "mixed": "“ ‘ \" ' « ",
    "doubled": "''a ",
    "lines": "“a\n",
    "paragraphs": '"a.\n\n',
    "tags": "<a ",
    "spaces": '"' + " " * 50,
}


@pytest.mark.parametrize("pattern", HARD.values(), ids=HARD)
def test_four_times_the_marks_take_no_sixteen_times_the_time(pattern: str) -> None:
    short, long = (pattern * (length // len(pattern)) for length in (3_000, 12_000))
    assert _seconds(long) / _seconds(short) < 9


def test_a_long_dialogue_takes_no_time_to_speak_of() -> None:
    paragraph = (
        "“The pilots’ boat is ‘late’ again,” said Okafor, who’s run the owners’ pier since the ’90s. " * 3
        + "It will be mended, she said, when the money comes, and not a day before that, whatever they promise. " * 4
    )
    assert _seconds(f"{paragraph}\n\n" * (200_000 // len(paragraph))) < 2.0
