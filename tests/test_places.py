"""A quote knows its page and its time, and its link leads to its words on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.model import Article, Page, Time, TimedSpan
from quotekit.pipeline import Extractor
from quotekit.places import page_at, time_of
from quotekit.readers import read_input
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record

TREES = Path(__file__).parent.parent / "fixtures" / "trees"

URL = "https://post.example/quay"
PAGES = [Page(1, 0, 10), Page(2, 12, 20), Page(4, 22, 30)]
TIMES = [TimedSpan(0, 10, 0.5, 2.0), TimedSpan(11, 20, 2.0, 4.5), TimedSpan(21, 30, 6.0, 7.0)]


@pytest.mark.parametrize(("place", "page"), [(0, 1), (9, 1), (10, None), (12, 2), (25, 4), (30, None)])
def test_the_page_of_a_place(place: int, page: int | None) -> None:
    assert page_at(PAGES, place) == page


@pytest.mark.parametrize(
    ("start", "end", "time"),
    [(0, 5, Time(0.5, 2.0)), (5, 15, Time(0.5, 4.5)), (15, 25, Time(2.0, 7.0)), (10, 11, None), (30, 40, None)],
)
def test_the_time_of_a_stretch(start: int, end: int, time: Time | None) -> None:
    assert time_of(TIMES, start, end) == time


def test_quotes_get_their_places_on_the_way_through_the_pipeline() -> None:
    (article, tree), *_ = (found for found in read_input(str(TREES / "tag.conllu")) if found[1] is not None)
    assert tree is not None
    middle = len(article.text) // 2
    paper = replace(article, url=URL, pages=(Page(7, 0, len(article.text)),))
    talk = replace(article, times=(TimedSpan(0, middle, 1.0, 2.0), TimedSpan(middle, len(article.text), 2.0, 3.0)))
    first, second = (Extractor().extract_tree(one, tree) for one in (paper, talk))
    assert first.quotes
    assert {(quote.page, quote.link, quote.time) for quote in first.quotes} == {(7, f"{URL}#page=7", None)}
    assert all(quote.time and quote.page is None and quote.link is None for quote in second.quotes)
    assert [find_problems(to_record(one), closed=True) for one in (first, second)] == [[], []]
    assert from_record(to_record(first)) == first
    assert from_record(to_record(second)) == second


def test_an_article_has_no_places_unless_its_reader_says_so() -> None:
    assert (Article("a", "a", "a").pages, Article("a", "a", "a").times) == ((), ())
