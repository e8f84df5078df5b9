"""The whole program in its own process: trees without a model, articles with the bundled one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotekit.validation import find_problems

ROOT = Path(__file__).parent.parent.parent
TREES = sorted(path.name for path in (ROOT / "fixtures" / "trees").glob("*.conllu"))
ARTICLES = sorted(path.name for path in (ROOT / "fixtures" / "articles").glob("*.txt"))
QUOTEKIT = [sys.executable, "-c", "from quotekit.cli import main; main(prog_name='quotekit')"]


def quotekit(*arguments: str) -> bytes:
    return subprocess.run([*QUOTEKIT, *arguments], cwd=ROOT, check=True, capture_output=True).stdout


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_what_is_found_on_gold_trees_keeps_the_contract(unit: str) -> None:
    lines = quotekit("extract", "--format", "jsonl", "--offsets", unit, "fixtures/trees").split(b"\n")[:-1]
    records = [json.loads(line) for line in lines]
    assert {record["document"]["source"] for record in records} >= {f"fixtures/trees/{name}" for name in TREES}
    assert [problem for record in records for problem in find_problems(record, closed=True)] == []


def test_trees_need_no_model() -> None:
    code = (
        "import sys\nfrom quotekit.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
        "assert not {'stanza', 'torch', 'numpy'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, "extract", f"fixtures/trees/{TREES[0]}"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("settings", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_terminals_whose_users_want_them(settings: dict[str, str], is_coloured: bool) -> None:
    here, there = os.openpty()
    command = [*QUOTEKIT, "extract", "--format", "text", "fixtures/trees/via.conllu"]
    environment = {**os.environ, "NO_COLOR": "", "TERM": "xterm", **settings}
    with subprocess.Popen(command, cwd=ROOT, stdout=there, env=environment) as running:
        os.close(there)
        shown = os.read(here, 1000)
        running.kill()
    os.close(here)
    assert (b"\x1b[1m" in shown) is is_coloured


@pytest.mark.model
class TestWithTheModel:
    def test_articles_keep_the_contract_and_give_the_same_bytes_again(self) -> None:
        first = quotekit("extract", "fixtures/articles")
        records = json.loads(first)
        assert [record["document"]["source"] for record in records] == [
            f"fixtures/articles/{name}" for name in ARTICLES
        ]
        assert [problem for record in records for problem in find_problems(record, closed=True)] == []
        assert all(record["quotes"] for record in records)
        assert quotekit("extract", "fixtures/articles") == first

    def test_a_parse_gives_what_the_article_gives(self, tmp_path: Path) -> None:
        article = f"fixtures/articles/{ARTICLES[0]}"
        quotekit("parse", article, "-o", str(tmp_path / "parsed.conllu"))
        straight = json.loads(quotekit("extract", article))
        detour = json.loads(quotekit("extract", str(tmp_path / "parsed.conllu")))
        assert {key: detour[key] for key in ("speakers", "quotes")} == {
            key: straight[key] for key in ("speakers", "quotes")
        }

    @pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
    def test_an_interrupt_while_parsing_leaves_the_old_file(self, tmp_path: Path) -> None:
        (tmp_path / "out.json").write_text("old")
        (tmp_path / "long.txt").write_text("“It rains,” said the mayor of the town. " * 20_000)
        command = [*QUOTEKIT, "extract", str(tmp_path / "long.txt"), "-o", str(tmp_path / "out.json")]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
            while not list(tmp_path.glob(".out.json.*")):
                time.sleep(0.05)
            time.sleep(3)
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=60) == 130
            assert running.stderr is not None
            assert running.stderr.read() == "quotekit: interrupted\n"
        assert sorted(os.listdir(tmp_path)) == ["long.txt", "out.json"]
        assert (tmp_path / "out.json").read_text() == "old"

    def test_a_missing_and_a_damaged_model_are_exit_code_3(self, tmp_path: Path) -> None:
        (tmp_path / "resources.json").write_text("{")
        for model in (str(tmp_path / "gone"), str(tmp_path)):
            command = [*QUOTEKIT, "extract", "--model", model, f"fixtures/articles/{ARTICLES[0]}"]
            result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
            assert (result.returncode, result.stdout) == (3, "")
            assert result.stderr.startswith("quotekit: error: ")
            assert len(result.stderr.splitlines()) == 2
