"""`quotekit convert`: every format from the command line, several inputs, and what it does not take."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quotekit.writers.formats import BY_NAME, FORMATS

VALID = Path(__file__).parent.parent.parent / "fixtures" / "json" / "valid"
FERRY = VALID / "ferry.json"
STREAMS = [form.name for form in FORMATS if form.writes == "stream"]
OPTIONAL = {"parquet": "pyarrow"}


@pytest.fixture(params=STREAMS)
def stream(request: pytest.FixtureRequest) -> str:
    """The name of a format that is one file, where the library that it needs is there."""
    if request.param in OPTIONAL:
        pytest.importorskip(OPTIONAL[request.param])
    return str(request.param)


def test_the_list_names_every_format(run: Any) -> None:
    lines = run("convert", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [form.name for form in FORMATS]
    assert all(len(line) <= 80 for line in lines)


def test_every_format_is_written_and_the_same_each_time(run: Any, stream: str) -> None:
    first, second = run("convert", "--to", stream, FERRY), run("convert", "--to", stream, FERRY)
    assert first.exit_code == 0, first.output
    assert first.stdout_bytes == second.stdout_bytes != b""


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_offsets_of_any_unit_give_the_same(run: Any, stream: str, unit: str) -> None:
    plain, other = (run("convert", "--to", stream, VALID / name) for name in ("ferry.json", f"ferry_{unit}.json"))
    assert other.exit_code == plain.exit_code == 0
    assert other.stdout_bytes == plain.stdout_bytes


class TestInputs:
    @pytest.mark.parametrize("name", ["ferry.json", "array.json", "lines.jsonl", "empty_array.json"])
    def test_an_object_an_array_and_lines_are_taken(self, run: Any, name: str) -> None:
        text = (VALID / name).read_text("utf-8")
        records = [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)
        quotes = sum(len(one["quotes"]) for one in (records if isinstance(records, list) else [records]))
        result = run("convert", "--to", "jsonl", VALID / name)
        assert (result.exit_code, len(result.stdout.splitlines())) == (0, quotes)

    def test_standard_input_is_read_where_nothing_is_named(self, run: Any) -> None:
        named = run("convert", "--to", "jsonl", FERRY)
        for arguments in ((), ("-",)):
            assert run("convert", "--to", "jsonl", *arguments, stdin=FERRY.read_bytes()).stdout == named.stdout

    def test_a_record_that_is_broken_costs_the_others_nothing(self, run: Any) -> None:
        broken = VALID.parent / "invalid" / "span_text_differs.json"
        result = run("convert", "--to", "jsonl", broken, FERRY)
        assert result.exit_code == 4
        assert result.stderr.startswith(f"quotekit: error: {broken}: /")
        assert result.stdout == run("convert", "--to", "jsonl", FERRY).stdout

    def test_a_file_that_is_not_there_costs_the_others_nothing(self, run: Any) -> None:
        result = run("convert", "--to", "jsonl", "none.json", FERRY)
        assert result.exit_code == 1
        assert result.stderr.startswith("quotekit: error: none.json: no such file\n")
        assert result.stdout == run("convert", "--to", "jsonl", FERRY).stdout


class TestWithoutTheText:
    @pytest.fixture
    def record(self, tmp_path: Path) -> Path:
        record = json.loads(FERRY.read_text("utf-8"))
        del record["document"]["text"]
        path = tmp_path / "short.json"
        path.write_text(json.dumps(record), "utf-8")
        return path

    @pytest.mark.parametrize("name", [form.name for form in FORMATS if form.needs_text])
    def test_formats_that_need_it_refuse_in_one_line(self, run: Any, record: Path, name: str) -> None:
        result = run("convert", "--to", name, "-o", "out", record)
        assert result.exit_code == 1
        assert result.stderr == (
            f"quotekit: error: news/ferry.txt: {name} needs the document's text, which this record leaves out\n"
            "  hint: extract without --no-text\n"
        )

    @pytest.mark.parametrize("name", [form.name for form in FORMATS if not form.needs_text])
    def test_the_others_do_without(self, run: Any, record: Path, name: str) -> None:
        if name in OPTIONAL:
            pytest.importorskip(OPTIONAL[name])
        result = run("convert", "--to", name, "-o", "out", record)
        assert result.exit_code == 0, result.output
        assert Path("out").stat().st_size > 100

    def test_offsets_of_another_unit_are_refused_in_one_line(self, run: Any) -> None:
        result = run("convert", "--to", "csv", VALID / "ferry_without_text.json")
        assert result.exit_code == 1
        assert "offsets cannot be counted anew without the text" in result.stderr


class TestOutput:
    def test_a_file_is_written_whole_or_not_at_all(self, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("quotes.csv").write_text("before")

        def stop(_: object) -> Any:
            yield "id,"
            raise KeyboardInterrupt

        monkeypatch.setattr("quotekit.writers.csv.write", stop)
        assert run("convert", "--to", "csv", "-o", "quotes.csv", FERRY).exit_code == 130
        assert [(path.name, path.read_text()) for path in Path().iterdir()] == [("quotes.csv", "before")]

    def test_a_byte_order_mark_stands_first_and_once(self, run: Any) -> None:
        marked = run("convert", "--to", "csv", "--bom", FERRY, VALID / "array.json").stdout_bytes
        assert marked == b"\xef\xbb\xbf" + run("convert", "--to", "csv", FERRY, VALID / "array.json").stdout_bytes

    def test_only_csv_has_a_byte_order_mark(self, run: Any) -> None:
        result = run("convert", "--to", "jsonl", "--bom", FERRY)
        assert result.exit_code == 2
        assert "is for CSV" in result.stderr

    def test_brat_writes_a_folder(self, run: Any) -> None:
        assert run("convert", "--to", "brat", "-o", "deep/brat", FERRY).exit_code == 0
        assert sorted(path.name for path in Path("deep/brat").iterdir()) == [
            "annotation.conf",
            "ferry.ann",
            "ferry.txt",
        ]
        text = json.loads(FERRY.read_text("utf-8"))["document"]["text"]
        assert Path("deep/brat/ferry.txt").read_bytes() == text.encode()

    def test_line_ends_of_a_text_stay_as_they_are(self, run: Any) -> None:
        assert run("convert", "--to", "brat", "-o", "brat", VALID / "crlf.json").exit_code == 0
        text = json.loads((VALID / "crlf.json").read_text("utf-8"))["document"]["text"]
        assert [path.read_bytes() for path in Path("brat").glob("*.txt")] == [text.encode()]

    def test_a_database_is_brought_up_to_date(self, run: Any) -> None:
        for _ in range(2):
            assert run("convert", "--to", "sqlite", "-o", "quotes.db", FERRY).exit_code == 0
        with closing(sqlite3.connect("quotes.db")) as database:
            assert database.execute("SELECT count(*) FROM quotes").fetchone() == (6,)

    @pytest.mark.parametrize(("name", "thing"), [("sqlite", "file"), ("brat", "folder")])
    def test_what_is_no_stream_needs_a_name(self, run: Any, name: str, thing: str) -> None:
        result = run("convert", "--to", name, FERRY)
        assert result.exit_code == 2
        assert f"{name} is written to a {thing}" in result.stderr

    def test_the_setup_of_label_studio_is_printed(self, run: Any) -> None:
        assert run("convert", "--to", "label-studio", "--setup").stdout.startswith("<View>")
        result = run("convert", "--to", "csv", "--setup")
        assert result.exit_code == 2
        assert "formats that do: label-studio" in result.stderr

    def test_no_format_is_a_usage_error(self, run: Any) -> None:
        assert run("convert", FERRY).exit_code == 2
        assert run("convert", "--to", "xlsx", FERRY).exit_code == 2


@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in OPTIONAL])
def test_no_model_and_no_heavy_library_is_loaded(name: str, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom quotekit.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
        "heavy = {'stanza', 'torch', 'numpy', 'pandas', 'pyarrow', 'quotekit.pipeline'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    command = [sys.executable, "-c", code, "convert", "--to", name, "-o", str(tmp_path / "out"), str(FERRY)]
    subprocess.run(command, cwd=VALID.parent.parent.parent, check=True)
