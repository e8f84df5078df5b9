"""Markdown: the quotes of each document as block quotes under their speakers, for notes, wikis and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotekit.links import quote_link
from quotekit.model import Document, Extraction, Quote
from quotekit.writers.wording import beside, content, how, on_one_line, roles_of, summary, who

# Every sign that CommonMark may take for mark-up may be escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes).
# Escaped are those that can mean something within a line; what only counts at its beginning is looked for there.
_INLINE = re.compile(r"[\\`*_\[\]<>&~|$]")
_OPENING = re.compile(r"^(\s*)(?=[#+\-=:])|^(\s*\d+)(?=[.)])")


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A heading for each document, and under it its quotes."""
    for number, extraction in enumerate(extractions):
        yield "\n" if number else ""
        yield from _document(extraction)


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for mark-up."""
    line = _INLINE.sub(r"\\\g<0>", on_one_line(text))
    return _OPENING.sub(r"\g<0>\\", line)


def _document(extraction: Extraction) -> Iterator[str]:
    document = extraction.document
    facts = [document.author, document.published, document.url, document.source]
    yield f"# {escaped((document.title or document.id).strip())}\n\n"
    yield f"{escaped(' · '.join(fact for fact in facts if fact))}\n\n"
    roles = roles_of(extraction)
    for quote in extraction.quotes:
        yield f"**{escaped(who(quote.speaker, quote.source))}**{escaped(beside(quote, roles))}\n\n"
        yield f"> {escaped(content(quote, document.text).strip())}\n\n"
        yield f"{_how(quote, document)}\n\n"
    yield f"{summary(extraction)}\n"


def _how(quote: Quote, document: Document) -> str:
    line = escaped(how(quote, f"offset {quote.content[0].start}"))
    url = quote_link(quote, document)
    # An address in angle brackets may hold anything but these, which a fragment encodes and a page's own may not.
    return line if url is None or re.search(r"[<>\s\\]", url) else f"{line} · [in the page](<{url}>)"
