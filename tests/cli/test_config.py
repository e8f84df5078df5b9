"""Settings in files and variables: which wins, and that a wrong one is told with its place and a suggestion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def story(tmp_path: Path) -> str:
    """An article whose quotes have the confidences 0.9 and 0.4."""
    (tmp_path / "story.txt").write_text("“It floats,” said Ann. “It sinks,” said Bo.")
    return "story.txt"


def quotes(run: Any, *arguments: object) -> int:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return len(json.loads(result.stdout)["quotes"])


class TestFile:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("quotekit.toml", "min-confidence = 0.5"),
            ("quotekit.toml", "min_confidence = 0.5"),
            ("quotekit.toml", "[extract]\nmin-confidence = 0.5"),
            ("quotekit.toml", "min-confidence = 0.0\n[extract]\nmin-confidence = 0.5"),
            ("pyproject.toml", "[tool.quotekit]\nmin-confidence = 0.5"),
            ("pyproject.toml", "[tool.quotekit.extract]\nmin-confidence = 0.5"),
        ],
    )
    def test_it_sets_options(self, run: Any, story: str, tmp_path: Path, name: str, content: str) -> None:
        (tmp_path / name).write_text(content)
        assert quotes(run, "extract", story) == 1
        assert quotes(run, "extract", story, "--min-confidence", "0") == 2

    def test_the_nearest_one_above_rules(
        self, run: Any, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "quotekit.toml").write_text("min-confidence = 0.5")
        deep = tmp_path / "a" / "b"
        deep.mkdir(parents=True)
        (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1")
        monkeypatch.chdir(deep)
        assert quotes(run, "extract", f"../../{story}") == 1
        (deep / "quotekit.toml").write_text("min-confidence = 0.1")
        assert quotes(run, "extract", f"../../{story}") == 2

    def test_a_file_can_be_named(self, run: Any, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "mine.toml").write_text("min-confidence = 0.5")
        assert quotes(run, "--config", "mine.toml", "extract", story) == 1
        monkeypatch.setenv("QUOTEKIT_CONFIG", "mine.toml")
        assert quotes(run, "extract", story) == 1

    def test_flags_and_lists_are_settings_too(self, run: Any, story: str, tmp_path: Path) -> None:
        (tmp_path / "quotekit.toml").write_text('no-text = true\nformat = "jsonl"\nglob = ["*.txt", "*.md"]\n')
        assert "text" not in json.loads(run("extract", story).stdout)["document"]

    def test_a_setting_of_one_command_leaves_the_others_alone(self, run: Any, story: str, tmp_path: Path) -> None:
        (tmp_path / "quotekit.toml").write_text("[show]\nmin-confidence = 0.5")
        assert quotes(run, "extract", story) == 2
        assert "[S2 Bo]" not in run("show", story).stdout


class TestEnvironment:
    @pytest.mark.parametrize("name", ["QUOTEKIT_MIN_CONFIDENCE", "QUOTEKIT_EXTRACT_MIN_CONFIDENCE"])
    def test_it_wins_over_the_file_and_flags_win_over_it(
        self, run: Any, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        (tmp_path / "quotekit.toml").write_text("[extract]\nmin-confidence = 0.1")
        monkeypatch.setenv(name, "0.5")
        assert quotes(run, "extract", story) == 1
        assert quotes(run, "extract", story, "--min-confidence", "0.1") == 2

    def test_flags_and_lists(self, run: Any, story: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTEKIT_NO_TEXT", "1")
        monkeypatch.setenv("QUOTEKIT_GLOB", "*.txt *.md")
        assert "text" not in json.loads(run("extract", story).stdout)["document"]


class TestWrongSettings:
    @pytest.mark.parametrize(
        ("content", "problem", "hint"),
        [
            (
                "min-confidnece = 0.5",
                "min-confidnece: no command has an option of this name",
                "did you mean min-confidence?",
            ),
            ("[extract]\nmodle = 'x'", "extract.modle: extract has no option of this name", "did you mean model?"),
            ("[extrat]\nmodel = 'x'", "extrat: no command has this name", "did you mean extract?"),
            ("[show]\noffsets = 'utf8'", "show.offsets: show has no option of this name", "there are: acts, "),
            ("output = 'a.json'", "output: no command has an option of this name", ""),
            ("min-confidence = 2", "min-confidence: 2.0 is not in the range 0<=x<=1.", ""),
            ("format = 'xml'", "format: 'xml' is not one of 'json', 'jsonl', 'text'.", ""),
            ("encoding = 'none-such'", "encoding: no encoding is called 'none-such'", ""),
            ("= 1", "not valid TOML: ", ""),
        ],
    )
    def test_they_are_told_with_their_place(
        self, run: Any, story: str, tmp_path: Path, content: str, problem: str, hint: str
    ) -> None:
        (tmp_path / "quotekit.toml").write_text(content)
        result = run("extract", story)
        assert (result.exit_code, result.stdout) == (2, "")
        line, *rest = result.stderr.splitlines()
        assert line.startswith(f"quotekit: error: {tmp_path}/quotekit.toml: {problem}")
        assert hint in "".join(rest)

    def test_a_variable_is_told_by_its_name(self, run: Any, story: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QUOTEKIT_EXTRACT_MODLE", "x")
        result = run("extract", story)
        assert result.exit_code == 2
        assert result.stderr.startswith("quotekit: error: QUOTEKIT_EXTRACT_MODLE: extract has no option of this name\n")

    def test_a_file_that_is_not_there_is_told(self, run: Any, story: str) -> None:
        assert (
            "gone.toml: cannot be read (No such file or directory)"
            in run("--config", "gone.toml", "extract", story).stderr
        )

    def test_help_needs_no_settings(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "quotekit.toml").write_text("wrong = 1")
        assert run("--help").exit_code == 0


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("quotekit ex", ["plain,extract"]),
        ("quotekit extract --inp", ["plain,--input-format"]),
        ("quotekit extract --input-format p", ["plain,pdf"]),
        ("quotekit extract news/a", ["file,news/a"]),  # the shell knows which there are
        ("quotekit convert a", ["file,a"]),
        ("quotekit validate a", ["file,a"]),
        ("quotekit report -o a", ["file,a"]),
        ("quotekit speakers --aliases a", ["file,a"]),
        ("quotekit --config a", ["file,a"]),
    ],
)
def test_the_shell_completes(words: str, offered: list[str]) -> None:
    count = len(words.split()) - 1
    settings = {"_QUOTEKIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count), "PATH": ""}
    program = "from quotekit.cli import main; main(prog_name='quotekit')"
    answer = subprocess.run(
        [sys.executable, "-c", program], env=settings, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.stdout.splitlines() == offered
