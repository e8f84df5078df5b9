"""HTML of no page, such as the body of an article in a feed → its text, a paragraph a block."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_UNSHOWN = frozenset(("script", "style", "template", "title", "noscript"))


def text_of(markup: str) -> str:
    """The words that a browser would show: blocks become paragraphs, ``<br>`` a line end, ``<q>`` marks."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(stripped for paragraph in paragraphs if (stripped := paragraph.strip("\n")))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unshown += tag in _UNSHOWN
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "q":
            self.pieces.append("“")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSHOWN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSHOWN and self._unshown:
            self._unshown -= 1
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag == "q":
            self.pieces.append("”")

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self.pieces.append(" ".join(data.split("\n")))
