"""Links that open a source at a quote: a page of a document, or words on a web page by a text fragment.

Text fragments are those of https://wicg.github.io/scroll-to-text-fragment/, pages those of RFC 8118.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from quotekit.model import Document, Quote, Span

# A longer stretch is named by its first and its last words: a page may differ in between, by a link or a note.
LONGEST_WHOLE = 10  # words
AT_EACH_END = 5  # words
# A stretch of up to so many words gets its neighbours: of contents this short 26 % stand in their article twice, of
# longer ones 0.4 % (PolNeAR dev, 400 and 1,922 contents).
SHORTEST_ALONE = 4
NEIGHBOURS = 3  # words on either side
NEAR = 200  # characters in which they are looked for, so that a text without line ends costs no more than another
# A part of a text fragment has to lie in one block of the page, and a line of the text is at most a block.
_LINE = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# What a browser takes for one space. A no-break space is another sign, and has to match the page.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# What stays as it is in an address: RFC 3986's reserved signs, and what was encoded.
_MEANINGFUL = "%/:?#[]@!$&'()*+,;=~"


def quote_link(quote: Quote, document: Document) -> str | None:
    """The quote's own link; of an older record without one, that to its words where the document has an address."""
    return quote.link or link_to(document.url, words_of(quote), document.text)


def words_of(quote: Quote) -> Sequence[Span]:
    """The stretches that are on the page as they are: an indirect content may leave words out at its beginning."""
    return quote.quoted or quote.content


def link_to(url: str | None, spans: Sequence[Span], text: str | None, *, page: int | None = None) -> str | None:
    """The address that opens the source at a page, or at these stretches of its text; None without an address.

    Only ``http`` and ``https`` are opened: an address comes from the input, and may be anything.
    """
    whole = web_address(url)
    if whole is None:
        return None
    address, hash_sign, anchor = whole.partition("#")
    if page is not None:
        return f"{address}#page={page}"
    anchor = anchor.partition(":~:")[0]
    directives = "&".join(f"text={words}" for words in (_directive(span, text) for span in spans) if words)
    return f"{address}#{anchor}:~:{directives}" if directives else f"{address}{hash_sign}{anchor}"


def web_address(url: str | None) -> str | None:
    """The address, percent-encoded where it must be; None unless it is one of the web, that runs or opens nothing."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if url is None or parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return percent_encode(url, safe=_MEANINGFUL, errors="replace")


def _directive(span: Span, text: str | None) -> str:
    """``[prefix-,]start[,end][,-suffix]``, empty where the stretch has no words."""
    lines = [words for line in _LINE.split(span.text) if (words := _words(line))]
    if not lines:
        return ""
    count = sum(map(len, lines))
    if len(lines) == 1 and count <= LONGEST_WHOLE:
        parts = [_encoded(lines[0])]
    else:
        parts = [_encoded(lines[0][:AT_EACH_END]), _encoded(lines[-1][-AT_EACH_END:])]
    if text is not None and count <= SHORTEST_ALONE:
        before = _words(_LINE.split(text[max(0, span.start - NEAR) : span.start])[-1])[-NEIGHBOURS:]
        after = _words(_LINE.split(text[span.end : span.end + NEAR])[0])[:NEIGHBOURS]
        parts = [*([f"{_encoded(before)}-"] if before else []), *parts, *([f"-{_encoded(after)}"] if after else [])]
    return ",".join(parts)


def _words(line: str) -> list[str]:
    return [word for word in _BLANKS.split(line) if word]


def _encoded(words: Sequence[str]) -> str:
    # A dash, a comma and an ampersand part a directive; only the first is not encoded anyway.
    return percent_encode(" ".join(words), safe="", errors="replace").replace("-", "%2D")
