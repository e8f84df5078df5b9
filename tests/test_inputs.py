"""The cases of ``fixtures/cases`` as other files hold them: other blanks, line ends, hidden signs; and texts of nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

import pytest

from quotekit.model import Extraction, Quote
from quotekit.pipeline import Extractor
from quotekit.tree import Sentence, Tree, Word
from tests.gold import Case, article, gold_cases, gold_tree
from tests.timing import seconds
from tests.trees import RandomParser

Spelling = Callable[[int, str], str]
NOTHING = [
    "",
    " ",
    "\n",
    "\r\n\r\n",
    "\t \u00a0\u2003",
    "\u200b",
    "\ufeff",
    "\u202b\u202c",
    '"',
    '" "',
    "“”",
    "''''",
    "…",
    "(--)",
    "🌊",
]


def _gap(before: str, after: str) -> Spelling:
    return lambda _, gap: gap.replace(before, after)


def _wrapped(number: int, gap: str) -> str:
    return "\n" if gap == " " and number % 6 == 5 else gap


GAPS: dict[str, Spelling] = {
    "no-break spaces": _gap(" ", "\u00a0"),
    "tabs": _gap(" ", "\t"),
    "two spaces": _gap(" ", "  "),
    "thin spaces": _gap(" ", "\u2009"),
    "lines of six words": _wrapped,
    "line ends of Windows": _gap("\n", "\r\n"),
    "blanks in the empty line": _gap("\n\n", "\n \t\n"),
    "zero-width spaces": _gap(" ", " \u200b"),
    "right-to-left marks": _gap(" ", "\u200f "),
    "soft hyphens": _gap(" ", " \u00ad"),
}


def _respelt(tree: Tree, gap: Spelling, word: Callable[[str], str] = str) -> Tree:
    """The tree of the same text with other signs between its words, or other signs in them."""
    text, place, number, sentences = "", 0, 0, []
    for sentence in tree.sentences:
        words = []
        for old in sentence.words:
            text += gap(number, tree.text[place : old.start])
            form = word(old.form)
            words.append(_moved(old, form, len(text)))
            text, place, number = text + form, old.end, number + 1
        sentences.append(Sentence(tuple(words), sentence.paragraph, sentence.index))
    return Tree(text + tree.text[place:], tuple(sentences))


def _moved(word: Word, form: str, start: int) -> Word:
    return replace(word, form=form, start=start, end=start + len(form), children=())


def _in_words(extraction: Extraction, tree: Tree) -> list[tuple[tuple[int, ...], ...]]:
    """Each quote as the numbers of the words of its content, source and cue."""
    return [_quote_in_words(quote, tree) for quote in extraction.quotes]


def _quote_in_words(quote: Quote, tree: Tree) -> tuple[tuple[int, ...], ...]:
    parts = (quote.content, [quote.source] if quote.source else [], [quote.cue] if quote.cue else [])
    return tuple(
        tuple(
            number
            for number, word in enumerate(tree.words)
            if word.upos != "PUNCT" and any(span.start <= word.start < span.end for span in spans)
        )
        for spans in parts
    )


@cache
def _extractor() -> Extractor:
    return Extractor()


@cache
def _found(tree: Tree) -> list[tuple[tuple[int, ...], ...]]:
    return _in_words(_extractor().extract_tree(article(tree.text), tree), tree)


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(case for case in gold_cases() if case.noted.quotes and not case.xfail)


@pytest.mark.parametrize("spelling", GAPS)
def test_other_blanks_change_no_quote(spelling: str) -> None:
    changed = []
    for case in _cases():
        tree = gold_tree(case.noted.text)
        other = _respelt(tree, GAPS[spelling])
        if other.text != tree.text and _found(other) != _found(tree):
            changed.append(case.name)
    assert changed == []


def test_letters_in_two_parts_change_no_quote() -> None:
    accented = [gold_tree(case.noted.text) for case in _cases() if not case.noted.text.isascii()]
    split = [_respelt(tree, lambda _, gap: gap, lambda form: unicodedata.normalize("NFD", form)) for tree in accented]
    assert sum(other.text != tree.text for other, tree in zip(split, accented, strict=True)) >= 2
    assert [_found(other) for other in split] == [_found(tree) for tree in accented]


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_a_text_of_nothing_has_no_quotes(text: str) -> None:
    extraction = Extractor(parser=RandomParser()).extract(text)
    assert (extraction.quotes, extraction.speakers) == ((), ())
    assert extraction.document.length == len(text)


def _long(size: int) -> Tree:
    """A tree of at least so many characters, made of the cases again and again, each a paragraph of its own."""
    text, paragraph = "", 0
    sentences: list[Sentence] = []
    trees = chain.from_iterable([gold_tree(case.noted.text) for case in gold_cases()] for _ in iter(int, 1))
    for tree in _until(trees, size):
        for sentence in tree.sentences:
            words = tuple(_moved(word, word.form, len(text) + word.start) for word in sentence.words)
            sentences.append(Sentence(words, paragraph + sentence.paragraph, len(sentences)))
        paragraph = sentences[-1].paragraph + 1
        text += tree.text + "\n\n"
    return Tree(text, tuple(sentences))


def _until(trees: Iterator[Tree], size: int) -> Iterator[Tree]:
    length = 0
    while length < size:
        tree = next(trees)
        length += len(tree.text) + 2
        yield tree


def _seconds(tree: Tree, runs: int) -> float:
    return seconds(lambda: _extractor().extract_tree(article(tree.text), tree), runs)


@pytest.mark.slow
def test_a_megabyte_takes_no_longer_than_its_length() -> None:
    """Eight times the text in at most twelve times the time: what grows with the square would take sixty-four."""
    eighth, whole = _long(125_000), _long(1_000_000)
    assert len(whole.text) >= 1_000_000
    assert _seconds(whole, runs=1) <= 12 * _seconds(eighth, runs=2)
