"""Quotes as flat rows: what spreadsheets, data frames and databases of columns take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypedDict

from quotekit.links import quote_link
from quotekit.model import Extraction, Quote, Speaker

# About two lines on either side: enough to see what a quote answers, and a cell that can still be read.
CONTEXT = 160
GAP = " … "
_WORDS = re.compile(r"\S+")


class Row(TypedDict):
    """One quote; its document's columns begin with ``doc_``, and offsets count code points.

    ``text`` is the content, an ellipsis between its parts; ``start`` and ``end`` enclose all of them, ``spans`` places
    each: ``93-119 130-139``. ``source`` are the words that name the speaker; ``begins`` and ``ends`` are seconds of a
    recording. What is not known is None.
    """

    id: str
    doc_id: str
    doc_source: str
    doc_title: str | None
    doc_url: str | None
    published: str | None
    type: str
    act: str | None
    polarity: str
    modality: str
    speaker: str | None
    speaker_id: str | None
    speaker_type: str | None
    role: str | None
    affiliation: str | None
    speaker_confidence: float | None
    candidates: str | None
    source: str | None
    cue: str | None
    cue_lemma: str | None
    via: str | None
    text: str
    start: int
    end: int
    spans: str
    page: int | None
    begins: float | None
    ends: float | None
    context_before: str | None
    context_after: str | None
    construction: str
    confidence: float
    parent: str | None
    fragment_url: str | None


COLUMNS = tuple(Row.__annotations__)


def quote_rows(extraction: Extraction) -> Iterator[Row]:
    """A flat row for each quote, in text order."""
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    for quote in extraction.quotes:
        yield _row(extraction, quote, speakers.get((quote.speaker and quote.speaker.id) or ""))


def _row(extraction: Extraction, quote: Quote, speaker: Speaker | None) -> Row:
    document, text = extraction.document, extraction.document.text
    start, end = quote.content[0].start, quote.content[-1].end
    candidates = [candidate.name for candidate in quote.speaker.candidates] if quote.speaker else []
    via = [(via.speaker and via.speaker.name) or (via.source and via.source.text) for via in quote.via]
    return Row(
        id=quote.id,
        doc_id=document.id,
        doc_source=document.source,
        doc_title=document.title,
        doc_url=document.url,
        published=document.published,
        type=quote.type,
        act=quote.act,
        polarity=quote.polarity,
        modality=quote.modality,
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
        speaker_type=speaker.type if speaker else None,
        role=speaker.role if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        speaker_confidence=quote.speaker.confidence if quote.speaker else None,
        candidates=_listed(candidates),
        source=quote.source.text if quote.source else None,
        cue=quote.cue.text if quote.cue else None,
        cue_lemma=quote.cue.lemma if quote.cue else None,
        via=_listed([name for name in via if name]),
        text=GAP.join(span.text for span in quote.content),
        start=start,
        end=end,
        spans=" ".join(f"{span.start}-{span.end}" for span in quote.content),
        page=quote.page,
        begins=quote.time.begins if quote.time else None,
        ends=quote.time.ends if quote.time else None,
        context_before=None if text is None else context_before(text, start),
        context_after=None if text is None else context_after(text, end),
        construction=quote.construction,
        confidence=quote.confidence,
        parent=quote.parent,
        fragment_url=quote_link(quote, document),
    )


def _listed(names: list[str]) -> str | None:
    return "; ".join(names) or None


def context_before(text: str, start: int) -> str:
    """The whole words before a place, on one line."""
    words = _WORDS.findall(text[max(0, start - CONTEXT) : start])
    cut = start > CONTEXT and not text[start - CONTEXT - 1].isspace() and not text[start - CONTEXT].isspace()
    return " ".join(words[1:] if cut else words)


def context_after(text: str, end: int) -> str:
    """The whole words after a place, on one line."""
    last = end + CONTEXT
    words = _WORDS.findall(text[end:last])
    cut = last < len(text) and not text[last - 1].isspace() and not text[last].isspace()
    return " ".join(words[:-1] if cut else words)
