"""Links that open a page on the web at a quote: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from quotekit.model import Span

# A longer stretch is named by its first and its last words: a page may differ in between, by a link or a figure.
LONGEST_WHOLE = 10  # words
AT_EACH_END = 5  # words
# A stretch of up to so many words gets its neighbours: of contents this short 26 % stand in their article twice, of
# longer ones 0.4 % (PolNeAR dev, 400 and 1,922 contents).
SHORTEST_ALONE = 4
NEIGHBOURS = 3  # words on either side
NEAR = 200  # characters in which they are looked for, so that a text without line ends costs no more than another
# What stays as it is in an address: RFC 3986's reserved signs, and what was encoded.
_MEANINGFUL = "%/:?#[]@!$&'()*+,;=~"


def link_to_text(url: str | None, spans: Sequence[Span], text: str | None) -> str | None:
    """The address of the page, scrolled to these stretches of its text; None where there is no address to open.

    Only ``http`` and ``https`` are opened: an address comes from the input, and may be anything.
    """
    whole = web_address(url)
    if whole is None:
        return None
    directives = "&".join(f"text={_directive(span, text)}" for span in spans if span.text.strip())
    address, hash_sign, fragment = whole.partition("#")
    fragment = fragment.partition(":~:")[0]
    return f"{address}#{fragment}:~:{directives}" if directives else f"{address}{hash_sign}{fragment}"


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
    """``[prefix-,]start[,end][,-suffix]``: no part crosses the end of a line, for none may cross that of a block."""
    words = span.text.split()
    lines = span.text.strip().splitlines()
    if len(words) <= LONGEST_WHOLE and len(lines) == 1:
        middle = _encoded(words)
    else:
        middle = f"{_encoded(lines[0].split()[:AT_EACH_END])},{_encoded(lines[-1].split()[-AT_EACH_END:])}"
    if text is None or len(words) > SHORTEST_ALONE:
        return middle
    before = _line_before(text, span.start).split()[-NEIGHBOURS:]
    after = _line_after(text, span.end).split()[:NEIGHBOURS]
    prefix = f"{_encoded(before)}-," if before else ""
    suffix = f",-{_encoded(after)}" if after else ""
    return f"{prefix}{middle}{suffix}"


def _line_before(text: str, place: int) -> str:
    return text[max(0, place - NEAR) : place].rpartition("\n")[2]


def _line_after(text: str, place: int) -> str:
    return text[place : place + NEAR].partition("\n")[0]


def _encoded(words: Sequence[str]) -> str:
    # A dash, a comma and an ampersand part the directive; only the first is not encoded everywhere.
    return percent_encode(" ".join(words), safe="", errors="replace").replace("-", "%2D")
