"""Extractions for tests, from lines in bracket notation, as a record of the pipeline would be: valid, with true spans."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from quotekit.model import Cue, Document, Extraction, Generator, Notice, Quote, Span, Speaker, SpeakerRef, Via
from quotekit.notation import NotedQuote, Place, parse_notation

OPENING, CLOSING = '“"', '”"'


def noted(
    marked: str,
    *,
    names: Mapping[str, str | None] | None = None,
    roles: Mapping[str, str] | None = None,
    quotes: Sequence[Mapping[str, object]] = (),
    warnings: Sequence[str] = (),
    **document: str | None,
) -> Extraction:
    """The extraction that the brackets show.

    ``names`` says who a source is, where it is not its own name (None: nobody knows), ``roles`` what a name's role is;
    ``quotes`` has other values for the first quotes, ``document`` for the document.
    """
    parsed = parse_notation(marked)
    names, known = names or {}, {}
    for source in (place for quote in parsed.quotes for place in (*quote.source, *quote.via)):
        name = names.get(parsed.text[slice(*source)], parsed.text[slice(*source)])
        if name is not None:
            known.setdefault(name, []).append(_span(parsed.text, source))
    speakers = {
        name: Speaker(_id("s", parsed.text, name), name, "person", (roles or {}).get(name), None, tuple(mentions))
        for name, mentions in known.items()
    }
    found = [_quote(parsed.text, quote, names, speakers, parsed.quotes) for quote in parsed.quotes]
    found[: len(quotes)] = [_replaced(quote, values) for quote, values in zip(found, quotes, strict=False)]
    return Extraction(
        "1.1",
        Generator("quotekit", "0", "none", "none", "none"),
        _document(parsed.text, document),
        tuple(speakers.values()),
        tuple(found),
        (),
        tuple(Notice("note", message, None, None) for message in warnings),
    )


def _replaced(quote: Quote, values: Mapping[str, object]) -> Quote:
    fields = {name: getattr(quote, name) for name in Quote.__slots__}
    return Quote(**fields | values)


def _document(text: str, values: Mapping[str, str | None]) -> Document:
    fields: dict[str, str | None] = {"id": "story", "source": "story.txt", "title": None, "author": None}
    fields |= {"published": None, "url": None, "language": "en"} | values
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(**fields, sha256=sha256, length=len(text), offset_unit="codepoint", text=text)  # type: ignore[arg-type]


def _quote(
    text: str,
    noted: NotedQuote,
    names: Mapping[str, str | None],
    speakers: Mapping[str, Speaker],
    others: Sequence[NotedQuote],
) -> Quote:
    content = tuple(_span(text, place) for place in noted.content)
    quoted = tuple(span for place in noted.content for span in _quoted(text, place))
    type = "direct" if quoted == content else "mixed" if quoted else "indirect"
    source = noted.source[0] if noted.source else None
    cue = _span(text, noted.cue[0]) if noted.cue else None
    return Quote(
        id=_quote_id(text, noted),
        type=type,
        content=content,
        quoted=quoted,
        cue=Cue(cue.start, cue.end, cue.text, cue.text, "neutral") if cue else None,
        source=None if source is None else _span(text, source),
        speaker=_reference(text, source, names, speakers),
        via=tuple(Via(_span(text, place), None, _reference(text, place, names, speakers)) for place in noted.via),
        parent=_parent(text, noted, others),
        act="says",
        polarity="positive",
        modality="actual",
        construction="tag",
        confidence=0.9,
        sentence=(content[0].start, content[-1].end),
    )


def _quoted(text: str, place: Place) -> Iterator[Span]:
    start, end = place
    if text[start - 1 : start] in tuple(OPENING) and text[end : end + 2].strip(",.")[:1] in tuple(CLOSING):
        yield _span(text, place)
        return
    for found in re.finditer("“([^”]*)”", text[start:end]):
        yield _span(text, (start + found.start(1), start + found.end(1)))


def _reference(
    text: str, source: Place | None, names: Mapping[str, str | None], speakers: Mapping[str, Speaker]
) -> SpeakerRef | None:
    if source is None:
        return None
    words = text[slice(*source)]
    name = names.get(words, words)
    return SpeakerRef(None, None, "pronoun") if name is None else SpeakerRef(speakers[name].id, name, "name")


def _parent(text: str, noted: NotedQuote, others: Sequence[NotedQuote]) -> str | None:
    start, end = noted.content[0][0], noted.content[-1][1]
    around = [
        (last - first, other)
        for other in others
        if other is not noted
        for first, last in other.content
        if first <= start and end <= last and (first, last) != (start, end)
    ]
    return _quote_id(text, min(around, key=lambda pair: pair[0])[1]) if around else None


def _quote_id(text: str, noted: NotedQuote) -> str:
    return _id("q", text, noted.content, noted.cue, noted.source)


def _id(prefix: str, *parts: object) -> str:
    digest = hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:16]}"


def _span(text: str, place: Place) -> Span:
    return Span(*place, text[slice(*place)])
