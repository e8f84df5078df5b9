"""A quote in words that people read: who, what in its own marks, how, and how many there are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from quotekit.model import Document, Extraction, Quote, Span, SpeakerRef, Time

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # an article must not steer the terminal
_OPENING_MARK = re.compile("[\"'“‘„‚«‹」「『`]+$")
_CLOSING_MARK = re.compile("[,.;!?…]?[\"'”’“‘»›」』´]+")


class Places:
    """Where an offset is in the document: the line and the column, as editors count them."""

    def __init__(self, document: Document) -> None:
        self._known = document.text is not None
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(document.text or ""))]

    def of(self, offset: int) -> str:
        if not self._known:
            return f"offset {offset}"
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def in_source(quote: Quote) -> list[str]:
    """The page and the time of the quote, as far as its source has such places: *p. 2*."""
    page = [f"p. {quote.page}"] if quote.page is not None else []
    return page + ([spoken(quote.time)] if quote.time else [])


def spoken(time: Time) -> str:
    """When something was said, *1:02–1:10*, *2:00:05*: to the second and rounded down, so that none of it is missed."""
    begins, ends = _clock(time.begins), _clock(time.ends)
    return begins if begins == ends else f"{begins}–{ends}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def on_one_line(text: str) -> str:
    """The text on one line and without characters that would steer a terminal."""
    return _CONTROL.sub("\ufffd", _LINE_END.sub(" ", text))


def who(speaker: SpeakerRef | None, source: Span | None) -> str:
    """The speaker's name, or the words that stand for it."""
    if speaker and speaker.name:
        return on_one_line(speaker.name)
    return f"“{on_one_line(source.text)}”" if source else "(nobody named)"


def roles_of(extraction: Extraction) -> dict[str, str | None]:
    """The role of each speaker, by id."""
    return {speaker.id: speaker.role for speaker in extraction.speakers}


def beside(quote: Quote, roles: Mapping[str, str | None]) -> str:
    """What follows the speaker's name: the role, the words that named them here, who else it may be, through whom."""
    speaker, source = quote.speaker, quote.source
    notes = []
    if speaker and speaker.name:
        role = roles.get(speaker.id or "")
        name = speaker.name.casefold()  # *A pal of hers* opens a sentence, *a pal of hers* is the name
        notes += [f", {on_one_line(role)}"] if role and role.casefold() not in name else []
        notes += [f" (“{on_one_line(source.text)}”)"] if source and source.text.casefold() != name else []
    elif speaker and speaker.candidates:
        notes.append(", not decided: " + " or ".join(on_one_line(candidate.name) for candidate in speaker.candidates))
    notes += [f", via {who(via.speaker, via.source)}" for via in quote.via]
    return "".join(notes)


def content(quote: Quote, text: str | None) -> str:
    """What was said, in the marks that stand around it in the text; an ellipsis between its parts."""
    if text is None:
        return on_one_line(" … ".join(span.text for span in quote.content))
    places = (in_marks(text, span.start, span.end) for span in quote.content)
    return on_one_line(" … ".join(text[start:end] for start, end in places))


def how(quote: Quote, place: str) -> str:
    """By which words and in which way it was said, how sure that is, and the place."""
    # That somebody says something goes without saying.
    act = [quote.act] if quote.act not in (None, "says") else []
    act += [quote.modality] if quote.modality != "actual" else []
    act += ["negated"] if quote.polarity == "negative" else []
    cue = [on_one_line(quote.cue.text)] if quote.cue else []
    return " · ".join([*cue, *act, quote.type, quote.construction, f"{quote.confidence:.2f}", place, *in_source(quote)])


def summary(extraction: Extraction) -> str:
    """How many quotes of which type there are, of how many speakers."""
    quotes = len(extraction.quotes)
    if not quotes:
        return "no quotes"
    types = Counter(quote.type for quote in extraction.quotes)
    kinds = ", ".join(f"{types[kind]} {kind}" for kind in ("direct", "mixed", "indirect") if types[kind])
    speakers = len({quote.speaker.id for quote in extraction.quotes if quote.speaker and quote.speaker.id})
    return f"{counted(quotes, 'quote')} ({kinds}), {counted(speakers, 'speaker')}"


def counted(count: int, noun: str) -> str:
    """The number with its noun, in the plural where it must be."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def in_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words begin and end with the marks around them, and with the comma that stands at the closing one."""
    opening = _OPENING_MARK.search(text, max(0, start - 2), start)
    closing = _CLOSING_MARK.match(text, end, end + 3) if opening else None
    return (opening.start(), closing.end()) if opening and closing else (start, end)
