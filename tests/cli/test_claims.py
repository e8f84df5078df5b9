"""`quotekit claims`: ranking, filters, forms and what it refuses; claims come from JSON, so that no model is needed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

VALID = Path(__file__).parent.parent.parent / "fixtures" / "json" / "valid"
TUNNEL = VALID / "claims.json"


def rows(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_claims_are_ranked_over_all_inputs(run: Any) -> None:
    found = rows(run("claims", TUNNEL, VALID / "ferry.json"))
    assert {row["doc_id"] for row in found} == {"tunnel", "ferry"}
    scores = [row["checkworthiness"] for row in found]
    assert scores == sorted(scores, reverse=True)


def test_the_top_is_the_beginning_of_all(run: Any) -> None:
    assert rows(run("claims", "--top", 2, TUNNEL)) == rows(run("claims", TUNNEL))[:2]


@pytest.mark.parametrize("types", ["quantity", "voting,date", "VOTING"])
def test_types_are_kept(run: Any, types: str) -> None:
    wanted = set(types.lower().split(","))
    found = rows(run("claims", "--type", types, TUNNEL))
    assert found
    assert all(wanted & set(row["types"]) for row in found)


def test_an_unknown_type_is_told_with_those_there_are(run: Any) -> None:
    result = run("claims", "--type", "rumour", TUNNEL)
    assert result.exit_code == 2
    assert "quantity" in result.stderr


@pytest.mark.parametrize("name", ["Lucia Brandt", "brandt"])
def test_a_speaker_is_found_by_a_part_of_the_name(run: Any, name: str) -> None:
    found = rows(run("claims", "--speaker", name, TUNNEL))
    assert {row["speaker"] for row in found} == {"Lucia Brandt"}
    assert len(found) < len(rows(run("claims", TUNNEL)))


def test_a_part_of_a_word_is_no_name(run: Any) -> None:
    assert rows(run("claims", "--speaker", "randt", TUNNEL)) == []


def test_csv_has_a_row_for_each_claim(run: Any) -> None:
    result = run("claims", "--format", "csv", TUNNEL)
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == len(rows(run("claims", TUNNEL)))


def test_text_tells_score_and_reasons(run: Any) -> None:
    result = run("claims", "--format", "text", "--top", 1, TUNNEL)
    assert "because of" in result.stdout
    assert result.stdout.endswith("1 claim\n")


def test_unsure_quotes_are_left_out(run: Any) -> None:
    assert rows(run("claims", "--min-confidence", 1.0, TUNNEL)) == []


def test_a_speech_needs_its_speaker(run: Any) -> None:
    result = run("claims", "--speech", TUNNEL)
    assert result.exit_code == 2
    assert "--speaker" in result.stderr


def test_a_text_that_reads_as_a_speech_is_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("I closed the mill. We lost nine jobs. My office paid for it.", "utf-8")
    (tmp_path / "news.txt").write_text("“I closed the mill,” said Ann. The mill closed in May.", "utf-8")
    assert "reads as a speech" in run("claims", "--speaker", "Ann Lee", "speech.txt").stderr
    assert "reads as a speech" not in run("claims", "--speaker", "Ann Lee", "news.txt").stderr
    assert "reads as a speech" not in run("claims", "--speaker", "Ann Lee", "--no-speech", "speech.txt").stderr
    assert "reads as a speech" not in run("claims", "--speaker", "Ann Lee", "-q", "speech.txt").stderr


def test_an_input_that_cannot_be_read_costs_the_others_nothing(run: Any) -> None:
    result = run("claims", TUNNEL, "missing.json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) > 1
