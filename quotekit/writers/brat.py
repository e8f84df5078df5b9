"""brat standoff (https://brat.nlplab.org/standoff.html): for each document its text and, beside it, its annotations.

A quote is an event: its trigger is the cue (or, where there is none, the content again), its arguments are Content,
Source, Via, and Within for the quote in which it stands. Type, act, polarity and modality are attributes; who the
speaker is, and the quote's id and confidence, are notes. ``annotation.conf`` tells brat of all that. brat allows no
line end in a stretch, so one that runs over several lines is written in parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from quotekit.acts import ACTS
from quotekit.model import Cue, Extraction, Quote, Span
from quotekit.writers.names import FileNames
from quotekit.writers.pieces import whole_letters

_TYPES = ("direct", "mixed", "indirect")
_POLARITIES = ("positive", "negative")
_MODALITIES = ("actual", "future", "conditional", "possible", "question", "command")
# All that Python, in which brat is written, takes for the end of a line.
_LINE = re.compile("[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CONFIGURATION = f"""\
[entities]
Content
Source
Via

[relations]

[events]
Quote Content+:Content, Source?:Source, Via*:Via, Within?:Quote

[attributes]
Type Arg:Quote, Value:{"|".join(_TYPES)}
Act Arg:Quote, Value:{"|".join(ACTS)}
Polarity Arg:Quote, Value:{"|".join(_POLARITIES)}
Modality Arg:Quote, Value:{"|".join(_MODALITIES)}
"""


def write(extractions: Iterable[Extraction]) -> Iterator[tuple[str, str]]:
    """The files of a brat folder: ``ID.txt`` and ``ID.ann`` for each document, and ``annotation.conf``."""
    names = FileNames()
    for extraction in extractions:
        name = names.of(extraction.document)
        yield f"{name}.txt", whole_letters(extraction.document.text or "")
        yield f"{name}.ann", "".join(f"{line}\n" for line in _lines(extraction))
    yield "annotation.conf", _CONFIGURATION


def _lines(extraction: Extraction) -> Iterator[str]:
    text = extraction.document.text or ""
    events = {quote.id: f"E{number}" for number, quote in enumerate(extraction.quotes, start=1)}
    stretches = attributes = 0
    for number, quote in enumerate(extraction.quotes, start=1):
        arguments: list[str] = []
        for label, spans in _stretches(quote):
            stretches += 1
            yield f"T{stretches}\t{label} {_text_bound(text, spans)}"
            arguments.append(f"{label}:T{stretches}")
        if quote.parent in events:
            arguments.append(f"Within:{events[quote.parent]}")
        event = events[quote.id]
        yield f"{event}\t{' '.join(_numbered(arguments))}"
        for name, value in _attributes(quote):
            attributes += 1
            yield f"A{attributes}\t{name} {event} {value}"
        yield f"#{number}\tAnnotatorNotes {event}\t{_note(quote)}"


def _stretches(quote: Quote) -> Iterator[tuple[str, Sequence[Span | Cue]]]:
    """The trigger, whose label is the event's, then the arguments."""
    yield "Quote", [quote.cue] if quote.cue else quote.content
    yield "Content", quote.content
    if quote.source:
        yield "Source", [quote.source]
    yield from (("Via", [via.source]) for via in quote.via if via.source)


def _text_bound(text: str, spans: Sequence[Span | Cue]) -> str:
    parts = [found.span() for span in spans for found in _LINE.finditer(text, span.start, span.end)]
    places = ";".join(f"{start} {end}" for start, end in parts)
    return f"{places}\t{whole_letters(' '.join(text[start:end] for start, end in parts))}"


def _numbered(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments, a second one with the same role numbered, as brat wants it: Via, Via2."""
    seen: dict[str, int] = {}
    for argument in arguments:
        role, _, value = argument.partition(":")
        seen[role] = seen.get(role, 0) + 1
        yield f"{role}{seen[role] if seen[role] > 1 else ''}:{value}"


def _attributes(quote: Quote) -> Iterator[tuple[str, str]]:
    yield "Type", quote.type
    if quote.act:
        yield "Act", quote.act
    yield "Polarity", quote.polarity
    yield "Modality", quote.modality


def _note(quote: Quote) -> str:
    speaker = quote.speaker.name if quote.speaker and quote.speaker.name else "unknown speaker"
    return " ".join(f"{speaker} · {quote.confidence:.2f} · {quote.construction} · {quote.id}".split())
