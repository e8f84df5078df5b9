"""Web pages → Article: the main text, and title, author, date and address as the page tells them."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from typing import Any

from quotekit.errors import InputError
from quotekit.readers.decoding import BYTE_ORDER_MARKS, Decoded, decode
from quotekit.readers.markup import text_of
from quotekit.readers.reader import Failed, Found, Reader, Reading, import_extra
from quotekit.readers.records import parse_json
from quotekit.readers.source import HEAD, Source
from quotekit.readers.text import make_article

REQUIREMENT = "trafilatura>=2.3"
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.I)
# Of a page behind a paywall a teaser is shown: far less than what search engines are given. Else both are the article.
TEASER_SHARE = 0.5
# A page of links or a form has words, and no line that ends as a sentence does.
_SENTENCE_END = re.compile(r"(?m)[.!?…。！？][\"'”’»)\]]*$")
# The standard for the web has these names mean the wider set: https://encoding.spec.whatwg.org/#names-and-labels
_WIDER = {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "gb2312": "gbk"}


def is_html(head: bytes) -> bool:
    """Whether an input begins as a web page does."""
    return _START.match(head) is not None


def read_html(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """The article in a web page, a paragraph a block, without navigation, captions' lists, comments and advertisements.

    Raises InputError where trafilatura is missing or the page has no article.
    """
    trafilatura = import_extra("trafilatura", place=source.path, requirement=REQUIREMENT, extra="html")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say of a page, we say
    decoded = _decode(source.read(), source.path, reading.encoding)
    tree = trafilatura.load_html(decoded.text)
    found, carried = None, ""
    if tree is not None:
        carried = _carried_article(tree)
        _write_out_marks(tree)
        found = trafilatura.bare_extraction(
            tree, url=reading.url, with_metadata=True, include_comments=False, favor_precision=True
        )
    text = _paragraphs(found.text) if found is not None else ""
    if len(text) < TEASER_SHARE * len(carried):
        text = carried
    if found is None or not _SENTENCE_END.search(text):
        raise InputError(source.path, "no article was found in this page", "save its text as .txt")
    article = make_article(
        Decoded(text, decoded.encoding, decoded.guess),
        source,
        reading,
        title=found.title,
        author=found.author and found.author.replace("; ", ", "),
        published=found.date,
        url=reading.url or found.url,
    )
    yield article, None


def _decode(data: bytes, place: str, encoding: str | None) -> Decoded:
    """The page's text; without a byte order mark or ``--encoding``, valid UTF-8 or what the page says of itself."""
    declared = _CHARSET.search(data[:HEAD])
    if encoding or declared is None or data.startswith(tuple(BYTE_ORDER_MARKS)):
        return decode(data, place=place, encoding=encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = declared["name"].decode().lower()
    try:
        return Decoded(data.decode(_WIDER.get(name, name)), name)
    except (UnicodeError, LookupError):
        return decode(data, place=place)


def _carried_article(tree: Any) -> str:
    """The article that the page carries for search engines (https://schema.org/articleBody); empty if there is none."""
    bodies: list[str] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            bodies += _bodies(parse_json(script.text or "")[0])
    body = max(bodies, key=len, default="")
    return text_of(body) if "</p>" in body else _paragraphs(html.unescape(body))


def _bodies(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _bodies(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "articleBody" and isinstance(item, str):
                yield item
            else:
                yield from _bodies(item)


def _write_out_marks(tree: Any) -> None:
    """Write the marks that browsers show around ``<q>``; extraction would break the paragraph there."""
    for element in list(tree.iter("q")):
        element.text = f"“{element.text or ''}"
        element.tail = f"”{element.tail or ''}"
        element.drop_tag()


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(line.strip() for line in (text or "").split("\n") if line.strip())


HTML = Reader("html", "web pages", (".html", ".htm", ".xhtml"), is_html, read_html)
