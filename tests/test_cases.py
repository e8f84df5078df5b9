"""Every case of ``fixtures/cases`` and every example above a construction, extracted from its gold tree, without a model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gold import FIXTURES, Case, article, differences, gold_cases, gold_tree, gold_trees

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from quotekit.pipeline import Extractor

UPOS = re.compile("ADJ|ADP|ADV|AUX|CCONJ|DET|INTJ|NOUN|NUM|PART|PRON|PROPN|PUNCT|SCONJ|SYM|VERB|X")
RELATION = re.compile(
    "acl|advcl|advmod|amod|appos|aux|case|cc|ccomp|clf|compound|conj|cop|csubj|dep|det|discourse|dislocated|expl|fixed|"
    "flat|goeswith|iobj|list|mark|nmod|nsubj|nummod|obj|obl|orphan|parataxis|punct|reparandum|root|vocative|xcomp"
)


ROOT = Path(__file__).resolve().parent.parent
# The least share of the cases that must pass; the others are known misses with their reason.
LEAST_PASSING = 0.9
# The files whose groups are the catalogue's lines; the others are ordered by construction.
CATALOGUE = frozenset({"order", "marks", "cues", "boundary", "inputs"})
COVERAGE = tomllib.loads((FIXTURES / "cases" / "coverage.toml").read_text("utf-8"))
LINES = [(title, line) for lines in COVERAGE.values() for title, line in lines.items()]


@cache
def _extractor() -> Extractor:
    from quotekit.pipeline import Extractor

    return Extractor()


def _examples() -> Iterator[Case]:
    """The examples and counterexamples that stand above each construction."""
    from quotekit.constructions import CONSTRUCTIONS

    for construction in CONSTRUCTIONS:
        for number, marked in enumerate((*construction.examples, *construction.counterexamples), start=1):
            yield Case(f"{construction.name} example", number, construction.summary, marked)


def _parameters(cases: Iterable[Case]) -> list[ParameterSet]:
    return [pytest.param(case, id=case.name, marks=_marks(case)) for case in cases]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []


@pytest.mark.parametrize("case", _parameters(gold_cases()))
def test_case(case: Case) -> None:
    noted = case.noted
    extraction = _extractor().extract_tree(article(noted.text), gold_tree(noted.text))
    difference = differences(noted, extraction)
    assert difference is None, f"fixtures/cases/{case.topic}.txt, line {case.line}: {case.heading}{difference}"


@pytest.mark.parametrize("case", _parameters(_examples()))
def test_example(case: Case) -> None:
    noted = case.noted
    assert bool(noted.quotes) == ("[" in case.marked)
    extraction = _extractor().extract_tree(article(noted.text), gold_tree(noted.text))
    difference = differences(noted, extraction)
    assert difference is None, f"{case.topic}: {case.heading}{difference}"


def test_every_case_has_a_tree_and_every_tree_a_case() -> None:
    texts = {case.noted.text for case in (*gold_cases(), *_examples())}
    assert texts - set(gold_trees()) == set(), "these lines have no tree in fixtures/trees"
    assert set(gold_trees()) - texts == set(), "these trees have no line in fixtures/cases"


def test_no_case_stands_twice() -> None:
    texts = [case.noted.text for case in gold_cases()]
    assert sorted(texts) == sorted(set(texts))


def test_most_cases_pass() -> None:
    passing = [case for case in gold_cases() if case.xfail is None]
    assert len(passing) >= LEAST_PASSING * len(gold_cases())


@pytest.mark.parametrize(("title", "line"), LINES, ids=[title for title, _ in LINES])
def test_every_line_of_the_catalogue_has_cases_or_tests(title: str, line: dict[str, list[str]]) -> None:
    covered = set()
    for group in line["groups"]:
        topic, _, heading = group.partition(": ")
        found = {case.marked for case in gold_cases() if case.topic == topic and case.heading.startswith(heading)}
        assert found, f"no case stands under {group!r}"
        covered |= found
    for test in line.get("tests", []):
        path, _, stretch = test.partition(": ")
        assert stretch in (ROOT / path).read_text("utf-8"), f"{path} has no {stretch!r}"
    assert len(covered) >= 2 or line.get("tests"), f"{title!r} has neither two cases nor a test"


def test_every_group_of_the_catalogues_own_files_is_in_the_table() -> None:
    groups = {group for _, line in LINES for group in line["groups"]}
    headings = {f"{case.topic}: {case.heading}" for case in gold_cases() if case.topic in CATALOGUE}
    assert {heading for heading in headings if not any(map(heading.startswith, groups))} == set()


@pytest.mark.parametrize("text", gold_trees(), ids=lambda text: text[:40])
def test_tree_uses_universal_labels_and_covers_its_text(text: str) -> None:
    tree = gold_trees()[text]
    place = 0
    for word in tree.words:
        assert text[word.start : word.end] == word.form
        assert not text[place : word.start].strip(), f"no word for {text[place : word.start]!r}"
        place = word.end
        assert UPOS.fullmatch(word.upos)
        assert RELATION.fullmatch(word.udeprel)
        assert (word.head == 0) == (word.deprel == "root")
        assert (word.upos == "PUNCT") == (word.udeprel == "punct")
    assert not text[place:].strip()
