"""Alias files: CSV and JSON say the same, and what is wrong with one is told by place, problem and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from quotekit.errors import InputError
from quotekit.readers.aliases import read_aliases
from quotekit.schema import load_schema

CSV = "name,alias,same_as,document\nLucia Ortega,Ortega,Q42,\nLucia Ortega,the mayor,,\nAna Falk,,https://example.org/falk,ferry\n"
JSON = """[
  {"name": "Lucia Ortega", "aliases": ["Ortega", "the mayor"], "same_as": ["Q42"]},
  {"name": "Ana Falk", "same_as": ["https://example.org/falk"], "documents": ["ferry"]}
]"""


def _read(folder: Path, name: str, text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    path = folder / name
    path.write_text(text, "utf-8")
    return [(one.name, one.aliases, one.same_as, one.documents) for one in read_aliases(str(path))]


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    expected = [
        ("Lucia Ortega", ("Ortega", "the mayor"), ("Q42",), ()),
        ("Ana Falk", (), ("https://example.org/falk",), ("ferry",)),
    ]
    assert _read(tmp_path, "aliases.csv", CSV) == expected
    assert _read(tmp_path, "aliases.csv", "\ufeff" + CSV.replace("\n", "\r\n")) == expected
    assert _read(tmp_path, "aliases.json", JSON) == expected


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.csv", "who,alias\nAna,Falk\n", "has the columns who, alias"),
        ("a.csv", "", "has the columns none"),
        ("a.csv", "name,alias\nAna Falk,Falk,mayor\n", "has more fields than there are columns"),
        ("a.csv", "name,same_as\nAna Falk,42\n", "0/same_as/0: '42' does not match"),
        ("a.csv", "name,alias\n,Falk\n", "0/name: '' does not match"),
        ("a.csv", "name,alias\nAna Falk,Falk\nKarin Falk,falk\n", "'falk' is an alias of Ana Falk and of Karin Falk"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "{}", "{} is not of type 'array'"),
        ("a.json", '[{"name": "Ana Falk", "alias": "Falk"}]', "Additional properties are not allowed"),
        ("a.json", '[{"aliases": ["Falk"]}]', "'name' is a required property"),
    ],
)
def test_a_broken_file_is_told_by_place_and_problem(tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        _read(tmp_path, name, text)
    assert raised.value.place.startswith(str(tmp_path / name))
    assert raised.value.problem.startswith(problem) or problem in raised.value.problem
    assert raised.value.remedy


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_aliases(str(tmp_path / "none.csv"))
    (tmp_path / "latin.csv").write_bytes("name\nJosé\n".encode("latin-1"))
    with pytest.raises(InputError, match="is not UTF-8"):
        read_aliases(str(tmp_path / "latin.csv"))


@pytest.mark.parametrize("name", ["aliases", "speakers"])
def test_the_schemas_are_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name))
    Draft202012Validator.check_schema(load_schema(name, closed=True))
