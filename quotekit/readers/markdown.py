"""Markdown → Article: the words without the signs that format them; front matter says title, author and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotekit.readers.decoding import Decoded, decode
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.source import Source
from quotekit.readers.text import make_article

_FRONT_MATTER = re.compile(r"\A(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)\n(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?m)^(?P<key>[A-Za-z_-]+)[ \t]*[:=][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$")


def is_markdown(head: bytes) -> bool:
    """Whether an input begins with front matter that names a title, an author or a date."""
    return bool({"title", "author", "date"} & set(_front_matter(head.decode("utf-8-sig", "replace"))[0]))


def read_markdown(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """The article that a Markdown file shows: a paragraph a block, without code, pictures, comments and addresses."""
    decoded = decode(source.read(), place=source.path, encoding=reading.encoding)
    known, body = _front_matter(decoded.text)
    blocks = list(_blocks(body))
    headings = [words for level, words in blocks if level == "h1"]
    article = make_article(
        Decoded("\n\n".join(words for _, words in blocks), decoded.encoding, decoded.guess),
        source,
        reading,
        title=known.get("title") or (headings[0] if headings else None),
        author=known.get("author"),
        published=known.get("date") or known.get("published"),
        url=known.get("url") or known.get("link"),
    )
    yield article, None


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The single-line entries at the head of the file, between lines of dashes or pluses, and the text after them."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    entries = {entry["key"].lower(): entry["value"].strip("\"'[] ") for entry in _ENTRY.finditer(found["body"])}
    return entries, text[found.end() :]


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """The tag and the words of each block of the page: a paragraph, a heading, a cell."""
    from markdown_it import MarkdownIt

    tag = ""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.nesting == 1:
            tag = token.tag
        if token.type == "inline" and (words := _words(token.children or ()).strip()):
            yield tag, words


def _words(tokens: object) -> str:
    words = []
    for token in tokens:  # type: ignore[attr-defined]
        if token.type in ("text", "code_inline"):
            words.append(token.content)
        elif token.type == "softbreak":
            words.append(" ")
        elif token.type == "hardbreak":
            words.append("\n")
    return "".join(words)


MARKDOWN = Reader("markdown", "Markdown", (".md", ".markdown"), is_markdown, read_markdown)
