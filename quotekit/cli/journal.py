"""What a run has done, kept beside its output until it ends, so that `--resume` goes on after an interruption."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from quotekit.cli.ending import report_note

if TYPE_CHECKING:
    from quotekit.model import Article, Document, Extraction
    from quotekit.readers import Found

SUFFIX = ".journal"


class Journal:
    """A file beside the output: the settings of the run on its first line, then an extraction on each."""

    def __init__(self, output: str, settings: dict[str, Any]) -> None:
        self.path = Path(f"{output}{SUFFIX}")
        self._settings = settings
        self._stream: TextIO | None = None
        self._kept: list[tuple[str, int]] = []  # the key of each document, and where its line ends

    def load(self) -> str | None:
        """Take up what an interrupted run has left; or say why that cannot be."""
        if not self.path.is_file():
            return "there is nothing to resume"
        with self.path.open("rb") as stream:
            if _parsed(stream.readline()) != self._settings:
                return "the run before had other options, or another version"
            while (line := stream.readline()).endswith(b"\n") and isinstance(entry := _parsed(line), dict):
                self._kept.append((entry["key"], stream.tell()))
        return None

    def resumed(
        self, articles: Iterable[Found], extract: Callable[[Iterable[Found]], Iterator[Extraction]]
    ) -> Iterator[Extraction]:
        """The extractions of the articles: those that it holds, then those that ``extract`` makes, which it keeps.

        Articles that are parsed together must be so again, for the same numbers to the last bit: what is taken over
        ends where a batch does.
        """
        batches = _batches(articles)
        done = 0
        for batch in batches:
            keys = [_key(article) for article, _ in batch]
            if keys != [key for key, _ in self._kept[done : done + len(batch)]]:
                rest = chain(batch, chain.from_iterable(batches))
                yield from self._keeping(extract(rest), done)
                return
            yield from self._read(done, done + len(batch))
            done += len(batch)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Remove the file where the output was written; else leave it, and say so."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
        if kind is None:
            self.path.unlink(missing_ok=True)
        elif self._kept:
            several = len(self._kept) > 1
            kept = f"{len(self._kept)} {'documents are' if several else 'document is'} kept in {self.path}"
            report_note(f"{kept}; --resume goes on after {'them' if several else 'it'}")

    def _read(self, start: int, end: int) -> Iterator[Extraction]:
        from quotekit.writers.json import from_record

        with self.path.open("rb") as stream:
            stream.readline()
            if start:
                stream.seek(self._kept[start - 1][1])
            for _ in range(start, end):
                yield from_record(json.loads(stream.readline())["record"])

    def _keeping(self, extractions: Iterator[Extraction], done: int) -> Iterator[Extraction]:
        from quotekit.writers.json import to_record

        for extraction in extractions:
            if self._stream is None:
                self._stream = self._open(done)
            key = _key(extraction.document)
            self._stream.write(json.dumps({"key": key, "record": to_record(extraction)}) + "\n")
            self._stream.flush()
            self._kept.append((key, self._stream.tell()))
            yield extraction

    def _open(self, done: int) -> TextIO:
        """The file, cut off behind what is taken over."""
        self._kept = self._kept[:done]
        if done:
            stream = self.path.open("r+", encoding="ascii", newline="\n")
            stream.seek(self._kept[-1][1])
            stream.truncate()
        else:
            stream = self.path.open("w", encoding="ascii", newline="\n")
            stream.write(json.dumps(self._settings) + "\n")
        return stream


def _batches(articles: Iterable[Found]) -> Iterator[Sequence[Found]]:
    """The articles that are parsed together, as the extractor puts them; those that were parsed before likewise."""
    from quotekit.pipeline import batches

    for _, group in groupby(articles, key=lambda found: found[1] is None):
        yield from batches(group, size=lambda found: len(found[0].text))


def _key(one: Article | Document) -> str:
    """What an article's extraction depends on, and its record says."""
    known = [one.id, one.source, one.title, one.author, one.published, one.url, one.language, one.text]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None
