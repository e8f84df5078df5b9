"""A quote knows its page and its time, and its link leads to its words on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from quotekit.model import Article, Page, Span, Time, TimedSpan
from quotekit.pipeline import Extractor
from quotekit.places import link_to, page_at, time_of
from quotekit.readers import read_input
from quotekit.readers.markup import text_of
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record
from tests.readers.made import PAGE

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


def link(words: str, text: str, url: str | None = URL, **settings: Any) -> str | None:
    start = text.index(words)
    return link_to(url, Span(start, start + len(words), words), text, **settings)


def find(directive: str, page: str) -> int:
    """Where a browser finds a text fragment on a page's words: https://wicg.github.io/scroll-to-text-fragment/."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, *end = map(unquote, parts)
    place = -1
    while (place := page.find(start, place + 1)) >= 0:
        last = page.find(end[0], place + len(start)) + len(end[0]) if end else place + len(start)
        before, after = page[:place].rstrip(), page[last:].lstrip()
        if before.endswith(prefix) and after.startswith(suffix) and last >= place:
            return place
    return -1


@pytest.mark.parametrize(
    "words",
    [
        "We looked at every other way",
        "worse than we feared",
        "The east quay of Port Ellan will close for the winter, the harbour board said on Tuesday, after divers found",
        "the board had ignored two warnings – one of them in writing",
        "the",
    ],
)
def test_a_link_leads_to_the_words(words: str) -> None:
    text = text_of(PAGE.format(charset="utf-8"))
    address, _, directive = str(link(words, text)).partition("#:~:text=")
    assert address == URL
    assert find(directive, " ".join(text.split())) == " ".join(text.split()).index(words)


def test_signs_that_part_a_directive_are_encoded() -> None:
    assert link("yes, well-known & “good”", "a yes, well-known & “good” b") == (
        f"{URL}#:~:text=yes%2C%20well%2Dknown%20%26%20%E2%80%9Cgood%E2%80%9D"
    )


def test_a_long_stretch_is_named_by_its_ends_and_no_part_crosses_a_line() -> None:
    words = "one two three four five six\nseven eight"
    assert link(words, words) == f"{URL}#:~:text=one%20two%20three%20four%20five,seven%20eight"


def test_words_that_come_twice_get_their_neighbours() -> None:
    text = "First a no.\nThen he said no to them all."
    place = text.rindex("no")
    assert link_to(URL, Span(place, place + 2, "no"), text) == f"{URL}#:~:text=Then%20he%20said-,no,-to%20them%20all."


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "file:///etc/passwd", "//post.example", "http://", "https://a.example/\"><script>", "ftp://a.example", "http://[", "https://a b"]
)  # fmt: skip
def test_what_is_no_address_on_the_web_is_never_a_link(url: str | None) -> None:
    assert link("no", "no", url) is None


def test_an_anchor_of_the_address_stays() -> None:
    assert link("no", "no", f"{URL}#top") == f"{URL}#top:~:text=no"
    assert link("no", "no", f"{URL}#:~:text=old") == f"{URL}#:~:text=no"


def test_a_page_of_a_document_is_opened_by_its_number() -> None:
    assert link("no", "no", "https://a.example/b.pdf#x", page=3) == "https://a.example/b.pdf#page=3"


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
