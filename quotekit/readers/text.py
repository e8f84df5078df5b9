"""Plain text → Article, with what a reader of the result should know of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotekit.language import load_language
from quotekit.model import Article, Notice, Page, TimedSpan
from quotekit.readers.decoding import Decoded, decode
from quotekit.readers.reader import Failed, Found, Reader, Reading, document_id
from quotekit.readers.source import Source
from quotekit.readers.times import read_times

# Of 924 news articles the two poorest, both lists of links, have 9 % and 10 % stop words, the others at least 15 %; the
# text of manual pages in eight other languages, which quotes English, has at most 6 %.
STOP_WORD_SHARE = 0.075
# Fifty words of English with the usual 28 % fall below that once in ten thousand texts; thirty, once in 250.
STOP_WORD_MINIMUM = 50
_STOP_WORD_SAMPLE = 100_000  # characters; more cannot change the answer
# Thai, Lao, Burmese, Khmer, Japanese and Chinese put no spaces between words; there each letter counts as one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W\d_])+")
# What UTF-8's curly marks, dashes and dots become when they are read as cp1252, the commonest of such accidents.
_MOJIBAKE = re.compile("â€[\u0153\x9d\u2122\u02dc\u201c\u201d\u00a6]")
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)(?:[T ](?P<time>\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?))?)?)?"
)


def read_text(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """The article that a file of plain text is, unaltered; times in square brackets, *[00:12:31]*, are kept as such."""
    decoded = decode(source.read(), place=source.path, encoding=reading.encoding)
    yield make_article(decoded, source, reading, times=read_times(decoded.text)), None


def make_article(
    decoded: Decoded,
    source: Source,
    reading: Reading,
    *,
    id: str | None = None,
    title: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
    notices: Iterable[Notice] = (),
    pages: tuple[Page, ...] = (),
    times: tuple[TimedSpan, ...] = (),
) -> Article:
    """The article with this text and what is known of it; blank metadata are none, a guess is among its notices."""
    guesses = [Notice("encoding", decoded.guess, None, None)] if decoded.guess else []
    return Article(
        text=decoded.text,
        id=id or document_id(source.path),
        source=source.path,
        title=_one_line(title),
        author=_one_line(author),
        published=iso_date(published),
        url=_one_line(url) or reading.url,
        language=reading.language,
        notices=(*guesses, *notices, *text_notices(decoded.text, reading.language)),
        pages=pages,
        times=times,
    )


def iso_date(written: str | None) -> str | None:
    """The date or time as ISO 8601 has it, where it was written so or nearly so; None for any other."""
    found = _DATE.fullmatch(written.strip()) if written else None
    if found is None:
        return None
    day = "-".join(part for part in (found["year"], found["month"], found["day"]) if part)
    return f"{day}T{found['time']}" if found["time"] else day


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


def text_notices(text: str, language: str) -> Iterator[Notice]:
    """What is unusual about a text: that it is empty, was decoded wrongly, or does not read as its language."""
    if not text.strip():
        yield Notice("empty", "the document has no text", None, None)
    if found := _MOJIBAKE.search(text):
        message = "has signs such as â€œ, UTF-8 read as another encoding: marks are missed; mend it first, as with ftfy"
        yield Notice("mojibake", message, found.start(), found.end())
    share = stop_word_share(text, language)
    if share is not None and share < STOP_WORD_SHARE:
        message = f"does not read as {language}: {share:.0%} of its words are common ones; few quotes may be found"
        yield Notice("language", message, None, None)


def stop_word_share(text: str, language: str) -> float | None:
    """The share of the text's words that are the language's commonest; None where too little can be said."""
    stop_words = load_language(language).words.get("stop_words")
    words = _WORD.findall(text[:_STOP_WORD_SAMPLE].lower())
    if not stop_words or len(words) < STOP_WORD_MINIMUM:
        return None
    return sum(word in stop_words for word in words) / len(words)


TEXT = Reader("text", "plain text", (".txt", ".text"), lambda head: False, read_text)
