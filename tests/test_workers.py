"""Articles shared among processes: the same results, lost articles, and what the command says of them."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from quotekit import Extractor, pipeline
from quotekit.cli import main
from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers import read_article, read_input
from quotekit.tree import Tree
from quotekit.workers import extract_in_processes, usable_cores
from tests.trees import RandomParser
from tests.working import DeadlyParser, ThreadsParser, WordlessParser

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted((ROOT / "fixtures" / "articles").glob("*.txt"))
TREES = sorted((ROOT / "fixtures" / "trees").glob("*.conllu"))
QUOTEKIT = [sys.executable, "-c", "from quotekit.cli import main; main(prog_name='quotekit')"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def _without_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no process load the program that starts it, which is pytest and takes longer than what is tested here."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has every article be a batch of its own."""
    monkeypatch.setattr(pipeline, "BATCH_CHARACTERS", 1)


def articles(*texts: str) -> list[Article]:
    return [Article(text, id=str(number), source=f"{number}.txt") for number, text in enumerate(texts)]


TEXTS = ("“The dam leaks,” Ana Ruiz said.", "", "She told us it was poison.", "They said so.", "He: “No.”")


class TestArticles:
    @pytest.mark.usefixtures("small_batches")
    def test_several_workers_find_what_one_finds(self) -> None:
        extractor = Extractor(parser=RandomParser())
        one, two = (list(extractor.extract_many(articles(*TEXTS), workers=n)) for n in (1, 2))
        assert one == two
        assert [extraction.document.id for extraction in two] == ["0", "1", "2", "3", "4"]

    def test_one_worker_is_no_process(self) -> None:
        parser = WordlessParser()
        assert len(list(Extractor(parser=parser).extract_many(articles("It rains."), workers=1))) == 1
        assert parser.batches == [["It rains."]]

    def test_a_worker_has_one_thread(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OMP_NUM_THREADS", "4")
        (found,) = Extractor(parser=ThreadsParser()).extract_many(articles("It rains."), workers=2)
        assert found.generator.parser == "threads 1"
        assert os.environ["OMP_NUM_THREADS"] == "4"

    def test_no_number_is_one_on_each_core(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert usable_cores() >= 1
        asked: list[int] = []

        def never(*_: object, workers: int) -> Iterator[Any]:
            asked.append(workers)
            yield from ()

        monkeypatch.setattr("quotekit.workers.usable_cores", lambda: 3)
        monkeypatch.setattr("quotekit.workers.in_order", never)
        assert list(Extractor(parser=WordlessParser()).extract_many([], workers=0)) == []
        assert asked == [3]

    def test_an_article_that_ends_its_process_is_left_out_and_told(self) -> None:
        lost: list[InputError] = []
        found = Extractor(parser=DeadlyParser()).extract_many(articles(*TEXTS), workers=2, lost=lost.append)
        assert [extraction.document.id for extraction in found] == ["0", "1", "3", "4"]
        assert [str(error) for error in lost] == ["2.txt: cannot be extracted: its worker process was ended by SIGKILL"]

    def test_where_nobody_hears_of_it_it_is_an_error(self) -> None:
        found = Extractor(parser=DeadlyParser()).extract_many(articles(*TEXTS), workers=2)
        assert [next(found).document.id for _ in range(2)] == ["0", "1"]
        with pytest.raises(InputError, match=r"2\.txt"):
            next(found)

    def test_articles_with_trees_need_no_parser_and_keep_their_place(self) -> None:
        inputs: list[tuple[Article, Tree | None]] = [pair for path in TREES[:4] for pair in read_input(str(path))]
        inputs.insert(3, (articles("It rains.")[0], None))
        extractor = Extractor(parser=RandomParser())
        alone = [
            extractor.extract_tree(article, tree) if tree else extractor.extract(article.text, id=article.source)
            for article, tree in inputs
        ]
        shared = list(extract_in_processes(extractor, inputs, workers=2))
        assert [(e.quotes, e.speakers) for e in shared] == [(e.quotes, e.speakers) for e in alone]
        assert [e.document.id for e in shared] == [article.id for article, _ in inputs]
        assert any(e.quotes for e in shared)

    def test_a_very_long_sentence_goes_through_the_pipe(self) -> None:
        text = " ".join(f"word{number}" for number in range(3_000))
        (parsed,) = RandomParser().parse([text])
        (found,) = extract_in_processes(Extractor(), [(articles(text)[0], parsed)], workers=1)
        assert found.document.length == len(text)

    def test_a_copy_of_an_extractor_is_made_like_it(self) -> None:
        copy = pickle.loads(pickle.dumps(Extractor("somewhere", language="en", parser=WordlessParser())))
        assert (copy._model, copy._language.code, copy._given_parser.name) == ("somewhere", "en", "wordless 1")


class TestCommand:
    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
        """Runs the command in a folder with the articles, and with the parser that a text can kill."""
        make = Extractor.__init__
        monkeypatch.setattr(
            Extractor, "__init__", lambda self, model=None, **options: make(self, model, parser=DeadlyParser())
        )
        monkeypatch.chdir(tmp_path)
        for number, text in enumerate(TEXTS):
            (tmp_path / f"{number}.txt").write_text(text, "utf-8")
        return lambda *arguments: CliRunner().invoke(main, ["extract", *arguments])

    def test_a_lost_article_is_an_error_line_and_exit_code_1(self, run: Callable[..., Any]) -> None:
        result = run("-q", "--format", "jsonl", "--workers", "2", ".")
        alone = run("-q", "--format", "jsonl", "0.txt", "1.txt", "3.txt", "4.txt")
        assert (alone.exit_code, result.exit_code) == (0, 1)
        assert result.stdout == alone.stdout
        assert result.stderr == (
            "quotekit: error: 2.txt: cannot be extracted: its worker process was ended by SIGKILL\n"
            "  hint: extract it by itself, without --workers, to see more; memory may be short\n"
        )

    def test_an_input_that_cannot_be_read_costs_the_others_nothing(self, run: Callable[..., Any]) -> None:
        result = run("-q", "--format", "jsonl", "--workers", "2", "0.txt", "gone.txt", "3.txt")
        assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
        assert result.stderr == "quotekit: error: gone.txt: no such file\n  hint: check the path\n"

    def test_more_workers_than_cores_are_told_and_not_started(
        self, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("quotekit.workers.usable_cores", lambda: 2)
        result = run("--workers", "99", "0.txt")
        assert result.exit_code == 0
        assert (
            result.stderr
            == "quotekit: warning: --workers: 99 are more than there are cores to use; 2 will do as much\n"
        )
        assert run("-q", "--workers", "99", "0.txt").stderr == ""

    def test_an_interrupt_at_the_terminal_is_one_line_and_exit_code_130(self, tmp_path: Path) -> None:
        """It goes to all processes of the terminal, here while the first worker still imports torch."""
        (tmp_path / "1.txt").write_text("It rains. " * (pipeline.BATCH_CHARACTERS // 10))
        (tmp_path / "2.txt").write_text("It snows.")
        os.mkfifo(tmp_path / "3.txt")
        command = [*QUOTEKIT, "extract", "-q", "--workers", "2", *(f"{tmp_path}/{n}.txt" for n in "123")]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as running:
            with open(tmp_path / "3.txt", "w"):  # opens when the first batch is with its worker
                os.killpg(running.pid, signal.SIGINT)
                assert running.wait(timeout=60) == 130
            assert running.stdout is not None
            assert running.stderr is not None
            assert (running.stdout.read(), running.stderr.read()) == ("", "quotekit: interrupted\n")

    def test_fewer_than_none_are_wrong_usage(self, run: Callable[..., Any]) -> None:
        assert run("--workers", "-1", "0.txt").exit_code == 2


@pytest.mark.model
class TestWithTheModel:
    @pytest.mark.usefixtures("small_batches")
    def test_several_workers_find_what_one_finds(self, extractor: Extractor) -> None:
        read = [read_article(str(path)) for path in ARTICLES]
        one, two = (list(extractor.extract_many(read, workers=n)) for n in (1, 2))
        assert one == two
        assert all(extraction.quotes for extraction in two)

    def test_the_command_writes_the_same_bytes(self) -> None:
        inputs = [*map(str, ARTICLES), *map(str, TREES[:2])]
        one, two = (
            subprocess.run([*QUOTEKIT, "extract", *inputs, "--workers", n], cwd=ROOT, capture_output=True, check=True)
            for n in "12"
        )
        assert (one.stdout, one.stderr) == (two.stdout, two.stderr)

    def test_a_missing_model_is_told_once_with_exit_code_3(self, tmp_path: Path) -> None:
        command = [*QUOTEKIT, "extract", "--workers", "2", "--model", str(tmp_path / "gone"), *map(str, ARTICLES)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (result.returncode, result.stdout) == (3, "")
        assert len(result.stderr.splitlines()) == 2
        assert result.stderr.startswith("quotekit: error: ")
