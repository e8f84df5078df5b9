"""A pipeline for the tests of the command line: it needs no model, and finds what `“X,” said Y.` says."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from quotekit.cli import main
from quotekit.model import (
    Article,
    Cue,
    Document,
    Extraction,
    Generator,
    Quote,
    Span,
    Speaker,
    SpeakerRef,
)
from quotekit.pipeline import batches

TAGGED = re.compile(r"“(?P<content>[^”]+?)[,.]” (?P<cue>said) (?P<source>[A-Z]\w+)\.")


class Extractor:
    """Stands in for quotekit.pipeline.Extractor; an article that says so stops it."""

    def __init__(
        self, model: str | None = None, language: str = "en", explain: bool = False, all_claims: bool = False
    ) -> None:
        if model == "missing":
            from quotekit.errors import ModelError

            raise ModelError("missing", "no such model", "quotekit models install en")

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if "Ctrl-C" in article.text:
                raise KeyboardInterrupt
            if "no space" in article.text:
                raise OSError(28, "No space left on device")
            yield extraction_of(article)

    def extract_tree(self, article: Article, tree: object) -> Extraction:
        return extraction_of(article)


def extraction_of(article: Article) -> Extraction:
    sha256 = hashlib.sha256(article.text.encode()).hexdigest()
    document = Document(
        article.id, article.source, article.title, article.author, article.published, article.url, article.language,
        sha256, len(article.text), "codepoint", article.text,
    )  # fmt: skip
    quotes = tuple(quote_of(match, number) for number, match in enumerate(TAGGED.finditer(article.text)))
    names = {quote.speaker.id: quote.source for quote in quotes}
    speakers = tuple(Speaker(id, span.text, "person", None, None, (span,)) for id, span in names.items())
    return Extraction(
        "1.0", Generator("quotekit", "0", "none", "none", "none"), document, speakers, quotes, (), article.notices
    )


def quote_of(match: re.Match[str], number: int) -> Any:
    def span(role: str) -> Span:
        return Span(match.start(role), match.end(role), match[role])

    name = match["source"]
    sure = 0.95 if number % 2 == 0 else 0.6
    speaker = SpeakerRef(f"s-{hashlib.sha256(name.encode()).hexdigest()[:16]}", name, "name", (), sure)
    cue = Cue(match.start("cue"), match.end("cue"), "said", "say", "neutral")
    content = (span("content"),)
    return Quote(
        f"q-{number:016x}", "direct", content, content, cue, span("source"), speaker, (), None, "says", "positive",
        "actual", "tag", 0.9 if number % 2 == 0 else 0.4, (match.start(), match.end()),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that are run in this process find the stand-in where they look for the pipeline."""
    module = ModuleType("quotekit.pipeline")
    module.Extractor = Extractor  # type: ignore[attr-defined]
    module.batches = batches  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "quotekit.pipeline", module)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """Runs `quotekit ARGUMENTS…` in an empty folder; the result has exit_code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes | None = None) -> Any:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return run
