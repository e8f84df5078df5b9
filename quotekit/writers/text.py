"""An extraction for people at a terminal: who, what in its own marks, and where to look it up."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from quotekit.model import Alternative, Document, Extraction, Quote, Span, SpeakerRef

WIDEST = 100  # characters; longer lines are hard to follow from one to the next
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # an article must not steer the terminal
_OPENING_MARK = re.compile("[\"'“‘„‚«‹」「『`]+$")
_CLOSING_MARK = re.compile("[,.;!?…]?[\"'”’“‘»›」』´]+")


def write_text(extraction: Extraction, *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """The extraction in readable pieces: its title, one piece for each quote, and a summary."""
    style = _Style(colour)
    places = _Places(extraction.document)
    wrap = _wrapper(min(width, WIDEST))
    title = extraction.document.title or extraction.document.id
    yield f"{style.bold(_shown(title))}  {style.dim(_shown(extraction.document.source))}\n\n"
    explain = partial(_explained, width=min(width, WIDEST))
    roles = {speaker.id: speaker.role for speaker in extraction.speakers}
    for quote in extraction.quotes:
        lines = [
            style.bold(_who(quote.speaker, quote.source)) + _beside(quote, roles),
            *wrap(_content(quote, extraction.document.text)),
            *(style.dim(line) for line in wrap(_how(quote, places))),
            *(style.dim(line) for line in explain(quote)),
        ]
        yield "\n".join(lines) + "\n\n"
    yield from (f"warning: {_shown(notice.message)}\n" for notice in extraction.warnings)
    yield f"{_summary(extraction)}\n"


@dataclass(frozen=True, slots=True)
class _Style:
    colour: bool

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text


class _Places:
    """Where an offset is in the document: the line and the column, as editors count them."""

    def __init__(self, document: Document) -> None:
        self._known = document.text is not None
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(document.text or ""))]

    def of(self, offset: int) -> str:
        if not self._known:
            return f"offset {offset}"
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def _wrapper(width: int, *, first: str = "  ", others: str = "  ") -> Callable[[str], list[str]]:
    wrapper = textwrap.TextWrapper(
        width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap


def _who(speaker: SpeakerRef | None, source: Span | None) -> str:
    """The speaker's name, or the words that stand for it."""
    if speaker and speaker.name:
        return _shown(speaker.name)
    return f"“{_shown(source.text)}”" if source else "(nobody named)"


def _beside(quote: Quote, roles: dict[str, str | None]) -> str:
    """What follows the speaker's name: the role, the words that named them here, who else it may be, through whom."""
    speaker, source = quote.speaker, quote.source
    notes = []
    if speaker and speaker.name:
        role = roles.get(speaker.id or "")
        name = speaker.name.casefold()  # *A pal of hers* opens a sentence, *a pal of hers* is the name
        notes += [f", {_shown(role)}"] if role and role.casefold() not in name else []
        notes += [f" (“{_shown(source.text)}”)"] if source and source.text.casefold() != name else []
    elif speaker and speaker.candidates:
        notes.append(", not decided: " + " or ".join(_shown(candidate.name) for candidate in speaker.candidates))
    notes += [f", via {_who(via.speaker, via.source)}" for via in quote.via]
    return "".join(notes)


def _content(quote: Quote, text: str | None) -> str:
    pieces = [_in_marks(text, span.start, span.end) if text is not None else span.text for span in quote.content]
    return _shown(" … ".join(pieces))


def _in_marks(text: str, start: int, end: int) -> str:
    """The words with the marks around them, and the comma that stands at the closing one."""
    opening = _OPENING_MARK.search(text, max(0, start - 2), start)
    closing = _CLOSING_MARK.match(text, end, end + 3) if opening else None
    return text[opening.start() if opening and closing else start : closing.end() if closing else end]


def _how(quote: Quote, places: _Places) -> str:
    # That somebody says something goes without saying.
    act = [quote.act] if quote.act not in (None, "says") else []
    act += [quote.modality] if quote.modality != "actual" else []
    act += ["negated"] if quote.polarity == "negative" else []
    cue = [_shown(quote.cue.text)] if quote.cue else []
    place = places.of(quote.content[0].start)
    return " · ".join([*cue, *act, quote.type, quote.construction, f"{quote.confidence:.2f}", place])


def _explained(quote: Quote, *, width: int) -> Iterator[str]:
    """The lines under a quote that say why it was found: a column of weights that adds up, and what was rejected."""
    explanation = quote.explanation
    if explanation is None:
        return
    yield from _wrapper(width, first="    ", others="    ")(f"why: {_shown(explanation.construction)}")
    rows = [(item.weight, item.words) for item in explanation.evidence]
    rows += [(explanation.rest.weight, f"{_counted(explanation.rest.count, 'lesser reason')} together")]
    rows += [(explanation.intercept, "what every reading begins with")]
    for weight, words in rows:
        yield from _wrapper(width, first=f"    {weight:+8.4f}  ", others=" " * 14)(_shown(words))
    yield f"    {explanation.score:+8.4f}  score, which calibration makes {quote.confidence:.2f}"
    yield from _wrapper(width, first="    ", others="      ")(f"instead of: {_rejected(explanation.alternative)}")


def _rejected(alternative: Alternative | None) -> str:
    if alternative is None:
        return "nothing"
    words = f"“{_shown(' … '.join(span.text for span in alternative.content))}”"
    source = f"from “{_shown(alternative.source.text)}”" if alternative.source else "from nobody named"
    cue = [f"by “{_shown(alternative.cue.text)}”"] if alternative.cue else []
    how = [alternative.type, alternative.construction, f"{alternative.confidence:.2f}"]
    return " · ".join([words, source, *cue, *how])


def _summary(extraction: Extraction) -> str:
    count = len(extraction.quotes)
    if not count:
        return "no quotes"
    types = Counter(quote.type for quote in extraction.quotes)
    kinds = ", ".join(f"{types[kind]} {kind}" for kind in ("direct", "mixed", "indirect") if types[kind])
    speakers = len({quote.speaker.id for quote in extraction.quotes if quote.speaker and quote.speaker.id})
    return f"{_counted(count, 'quote')} ({kinds}), {_counted(speakers, 'speaker')}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _shown(text: str) -> str:
    """The text on one line and without characters that would steer the terminal."""
    return _CONTROL.sub("\ufffd", _LINE_END.sub(" ", text))
