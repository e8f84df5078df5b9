"""CoNLL-U without trees: the words of the text, and in MISC which quotes they belong to and as what.

JSON knows no words and no syntax, so the words here are runs of letters and single signs, cut where a span begins or
ends, the columns of syntax are empty, and a block is a sentence with quotes in it or the rest of a paragraph. To put
the roles on the trees of ``quotekit parse``, join the two by ``start_char``.

``QuoteId=q-…|QuoteRole=Content``: where quotes overlap, both hold lists in one order, ``QuoteRole=Content,Source``. A
comment for each quote, ``# quotekit_quote = {…}``, says what else is known; another has the whole text, as JSON.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from quotekit.model import Extraction, Quote
from quotekit.writers.pieces import whole_letters
from quotekit.writers.standoff import Region, regions

# A word is letters, digits and what joins or sits on them; every other sign stands alone.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\u200c\u200d\ufe00-\ufe0f"
_TOKEN = re.compile(rf"\w[\w{_MARKS}]*(?:['’.\-]\w[\w{_MARKS}]*)*|[^\w\s][{_MARKS}]*")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")
# Line ends that other readers split at.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A document each, beginning with ``# newdoc id``; the text must be there."""
    for extraction in extractions:
        yield from _document(extraction)


def _document(extraction: Extraction) -> Iterator[str]:
    text = extraction.document.text or ""
    doc_id = " ".join(whole_letters(extraction.document.id).split())
    found = sorted((one for quote in extraction.quotes for one in regions(quote)), key=lambda one: one.start)
    borders = sorted({place for one in found for place in (one.start, one.end)})
    opened = {quote.id: quote for quote in extraction.quotes}
    header = [f"# newdoc id = {doc_id}", f"# quotekit_text = {_json(text)}"]
    for number, (start, end, new_paragraph) in enumerate(_blocks(text, extraction.quotes), start=1):
        tokens = list(_tokens(text, start, end, borders))
        here = [quote for quote in opened.values() if start <= quote.content[0].start < end]
        yield "\n".join(
            [
                *(header if number == 1 else []),
                *(["# newpar"] if new_paragraph else []),
                f"# sent_id = {doc_id}-{number}",
                f"# text = {_surface(text, tokens)}",
                *(f"# quotekit_quote = {_json(_facts(quote))}" for quote in here),
                *_rows(text, tokens, found),
                "\n",
            ]
        )


def _blocks(text: str, quotes: Iterable[Quote]) -> Iterator[tuple[int, int, bool]]:
    """Stretches with at least one letter that no quote's sentence crosses, and whether each begins a paragraph."""
    sentences = _merged(quote.sentence for quote in quotes)
    breaks = {found.end() for found in _BLANK_LINE.finditer(text)}
    cuts = {0, len(text), *breaks, *(place for sentence in sentences for place in sentence)}
    inside = [cut for cut in cuts if any(start < cut < end for start, end in sentences)]
    places = sorted(cuts - set(inside))
    new_paragraph = True
    for start, end in pairwise(places):
        new_paragraph = new_paragraph or start in breaks
        if text[start:end].strip():
            yield start, end, new_paragraph
            new_paragraph = False


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _tokens(text: str, start: int, end: int, borders: list[int]) -> Iterator[tuple[int, int]]:
    for found in _TOKEN.finditer(text, start, end):
        first, last = found.span()
        cuts = borders[bisect_left(borders, first + 1) : bisect_left(borders, last)]
        yield from zip([first, *cuts], [*cuts, last], strict=True)


def _rows(text: str, tokens: list[tuple[int, int]], found: list[Region]) -> Iterator[str]:
    for number, (start, end) in enumerate(tokens, start=1):
        misc = [f"start_char={start}", f"end_char={end}"]
        roles = [one for one in found if one.start <= start and end <= one.end]
        if roles:
            misc.append(f"QuoteId={','.join(one.quote.id for one in roles)}")
            misc.append(f"QuoteRole={','.join(one.label for one in roles)}")
        if not text[end : end + 1].isspace() and end < len(text):
            misc.append("SpaceAfter=No")
        yield "\t".join([str(number), whole_letters(text[start:end]), *"_" * 7, "|".join(misc)])


def _surface(text: str, tokens: list[tuple[int, int]]) -> str:
    gaps = [" " if text[end : end + 1].isspace() else "" for _, end in tokens]
    return "".join(whole_letters(text[a:b]) + gap for (a, b), gap in zip(tokens, gaps, strict=True)).strip()


def _facts(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "type": quote.type,
        "act": quote.act,
        "polarity": quote.polarity,
        "modality": quote.modality,
        "speaker": quote.speaker.name if quote.speaker else None,
        "parent": quote.parent,
        "construction": quote.construction,
        "confidence": quote.confidence,
    }


def _json(value: Any) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))
