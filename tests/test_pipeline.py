"""The whole flow: order, batches, what made a result, and what holds of every place in it on any text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit import Extractor, __version__, pipeline
from quotekit.constructions import Context
from quotekit.features import Candidate
from quotekit.language import load_language
from quotekit.model import Article, Notice
from quotekit.readers import read_article
from quotekit.scoring import Scorers
from quotekit.tree import Tree
from quotekit.validation import find_problems
from quotekit.writers.json import to_record
from tests.gold import article, gold_tree
from tests.trees import RandomParser
from tests.working import WordlessParser

SENTENCE = "Khadija never said she was leaving."
ARTICLES = Path(__file__).resolve().parent.parent / "fixtures" / "articles"

WORDS = (
    *(
        "Ana Ruiz",
        "Ruiz",
        "she",
        "He",
        "the mayor",
        "engineers",
        "we",
        "I",
        "船長",
        "Zoë",
        "Zoe\u0308",
        "🌊",
        "3",
        "crew’s",
    ),
    *(
        "said",
        "told",
        "asked",
        "claims",
        "said",
        "told",
        "would",
        "not",
        "as",
        "that",
        "if",
        "according to",
        "in her view",
    ),
    *("the dam leaks", "it is full of floods", "to leave", "and", "don't", "na\u00adive", "zero\u200bwidth"),
)
SIGNS = (
    *("\u00a0", "\u2009", "\t", ", ", ". ", ". ", "? ", "! ", ": ", " – ", "… ", " (", ") ", "--", ",” ", ".” ", "?” "),
    *(" “", "” ", " ‘", "’ ", '"', "'", "«", "»", "„", "「", "」", "``", "''", " “", "” "),
)
PIECES = st.sampled_from([f"{word} " for word in WORDS]) | st.sampled_from([*SIGNS, *WORDS])
LINES = st.lists(PIECES, min_size=1, max_size=60).map("".join)
ENDS = st.sampled_from(["\n\n", "\r\n\r\n", "\n \n", "\n"])
TEXTS = st.builds(lambda lines, end: end.join(lines), st.lists(LINES, max_size=5), ENDS)


class Everything:
    """A scorer that believes every candidate, in an order of its own, so that no likely place goes unseen."""

    threshold = 0.0

    def probability(self, candidate: Candidate, context: Context) -> float:
        return 1 / (2 + len(candidate.words) % 7 + len(candidate.match.construction) / 10)


def _credulous(parser: RandomParser | None = None) -> Extractor:
    extractor = Extractor(parser=parser or RandomParser())
    extractor._scorers = Scorers(Everything())  # type: ignore[arg-type]
    return extractor


def _articles(*sizes: int) -> Iterator[Article]:
    return (Article("x" * size, id=str(number), source="-") for number, size in enumerate(sizes))


def test_a_parse_that_is_given_needs_no_model() -> None:
    """In a process of its own, for other tests may have loaded torch into this one."""
    code = f"""
