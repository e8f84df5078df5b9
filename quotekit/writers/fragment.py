"""A link that opens the source page at a quote: a text fragment, https://wicg.github.io/scroll-to-text-fragment/."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encoded

from quotekit.model import Document, Quote

# Words on either side of a long quote, which a browser looks for; all the words of a shorter one.
ENDS = 5
# Words around a quote that stands in the text more than once.
AROUND = 3
# What a browser takes for one space. A no-break space is another letter, and must match the page.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Words before a line end belong to another block, and a part of a fragment must lie in one.
_LINE = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def fragment_url(document: Document, quote: Quote) -> str | None:
    """The address of the page, pointing at the quote's words; None where the document has no address on the web."""
    url = document.url
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    # The words inside the marks are in the page as they are; an indirect quote may begin with a word that was cut.
    span = (quote.quoted or quote.content)[0]
    words = [_words(line) for line in _LINE.split(span.text) if _words(line)]
    if not words:
        return url
    first, last = words[0], words[-1]
    short = len(words) == 1 and len(first) <= 2 * ENDS
    parts = [_encoded(first)] if short else [_encoded(first[:ENDS]), _encoded(last[-ENDS:])]
    text = document.text
    if text is not None and text.count(span.text) > 1:
        before = _words(_LINE.split(text[: span.start])[-1])[-AROUND:]
        after = _words(_LINE.split(text[span.end :], maxsplit=1)[0])[:AROUND]
        parts = [*([f"{_encoded(before)}-"] if before else []), *parts, *([f"-{_encoded(after)}"] if after else [])]
    return f"{url}{'' if '#' in url else '#'}:~:text={','.join(parts)}"


def _words(text: str) -> list[str]:
    return [word for word in _BLANKS.split(text) if word]


def _encoded(words: list[str]) -> str:
    # A dash and a comma mean something here; the latter is encoded anyway.
    return percent_encoded(" ".join(words), safe="", errors="replace").replace("-", "%2D")
