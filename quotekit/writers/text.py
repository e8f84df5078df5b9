"""An extraction for people at a terminal: who, what in its own marks, and where to look it up."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from quotekit.model import Alternative, Extraction, Quote
from quotekit.writers.wording import Places, beside, content, counted, how, on_one_line, roles_of, summary, who

WIDEST = 100  # characters; longer lines are hard to follow from one to the next
NARROWEST = 20  # the weights of an explanation and a word beside them
_LINE_END = re.compile(r"\r\n|\n|\r")


def write_text(extraction: Extraction, *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """The extraction in readable pieces: its title, one piece for each quote, and a summary.

    No line is longer than ``width``, or than 100 characters, but for a word that is. With ``colour`` titles and
    speakers are bold, and what else is known is dim, as a terminal shows it.
    """
    style = _Style(colour)
    places = Places(extraction.document)
    width = max(NARROWEST, min(width, WIDEST))
    wrap = _wrapper(width)
    title = on_one_line(extraction.document.title or extraction.document.id)
    yield "\n".join(style.headed(title, f"  {on_one_line(extraction.document.source)}", width)) + "\n\n"
    explain = partial(_explained, width=width)
    roles = roles_of(extraction)
    for quote in extraction.quotes:
        lines = [
            *style.headed(who(quote.speaker, quote.source), beside(quote, roles), width),
            *wrap(content(quote, extraction.document.text)),
            *(style.dim(line) for line in wrap(how(quote, places.of(quote.content[0].start)))),
            *(style.dim(line) for line in explain(quote)),
        ]
        yield "\n".join(lines) + "\n\n"
    last = _wrapper(width, first="", others="  ")
    ends = [*(f"warning: {on_one_line(notice.message)}" for notice in extraction.warnings), summary(extraction)]
    yield from (f"{line}\n" for end in ends for line in last(end))


@dataclass(frozen=True, slots=True)
class _Style:
    colour: bool

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def headed(self, head: str, rest: str, width: int) -> Iterator[str]:
        """The lines that head and rest make together, the head bold wherever a line breaks."""
        head = " ".join(head.split())
        left = len(head)
        for line in _wrapper(width, first="", others="    ")(head + rest):
            words = line.lstrip()
            bold = max(0, min(left, len(words)))
            yield line[: len(line) - len(words)] + self.bold(words[:bold]) + words[bold:]
            left -= len(words) + 1  # the space at which the line was broken

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text


def _wrapper(width: int, *, first: str = "  ", others: str = "  ") -> Callable[[str], list[str]]:
    wrapper = textwrap.TextWrapper(
        width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap


def _explained(quote: Quote, *, width: int) -> Iterator[str]:
    """The lines under a quote that say why it was found: a column of weights that adds up, and what was rejected."""
    explanation = quote.explanation
    if explanation is None:
        return
    yield from _wrapper(width, first="    ", others="    ")(f"why: {on_one_line(explanation.construction)}")
    rows = [(item.weight, item.words) for item in explanation.evidence]
    rows += [(explanation.rest.weight, f"{counted(explanation.rest.count, 'lesser reason')} together")]
    rows += [(explanation.intercept, "what every reading begins with")]
    for weight, words in rows:
        yield from _wrapper(width, first=f"    {weight:+8.4f}  ", others=" " * 14)(on_one_line(words))
    yield f"    {explanation.score:+8.4f}  score, which calibration makes {quote.confidence:.2f}"
    yield from _wrapper(width, first="    ", others="      ")(f"instead of: {_rejected(explanation.alternative)}")


def _rejected(alternative: Alternative | None) -> str:
    if alternative is None:
        return "nothing"
    words = f"“{on_one_line(' … '.join(span.text for span in alternative.content))}”"
    source = f"from “{on_one_line(alternative.source.text)}”" if alternative.source else "from nobody named"
    cue = [f"by “{on_one_line(alternative.cue.text)}”"] if alternative.cue else []
    rest = [alternative.type, alternative.construction, f"{alternative.confidence:.2f}"]
    return " · ".join([words, source, *cue, *rest])
