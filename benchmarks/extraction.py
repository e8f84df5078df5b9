"""One extraction of a corpus, its time, and its quotes as the scorer reads them."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotekit.model import Article, Extraction, Quote
    from quotekit.parsing import Parser
    from quotekit.tree import Tree


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one core was: words are what white space separates, loading is told apart."""

    words: int
    load_seconds: float
    extract_seconds: float
    peak_megabytes: int

    @property
    def words_per_second(self) -> int:
        """Words of running text per second, the model already loaded."""
        return round(self.words / self.extract_seconds) if self.extract_seconds else 0

    def record(self) -> dict[str, Any]:
        """The figures for a script."""
        return {**asdict(self), "words_per_second": self.words_per_second}


@dataclass(frozen=True, slots=True)
class Run:
    """What was found in the articles; ``trees`` are their parses in the same order, where they were kept."""

    extractions: tuple[Extraction, ...]
    trees: tuple[Tree, ...]
    speed: Speed


class KeepingParser:
    """A parser that keeps its trees, for what looks at the candidates afterwards: parsing twice takes twice as long."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.trees: list[Tree] = []

    @property
    def name(self) -> str:
        """The name of the parser that does the work."""
        return self._parser.name

    @property
    def model(self) -> str:
        """The model of the parser that does the work."""
        return self._parser.model

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        """The trees of these texts, which are kept too."""
        found = self._parser.parse(texts)
        self.trees += found
        return found


def read_articles(corpus: Path, *, limit: int | None = None) -> list[Article]:
    """The texts as they stand in the files, no line end translated, since the gold counts every character.

    A ``limit`` takes so many of them, spread evenly over the names: the first fifteen would be of one publisher.
    """
    from quotekit.model import Article

    paths = sorted(corpus.glob("text/*.txt"))
    if limit is not None and limit < len(paths):
        paths = [paths[place * len(paths) // limit] for place in range(limit)]
    return [Article(text=path.read_bytes().decode("utf-8"), id=path.stem, source=str(path)) for path in paths]


def run(articles: Sequence[Article], *, keep_trees: bool = False) -> Run:
    """Everything found in the articles, and how long one thread took."""
    os.environ["OMP_NUM_THREADS"] = "1"
    start = time.perf_counter()
    import torch

    from quotekit import Extractor
    from quotekit.parsing.stanza_parser import StanzaParser

    torch.set_num_threads(1)
    parser = KeepingParser(StanzaParser()) if keep_trees else None
    extractor = Extractor(parser=parser)
    extractor.extract("It rains.")  # the model may load as late as the first text
    if parser is not None:
        parser.trees.clear()
    loaded = time.perf_counter()
    extractions = tuple(extractor.extract_many(articles))
    done = time.perf_counter()
    words = sum(len(article.text.split()) for article in articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    speed = Speed(words, loaded - start, done - loaded, peak)
    return Run(extractions, tuple(parser.trees) if parser is not None else (), speed)


# --- the adapter: an extraction as the scorer reads it


def prediction(extraction: Extraction) -> dict[str, Any]:
    """One line of the scorer's PRED.jsonl."""
    return {"id": extraction.document.id, "attributions": [found for _, found in attributions(extraction)]}


def attributions(extraction: Extraction) -> Iterator[tuple[Quote, dict[str, Any]]]:
    """Each attribution of the extraction with the quote it comes from; a quote and the reports it came through."""
    for quote in extraction.quotes:
        yield quote, attribution(quote)
        for outer in outer_attributions(quote):
            yield quote, outer


def attribution(quote: Quote) -> dict[str, Any]:
    """A quote's content, source and cue as bare offsets."""
    return {
        "content": [[span.start, span.end] for span in quote.content],
        "source": [quote.source.start, quote.source.end] if quote.source else None,
        "cue": [quote.cue.start, quote.cue.end] if quote.cue else None,
    }


def outer_attributions(quote: Quote) -> Iterator[dict[str, Any]]:
    """The reports a quote came through: of *X said …, Y reported* the gold has Y's, with all of *X said …* in it."""
    for via in quote.via:
        spans = [*quote.content, *(span for span in (quote.source, quote.cue) if span)]
        yield {
            "content": [[min(span.start for span in spans), max(span.end for span in spans)]],
            "source": [via.source.start, via.source.end] if via.source else None,
            "cue": [via.cue.start, via.cue.end] if via.cue else None,
        }
