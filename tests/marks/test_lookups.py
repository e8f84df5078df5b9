"""Questions about a place in the text, and what the spans say of themselves."""

from __future__ import annotations

from quotekit.marks import Marks, find_marks

TEXT = "Okafor: “I heard ‘go’ twice,” and left. “Gone.”"
OUTER, INNER, LAST = find_marks(TEXT).spans
MARKS = find_marks(TEXT)


def test_a_span_counts_its_marks_outside_and_not_inside() -> None:
    assert TEXT[OUTER.start : OUTER.end] == "“I heard ‘go’ twice,”"
    assert TEXT[OUTER.inner_start : OUTER.inner_end] == "I heard ‘go’ twice,"
    assert TEXT[INNER.start : INNER.end] == "‘go’"


def test_a_span_knows_its_place_among_the_others() -> None:
    assert [span.index for span in MARKS.spans] == [0, 1, 2]
    assert [span.depth for span in MARKS.spans] == [0, 1, 0]
    assert [span.parent for span in MARKS.spans] == [None, 0, None]
    assert [span.chain for span in MARKS.spans] == [0, 1, 2]
    assert [span.kind for span in MARKS.spans] == ["double", "single", "double"]
    assert MARKS.outermost == (OUTER, LAST)


def test_the_kind_is_that_of_the_opening_mark() -> None:
    text = "“a” ‘b’ \"c\" 'd' «e» ‹f› „g“ ‚h‘ 「i」 『j』 ``k'' `l' ''m''"
    kinds = [span.kind for span in find_marks(text).spans]
    assert kinds == [
        *["double", "single", "double", "single", "angle", "angle", "low9", "low9", "cjk", "cjk"],
        *["latex", "latex", "double"],
    ]


def test_at_gives_the_innermost_span_and_no_span_on_its_marks() -> None:
    assert MARKS.at(TEXT.index("heard")) == OUTER
    assert MARKS.at(TEXT.index("go")) == INNER
    assert MARKS.at(TEXT.index("‘")) == OUTER
    assert MARKS.at(TEXT.index("“")) is None
    assert MARKS.at(TEXT.index("and left")) is None
    assert MARKS.at(0) is None
    assert MARKS.at(len(TEXT)) is None


def test_outermost_at_looks_past_inner_spans() -> None:
    assert MARKS.outermost_at(TEXT.index("go")) == OUTER
    assert MARKS.outermost_at(TEXT.index("Gone")) == LAST
    assert MARKS.outermost_at(TEXT.index("left")) is None


def test_is_mark_knows_every_character_of_a_mark_and_no_apostrophe() -> None:
    text = "``It's late,'' she said &quot;again&quot;."
    marks = find_marks(text)
    assert "".join(char for place, char in enumerate(text) if marks.is_mark(place)) == "``''&quot;&quot;"


def test_in_paragraph_gives_the_outermost_spans_that_open_there() -> None:
    assert MARKS.in_paragraph(0, len(TEXT)) == (OUTER, LAST)
    assert MARKS.in_paragraph(OUTER.start + 1, len(TEXT)) == (LAST,)
    assert MARKS.in_paragraph(0, OUTER.start) == ()


def test_the_paragraphs_of_a_quotation_share_a_chain() -> None:
    marks = find_marks("“One.\n\n“Two.\n\n“Three,” he said.\n\n“No,” she said.")
    assert [span.chain for span in marks.spans] == [0, 0, 0, 3]


def test_strays_are_the_marks_that_belong_to_no_span() -> None:
    text = 'Late,” she said. The pilots’ 6" rope is ‘short’.'
    assert find_marks(text).strays == (text.index("”"),)


def test_other_words_than_english_may_begin_with_an_apostrophe() -> None:
    text = "Hij zei 'k weet het, 'k weet het."
    assert find_marks(text, frozenset(["'k"])) == Marks(())


def test_nothing_comes_of_nothing() -> None:
    for text in ("", " ", "\n\n", "No marks at all."):
        assert find_marks(text) == Marks(())
    assert find_marks("").at(0) is None
