"""Who spoke, as JSON of ``schemas/speakers.schema.json``, as CSV with a row for each quote, or for people to read.

A cell that a spreadsheet would take for a formula is made harmless, as in ``csv.py``.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from quotekit.model import Quote
from quotekit.roster import Listed, Spoken
from quotekit.writers.csv import guarded
from quotekit.writers.wording import counted, on_one_line

ROSTER_VERSION = "1.0"
COLUMNS = (
    *("speaker", "name", "type", "role", "affiliation", "same_as", "document", "source"),
    *("quote", "quote_type", "act", "polarity", "cue", "start", "end", "content", "method", "confidence", "identity"),
)
GAP = " … "  # between the spans of an interrupted quotation


def write_roster_json(listed: Sequence[Listed], *, documents: int) -> Iterator[str]:
    """The roster as one indented JSON object."""
    record = {
        "schema_version": ROSTER_VERSION,
        "documents": documents,
        "speakers": [_record(one) for one in listed],
    }
    yield json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def write_roster_csv(listed: Sequence[Listed]) -> Iterator[str]:
    """The roster as CSV (RFC 4180, line feeds): a line of names, then one for each quote."""
    yield _line(COLUMNS)
    for one in listed:
        beside = (one.name, one.type, "; ".join(one.roles), "; ".join(one.affiliations), " ".join(one.same_as))
        for there in one.documents:
            for spoken in there.quotes:
                yield _line((one.id, *beside, there.document, there.source, *_cells(spoken)))


def write_roster_text(listed: Sequence[Listed], *, documents: int, width: int) -> Iterator[str]:
    """The roster in readable pieces: one for each speaker, and a summary."""
    lay_out = textwrap.TextWrapper(width, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
    for one in listed:
        role = next((role for role in one.roles if role.casefold() not in one.name.casefold()), None)
        told = [part for part in (role, " ".join(one.same_as)) if part]
        where = f" in {counted(len(one.documents), 'document')}" if documents > 1 else ""
        lines = [f"{on_one_line(', '.join((one.name, *told)))}: {counted(one.quotes, 'quote')}{where}"]
        for there in one.documents:
            for quote in (spoken.quote for spoken in there.quotes):
                place = f"{there.document}: " if documents > 1 else ""
                lines += lay_out.wrap(on_one_line(f"{place}{_said(quote)}"))
        yield "\n".join(lines) + "\n\n"
    yield f"{counted(len(listed), 'speaker')} in {counted(documents, 'document')}\n"


def _record(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "type": one.type,
        "roles": list(one.roles),
        "affiliations": list(one.affiliations),
        "names": list(one.names),
        "same_as": list(one.same_as),
        "quotes": one.quotes,
        "documents": [
            {
                "document": there.document,
                "source": there.source,
                "speaker": there.speaker,
                "mentions": [asdict(span) for span in there.mentions],
                "quotes": [_quote(spoken) for spoken in there.quotes],
            }
            for there in one.documents
        ],
    }


def _quote(spoken: Spoken) -> dict[str, Any]:
    quote = spoken.quote
    return {
        "id": quote.id,
        "type": quote.type,
        "content": [asdict(span) for span in quote.content],
        "cue": quote.cue.text if quote.cue else None,
        "act": quote.act,
        "polarity": quote.polarity,
        "method": spoken.speaker.method,
        "confidence": quote.confidence,
        "identity": spoken.speaker.confidence,
    }


def _cells(spoken: Spoken) -> tuple[object, ...]:
    quote = spoken.quote
    content = GAP.join(span.text for span in quote.content)
    place = (min(span.start for span in quote.content), max(span.end for span in quote.content))
    cue = quote.cue.text if quote.cue else ""
    how = (spoken.speaker.method, quote.confidence, spoken.speaker.confidence)
    return (quote.id, quote.type, quote.act, quote.polarity, cue, *place, content, *how)


def _line(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(map(guarded, cells))
    return line.getvalue()


def _said(quote: Quote) -> str:
    act = "" if quote.act in (None, "says") else f"{quote.act}: "
    negated = "" if quote.polarity == "positive" else "(negated) "
    return act + negated + GAP.join(span.text for span in quote.content)
