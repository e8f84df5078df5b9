"""Valid records pass; of each invalid one, the right places are told.

A file in fixtures/json/valid or fixtures/json/invalid is a test. Beside an invalid `x.json` stands `x.txt`: what
`quotekit validate` says of it, one failure a line, without the file's name.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from quotekit.readers.records import read_records
from quotekit.validation import find_problems

JSON = Path(__file__).parent.parent / "fixtures" / "json"
VALID = sorted(path.name for path in (JSON / "valid").glob("*.json*"))
INVALID = sorted(path.name for path in (JSON / "invalid").glob("*.json*"))


def failures(path: Path) -> list[str]:
    """What is wrong with the records of a file, as `POINTER: message` lines, with the line number of JSON Lines."""
    lines = []
    for read in read_records(str(path)):
        place = read.place.removeprefix(str(path)).removeprefix(":")
        problems = (
            [("", read.problem)] if read.problem else [(p.pointer, p.message) for p in find_problems(read.record)]
        )
        lines += [
            ": ".join(part for part in (place, read.pointer + pointer, message) if part)
            for pointer, message in problems
        ]
    return lines


@pytest.mark.parametrize("name", VALID)
def test_a_valid_file_has_no_failures(name: str) -> None:
    assert failures(JSON / "valid" / name) == []


@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_file_fails_where_its_note_says(name: str) -> None:
    path = JSON / "invalid" / name
    assert failures(path) == path.with_suffix(".txt").read_text("utf-8").splitlines()


def test_the_closed_variant_tells_of_keys_that_the_contract_does_not_name() -> None:
    record = json.loads((JSON / "valid" / "newer_minor_version.json").read_text("utf-8"))
    assert find_problems(record) == []
    assert [problem.pointer for problem in find_problems(record, closed=True)] == ["", "/quotes/0"]


def test_a_pointer_escapes_slashes_and_tildes() -> None:
    record = json.loads((JSON / "valid" / "crlf.json").read_text("utf-8"))
    record["a/b~c"] = {"start": 0, "end": 10**6}
    assert [problem.pointer for problem in find_problems(record)] == ["/a~1b~0c"]


def test_a_long_message_is_cut() -> None:
    record = json.loads((JSON / "valid" / "crlf.json").read_text("utf-8"))
    broken = copy.deepcopy(record)
    broken["document"]["language"] = "e" * 1000
    assert len(find_problems(broken)[0].message) < 250
