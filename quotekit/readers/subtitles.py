"""Subtitles (SRT, WebVTT) → Article: cues joined to running text, voices as labels, and the time of every cue.

Read by our own hands: webvtt-py drops a cue whose time is broken and says nothing, and gives all of a cue in which two
voices speak to the first.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotekit.errors import InputError
from quotekit.readers.decoding import decode
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.source import Source
from quotekit.readers.spoken import Utterance, article_of
from quotekit.readers.times import seconds

_ARROW = re.compile(r"[ \t]*(?P<begins>\S+)[ \t]*-->[ \t]*(?P<ends>\S+)")
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?:[ \t\r\n]|\Z)|\s{0,99}(?:\d{1,6}[ \t]*\r?\n)?[\d:.,]{4,16}[ \t]*-->)"
)
_SOME_TIME = re.compile(r"\d+:\d+")
# WebVTT's own blocks, which no viewer sees: https://www.w3.org/TR/webvtt1/
_UNSHOWN = ("WEBVTT", "NOTE", "STYLE", "REGION")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^}]*\}")  # <i>, <00:01.500>, {\an8}
_REMEDY = "write it as 00:01:02,500 --> 00:01:04,000"
# Captions that roll up repeat a line in cue after cue; in others somebody says the same word twice now and then.
ROLLING_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class _Cue:
    lines: tuple[str, ...]
    begins: float
    ends: float


def is_subtitles(head: bytes) -> bool:
    """Whether an input begins as WebVTT or SRT does."""
    return _START.match(head) is not None


def read_subtitles(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """What is said in subtitles; of a cue with a broken time ``failed`` is told, and the others are read.

    Raises InputError where no cue is whole.
    """
    decoded = decode(source.read(), place=source.path, encoding=reading.encoding)
    cues = list(_cues(decoded.text, source, failed))
    if not cues:
        raise InputError(source.path, "has no subtitles in it", "name what it is with --input-format")
    yield article_of(_utterances(cues), source, reading, decoded=decoded), None


def _cues(text: str, source: Source, failed: Failed) -> list[_Cue]:
    cues: list[_Cue] = []
    for first, block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        arrow = next((index for index, line in enumerate(block[:2]) if "-->" in line), None)
        if arrow is None and block[0].startswith(_UNSHOWN):
            continue
        if arrow is None and cues and not (len(block) > 1 and block[0].isdigit() and _SOME_TIME.search(block[1])):
            cues[-1] = replace(cues[-1], lines=(*cues[-1].lines, *block))  # a blank line within a subtitle
            continue
        time = min(1, len(block) - 1) if arrow is None else arrow
        span = _time_span(block[time])
        if span is None:
            failed(
                InputError(f"{source.path}:{first + time}", f"is no time of a subtitle: {block[time].strip()}", _REMEDY)
            )
        else:
            cues.append(_Cue(tuple(block[time + 1 :]), *span))
    return cues


def _time_span(line: str) -> tuple[float, float] | None:
    found = _ARROW.match(line)
    if found is None:
        return None
    begins, ends = seconds(found["begins"]), seconds(found["ends"])
    return None if begins is None or ends is None or ends < begins else (begins, ends)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each run of lines between blank ones, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _utterances(cues: Sequence[_Cue]) -> Iterator[Utterance]:
    """What each voice says in each cue; a line that rolls up through several cues is said once."""
    said = [list(_voiced(cue)) for cue in cues]
    repeated = [0, *(_repeated(before, after) for before, after in pairwise(said))]
    is_rolling = sum(map(bool, repeated)) >= ROLLING_SHARE * len(cues)
    for cue, lines, old in zip(cues, said, repeated, strict=True):
        for voice, words in lines[old if is_rolling else 0 :]:
            yield Utterance(words, cue.begins, cue.ends, voice)


def _voiced(cue: _Cue) -> Iterator[tuple[str | None, str]]:
    """The words of each line and whose they are."""
    voice: str | None = None
    for line in cue.lines:
        opening, *rest = _VOICE.split(line)
        for name, marked in [(voice, opening), *zip(rest[::2], rest[1::2], strict=True)]:
            voice = " ".join(html.unescape(name).split()) or None if name else None
            if words := " ".join(html.unescape(_TAG.sub("", marked)).split()):
                yield voice, words
            if "</v>" in marked:
                voice = None


def _repeated(before: Sequence[object], after: Sequence[object]) -> int:
    """How many lines at the head of a cue stood at the foot of the one before."""
    most = min(len(before), len(after))
    return next((count for count in range(most, 0, -1) if list(before[-count:]) == list(after[:count])), 0)


SUBTITLES = Reader("subtitles", "subtitles: SRT, WebVTT", (".srt", ".vtt"), is_subtitles, read_subtitles)
