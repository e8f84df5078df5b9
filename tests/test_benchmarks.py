"""The floors of benchmarks/: they hold, they rise, and they fall only on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.floors import GATED, MARGIN, corpus_digest, new_floors, settle

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one text."""
    folder = tmp_path / "town" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "one.txt").write_text("Nobody said a word.", "utf-8")
    return folder


def figures(value: float, **other: float) -> dict[str, Any]:
    return {name: {"f1": other.get(name, value)} for name in GATED}


def run(corpus: Path, measured: dict[str, Any], *, update: bool = False, lower: bool = False) -> int:
    return settle(corpus, measured, {}, update=update, lower=lower, path=corpus.parent / "floors.json")


def floors(corpus: Path) -> dict[str, float]:
    found: dict[str, float] = json.loads((corpus.parent / "floors.json").read_text("utf-8"))["town/dev"]["floors"]
    return found


def test_a_floor_holds_until_a_figure_falls_below_it(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(corpus, figures(0.5), update=True) == 0
    assert run(corpus, figures(0.5 - MARGIN)) == 0
    assert run(corpus, figures(0.5, cue=0.4)) == 1
    assert "cue is 0.4000, its floor 0.4970" in capsys.readouterr().err


def test_an_update_raises_floors_and_never_lowers_one(corpus: Path) -> None:
    run(corpus, figures(0.5), update=True)
    assert run(corpus, figures(0.4), update=True) == 1
    assert floors(corpus)["attribution"] == 0.497
    assert run(corpus, figures(0.498, cue=0.6), update=True) == 0
    assert floors(corpus)["attribution"] == 0.497
    assert floors(corpus)["cue"] == 0.597


def test_a_regression_must_be_allowed_by_name(corpus: Path) -> None:
    run(corpus, figures(0.5), update=True)
    assert run(corpus, figures(0.4), update=True, lower=True) == 0
    assert floors(corpus)["attribution"] == 0.397


def test_another_corpus_is_refused(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(corpus, figures(0.5), update=True)
    (corpus / "text" / "two.txt").write_text("Everybody did.", "utf-8")
    assert run(corpus, figures(0.9)) == 1
    assert "not the texts" in capsys.readouterr().err


def test_new_floors_never_fall_and_are_never_negative() -> None:
    assert new_floors({"cue": 0.7}, {"cue": 0.6, "attribution": 0.001}) == {"cue": 0.7, "attribution": 0.0}


def test_the_digest_knows_names_as_well_as_bytes(corpus: Path) -> None:
    before = corpus_digest(corpus)
    (corpus / "text" / "one.txt").rename(corpus / "text" / "two.txt")
    assert corpus_digest(corpus) != before


def test_the_recorded_floors_name_gated_figures() -> None:
    for name, entry in json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8")).items():
        if name == "polnear/dev":
            assert set(entry["floors"]) <= set(GATED)
        elif name == "claimbuster/last-fifth.jsonl":
            assert set(entry["floors"]) == {"worth.auc", "worth.macro", "worth.macro_at_half"}
        else:  # floors of speakers
            assert all(figure.startswith(("found", "speaker.")) for figure in entry["floors"])
        assert len(entry["corpus_sha256"]) == 64
