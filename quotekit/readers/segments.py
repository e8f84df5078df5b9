"""The JSON of speech recognizers (Whisper, WhisperX) and of podcasts → Article, with the time of every segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quotekit.errors import InputError
from quotekit.readers.decoding import Decoded
from quotekit.readers.jsonl import is_json
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.records import parse_json
from quotekit.readers.source import Source
from quotekit.readers.spoken import Utterance, article_of

_SEGMENTS = re.compile(rb"\"segments\"\s*:\s*\[")
# WhisperX says start, end, text; podcasts (podcastindex.org's transcripts) say startTime, endTime, body.
_BEGINS, _ENDS, _WORDS = ("start", "startTime"), ("end", "endTime"), ("text", "body")


def is_segments(head: bytes) -> bool:
    """Whether an input is JSON with segments of speech."""
    return is_json(head) and _SEGMENTS.search(head) is not None


def read_segments(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """What is said in a transcript in JSON; ``failed`` is told of a segment without words or times."""
    value, problem = parse_json(source.read())
    segments = value.get("segments") if isinstance(value, Mapping) else None
    if problem or not isinstance(segments, list):
        raise InputError(source.path, problem or "has no list of segments", "name what it is with --input-format")
    utterances = list(_utterances(segments, source, failed))
    title = value.get("title") if isinstance(value.get("title"), str) else None
    yield article_of(utterances, source, reading, decoded=Decoded("", "utf-8"), title=title), None


def _utterances(segments: list[Any], source: Source, failed: Failed) -> Iterator[Utterance]:
    for number, segment in enumerate(segments, start=1):
        words, begins, ends = (_first(segment, keys) for keys in (_WORDS, _BEGINS, _ENDS))
        is_timed = isinstance(begins, int | float) and isinstance(ends, int | float) and 0 <= begins <= ends
        if not isinstance(words, str) or not is_timed:
            failed(InputError(f"{source.path}, segment {number}", "has no words, or no times in seconds"))
        elif words.strip():
            voice = segment.get("speaker")
            yield Utterance(
                " ".join(words.split()), float(begins), float(ends), voice if isinstance(voice, str) else None
            )


def _first(segment: Any, keys: tuple[str, ...]) -> Any:
    return next((segment[key] for key in keys if key in segment), None) if isinstance(segment, Mapping) else None


SEGMENTS = Reader(
    "segments", "transcripts in JSON: Whisper, podcasts", (".json",), is_segments, read_segments, in_folders=False
)
