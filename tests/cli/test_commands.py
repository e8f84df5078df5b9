"""The commands that need no pipeline, and what all commands share: help, version, endings, lightness."""

from __future__ import annotations

import json
import os
import resource
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from quotekit import __version__
from quotekit.cli import COMMANDS, main
from quotekit.constructions import CONSTRUCTIONS
from quotekit.schema import load_schema, schema_text

ROOT = Path(__file__).parent.parent.parent
JSON = ROOT / "fixtures" / "json"
QUOTEKIT = [sys.executable, "-c", "from quotekit.cli import main; main(prog_name='quotekit')"]
HEAVY = ("jsonschema", "stanza", "torch", "numpy", "charset_normalizer", "nameparser")


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUOTEKIT, *arguments], cwd=ROOT, text=True, check=False, **{"capture_output": True} | options
    )


class TestHelp:
    def test_the_version_is_the_package_s(self, run: Any) -> None:
        assert run("--version").stdout == f"quotekit {__version__}\n"

    def test_help_lists_every_command_in_order(self, run: Any) -> None:
        lines = run("--help").stdout.partition("Commands:\n")[2].splitlines()
        assert [line.split()[0] for line in lines] == list(COMMANDS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_and_every_option_has_help(self, run: Any, name: str) -> None:
        assert run(name, "--help").exit_code == 0
        command = main.get_command(click.Context(main), name)
        assert command is not None
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == []

    def test_an_unknown_command_is_exit_code_2(self, run: Any) -> None:
        assert run("extrct").exit_code == 2

    @pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["extract", "--help"], ["schema"]])
    def test_what_answers_at_once_loads_nothing_heavy(self, arguments: list[str]) -> None:
        code = (
            "import sys\nfrom quotekit.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
            f"heavy = [name for name in {HEAVY} if name in sys.modules]\nassert not heavy, heavy"
        )
        subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def test_validate_loads_no_parser(self) -> None:
        code = (
            "import sys\nfrom quotekit.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
            "assert 'jsonschema' in sys.modules\nassert not {'stanza', 'torch', 'numpy'} & set(sys.modules)"
        )
        command = [sys.executable, "-c", code, "validate", "-q", "fixtures/json/valid/ferry.json"]
        subprocess.run(command, cwd=ROOT, check=True)

    def test_help_answers_within_three_tenths_of_a_second(self) -> None:
        def seconds() -> float:
            # Processor time: what else the machine does at the moment is not ours to test.
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            process("--help")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        assert min(seconds() for _ in range(5)) < 0.3


class TestSchema:
    def test_it_is_the_published_file(self, run: Any) -> None:
        assert run("schema").stdout == schema_text("extraction")
        assert run("schema", "extraction").stdout == schema_text("extraction")

    def test_the_closed_variant(self, run: Any) -> None:
        assert json.loads(run("schema", "--closed").stdout) == load_schema("extraction", closed=True)

    def test_an_unknown_name_is_wrong_usage(self, run: Any) -> None:
        assert run("schema", "novel").exit_code == 2


