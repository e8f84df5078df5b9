"""`quotekit extract`: every input by itself, data on standard output, whole files or none."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from quotekit.acts import GROUPS
from quotekit.parsing.conllu import write_conllu
from quotekit.tree import Sentence, Tree, Word
from quotekit.validation import find_problems

STORY = "“The gate is open,” said Ortega. “It leaks,” said Medina.\r\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode())
    return path


def contents(record: dict[str, Any]) -> list[str]:
    return [span["text"] for quote in record["quotes"] for span in quote["content"]]


def test_one_file_is_one_document_that_keeps_the_contract(run: Any, story: Path) -> None:
    result = run("extract", "story.txt")
    record = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert find_problems(record, closed=True) == []
    assert record["document"]["text"] == STORY
    assert (record["document"]["id"], record["document"]["source"]) == ("story", "story.txt")
    assert contents(record) == ["The gate is open", "It leaks"]


def test_the_same_input_gives_the_same_bytes(run: Any, story: Path) -> None:
    assert run("extract", "story.txt").stdout_bytes == run("extract", "story.txt").stdout_bytes


def test_several_inputs_are_an_array_in_their_order(run: Any, story: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing said.")
    records = json.loads(run("extract", "story.txt", "a.txt").stdout)
    assert [record["document"]["id"] for record in records] == ["story", "a"]


def test_a_folder_is_an_array_of_its_documents_sorted(run: Any, tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.TXT", "deep/.hidden.txt", ".git/c.txt", "notes.py", "out.jsonl", "a.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Nothing said.")
    records = json.loads(run("extract", "news").stdout)
    assert [record["document"]["source"] for record in records] == ["news/a.txt", "news/b.txt", "news/deep/a.TXT"]
    (tmp_path / "news" / "a.txt").unlink()
    assert isinstance(json.loads(run("extract", "news/deep").stdout), list)


def test_jsonl_is_one_document_a_line(run: Any, story: Path) -> None:
    lines = run("extract", "--format", "jsonl", "story.txt", "story.txt").stdout_bytes.split(b"\n")
    assert [len(json.loads(line)["quotes"]) for line in lines[:-1]] == [2, 2]


def test_standard_input_is_a_dash(run: Any) -> None:
    result = run("extract", "-", stdin=STORY.encode("utf-16"))
    record = json.loads(result.stdout)
    assert (record["document"]["source"], record["document"]["id"]) == ("-", "stdin")
    assert record["document"]["text"] == STORY


def test_text_is_readable_and_plain_when_it_is_piped(run: Any, story: Path) -> None:
    assert run("extract", "--format", "text", "story.txt").stdout == (
        "story  story.txt\n\n"
        "Ortega\n  “The gate is open,”\n  said · direct · tag · 0.90 · 1:2\n\n"
        "Medina\n  “It leaks,”\n  said · direct · tag · 0.40 · 1:35\n\n"
        "2 quotes (2 direct), 2 speakers\n"
    )


def test_an_empty_line_stands_between_the_texts_of_documents(run: Any, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Nothing said.")
    assert (
        run("extract", "--format", "text", "a.txt", "b.txt").stdout
        == "a  a.txt\n\nno quotes\n\nb  b.txt\n\nno quotes\n"
    )


def test_unsure_quotes_and_their_speakers_are_left_out_on_request(run: Any, story: Path) -> None:
    record = json.loads(run("extract", "--min-confidence", "0.5", "story.txt").stdout)
    assert contents(record) == ["The gate is open"]
    assert [speaker["name"] for speaker in record["speakers"]] == ["Ortega"]
    assert find_problems(record, closed=True) == []


@pytest.mark.parametrize(
    ("acts", "count"),
    [
        ("says", 2),
        ("speech", 2),
        ("claims, says", 2),
        ("SPEECH,belief", 2),
        ("claims", 0),
        ("belief,plan,perception", 0),
    ],
)
def test_acts_that_are_not_asked_for_are_left_out(run: Any, story: Path, acts: str, count: int) -> None:
    record = json.loads(run("extract", "--acts", acts, "story.txt").stdout)
    assert len(record["quotes"]) == len(record["speakers"]) == count
    assert find_problems(record, closed=True) == []


def test_the_pipeline_explains_when_it_is_asked_to(run: Any, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []
    extractor = sys.modules["quotekit.pipeline"].Extractor
    monkeypatch.setattr(extractor, "__init__", lambda self, explain, **_: made.append(explain))
    run("extract", "--explain", "story.txt")
    run("extract", "story.txt")
    assert made == [True, False]


@pytest.mark.parametrize("acts", ["said", "says,thinks", "", ","])
def test_an_unknown_act_is_wrong_usage(run: Any, story: Path, acts: str) -> None:
    result = run("extract", "--acts", acts, "story.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "act is" in result.stderr


def test_help_names_every_group_of_acts(run: Any) -> None:
    told = " ".join(run("extract", "--help").stdout.split())
    assert [group for group in GROUPS if group not in told] == []


def test_the_text_is_left_out_on_request(run: Any, story: Path) -> None:
    record = json.loads(run("extract", "--no-text", "story.txt").stdout)
    assert "text" not in record["document"]
    assert find_problems(record, closed=True) == []


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 3), ("utf16", 4), ("utf8", 8)])
def test_offsets_count_what_is_asked_for(run: Any, unit: str, start: int) -> None:
    result = run("extract", "--offsets", unit, "-", stdin=("🌊 " + STORY).encode())
    record = json.loads(result.stdout)
    assert record["document"]["offset_unit"] == unit
    assert record["quotes"][0]["content"][0]["start"] == start
    assert find_problems(record, closed=True) == []


def test_conllu_brings_its_tree_and_its_text(run: Any, tmp_path: Path) -> None:
    words = (
        Word(1, "Go", "go", "VERB", "VB", "_", 0, "root", 0, 2),
        Word(2, "!", "!", "PUNCT", ".", "_", 1, "punct", 2, 3),
    )
    data = write_conllu(Tree("Go!\n", (Sentence(words),)), doc_id="order")
    (tmp_path / "a.conllu").write_text(data)
    from_file = json.loads(run("extract", "a.conllu").stdout)
    assert (from_file["document"]["id"], from_file["document"]["text"]) == ("order", "Go!\n")
    assert json.loads(run("extract", "-", stdin=data.encode()).stdout)["document"]["text"] == "Go!\n"


class TestFailingInputs:
    def test_a_missing_file_is_told_and_the_others_are_done(self, run: Any, story: Path) -> None:
        result = run("extract", "gone.txt", "story.txt")
        assert result.exit_code == 1
        assert result.stderr.startswith("quotekit: error: gone.txt: no such file\n  hint: check the path\n")
        assert [record["document"]["id"] for record in json.loads(result.stdout)] == ["story"]

    def test_when_all_fail_the_array_is_empty_and_valid(self, run: Any) -> None:
        result = run("extract", "gone.txt", "lost.txt")
        assert (result.exit_code, result.stdout) == (1, "[]\n")

    def test_one_missing_file_leaves_standard_output_empty(self, run: Any) -> None:
        result = run("extract", "gone.txt")
        assert (result.exit_code, result.stdout) == (1, "")

    def test_an_empty_name_is_not_the_folder_one_is_in(self, run: Any, story: Path) -> None:
        result = run("extract", "")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "quotekit: error: '': no such file\n  hint: check the path\n"

    def test_a_picky_encoding_is_told(self, run: Any, story: Path) -> None:
        result = run("extract", "story.txt", "--encoding", "idna")
        assert result.exit_code == 1
        assert result.stderr.startswith("quotekit: error: story.txt: not valid idna")

    def test_an_empty_folder_is_told(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        result = run("extract", "empty")
        assert result.exit_code == 1
        assert "quotekit: error: empty: no documents (.txt .text .md" in result.stderr

    def test_an_empty_file_is_a_document_with_a_warning(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_bytes(b"")
        result = run("extract", "empty.txt")
        record = json.loads(result.stdout)
        assert (result.exit_code, record["quotes"]) == (0, [])
        assert [warning["code"] for warning in record["warnings"]] == ["empty"]
        assert result.stderr == "quotekit: warning: empty.txt: the document has no text\n"

    def test_a_binary_file_is_told_with_a_remedy(self, run: Any, tmp_path: Path, story: Path) -> None:
        (tmp_path / "paper.txt").write_bytes(b"%PDF-1.7\n\x00\x01")
        result = run("extract", "--format", "jsonl", "paper.txt", "story.txt")
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            "quotekit: error: paper.txt: is a PDF file, not text",
            "  hint: name it .pdf, or --input-format pdf",
            "quotekit: 1 document, 2 quotes; 1 problem in 1 input",
        ]
        assert len(result.stdout.splitlines()) == 1

    def test_a_guessed_encoding_is_told_twice(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "old.txt").write_bytes(STORY.encode("cp1252"))
        result = run("extract", "old.txt")
        record = json.loads(result.stdout)
        assert contents(record) == ["The gate is open", "It leaks"]
        assert [warning["code"] for warning in record["warnings"]] == ["encoding"]
        assert result.stderr == "quotekit: warning: old.txt: not UTF-8; read as cp1252\n"
        assert run("extract", "-q", "old.txt").stderr == ""
        assert run("extract", "--encoding", "cp1252", "old.txt").stderr == ""

    def test_bytes_that_break_the_named_encoding_are_told(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "old.txt").write_bytes(b"caf\xe9")
        result = run("extract", "--encoding", "utf-8", "old.txt")
        assert result.exit_code == 1
        assert "quotekit: error: old.txt: not valid utf-8 (byte 3)\n" in result.stderr

    def test_broken_conllu_is_told_with_its_line(self, run: Any, tmp_path: Path, story: Path) -> None:
        (tmp_path / "bad.conllu").write_text("1\tGo\n\n")
        result = run("extract", "bad.conllu", "story.txt")
        assert result.exit_code == 1
        assert result.stderr.startswith("quotekit: error: bad.conllu, line 1: ")
        assert len(json.loads(result.stdout)) == 1

    def test_a_missing_model_is_exit_code_3_and_the_command_that_helps(self, run: Any, story: Path) -> None:
        result = run("extract", "--model", "missing", "story.txt")
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == "quotekit: error: missing: no such model\n  hint: quotekit models install en\n"

    def test_an_unknown_language_is_told_with_those_there_are(self, run: Any, story: Path) -> None:
        result = run("extract", "--language", "tlh", "story.txt")
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == "quotekit: error: tlh: no data for this language\n  hint: available: en\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("--format", "csv", "-"),
            ("--encoding", "klingon", "-"),
            ("--min-confidence", "2", "-"),
            ("--offsets", "words", "-"),
        ],
    )
    def test_wrong_usage_is_exit_code_2(self, run: Any, arguments: tuple[str, ...]) -> None:
        assert run("extract", *arguments).exit_code == 2


class TestOutputFile:
    def test_the_file_is_what_standard_output_would_be(self, run: Any, story: Path, tmp_path: Path) -> None:
        result = run("extract", "story.txt", "-o", "out.json")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (tmp_path / "out.json").read_bytes() == run("extract", "story.txt").stdout_bytes

    def test_it_keeps_its_permissions_and_its_link(self, run: Any, story: Path, tmp_path: Path) -> None:
        (tmp_path / "real.json").write_text("old")
        (tmp_path / "real.json").chmod(0o640)
        (tmp_path / "link.json").symlink_to("real.json")
        run("extract", "story.txt", "-o", "link.json")
        assert (tmp_path / "link.json").is_symlink()
        assert json.loads((tmp_path / "real.json").read_text("utf-8"))["quotes"]
        assert (tmp_path / "real.json").stat().st_mode & 0o777 == 0o640

    def test_a_new_file_has_the_usual_permissions(self, run: Any, story: Path, tmp_path: Path) -> None:
        run("extract", "story.txt", "-o", "out.json")
        (tmp_path / "usual").touch()
        assert (tmp_path / "out.json").stat().st_mode == (tmp_path / "usual").stat().st_mode

    @pytest.mark.parametrize(("text", "exit_code"), [("Ctrl-C", 130), ("no space", 1)])
    def test_a_stopped_run_leaves_the_old_file_and_what_it_has_done(
        self, run: Any, story: Path, tmp_path: Path, text: str, exit_code: int
    ) -> None:
        (tmp_path / "stop.txt").write_text(text)
        (tmp_path / "out.json").write_text("old")
        result = run("extract", "story.txt", "stop.txt", "-o", "out.json")
        assert result.exit_code == exit_code
        note = "quotekit: 1 document is kept in out.json.journal; --resume goes on after it"
        assert (result.stderr.splitlines()[0], len(result.stderr.splitlines())) == (note, 2)
        assert (tmp_path / "out.json").read_text() == "old"
        assert sorted(os.listdir(tmp_path)) == ["out.json", "out.json.journal", "stop.txt", "story.txt"]

    def test_a_failed_input_leaves_the_old_file(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "out.json").write_text("old")
        assert run("extract", "gone.txt", "-o", "out.json").exit_code == 1
        assert (tmp_path / "out.json").read_text() == "old"

    def test_a_folder_that_is_not_there_is_told(self, run: Any, story: Path) -> None:
        result = run("extract", "story.txt", "-o", "nowhere/out.json")
        assert result.exit_code == 1
        assert result.stderr == "quotekit: error: nowhere/out.json: cannot be written (No such file or directory)\n"

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_is_one_line(self, run: Any, story: Path) -> None:
        result = run("extract", "story.txt", "-o", "/dev/full")
        assert result.exit_code == 1
        assert result.stderr == "quotekit: error: /dev/full: cannot be written (No space left on device)\n"
