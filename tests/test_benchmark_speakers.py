"""The speaker benchmark on a document of our own: what it hands to the scorer, what it holds, what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import speakers as benchmark
from quotekit import Article, Extractor
from tests.gold import gold_tree

SCORER = Path(__file__).resolve().parents[2] / "shared" / "bench" / "speaker_score.py"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One attribution of a named person in the scorer's form."""
    text = gold_tree(GOLD_TEXT).text
    start, end = text.index("said"), text.index("Novotny") + len("Novotny")
    source = {"mention": [end - 13, end], "type": "person", "wiki": None, "names": ["Pavel Novotny"], "pronoun": False}
    one = {"clause": [start, end], "content": [1, 19], "polarity": "positive", "source": source}
    path = tmp_path / "birds" / "gold.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps({"id": "harvest", "text": text, "attributions": [one]}) + "\n", "utf-8")
    return path


GOLD_TEXT = '"The harvest is in," said Pavel Novotny.'


def _extractions() -> list[object]:
    tree = gold_tree(GOLD_TEXT)
    return [Extractor().extract_tree(Article(text=tree.text, id="harvest", source="harvest"), tree)]


def test_an_unsure_speaker_is_no_answer() -> None:
    (extraction,) = _extractions()
    sure = benchmark.prediction(extraction, 0.0)  # type: ignore[arg-type]
    unsure = benchmark.prediction(extraction, 1.0)  # type: ignore[arg-type]
    assert sure["attributions"][0]["speaker"] == "Pavel Novotny"
    assert unsure["attributions"][0]["speaker"] is None
    assert sure["attributions"][0]["content"] == unsure["attributions"][0]["content"]


def test_the_floors_hold_what_is_not_wrong() -> None:
    part = {"n": 10, "right": 0.7, "wrong": 0.1, "none": 0.2}
    figures = {"found": 0.5, "found.negative": 0.4, **{f"speaker.{name}": part for name in benchmark.PARTS}}
    held = benchmark.gated(figures)
    assert held["speaker.all.not_wrong"] == 0.9
    assert held["speaker.pronoun.right"] == 0.7
    assert all(0 <= value <= 1 for value in held.values())


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not part of this repository")
def test_the_scorer_reads_what_is_handed_to_it(gold: Path) -> None:
    extractions = _extractions()
    figures = benchmark.score(SCORER, gold, extractions, least=0.0)  # type: ignore[arg-type]
    assert figures["speaker.named"] == {"n": 1, "right": 1.0, "wrong": 0.0, "none": 0.0}
    curve = {least: benchmark.score(SCORER, gold, extractions, least=least) for least in (0.0, 1.0)}  # type: ignore[arg-type]
    assert curve[1.0]["speaker.named"]["none"] == 1.0
    assert "--min-speaker" in benchmark.readable(figures, curve)