class TestValidate:
    def test_a_valid_file_is_told_on_standard_error(self, run: Any) -> None:
        path = JSON / "valid" / "array.json"
        result = run("validate", path)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"{path}: valid (3 documents)\n"
        assert run("validate", "-q", path).stderr == ""

    @pytest.mark.parametrize(
        "name", ["several_failures.json", "second_of_array.json", "second_line.jsonl", "truncated.json"]
    )
    def test_every_failure_is_a_line_with_its_place(self, run: Any, name: str) -> None:
        path = JSON / "invalid" / name
        separator = ":" if name.endswith(".jsonl") else ": "
        expected = "".join(
            f"{path}{separator}{line}\n" for line in path.with_suffix(".txt").read_text("utf-8").splitlines()
        )
        result = run("validate", path)
        assert (result.exit_code, result.stdout, result.stderr) == (4, expected, "")

    def test_standard_input(self, run: Any) -> None:
        data = (JSON / "invalid" / "sha256_untrue.json").read_bytes()
        assert run("validate", "-", stdin=data).stdout.startswith("-: /document/sha256: ")

    def test_an_unreadable_file_is_exit_code_1_and_the_others_are_done(self, run: Any) -> None:
        result = run("validate", "gone.json", JSON / "valid" / "ferry.json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.splitlines()[0] == "quotekit: error: gone.json: no such file"
        assert run("validate", "gone.json", JSON / "invalid" / "key_missing.json").exit_code == 4

    def test_unknown_keys_are_refused_only_on_request(self, run: Any) -> None:
        path = JSON / "valid" / "newer_minor_version.json"
        assert run("validate", path).exit_code == 0
        assert run("validate", "--closed", path).exit_code == 4


class TestShow:
    def test_quotes_of_a_record_are_shown_in_brackets(self, run: Any) -> None:
        assert run("show", JSON / "valid" / "ferry.json").stdout == (
            "[S Mayor Rosa Lindqvist] [C said] on Monday that [Q the ferry would “rest until the ice is gone”].\n"
            "“[Q Nobody likes it],” [S she] [C added], “[Q but the hull is thin.]”\n"
            "[Q The last crossing leaves at noon on Friday], [S the harbour office] [C said],"
            " [V the Fjord Courier] reported.\n"
            "[S1 Anton Lindqvist], the mayor's brother, [C1 recalled] that"
            " [Q1 [S2 a captain] once [C2 promised] “[Q2 never to stop]”].\n"
            "[S Lindqvist] did not [C say] [Q when it would return].\n"
        )

    def test_offsets_in_other_units_are_read(self, run: Any) -> None:
        shown = {run("show", JSON / "valid" / f"{name}.json").stdout for name in ("ferry", "ferry_utf16", "ferry_utf8")}
        assert len(shown) == 1

    def test_articles_and_records_in_their_order(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Fog. “It leaks,” said Medina. Rain.", "utf-8")
        result = run("show", "a.txt", JSON / "valid" / "crlf.json")
        assert result.stdout == (
            "# a.txt\n“[Q It leaks],” [C said] [S Medina].\n"
            "# -\n[S The beekeeper] [C warned] that [Q the hives are “far too warm”].\n"
        )
        assert run("show", "--whole", "a.txt").stdout == "Fog. “[Q It leaks],” [C said] [S Medina]. Rain.\n"

    def test_records_and_articles_are_told_apart_on_standard_input(self, run: Any) -> None:
        record = (JSON / "valid" / "crlf.json").read_bytes()
        brackets = "[S The beekeeper] [C warned] that [Q the hives are “far too warm”].\n"
        assert run("show", "-", stdin=record).stdout == brackets
        assert run("show", "-", stdin=b"[" + record + b"]").stdout == brackets
        assert (
            run("show", "-", stdin="“It leaks,” said Medina.".encode()).stdout
            == "“[Q It leaks],” [C said] [S Medina].\n"
        )

    def test_an_invalid_record_is_told_and_is_exit_code_4(self, run: Any) -> None:
        path = JSON / "invalid" / "sha256_untrue.json"
        result = run("show", path, JSON / "valid" / "crlf.json")
        assert result.exit_code == 4
        assert result.stderr.startswith(f"quotekit: error: {path}: /document/sha256: is not the hash")
        assert "[S The beekeeper]" in result.stdout

    def test_a_record_without_its_text_is_told(self, run: Any) -> None:
        result = run("show", JSON / "valid" / "ferry_without_text.json")
        assert result.exit_code == 1
        assert "without the text" in result.stderr or "the text was left out" in result.stderr

    def test_acts_that_are_not_asked_for_are_not_shown(self, run: Any) -> None:
        shown = run("show", "--acts", "promises", JSON / "valid" / "ferry.json").stdout
        assert shown.count("[C ") == 1
        assert "[C promised] “[Q never to stop]”" in shown

    def test_a_record_of_before_there_were_acts_is_shown_but_not_selected_from(self, run: Any) -> None:
        assert "[S The beekeeper]" in run("show", JSON / "valid" / "crlf.json").stdout
        result = run("show", "--acts", "says", JSON / "valid" / "crlf.json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "have no acts" in result.stderr


class TestConstructions:
    def test_each_is_listed_with_its_examples(self, run: Any) -> None:
        listing = run("constructions").stdout
        for construction in CONSTRUCTIONS:
            assert f"{construction.name}\n  {construction.summary}\n" in listing
            assert all(f"  + {example}\n" in listing for example in construction.examples)
            assert all(f"  - {example}\n" in listing for example in construction.counterexamples)

    def test_one_alone_and_briefly(self, run: Any) -> None:
        first = CONSTRUCTIONS[0]
        assert run("constructions", "--brief", first.name).stdout == f"{first.name}: {first.summary}\n"
        assert run("constructions", "nonsense").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="signals and devices of POSIX")
class TestEndings:
    def test_a_closed_pipe_is_quiet(self) -> None:
        with subprocess.Popen(
            [*QUOTEKIT, "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert running.stderr.read() == ""
            assert running.wait() == 0

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_behind_standard_output_is_one_line(self) -> None:
        with open("/dev/full", "w") as full:
            result = process("schema", stdout=full, stderr=subprocess.PIPE, capture_output=False)
        assert result.returncode == 1
        assert result.stderr == "quotekit: error: standard output: cannot be written (No space left on device)\n"

    def test_an_interrupt_is_one_line_and_exit_code_130(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "endless.txt")
        command = [*QUOTEKIT, "validate", str(tmp_path / "endless.txt")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            with open(tmp_path / "endless.txt", "w"):  # opens when the program reads
                running.send_signal(signal.SIGINT)
                assert running.wait(timeout=20) == 130
            assert running.stderr is not None
            assert running.stderr.read() == "quotekit: interrupted\n"

    def test_a_request_to_end_is_one_line_and_exit_code_143(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "endless.txt")
        command = [*QUOTEKIT, "extract", str(tmp_path / "endless.txt"), "-o", str(tmp_path / "out.json")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            with open(tmp_path / "endless.txt", "w"):
                running.send_signal(signal.SIGTERM)
                assert running.wait(timeout=20) == 143
            assert running.stderr is not None
            assert running.stderr.read() == "quotekit: terminated\n"
        assert os.listdir(tmp_path) == ["endless.txt"]

    @pytest.mark.parametrize(
        ("stream", "line"),
        [
            ("<&-", "quotekit: error: -: standard input is closed\n  hint: pipe a text in, or name a file\n"),
            (">&-", "quotekit: error: standard output: is closed\n  hint: name a file with --output\n"),
        ],
    )
    def test_a_closed_stream_is_told(self, stream: str, line: str) -> None:
        command = f"{shlex.join([*QUOTEKIT, 'extract', '-'])} {stream}"
        result = subprocess.run(command, cwd=ROOT, shell=True, text=True, check=False, capture_output=True, input="")
        assert (result.returncode, result.stderr) == (1, line)
