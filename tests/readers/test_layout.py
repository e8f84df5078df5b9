"""Lines of printed pages become paragraphs: by distance, indentation, short lines and size, over columns and pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.readers.layout import Line, join_lines

HEIGHT = 10.0
PAGE = 800.0


def line(
    text: str, row: float, *, left: float = 50, right: float = 350, height: float = HEIGHT, is_parted: bool = False
) -> Line:
    """A line of 10 points; rows are 12 points apart, the first one 200 points below the top."""
    return Line(text, left, right, 600 - 12 * row, height, PAGE, is_parted)


def text(*lines: Line) -> str:
    return join_lines([lines])[0]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert text(line("one", 0), line("two", 1), line("three.", 2, right=90)) == "one two three."


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        pytest.param([line("Dear all", 0), line("one", 1), line("two", 2), line("next", 3.5)], 2, id="a larger distance"),
        pytest.param([line("A head", 0, height=14), line("one", 1.3), line("two", 2.3)], 2, id="another size"),
        pytest.param([line("one", 0), line("ends.", 1), line("Next", 2, left=62), line("two", 3)], 2, id="an indented line"),
        pytest.param([line("one", 0), line("ends.", 1, right=200), line("Next", 2), line("two", 3)], 2, id="a short last line"),
        pytest.param([line("one", 0), line("short", 1, right=200), line("goes on", 2)], 1, id="a short line within a sentence"),
        pytest.param([line("• one", 0), line("hangs", 1, left=60), line("on", 2, left=60)], 1, id="a hanging line"),
        pytest.param([line("one", 0), line("ends.", 1), line("Goes on", 2)], 1, id="a full line that ends a sentence"),
    ],
)  # fmt: skip
def test_a_paragraph_ends_where_the_print_shows_it(lines: list[Line], paragraphs: int) -> None:
    assert len(text(*lines).split("\n\n")) == paragraphs


def test_a_paragraph_runs_on_in_the_next_column() -> None:
    left = [line(f"left {row}", row, right=290) for row in range(3)]
    right = [line(f"right {row}", row, left=310, right=550) for row in range(3)]
    assert text(*left, *right) == "left 0 left 1 left 2 right 0 right 1 right 2"


def test_a_paragraph_that_ends_a_column_ends() -> None:
    assert (
        text(line("one", 0, right=290), line("ends.", 1, right=290), line("Next", 0, left=310, right=550))
        == "one ends.\n\nNext"
    )


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "joined"),
    [
        ("out", "last it", "", "outlast it"),
        ("un", "safe", "It is safe.", "unsafe"),
        ("well", "known", "This is well known.", "well-known"),
        ("well", "known", "A well-known man.", "well-known"),
        ("car", "pet", "A car, a pet, a carpet.", "carpet"),
        ("Anglo", "Saxon", "", "Anglo-Saxon"),
        ("mid", "1990s", "", "mid-1990s"),
    ],
)
def test_hyphens_are_mended_by_the_words_of_the_document(before: str, after: str, elsewhere: str, joined: str) -> None:
    assert text(line(before, 0, is_parted=True), line(after, 1), line(elsewhere or ".", 5)).split("\n\n")[0] == joined


class TestRunningHeads:
    HEAD, FOOT = -14.0, 47.0  # rows in the outer tenth of a page

    def pages(self, count: int, head: str, foot: str) -> list[list[Line]]:
        return [
            [
                line(head.replace("#", str(n)), self.HEAD),
                line(f"Page text {n}.", 5),
                line(foot.replace("#", str(n)), self.FOOT),
            ]
            for n in range(1, count + 1)
        ]

    def test_they_are_left_out(self) -> None:
        assert join_lines(self.pages(3, "The Post, volume #", "#"))[0] == "Page text 1.\n\nPage text 2.\n\nPage text 3."

    @pytest.mark.parametrize("foot", ["7", "- 7 -", "Page 7", "7 of 12", "7/12", "xii", "– 7 –"])
    def test_a_page_number_is_left_out_on_a_single_page(self, foot: str) -> None:
        assert text(line("The text.", 5), line(foot, self.FOOT)) == "The text."

    @pytest.mark.parametrize("foot", ["7 people came.", "Chapter ends here", "1066 and all that"])
    def test_other_words_at_the_edge_stay(self, foot: str) -> None:
        assert foot in text(line("The text.", 5), line(foot, self.FOOT))

    def test_what_is_repeated_within_the_page_stays(self) -> None:
        pages = [[line("No.", 5), line(f"Answer {n}.", 8)] for n in range(4)]
        assert join_lines(pages)[0].count("No.") == 4


@given(
    st.lists(
        st.lists(st.tuples(st.text("ab-. é🌊", min_size=1).filter(str.strip), st.booleans()), max_size=4), max_size=4
    )
)
def test_the_map_covers_every_line(pages: list[list[tuple[str, bool]]]) -> None:
    made = [[line(words.strip(), row, is_parted=parted) for row, (words, parted) in enumerate(page)] for page in pages]
    text, places = join_lines(made)
    assert [place.number for place in places] == [number for number, page in enumerate(pages, start=1) if page]
    for place in places:
        shown = text[place.start : place.end]
        lines = made[place.number - 1]
        assert shown.startswith(lines[0].text)
        assert shown.endswith(lines[-1].text)
        assert all(one.text in shown for one in lines)
