"""`quotekit speakers`: who spoke, in text, JSON and CSV, in one or many files, with aliases; and --min-speaker."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

STORY = "“It leaks,” said Ruiz. “It holds,” said Falk. “It will hold,” said Ruiz."


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    return tmp_path / "story.txt"


def test_who_has_most_quotes_comes_first(run: Any, story: Path) -> None:
    result = run("speakers", "story.txt")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines == ["Ruiz: 2 quotes", "  It leaks", "  It will hold", "", "Falk: 1 quote", "  It holds", "", lines[-1]]
    assert lines[-1] == "2 speakers in 1 document"


def test_json_and_csv_have_the_same_quotes(run: Any, story: Path) -> None:
    record = json.loads(run("speakers", "--format", "json", "story.txt").stdout)
    rows = list(csv.DictReader(io.StringIO(run("speakers", "--format", "csv", "story.txt").stdout)))
    said = [(one["name"], quote["id"]) for one in record["speakers"] for quote in one["documents"][0]["quotes"]]
    assert [(row["name"], row["quote"]) for row in rows] == said
    assert [one["quotes"] for one in record["speakers"]] == [2, 1]


def test_json_of_extract_is_read_and_nothing_extracted_again(run: Any, story: Path, tmp_path: Path) -> None:
    run("extract", "-o", "story.json", "story.txt")
    story.unlink()
    assert run("speakers", "story.json").stdout.startswith("Ruiz: 2 quotes")


def test_surnames_in_two_files_stay_two_until_an_alias_file_joins_them(run: Any, story: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("“It fell,” said Ruiz.", "utf-8")
    apart = json.loads(run("speakers", "--format", "json", "story.txt", "other.txt").stdout)
    assert [(one["name"], one["quotes"]) for one in apart["speakers"]] == [("Ruiz", 2), ("Falk", 1), ("Ruiz", 1)]
    (tmp_path / "aliases.csv").write_text("name,alias,same_as\nAna Ruiz,Ruiz,Q42\n", "utf-8")
    joined = json.loads(
        run("speakers", "--format", "json", "--aliases", "aliases.csv", "story.txt", "other.txt").stdout
    )
    first = joined["speakers"][0]
    assert (first["name"], first["quotes"], first["same_as"]) == ("Ana Ruiz", 3, ["Q42"])
    assert [there["document"] for there in first["documents"]] == ["story", "other"]


def test_a_broken_alias_file_stops_before_any_article_is_read(run: Any, story: Path, tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("who\nRuiz\n", "utf-8")
    result = run("speakers", "--aliases", "aliases.csv", "story.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("quotekit: error: aliases.csv:1: has the columns who")


def test_a_bad_input_costs_the_others_nothing(run: Any, story: Path) -> None:
    result = run("speakers", "none.txt", "story.txt")
    assert result.exit_code == 1
    assert "Ruiz: 2 quotes" in result.stdout


def test_min_speaker_leaves_unsure_names_out(run: Any, story: Path) -> None:
    """The second quote's speaker is 0.6 sure: asked for 0.9 nobody is named, and he is the candidate."""
    record = json.loads(run("extract", "--min-speaker", "0.9", "story.txt").stdout)
    names = [quote["speaker"]["name"] for quote in record["quotes"]]
    assert names == ["Ruiz", None, "Ruiz"]
    assert record["quotes"][1]["speaker"]["candidates"] == [
        {"id": record["speakers"][1]["id"], "name": "Falk", "score": 0.6}
    ]
    assert "Falk" not in run("speakers", "--min-speaker", "0.9", "story.txt").stdout
