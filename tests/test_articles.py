"""The articles of fixtures/ from end to end, with the bundled model: what nobody may miss in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotekit.readers import read_article
from quotekit.validation import find_problems
from quotekit.writers.json import to_record

if TYPE_CHECKING:
    from quotekit import Extractor

pytestmark = pytest.mark.model

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "articles"

# article, type, how the content begins, how it ends, the source, the speaker
WANTED = [
    ("ferry", "indirect", "The council of Port Ellan", "second-hand ferry", "Mayor Lucia Brandt", "Lucia Brandt"),
    ("ferry", "direct", "We have waited", "It floats", "she", "Lucia Brandt"),
    ("ferry", "indirect", "the boat needs", "a new engine", "the harbour master", None),
    ("harbour", "direct", "We would rather", "like any of them", "Marta Quiroga", "Marta Quiroga"),
    ("harbour", "indirect", "salt water has eaten", "the hill behind it", "their report", None),
    ("harbour", "indirect", "she had asked", "in March", "Quiroga", "Marta Quiroga"),
    ("harbour", "direct", "When the boat stops", "the truth about the date", "Reke", "Tomas Reke"),
    ("harbour", "direct", "Iron does not read", "timetables", "he", "Samuel Osei"),
    ("harbour", "direct", "Of course it could", "once it has happened", "Quiroga", "Marta Quiroga"),
    ("library", "direct", "It isn’t the books", "on a website", "Dilys Penhale", "Dilys Penhale"),
    ("library", "direct", "Mr Oduya counts stamps", "an umbrella", "Penhale", "Dilys Penhale"),
    ("library", "indirect", "the price was fair", "timetable was not", "Fergus Mallory", "Fergus Mallory"),
    ("library", "direct", "My late father", "that ceiling", "he", "Fergus Mallory"),
    ("library", "mixed", "the repairs would cost", "the building’", "His", "Fergus Mallory"),
    ("wire", "direct", "He knew on Sunday", "happened on Monday", "Petra Lindqvist", "Petra Lindqvist"),
    ("wire", "direct", "Yes. Warm water", "same story", "she", "Ileana Marsh"),
    ("wire", "indirect", "Nineteen people were treated", "stomach complaints", "the district hospital", None),
]


@cache
def _record(extractor: Extractor, name: str) -> dict[str, Any]:
    article = read_article(str(FOLDER / f"{name}.txt"))
    return to_record(next(extractor.extract_many([article])))


@pytest.mark.parametrize(("name", "type_", "begins", "ends", "source", "speaker"), WANTED)
def test_nobody_may_miss(
    extractor: Extractor, name: str, type_: str, begins: str, ends: str, source: str, speaker: str | None
) -> None:
    quotes = _record(extractor, name)["quotes"]
    found = [quote for quote in quotes if quote["content"][0]["text"].startswith(begins)]
    assert len(found) == 1
    (quote,) = found
    assert quote["type"] == type_
    assert quote["content"][-1]["text"].endswith(ends)
    assert source in quote["source"]["text"]
    if speaker is not None:
        assert quote["speaker"]["name"] == speaker


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_the_record_keeps_the_contract(extractor: Extractor, name: str) -> None:
    assert list(find_problems(_record(extractor, name), closed=True)) == []


def test_the_same_text_gives_the_same_bytes(extractor: Extractor) -> None:
    article = read_article(str(FOLDER / "wire.txt"))
    first, second = (json.dumps(to_record(next(extractor.extract_many([article])))) for _ in range(2))
    assert first == second


def test_company_changes_nothing(extractor: Extractor) -> None:
    articles = [read_article(str(FOLDER / f"{name}.txt")) for name in ("library", "ferry")]
    together = [to_record(extraction) for extraction in extractor.extract_many(articles)]
    assert [quote["content"] for quote in together[1]["quotes"]] == [
        quote["content"] for quote in _record(extractor, "ferry")["quotes"]
    ]
