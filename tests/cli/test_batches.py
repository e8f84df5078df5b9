"""Folders and dumps: all that can be read is done, what cannot is told, and an interrupted run goes on where it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli import conftest
from tests.readers.made import PAGE, paragraph, pdf

ROOT = Path(__file__).parent.parent.parent
SAID = "“Boat {} floats,” said Ann."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(SAID.format(1))
    (folder / "b.html").write_text(
        PAGE.format(charset="utf-8").replace("<blockquote>", f"<p>{SAID.format(2)}</p><blockquote>")
    )
    (folder / "deep" / "c.pdf").write_bytes(pdf([paragraph(SAID.format(3)), paragraph(SAID.format(4))]))
    (folder / "d.jsonl").write_text("".join(json.dumps({"text": SAID.format(n)}) + "\n" for n in (5, 6)))
    return folder


def contents(records: list[dict[str, Any]]) -> list[str]:
    return [quote["content"][0]["text"] for record in records for quote in record["quotes"]]


class TestFolders:
    def test_all_documents_of_a_folder_are_read_and_the_run_is_summed_up(self, run: Any, news: Path) -> None:
        result = run("extract", "news")
        assert contents(json.loads(result.stdout)) == [
            "Boat 1 floats",
            "Boat 2 floats",
            "Boat 3 floats",
            "Boat 4 floats",
        ]
        assert (result.exit_code, result.stderr) == (0, "quotekit: 3 documents, 4 quotes\n")

    def test_patterns_say_which_files(self, run: Any, news: Path) -> None:
        result = run("extract", "news", "--glob", "*.pdf", "--glob", "*.jsonl")
        assert contents(json.loads(result.stdout)) == [
            "Boat 5 floats",
            "Boat 6 floats",
            "Boat 3 floats",
            "Boat 4 floats",
        ]

    @pytest.mark.parametrize("pattern", ["", "/etc/*", "../*"])
    def test_a_pattern_of_no_files_in_a_folder_is_wrong_usage(self, run: Any, news: Path, pattern: str) -> None:
        assert run("extract", "news", "--glob", pattern).exit_code == 2

    def test_quiet_tells_nothing_but_errors(self, run: Any, news: Path) -> None:
        (news / "bad.pdf").write_bytes(b"%PDF-1.4\n")
        result = run("extract", "news", "-q")
        assert [line.split(":")[1] for line in result.stderr.splitlines()] == [
            " error",
            " fetch it again, or mend it with qpdf",
        ]

    def test_every_bad_file_is_told_and_costs_the_others_nothing(self, run: Any, news: Path) -> None:
        (news / "bad.pdf").write_bytes(b"%PDF-1.4\n")
        (news / "bad.docx").write_bytes(b"PK\x03\x04")
        (news / "links.html").write_text("<html><body><a href=x>Home</a></body></html>")
        (news / "bad.srt").write_text(
            "1\n00:00:0x,000 --> 00:00:02,000\nLost.\n\n2\n00:00:03,000 --> 00:00:04,000\n"
            + SAID.format(7)
            + "\n\n3\n00:00:05,000 --> 00:00:0y,000\nLost, too.\n"
        )
        (news / "d.jsonl").write_text('{"text": "a"\n')
        result = run("extract", "news", "news/d.jsonl")
        assert result.exit_code == 1
        assert len(contents(json.loads(result.stdout))) == 5
        errors = [line for line in result.stderr.splitlines() if line.startswith("quotekit: error")]
        assert [error.split(": ")[2] for error in errors] == [
            "news/bad.docx", "news/bad.pdf", "news/bad.srt:2", "news/bad.srt:10", "news/links.html", "news/d.jsonl:1",
        ]  # fmt: skip
        assert result.stderr.splitlines()[-1] == "quotekit: 4 documents, 5 quotes; 6 problems in 5 inputs"

    @pytest.mark.parametrize("command", ["report", "speakers", "claims"])
    def test_what_gathers_many_articles_sums_up_too(self, run: Any, news: Path, command: str) -> None:
        (news / "bad.pdf").write_bytes(b"%PDF-1.4\n")
        result = run(command, "news")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1] == "quotekit: 3 documents, 4 quotes; 1 problem in 1 input"
        assert run(command, "news", "-q").stderr.count("quotekit: ") == 1


class TestDumps:
    def test_a_dump_is_an_array_even_of_one(self, run: Any, news: Path) -> None:
        (news / "one.csv").write_text(f'text\n"{SAID.format(8)}"\n')
        assert len(json.loads(run("extract", "news/d.jsonl").stdout)) == 2
        assert len(json.loads(run("extract", "news/one.csv").stdout)) == 1
        piped = run("extract", "-", stdin=(news / "d.jsonl").read_bytes())
        assert len(json.loads(piped.stdout)) == 2

    def test_fields_are_named(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"n": 4, "story": SAID.format(1), "when": "2026-05-01"}))
        result = run("extract", "a.jsonl", "--text-field", "story", "--id-field", "n", "--date-field", "when")
        (record,) = json.loads(result.stdout)
        assert (record["document"]["id"], record["document"]["published"]) == ("4", "2026-05-01")
        assert contents([record]) == ["Boat 1 floats"]

    def test_a_format_that_is_none_is_wrong_usage_with_those_there_are(self, run: Any, news: Path) -> None:
        result = run("extract", "news/a.txt", "--input-format", "novel")
        assert result.exit_code == 2
        assert "there are text, markdown, html" in " ".join(result.stderr.replace("│", " ").split())

    def test_an_address_is_of_one_document(self, run: Any, news: Path) -> None:
        assert run("extract", "news", "--url", "https://a.example/").exit_code == 2
        record = json.loads(run("extract", "news/a.txt", "--url", "https://a.example/").stdout)
        assert record["document"]["url"] == "https://a.example/"

    def test_show_takes_the_same_inputs(self, run: Any, news: Path) -> None:
        assert "[Q Boat 5 floats]" in run("show", "news/d.jsonl").stdout
        assert "[Q Boat 5 floats]" in run("show", "-", stdin=(news / "d.jsonl").read_bytes()).stdout


class TestLimits:
    def test_a_document_beyond_the_limit_is_told_and_the_others_are_done(self, run: Any, news: Path) -> None:
        (news / "long.txt").write_text("No. " * 1000)
        result = run("extract", "news", "--max-size", "0.003")
        assert "quotekit: error: news/long.txt: is larger than 0.003 MB, too much for one document" in result.stderr
        assert (result.exit_code, len(contents(json.loads(result.stdout)))) == (1, 4)


class TestResuming:
    """The stand-in pipeline stops at a text with “Ctrl-C” in it, as a person would."""

    @pytest.fixture
    def several(self, tmp_path: Path) -> Path:
        folder = tmp_path / "several"
        folder.mkdir()
        for number in range(9):
            # Each fills more than half a batch, so that each is a batch of its own.
            (folder / f"{number}.txt").write_text(SAID.format(number) + " " + "And on it goes. " * 2000)
        return folder

    def interrupted(self, run: Any, several: Path, *arguments: object) -> Any:
        stop = several / "5.txt"
        before = stop.read_text()
        stop.write_text(f"Ctrl-C {before}")
        result = run("extract", "several", "-o", "out", *arguments)
        stop.write_text(before)
        assert result.exit_code == 130
        return result

    @pytest.mark.parametrize("form", ["json", "jsonl", "text"])
    def test_a_resumed_run_gives_the_bytes_of_an_uninterrupted_one(
        self, run: Any, several: Path, tmp_path: Path, form: str
    ) -> None:
        run("extract", "several", "-o", "whole", "--format", form)
        stopped = self.interrupted(run, several, "--format", form)
        assert stopped.stderr == (
            "quotekit: 5 documents are kept in out.journal; --resume goes on after them\nquotekit: interrupted\n"
        )
        result = run("extract", "several", "-o", "out", "--resume", "--format", form)
        assert (result.exit_code, result.stderr) == (0, "quotekit: 9 documents, 9 quotes\n")
        assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()
        assert not (tmp_path / "out.journal").exists()

    def test_what_was_done_is_not_done_again(self, run: Any, several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.interrupted(run, several)
        done: list[str] = []
        before = conftest.extraction_of
        monkeypatch.setattr(conftest, "extraction_of", lambda article: done.append(article.id) or before(article))
        run("extract", "several", "-o", "out", "--resume")
        assert done == ["5", "6", "7", "8"]

    def test_it_can_be_interrupted_again(self, run: Any, several: Path, tmp_path: Path) -> None:
        run("extract", "several", "-o", "whole")
        self.interrupted(run, several)
        (several / "7.txt").write_text("Ctrl-C " + (several / "7.txt").read_text())
        assert "7 documents are kept" in run("extract", "several", "-o", "out", "--resume").stderr
        (several / "7.txt").write_text((several / "7.txt").read_text().removeprefix("Ctrl-C "))
        run("extract", "several", "-o", "out", "--resume")
        assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()

    def test_an_article_that_changed_is_extracted_anew_and_all_after_it(
        self, run: Any, several: Path, tmp_path: Path
    ) -> None:
        self.interrupted(run, several)
        (several / "2.txt").write_text(SAID.format(20))
        run("extract", "several", "-o", "out", "--resume")
        found = contents(json.loads((tmp_path / "out").read_text()))
        assert found == [f"Boat {number} floats" for number in (0, 1, 20, 3, 4, 5, 6, 7, 8)]

    def test_what_is_left_out_may_be_another(self, run: Any, several: Path, tmp_path: Path) -> None:
        self.interrupted(run, several)
        run("extract", "several", "-o", "out", "--resume", "--min-confidence", "0.95")
        assert contents(json.loads((tmp_path / "out").read_text())) == []

    def test_batches_are_taken_over_whole(self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Parsed together is parsed alike to the last bit: where a batch was cut short, all of it is parsed again."""
        folder = tmp_path / "several"
        folder.mkdir()
        for number in range(9):
            (folder / f"{number}.txt").write_text(SAID.format(number))
        self.interrupted(run, folder)
        done: list[str] = []
        before = conftest.extraction_of
        monkeypatch.setattr(conftest, "extraction_of", lambda article: done.append(article.id) or before(article))
        run("extract", "several", "-o", "out", "--resume")
        assert done == list("012345678")

    @pytest.mark.parametrize("damage", [b'{"key": "cut o', b"\n", b"not json\n"])
    def test_a_line_that_was_cut_short_is_not_taken_over(
        self, run: Any, several: Path, tmp_path: Path, damage: bytes
    ) -> None:
        run("extract", "several", "-o", "whole")
        self.interrupted(run, several)
        with (tmp_path / "out.journal").open("ab") as stream:
            stream.write(damage)
        run("extract", "several", "-o", "out", "--resume")
        assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()

    def test_other_settings_begin_anew(self, run: Any, several: Path) -> None:
        self.interrupted(run, several)
        result = run("extract", "several", "-o", "out", "--resume", "--explain")
        assert "--resume: the run before had other options, or another version; beginning anew" in result.stderr

    def test_without_anything_to_resume_it_says_so(self, run: Any, several: Path) -> None:
        assert "there is nothing to resume; beginning anew" in run("extract", "several", "-o", "out", "--resume").stderr

    def test_it_needs_a_file(self, run: Any, several: Path) -> None:
        assert run("extract", "several", "--resume").exit_code == 2

    def test_bad_inputs_are_told_again(self, run: Any, several: Path) -> None:
        (several / "1.pdf").write_bytes(b"%PDF")
        self.interrupted(run, several)
        result = run("extract", "several", "-o", "out", "--resume")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1] == "quotekit: 9 documents, 9 quotes; 1 problem in 1 input"


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("quiet", "is_told"), [((), True), (("-q",), False)])
def test_progress_is_for_terminals(quiet: tuple[str, ...], is_told: bool, tmp_path: Path) -> None:
    here, there = os.openpty()
    program = "from quotekit.cli import main; main(prog_name='quotekit')"
    command = [sys.executable, "-c", program, "extract", "fixtures/trees", "-o", str(tmp_path / "out.json"), *quiet]
    with subprocess.Popen(command, cwd=ROOT, stderr=there) as running:
        os.close(there)
        shown = b""
        try:
            while piece := os.read(here, 1000):
                shown += piece
        except OSError:
            pass  # how Linux says that the other end is closed
        assert running.wait() == 0
    os.close(here)
    assert (b"documents, " in shown and b"reading file" in shown) is is_told
    if is_told:
        assert shown.rpartition(b"\x1b[K")[2].startswith(b"quotekit: ")
