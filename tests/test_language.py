"""The data of every language keep their schema, say where they come from, and are all used."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from quotekit import language as language_room
from quotekit.errors import LanguageError
from quotekit.language import WITH_ROLES, language_codes, load_language
from quotekit.schema import load_schema

PACKAGE = Path(language_room.__file__).parent
FOLDER = PACKAGE / "languages"


def _tables(code: str) -> list[tuple[str, dict[str, Any]]]:
    files = sorted((FOLDER / code).glob("*.toml"))
    return [table for file in files for table in tomllib.loads(file.read_text("utf-8")).items()]


def _cues(code: str) -> list[dict[str, Any]]:
    lines = (FOLDER / code / "cues.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [row | {"reporting": int(row["reporting"]), "seen": int(row["seen"])} for row in rows]


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the language folder in place of the real one, to be changed."""
    shutil.copytree(FOLDER, tmp_path / "languages")
    monkeypatch.setattr(language_room, "files", lambda _: tmp_path)
    monkeypatch.setattr(language_room, "load_language", load_language.__wrapped__)
    return tmp_path / "languages"


@pytest.mark.parametrize("code", language_codes())
def test_the_data_keep_their_schema(code: str) -> None:
    scorer = json.loads((FOLDER / code / "scorer.json").read_text("utf-8"))
    antecedents = json.loads((FOLDER / code / "antecedents.json").read_text("utf-8"))
    identity = json.loads((FOLDER / code / "identity.json").read_text("utf-8"))
    worth = json.loads((FOLDER / code / "worth.json").read_text("utf-8"))
    data = {
        "word_lists": dict(_tables(code)),
        "cues": _cues(code),
        "scorer": scorer,
        "antecedents": antecedents,
        "identity": identity,
        "worth": worth,
    }
    if (roles := FOLDER / code / WITH_ROLES).is_file():
        data["scorer_with_roles"] = json.loads(roles.read_text("utf-8"))
    validator = Draft202012Validator(load_schema("language", closed=True))
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(data)
    ]
    assert errors == []


def test_the_schema_of_the_data_is_sound() -> None:
    Draft202012Validator.check_schema(load_schema("language"))


@pytest.mark.parametrize("code", language_codes())
def test_every_list_says_what_it_is_and_whence(code: str) -> None:
    for name, table in _tables(code):
        assert list(table) == ["about", "source", "words"], name


@pytest.mark.parametrize("code", language_codes())
def test_no_name_stands_for_two_lists_and_no_cue_stands_twice(code: str) -> None:
    names = Counter(name for name, _ in _tables(code))
    cues = Counter((cue["lemma"], cue["upos"]) for cue in _cues(code))
    assert [key for key, count in (names + cues).items() if count > 1] == []


@pytest.mark.parametrize("code", language_codes())
def test_no_cue_reports_more_often_than_it_occurs(code: str) -> None:
    assert [cue for cue in _cues(code) if cue["reporting"] > cue["seen"]] == []


@pytest.mark.parametrize("code", language_codes())
def test_words_are_written_with_straight_apostrophes(code: str) -> None:
    assert [word for _, table in _tables(code) for word in table["words"] if "’" in word] == []


@pytest.mark.parametrize("code", language_codes())
def test_every_list_is_used(code: str) -> None:
    modules = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", "\n".join(modules)))
    assert [name for name, _ in _tables(code) if name not in named] == []


def test_the_loaded_language_is_what_stands_in_the_files() -> None:
    english = load_language("en")
    assert english.code == "en"
    assert english.words == {name: frozenset(table["words"]) for name, table in _tables("en")}
    assert english.cues["say", "VERB"].lemma == "say"
    assert english.cues["say", "VERB"].cue_class == "neutral"
    assert english.cues["say", "VERB"].reporting > 1000
    assert len(english.cues) == len(_cues("en"))


def test_a_language_is_loaded_once() -> None:
    assert load_language("en") is load_language("en")


def test_a_missing_language_names_those_there_are() -> None:
    with pytest.raises(LanguageError, match="no data for this language") as caught:
        load_language("xx")
    assert caught.value.place == "xx"
    assert "en" in caught.value.remedy
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ["cues.tsv", "scorer.json", "cues.toml", "README"])
def test_the_version_changes_with_every_file(languages: Path, name: str) -> None:
    before = language_room.load_language("en").version
    assert re.fullmatch("[0-9a-f]{16}", before)
    assert language_room.load_language("en").version == before
    with (languages / "en" / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert language_room.load_language("en").version != before


def test_a_new_language_is_a_folder(languages: Path) -> None:
    shutil.copytree(languages / "en", languages / "qx")
    assert language_codes() == sorted([*(path.name for path in FOLDER.iterdir() if path.is_dir()), "qx"])
    assert language_room.load_language("qx").words == load_language("en").words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("scorer.json", "{", id="no JSON"),
        pytest.param("cues.toml", "[[", id="no TOML"),
        pytest.param("cues.toml", "[empty]\nabout = ''", id="a list without words"),
        pytest.param("cues.tsv", "lemma\tupos\nsay\tVERB\n", id="a table without counts"),
        pytest.param("cues.tsv", "lemma\tupos\tclass\treporting\tseen\nsay\tVERB\tneutral\tmany\t9\n", id="no number"),
    ],
)
def test_damaged_data_are_told_in_one_line(languages: Path, name: str, text: str) -> None:
    (languages / "en" / name).write_text(text, "utf-8")
    with pytest.raises(LanguageError, match="damaged language data") as caught:
        language_room.load_language("en")
    assert caught.value.place == "languages/en"
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_told(languages: Path) -> None:
    (languages / "en" / "cues.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LanguageError, match="damaged language data"):
        language_room.load_language("en")


def test_a_language_may_have_no_scorer_for_roles(languages: Path) -> None:
    (languages / "en" / WITH_ROLES).unlink()
    assert language_room.load_language("en").scorer_with_roles == {}
    assert load_language("en").scorer_with_roles["weights"]


@pytest.mark.parametrize("name", ["cues.tsv", "scorer.json"])
def test_a_missing_file_is_told(languages: Path, name: str) -> None:
    (languages / "en" / name).unlink()
    with pytest.raises(LanguageError, match=name):
        language_room.load_language("en")
