"""What is written is the record of the schema, and is read back as the same extraction."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import InputError, RecordError
from quotekit.offsets import UNITS, recount
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record, write_json, write_jsonl

VALID = Path(__file__).parent.parent.parent / "fixtures" / "json" / "valid"


@pytest.fixture
def record() -> dict[str, Any]:
    return json.loads((VALID / "ferry.json").read_text("utf-8"))


def test_a_record_is_read_and_written_back_byte_for_byte() -> None:
    published = (VALID / "ferry.json").read_text("utf-8")
    assert "".join(write_json([to_record(from_record(json.loads(published)))])) == published


@pytest.mark.parametrize("unit", UNITS)
def test_offsets_in_every_unit_are_true(record: dict[str, Any], unit: str) -> None:
    counted = to_record(from_record(record), offsets=unit)
    assert counted["document"]["offset_unit"] == unit
    assert find_problems(counted, closed=True) == []
    assert from_record(counted) == from_record(record)


def test_offsets_after_an_emoji_differ_between_units(record: dict[str, Any]) -> None:
    starts = {unit: recount(record, unit)["quotes"][0]["source"]["start"] for unit in UNITS}
    assert starts == {"codepoint": 30, "utf16": 31, "utf8": 33}


def test_recounting_leaves_the_record_it_was_given_alone(record: dict[str, Any]) -> None:
    before = copy.deepcopy(record)
    recount(record, "utf8")
    assert record == before


def test_the_text_can_be_left_out_and_offsets_stay(record: dict[str, Any]) -> None:
    short = to_record(from_record(record), offsets="utf8", text=False)
    assert "text" not in short["document"]
    assert short["quotes"] == recount(record, "utf8")["quotes"]
    assert from_record(to_record(from_record(record), text=False)).document.text is None


def test_offsets_cannot_be_recounted_without_the_text(record: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="without the text"):
        recount(to_record(from_record(record), text=False), "utf16")


def test_an_offset_inside_a_character_is_told(record: dict[str, Any]) -> None:
    counted = recount(record, "utf8")
    counted["quotes"][0]["source"]["start"] = 2
    with pytest.raises(RecordError, match="offset 2 is no place"):
        recount(counted, "codepoint")


def test_keys_of_a_newer_minor_version_are_ignored() -> None:
    newer = json.loads((VALID / "newer_minor_version.json").read_text("utf-8"))
    assert "tone" not in to_record(from_record(newer))["quotes"][0]


def test_several_documents_are_an_array_with_the_same_indentation_as_the_library_gives() -> None:
    records = json.loads((VALID / "array.json").read_text("utf-8"))
    assert "".join(write_json(records, array=True)) == json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def test_no_documents_are_an_empty_array() -> None:
    assert "".join(write_json([], array=True)) == "[]\n"


def test_every_document_is_one_line_of_jsonl(record: dict[str, Any]) -> None:
    record["document"]["title"] = "one\u2028two\nthree"
    lines = "".join(write_jsonl([record, record])).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == [record, record]
    assert lines[-1] == ""
    assert "“rest until" in lines[0]
