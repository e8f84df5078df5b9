"""The rules of the attribution benchmark: what is a bin, a boundary, a kind of error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.dom.minidom import parseString

import pytest

from benchmarks.corpus import Item, Judged
from benchmarks.errors import boundary_kind, errors, miss_kind, source_kind
from benchmarks.plot import reliability_plot
from benchmarks.recall import Proposal, candidate_recall
from benchmarks.reliability import bins, calibration_error
from benchmarks.speech import Stretch, boundaries, distance, shape
from quotekit import Extractor
from quotekit.marks import find_marks
from quotekit.model import Article, Extraction
from tests.gold import gold_tree


def words(*places: int) -> frozenset[int]:
    return frozenset(places)


def item(content: range, source: frozenset[int] = frozenset(), cue: frozenset[int] = frozenset(), **more: Any) -> Item:
    given: dict[str, Any] = {"kind": "indirect", "spans": ((content.start, content.stop),)} | more
    return Item(frozenset(content), source, cue, **given)


def extraction_of(text: str) -> Extraction:
    return Extractor().extract_tree(Article(text, id="gull_1", source="-"), gold_tree(text))


def judged(text: str = "", **parts: Any) -> Judged:
    empty: dict[str, Any] = dict.fromkeys(("gold", "found", "nested", "pairs"), ())
    return Judged("gull_1", text, **({"extraction": None} | empty | parts))


def proposal(content: range, source: frozenset[int], *, likely: bool = True) -> Proposal:
    return Proposal(frozenset(content), source, "complement", 0.9 if likely else 0.1, likely)


# --- reliability


def test_a_bin_holds_its_lower_border_and_the_last_one_its_upper() -> None:
    filled = bins([(0.3, False), (0.7, True), (0.6999, True), (0.9, True), (1.0, True)])
    assert {one.low: one.count for one in filled if one.count} == {0.3: 1, 0.6: 1, 0.7: 1, 0.9: 2}


def test_the_calibration_error_weighs_each_bin_by_its_quotes() -> None:
    certain = [(0.95, True)] * 6
    doubtful = [(0.55, True), (0.55, False)]
    # six at 0.95 that are all right are 0.05 off, two at 0.55 of which one is right as much
    assert calibration_error(bins([*certain, *doubtful])) == pytest.approx((6 * 0.05 + 2 * 0.05) / 8)
    assert calibration_error(bins([(0.95, False)])) == pytest.approx(0.95)
    assert calibration_error(bins([])) == 0.0


def test_the_plot_is_xml_with_a_bar_and_a_count_for_each_filled_bin() -> None:
    filled = [{"low": 0.5, "high": 0.6, "count": 4, "confidence": 0.55, "precision": 0.25, "right": 1}]
    empty = {"low": 0.6, "high": 0.7, "count": 0, "confidence": 0.0, "precision": None, "right": 0}
    drawing = parseString(reliability_plot({"bins": [*filled, empty]}, "Gulls & terns"))
    rectangles = [one.getAttribute("class") for one in drawing.getElementsByTagName("rect")]
    assert rectangles.count("bar") == rectangles.count("count") == 1
    assert "prefers-color-scheme: dark" in drawing.toxml()
    assert "Gulls &amp; terns" in drawing.toxml()


# --- candidate recall and errors


def test_recall_tells_what_was_proposed_from_what_was_chosen() -> None:
    gold = [item(range(start, start + 4), words(90 + start)) for start in (0, 10, 20, 30)]
    proposed = [
        proposal(range(4), words(90)),
        proposal(range(10, 14), words(100), likely=False),
        proposal(range(20, 24), words(7)),
    ]
    article = judged(gold=tuple(gold), found=(gold[0],), pairs=((gold[0], gold[0]),), proposals=tuple(proposed))
    found = candidate_recall([article])["all"]
    assert found == {"gold": 4, "content": 3, "source": 2, "likely": 1, "chosen": 1}


@pytest.mark.parametrize(
    ("proposed", "kind"),
    [
        ([proposal(range(4), words(90), likely=False)], "nothing found: candidate below the threshold"),
        ([proposal(range(4), words(90))], "nothing found: candidate lost to another"),
        ([proposal(range(4), words(80))], "nothing found: candidate with another source"),
        ([proposal(range(3, 20), words(90))], "nothing found: candidate with other boundaries"),
        ([], "nothing found: no candidate, unknown cue"),
    ],
)
def test_a_miss_is_told_by_the_candidates(proposed: list[Proposal], kind: str) -> None:
    gold = item(range(4), words(90), words(80))
    assert miss_kind(gold, judged(gold=(gold,), proposals=tuple(proposed))) == (kind, None)


def test_a_content_with_other_boundaries_is_told_by_its_sides() -> None:
    gold = frozenset(range(10, 14))
    assert boundary_kind(gold, frozenset(range(10, 30))) == "too long at the right"
    assert boundary_kind(gold, frozenset((10,))) == "too short at the right"
    assert boundary_kind(gold, frozenset(range(12, 30))) == "too short at the left, too long at the right"
    assert boundary_kind(gold, words(10, 13)) == "a stretch in the middle"


@pytest.mark.parametrize(
    ("gold", "found", "kind"),
    [
        (words(1), words(), "source: missing"),
        (words(), words(1), "source: the gold has none"),
        (words(1), words(1, 2, 3), "source: longer"),
        (words(1, 2, 3), words(1), "source: shorter"),
        (words(1, 2, 3), words(3, 4, 5), "source: other boundaries"),
        (words(1), words(2), "source: another"),
    ],
)
def test_a_wrong_source_is_told_by_what_it_shares(gold: frozenset[int], found: frozenset[int], kind: str) -> None:
    article = judged(extraction=extraction_of("The mast fell, the sail tore, the boat drifted."))
    assert source_kind(item(range(4), gold), item(range(4), found), article) == kind


def test_the_other_holder_of_a_report_is_told_from_a_wrong_source() -> None:
    (quote,) = extraction_of("The wall moved, the engineer said, the Tribune reported.").quotes
    inner = item(range(4), words(1), quote=quote)
    outer = item(range(8), words(2), quote=quote, outer=True)
    article = judged(found=(outer,), nested=(inner,))
    assert source_kind(item(range(8), words(1)), outer, article).endswith("(via)")


def test_false_alarms_are_sorted_by_the_gold_they_touch() -> None:
    quote = extraction_of("The harbour master said two ferries had been taken out of service.").quotes[0]
    gold = item(range(20, 40), words(15), words(16))
    alarms = {
        "nested in a gold's content": item(range(22, 25), cue=words(21), quote=quote),
        "around a gold attribution": item(range(10, 90), cue=words(5), quote=quote),
        "second quote on a gold's content": item(range(38, 60), cue=words(61), quote=quote),
        "a gold's cue with another content": item(range(70, 80), cue=words(16), quote=quote),
        "cue inside a gold's content": item(range(70, 80), cue=words(21), quote=quote),
        "not annotated, complement": item(range(70, 80), cue=words(60), quote=quote),
        "not annotated, deed with object": item(
            range(70, 80), cue=words(60), quote=replace(quote, construction="object")
        ),
    }
    for kind, alarm in alarms.items():
        article = judged(gold=(gold,), found=(gold, alarm), pairs=((gold, gold),))
        assert [error.kind for error in errors([article])] == [f"false alarm: {kind}"]


# --- marked speech


@pytest.mark.parametrize(
    ("text", "held", "expected"),
    [
        ("Ada said: “It holds, mostly.”", "It holds, mostly", "It holds, mostly"),
        ("“Does it hold?” Ada asked.", "Does it hold", "Does it hold?"),
        ("“It holds. Or so they say,” Ada said.", "It holds", "It holds"),
        ("“ It holds , ” Ada said.", "It holds", "It holds"),
    ],
)
def test_boundaries_are_the_marks_where_the_gold_reaches_them(text: str, held: str, expected: str) -> None:
    (span,) = find_marks(text).outermost
    starts = [place for place in range(len(text)) if text[place].isalpha() and not text[place - 1].isalpha()]
    inside = frozenset(place for place in starts if span.inner_start <= place < span.inner_end)
    begin = text.index(held)
    stop = begin + len(held)
    gold = item(range(begin, stop), spans=((begin, stop),))
    start, end = boundaries(text, span, inside, replace(gold, content=gold.content & inside))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It holds,” Ada said.", "single"),
        ("“It holds,” Ada said, “for now.”", "interrupted"),
        ("“It holds for now.\n\n“It will not hold for ever,” Ada said.", "multi-paragraph"),
    ],
)
def test_a_quotation_stands_in_one_pair_of_marks_or_several(text: str, kind: str) -> None:
    spans = find_marks(text).outermost
    assert shape([Stretch(span, None, None, None, None) for span in spans], text) == kind


def test_a_distance_says_whether_the_stretch_is_longer_or_shorter() -> None:
    assert distance(10, 10, longer=1) == "exact"
    assert distance(10, 11, longer=1) == "1 longer"
    assert distance(10, 12, longer=-1) == "2–3 shorter"
    assert distance(10, 99, longer=1) == "over 10 longer"