import sys
from quotekit import Extractor
from tests.gold import article, gold_tree
assert Extractor().extract_tree(article({SENTENCE!r}), gold_tree({SENTENCE!r})).document.length
print(*(name for name in ("torch", "stanza", "numpy") if name in sys.modules))
"""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")


def test_articles_are_parsed_together_up_to_a_size() -> None:
    parser = RandomParser()
    size = pipeline.BATCH_CHARACTERS
    extractions = Extractor(parser=parser).extract_many(_articles(10, size - 10, 1, size + 1, 5, 5))
    assert [extraction.document.id for extraction in extractions] == ["0", "1", "2", "3", "4", "5"]
    assert [[len(text) for text in batch] for batch in parser.batches] == [[10, size - 10], [1], [size + 1], [5, 5]]


def test_the_first_results_come_before_the_last_article_is_read() -> None:
    parser = RandomParser()
    read: list[str] = []

    def articles() -> Iterator[Article]:
        for one in _articles(pipeline.BATCH_CHARACTERS, 1, 1):
            read.append(one.id)
            yield one

    extractions = Extractor(parser=parser).extract_many(articles())
    assert next(extractions).document.id == "0"
    assert read == ["0", "1"]


def test_plain_texts_are_numbered_articles_and_stand_among_others() -> None:
    texts = ["One.", Article(text="Two.", id="two", source="two.txt"), "Three."]
    found = list(Extractor(parser=WordlessParser()).extract_many(texts))
    assert [(one.document.id, one.document.source, one.document.text) for one in found] == [
        ("text-1", "text-1", "One."),
        ("two", "two.txt", "Two."),
        ("text-3", "text-3", "Three."),
    ]


def test_a_single_text_is_not_taken_for_its_letters() -> None:
    with pytest.raises(TypeError, match="several texts"):
        list(Extractor(parser=WordlessParser()).extract_many("One."))


def test_no_articles_are_no_extractions_and_load_nothing() -> None:
    parser = RandomParser()
    assert list(Extractor(parser=parser).extract_many([])) == []
    assert parser.batches == []


def test_an_empty_text_has_no_quotes() -> None:
    record = to_record(Extractor(parser=RandomParser()).extract(""))
    assert (record["document"]["length"], record["quotes"], record["speakers"]) == (0, [], [])
    assert find_problems(record, closed=True) == []


def test_a_parser_that_loses_a_text_is_found_out() -> None:
    class Forgetful(RandomParser):
        def parse(self, texts: Sequence[str]) -> list[Tree]:
            return super().parse(texts)[1:]

    with pytest.raises(ValueError, match="shorter"):
        list(Extractor(parser=Forgetful()).extract_many(_articles(1, 1)))


def test_the_generator_says_what_made_the_result() -> None:
    language = load_language("en")
    generator = Extractor(parser=RandomParser()).extract(SENTENCE).generator
    assert (generator.name, generator.version) == ("quotekit", __version__)
    assert (generator.parser, generator.model) == ("random 1", "none")
    assert generator.language_data == f"en {language.version}"
    given_parse = Extractor().extract_tree(article(SENTENCE), gold_tree(SENTENCE)).generator
    assert (given_parse.parser, given_parse.model) == ("conllu", "as given")


def test_the_document_is_the_article() -> None:
    notice = Notice("language", "may not be English", None, None)
    given_article = Article(
        SENTENCE, "a-1", "a/a-1.txt", "Title", "Ada", "2024-05-01", "https://example.org/a-1", "en", (notice,)
    )
    extraction = Extractor().extract_tree(given_article, gold_tree(SENTENCE))
    document = extraction.document
    for name in ("text", "id", "source", "title", "author", "published", "url", "language"):
        assert getattr(document, name) == getattr(given_article, name)
    assert (document.length, document.offset_unit) == (len(SENTENCE), "codepoint")
    assert extraction.warnings == (notice,)


def test_ids_hang_on_the_text_and_the_places_alone() -> None:
    text = "“The dam leaks,” Ana Ruiz said, and she claims that the mayor told engineers to leave."
    one, other = (_credulous().extract(text, id=name) for name in ("one", "other"))
    assert [quote.id for quote in one.quotes] == [quote.id for quote in other.quotes] != []
    longer = _credulous().extract(f"{text} ")
    assert longer.quotes
    assert not {quote.id for quote in one.quotes} & {quote.id for quote in longer.quotes}


@given(TEXTS | st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_every_span_says_what_stands_there(text: str) -> None:
    record = to_record(_credulous().extract(text))
    for span in _spans(record):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
    assert find_problems(record, closed=True) == []


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_ids_are_unique_and_the_same_again(text: str) -> None:
    first, second = (to_record(_credulous().extract(text)) for _ in range(2))
    assert first == second
    ids = [item["id"] for item in (*first["quotes"], *first["speakers"], *first["claims"])]
    assert len(set(ids)) == len(ids)


# An article's first paragraph, where a single sentence, is its headline, whose capitals say less of names. What stands
# before it changes that; so these articles have one.
HEADLINE = "Rain again.\n\n"
PREFIX = "Rain fell.\n\n"


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_paragraph_before_shifts_every_place_by_its_length(text: str) -> None:
    plain = to_record(_credulous().extract(HEADLINE + text))
    shifted = to_record(_credulous().extract(PREFIX + HEADLINE + text))
    assert _found(shifted) == _found(plain, shift=len(PREFIX))


AWKWARD = {
    "emoji": "🌊🌊 “The sea 🌊 is back,” said Ana Ruiz, who runs the ferry. She said the pier 👩‍👩‍👧 was lost.",
    "windows line ends": "The dam is old.\r\n\r\n“It leaks,” Ana Ruiz said.\r\n\r\n“It always did,” she added.\r\n",
    "NBSP": "Mr\u00a0Ruiz said\u00a0the dam would hold. «\u00a0It leaks\u00a0», he told reporters.",
    "soft hyphens": "Ana Ruiz said the em\u00adbank\u00adment would hold. “Engi\u00adneers know,” she said.",
    "combining accents": "Zoe\u0308 Mu\u0308ller said the cafe\u0301 would close. “Adie\u0301u,” she said.",
    "straight marks": '"We\'ll sell," Ana Ruiz said, "but not today." The crew\'s boat stayed.',
}


@pytest.mark.model
@pytest.mark.parametrize("name", ["harbour", "wire", *AWKWARD])
def test_a_paragraph_before_shifts_what_the_model_finds(extractor: Extractor, name: str) -> None:
    text = HEADLINE + (AWKWARD[name] if name in AWKWARD else read_article(str(ARTICLES / f"{name}.txt")).text)
    plain, shifted = (to_record(extractor.extract(one)) for one in (text, PREFIX + text))
    assert plain["quotes"]
    assert _found(shifted) == _found(plain, shift=len(PREFIX))
    assert find_problems(plain, closed=True) == find_problems(shifted, closed=True) == []


def _spans(item: Any) -> Iterator[dict[str, Any]]:
    """Every span in a record, however deep."""
    if isinstance(item, dict):
        if "start" in item and "text" in item:
            yield item
        item = list(item.values())
    if isinstance(item, list):
        for part in item:
            yield from _spans(part)


def _found(record: dict[str, Any], shift: int = 0) -> Any:
    """What was found in a document, its places shifted; ids, which hang on the whole text, by their order."""
    order: dict[str, int] = {}
    return [_moved(record[part], shift, order) for part in ("speakers", "quotes", "claims", "warnings")]


def _moved(item: Any, shift: int, order: dict[str, int]) -> Any:
    if isinstance(item, list):
        return [_moved(part, shift, order) for part in item]
    if not isinstance(item, dict):
        return item
    moved = {key: _moved(value, shift, order) for key, value in item.items()}
    for key in {"start", "end"} & moved.keys():
        moved[key] = None if moved[key] is None else moved[key] + shift
    for key in {"id", "parent", "quote", "speaker"} & moved.keys():
        if isinstance(moved[key], str):
            moved[key] = order.setdefault(moved[key], len(order))
    return moved
