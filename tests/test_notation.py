"""The bracket notation reads and writes what people write in cases, bug reports and `quotekit show`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.notation import NotedQuote, NotedText, parse_notation, write_notation


def words(noted: NotedText, quote: int, role: str) -> list[str]:
    return [noted.text[start:end] for start, end in getattr(noted.quotes[quote], role)]


def test_one_quote_without_numbers() -> None:
    noted = parse_notation("[S Jane Smith] [C said] that [Q taxes would rise].")
    assert noted.text == "Jane Smith said that taxes would rise."
    assert noted.quotes == (NotedQuote(None, source=((0, 10),), cue=((11, 15),), content=((21, 37),)),)


def test_several_pieces_are_several_spans_of_one_quote() -> None:
    noted = parse_notation("“[Q The pump],” [C says] [S Ida], “[Q is loud].”")
    assert words(noted, 0, "content") == ["The pump", "is loud"]


def test_numbered_quotes_nest() -> None:
    noted = parse_notation("[S1 Kim] [C1 said] [Q1 he heard [S2 Lee] [C2 say] [Q2 no]].")
    assert noted.text == "Kim said he heard Lee say no."
    assert words(noted, 0, "content") == ["he heard Lee say no"]
    assert words(noted, 1, "content") == ["no"]


def test_via_names_the_next_holder() -> None:
    noted = parse_notation("[Q The wall moved], [S Ortega] [C said], [V the Tribune] reported.")
    assert words(noted, 0, "via") == ["the Tribune"]


def test_an_unmarked_line_has_no_quotes() -> None:
    assert parse_notation("The pump is loud.") == NotedText("The pump is loud.", ())


def test_literal_brackets_and_backslashes() -> None:
    noted = parse_notation(r"[S Ann] [C wrote] “[Q teh \[sic\] file C:\\new\tmp]”")
    assert noted.text == "Ann wrote “teh [sic] file C:\\new\\tmp”"
    assert write_notation(noted.text, noted.quotes).startswith(r"[S Ann] [C wrote] “[Q teh \[sic\] file C:\\new")


def test_crossing_spans_are_written_in_touching_pieces_and_read_as_one() -> None:
    quotes = (NotedQuote(1, content=((0, 5),)), NotedQuote(2, content=((3, 8),)))
    marked = write_notation("abcdefghij", quotes)
    assert marked == "[Q1 abc[Q2 de]][Q2 fgh]ij"
    assert parse_notation(marked) == NotedText("abcdefghij", quotes)


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("[S Ann said [Q no].", "never closed"),
        ("Ann said no].", "closes nothing"),
        ("[X Ann] said", "opens no label"),
        ("[sic]", "opens no label"),
        ("[S ] said", "is empty"),
        ("[S1 Ann] [C said] [Q1 no]", "numbered"),
    ],
)
def test_a_slip_of_the_pen_is_told(marked: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        parse_notation(marked)


@st.composite
def noted_texts(draw: st.DrawFn) -> NotedText:
    """Any text, with any spans of any quotes: nested, crossing, equal; within one role apart from each other."""
    text = draw(st.text(alphabet="ab [](SCQ1\\\n“é🌊", max_size=40))
    count = draw(st.integers(0, 4))
    quotes = []
    for position in range(count):
        roles = {role: _spans_apart(draw, len(text)) for role in ("source", "cue", "content", "via")}
        if any(roles.values()):
            quotes.append((position + 1, roles))
    number = (lambda n: n) if len(quotes) > 1 else (lambda n: None)
    return NotedText(text, tuple(NotedQuote(number(n), **roles) for n, roles in quotes))


def _spans_apart(draw: st.DrawFn, length: int) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=4)))
    return tuple(zip(edges[0::2], edges[1::2], strict=False))


@given(noted_texts())
def test_what_is_written_is_read_back(noted: NotedText) -> None:
    assert parse_notation(write_notation(noted.text, noted.quotes)) == noted
