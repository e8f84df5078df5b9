"""The cases of ``fixtures/cases`` and the constructions' examples, each with its hand-checked tree of ``fixtures/trees``.

A case is compared as people would: enclosing marks and edge punctuation of content and source do not count, contents
that only marks, spaces or full stops part are one, and of the cue the word it hangs on must be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quotekit.model import Article, Extraction, Quote
from quotekit.notation import NotedQuote, NotedText, Place, parse_notation, write_notation
from quotekit.parsing.conllu import read_conllu_documents
from quotekit.tree import Tree, Word

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PARAGRAPH = " ¶ "
XFAIL = "## xfail:"
EDGES = " \n\t.,;\"'“”‘’„«»‹›"
_WORD_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a case file: where it stands, what its group proves, its brackets, and why it is a known miss."""

    topic: str
    line: int
    heading: str
    marked: str
    xfail: str | None = None

    @property
    def noted(self) -> NotedText:
        return parse_notation(self.marked.replace(PARAGRAPH, "\n\n"))

    @property
    def name(self) -> str:
        """The topic and the first words, for a test's id."""
        words = re.findall(r"[\w’']+", self.noted.text)[:7]
        return f"{self.topic}: {' '.join(words)}"


@cache
def gold_cases() -> tuple[Case, ...]:
    """The cases of every file, in order."""
    return tuple(case for path in sorted((FIXTURES / "cases").glob("*.txt")) for case in _cases(path))


@cache
def gold_trees() -> dict[str, Tree]:
    """The hand-checked trees by the text they parse."""
    trees: dict[str, Tree] = {}
    for path in sorted((FIXTURES / "trees").glob("*.conllu")):
        for name, tree in read_conllu_documents(path.read_text("utf-8")):
            assert tree.text not in trees, f"{path.name}: {name} parses a text that another tree has: {tree.text!r}"
            trees[tree.text] = tree
    return trees


def gold_tree(text: str) -> Tree:
    """The hand-checked tree of this text."""
    tree = gold_trees().get(text)
    assert tree is not None, f"no tree in fixtures/trees has these # text lines: {text!r}"
    return tree


def article(text: str) -> Article:
    """The text as an article without metadata."""
    return Article(text, id="case", source="-")


def differences(noted: NotedText, extraction: Extraction) -> str | None:
    """What was expected and what was found, in brackets, where they differ; None where they agree."""
    tree = gold_tree(noted.text)
    found = [_noted(quote) for quote in extraction.quotes]
    missing = list(noted.quotes)
    extra = []
    for quote in found:
        match = next((expected for expected in missing if _same(expected, quote, tree)), None)
        if match is None:
            extra.append(quote)
        else:
            missing.remove(match)
    if not missing and not extra:
        return None
    return f"\n  expected  {_shown(noted.text, noted.quotes)}\n  found     {_shown(noted.text, found)}"


def _cases(path: Path) -> Iterator[Case]:
    heading, xfail = "", None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith(XFAIL):
            xfail = line.removeprefix(XFAIL).strip()
        elif line.startswith("#"):
            heading = line.removeprefix("#").strip()
        elif line.strip():
            yield Case(path.stem, number, heading, line.strip(), xfail)
            xfail = None
    assert xfail is None, f"{path.name}: {XFAIL} {xfail} stands before no case"


def _noted(quote: Quote) -> NotedQuote:
    via = [via.source for via in quote.via if via.source is not None]
    return NotedQuote(
        source=((quote.source.start, quote.source.end),) if quote.source else (),
        cue=((quote.cue.start, quote.cue.end),) if quote.cue else (),
        content=tuple((span.start, span.end) for span in quote.content),
        via=tuple((span.start, span.end) for span in via),
    )


def _shown(text: str, quotes: Sequence[NotedQuote]) -> str:
    return write_notation(text, quotes).replace("\n\n", PARAGRAPH)


def _same(expected: NotedQuote, found: NotedQuote, tree: Tree) -> bool:
    return all(
        _trimmed(getattr(expected, role), tree.text) == _trimmed(getattr(found, role), tree.text)
        for role in ("content", "source", "via")
    ) and _same_cue(expected.cue, found.cue, tree)


def _trimmed(places: Iterable[Place], text: str) -> list[Place]:
    """The places without punctuation at their edges; those that nothing but punctuation parts are joined."""
    trimmed: list[Place] = []
    for start, end in sorted(places):
        if trimmed and not _WORD_CHARACTER.search(text, trimmed[-1][1], start):
            trimmed[-1] = (trimmed[-1][0], end)
        else:
            trimmed.append((start, end))
    return [_without_edges(start, end, text) for start, end in trimmed]


def _without_edges(start: int, end: int, text: str) -> Place:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def _same_cue(expected: tuple[Place, ...], found: tuple[Place, ...], tree: Tree) -> bool:
    """Whether the word that one cue hangs on stands in the other."""
    expected_words, found_words = _words(expected, tree), _words(found, tree)
    if not expected_words or not found_words:
        return not expected_words and not found_words
    return _head(expected_words) in found_words or _head(found_words) in expected_words


def _words(places: Iterable[Place], tree: Tree) -> list[Word]:
    return [word for word in tree.words if any(start <= word.start and word.end <= end for start, end in places)]


def _head(words: Sequence[Word]) -> Word:
    return next(word for word in words if word.parent not in words)
