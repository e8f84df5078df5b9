"""Where a quote stands in its source: its page, its time in the recording, a link that opens a page at its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotekit.links import link_to, words_of
from quotekit.model import Article, Page, Quote, Time, TimedSpan


def placed(quotes: Sequence[Quote], article: Article) -> tuple[Quote, ...]:
    """The quotes with their page, their time and a link, as far as the article has such places."""
    return tuple(_placed(quote, article) for quote in quotes)


def page_at(pages: Sequence[Page], place: int) -> int | None:
    """The number of the page, of pages in text order, on which this place of the text stands."""
    before = bisect_right(pages, place, key=lambda page: page.start)
    page = pages[before - 1] if before else None
    return page.number if page is not None and place < page.end else None


def time_of(times: Sequence[TimedSpan], start: int, end: int) -> Time | None:
    """When this stretch of the text was said, as exactly as the source tells by spans in text order."""
    first = bisect_right(times, start, key=lambda span: span.end)
    said = times[first : bisect_left(times, end, key=lambda span: span.start)]
    return Time(min(span.begins for span in said), max(span.ends for span in said)) if said else None


def _placed(quote: Quote, article: Article) -> Quote:
    start, end = quote.content[0].start, quote.content[-1].end
    page = page_at(article.pages, start)
    link = link_to(article.url, words_of(quote), article.text, page=page)
    return replace(quote, page=page, time=time_of(article.times, start, end), link=link)
