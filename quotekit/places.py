"""Where a quote stands in its source: its page, its time in the recording, a link that opens a page at its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from quotekit.model import Article, Page, Quote, Span, Time, TimedSpan

# A longer stretch is named by its first and its last words: a page may differ in between, by a link or a note.
LONGEST_WHOLE = 10  # words
AT_EACH_END = 5  # words
# A stretch that stands in the text more than once is told from the others by its neighbours on either side.
NEIGHBOURS = 3  # words
# A part of a text fragment has to lie in one block of the page, and a line of the text is at most a block.
_LINE = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# What a browser takes for one space. A no-break space is another sign, and has to match the page.
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def placed(quotes: Sequence[Quote], article: Article) -> tuple[Quote, ...]:
    """The quotes with their page, their time and a link, as far as the article has such places."""
    return tuple(_placed(quote, article) for quote in quotes)


def page_at(pages: Sequence[Page], place: int) -> int | None:
    """The number of the page on which this place of the text stands."""
    return next((page.number for page in pages if page.start <= place < page.end), None)


def time_of(times: Sequence[TimedSpan], start: int, end: int) -> Time | None:
    """When this stretch of the text was said, as exactly as the source tells."""
    said = [span for span in times if span.start < end and start < span.end]
    return Time(min(span.begins for span in said), max(span.ends for span in said)) if said else None


def link_to(url: str | None, stretch: Span, text: str, *, page: int | None = None) -> str | None:
    """The address that opens the source at a page, or at this stretch of its text; None where there is no address.

    Text fragments are those of https://wicg.github.io/scroll-to-text-fragment/. Only ``http`` and ``https`` are
    opened: an address comes from the input, and may be anything.
    """
    if url is None or not _is_web_address(url):
        return None
    address, _, anchor = url.partition("#")
    if page is not None:
        return f"{address}#page={page}"  # https://www.rfc-editor.org/rfc/rfc8118
    words = _directive(stretch, text)
    return f"{address}#{anchor.partition(':~:')[0]}:~:text={words}" if words else None


def _placed(quote: Quote, article: Article) -> Quote:
    start, end = quote.content[0].start, quote.content[-1].end
    page = page_at(article.pages, start)
    # What stood inside marks is in the page as it is; an indirect content may leave words out at its beginning.
    link = link_to(article.url, (quote.quoted or quote.content)[0], article.text, page=page)
    return replace(quote, page=page, time=time_of(article.times, start, end), link=link)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", url)


def _directive(stretch: Span, text: str) -> str:
    """``[prefix-,]start[,end][,-suffix]``, empty where the stretch has no words."""
    lines = [words for line in _LINE.split(stretch.text) if (words := _words(line))]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= LONGEST_WHOLE:
        parts = [_encoded(lines[0])]
    else:
        parts = [_encoded(lines[0][:AT_EACH_END]), _encoded(lines[-1][-AT_EACH_END:])]
    if text.count(stretch.text) > 1:
        before = _words(_LINE.split(text[: stretch.start])[-1])[-NEIGHBOURS:]
        after = _words(_LINE.split(text[stretch.end :], maxsplit=1)[0])[:NEIGHBOURS]
        parts = [*([f"{_encoded(before)}-"] if before else []), *parts, *([f"-{_encoded(after)}"] if after else [])]
    return ",".join(parts)


def _words(line: str) -> list[str]:
    return [word for word in _BLANKS.split(line) if word]


def _encoded(words: Sequence[str]) -> str:
    # A dash, a comma and an ampersand part a directive; only the first is not encoded anyway.
    return percent_encoded(" ".join(words), safe="", errors="replace").replace("-", "%2D")
