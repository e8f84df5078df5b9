"""Processes that share work: order, deaths, errors, memory, endings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotekit.errors import InputError, ModelError, QuotekitError
from quotekit.pool import BATCHES_AHEAD, Lost, in_order
from tests.working import ERRORS, Doing

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def _without_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no process load the program that starts it, which is pytest and takes longer than what is tested here."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def done(batches: Sequence[Sequence[str]], folder: Path, *, workers: int = 2) -> list[Any]:
    """What came of each item: the item where it was done, else how the process with it ended."""
    outcomes = in_order(batches, Doing(folder), workers=workers)
    return [(o.item, o.reason) if isinstance(o, Lost) else o[0] for o in outcomes]


PROGRAM = """
import sys
from pathlib import Path
from quotekit.pool import in_order
from tests.working import Doing
work = Doing(Path(sys.argv[1]))
"""


def program(code: str, folder: Path) -> tuple[str, str]:
    """What a program with this work prints, as data and else."""
    command = [sys.executable, "-c", PROGRAM + code, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.stdout, ended.stderr


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class TestOrder:
    def test_it_is_that_of_the_batches_whoever_is_ready_first(self, tmp_path: Path) -> None:
        batches = [["a", "wait 1", "b"], ["c", "d"], ["wait 0.1"], ["e"]]
        outcomes = [o for o in in_order(batches, Doing(tmp_path), workers=2) if not isinstance(o, Lost)]
        assert [item for item, _ in outcomes] == ["a", "wait 1", "b", "c", "d", "wait 0.1", "e"]
        assert len({process for _, process in outcomes}) == 2

    def test_no_more_processes_start_than_there_are_batches(self, tmp_path: Path) -> None:
        outcomes = [o for o in in_order([["a", "b", "c"]], Doing(tmp_path), workers=8) if not isinstance(o, Lost)]
        assert len({process for _, process in outcomes}) == 1
        assert list(in_order([], Doing(tmp_path), workers=2)) == []

    def test_empty_batches_hold_nothing_up(self, tmp_path: Path) -> None:
        assert done([[], ["a"], [], []], tmp_path) == ["a"]

    def test_a_result_is_there_before_its_batch_is_done(self, tmp_path: Path) -> None:
        with closing(in_order([["a", "wait 60"]], Doing(tmp_path), workers=1)) as outcomes:
            first = next(outcomes)
            assert not isinstance(first, Lost)
            assert first[0] == "a"

    def test_what_is_read_and_not_handed_out_is_bounded(self, tmp_path: Path) -> None:
        read = 0

        def source() -> Iterator[list[str]]:
            nonlocal read
            for number in range(100):
                read += 1
                yield ["wait 1" if number == 0 else f"item {number}"]

        ahead = [read - number for number, _ in enumerate(in_order(source(), Doing(tmp_path), workers=2))]
        assert len(ahead) == read == 100
        assert max(ahead) == BATCHES_AHEAD * 2  # behind the slow first one, and never more


class TestDeath:
    @pytest.mark.parametrize(
        ("item", "reason"),
        [
            ("kill", "was ended by SIGKILL"),
            ("crash", "was ended by SIGSEGV"),
            ("exit 3", "ended with exit code 3"),
            ("exhaust Python", "ran out of memory"),
            ("exhaust torch", "ran out of memory"),
        ],
    )
    def test_it_costs_one_item_and_says_how(self, tmp_path: Path, item: str, reason: str) -> None:
        assert done([["a", "b", item, "c", "d"], ["e"]], tmp_path) == ["a", "b", (item, reason), "c", "d", "e"]

    def test_each_of_several_costs_itself(self, tmp_path: Path) -> None:
        lost = ("kill", "was ended by SIGKILL")
        batches = [["kill", "a"], ["kill"], ["b", "kill"], ["kill", "kill"], ["c"]]
        assert done(batches, tmp_path) == [lost, "a", lost, "b", lost, lost, lost, "c"]

    def test_an_item_that_was_not_to_blame_is_done_again(self, tmp_path: Path) -> None:
        assert done([["a", "kill once", "b"], ["c"]], tmp_path, workers=1) == ["a", "kill once", "b", "c"]

    def test_a_process_killed_from_outside_costs_nothing(self, tmp_path: Path) -> None:
        with closing(in_order([["a", "wait 0.5", "b"], ["c"]], Doing(tmp_path), workers=1)) as outcomes:
            first = next(outcomes)
            assert not isinstance(first, Lost)
            os.kill(first[1], signal.SIGKILL)
            rest = [o for o in outcomes if not isinstance(o, Lost)]
        assert [item for item, _ in rest] == ["wait 0.5", "b", "c"]
        assert first[1] not in {process for _, process in rest}

    def test_an_idle_process_that_is_killed_is_replaced(self, tmp_path: Path) -> None:
        idle: list[int] = []

        def source() -> Iterator[list[str]]:
            yield ["a"]
            yield ["b"]
            os.kill(idle[0], signal.SIGKILL)
            yield ["c"]

        found = []
        for outcome in in_order(source(), Doing(tmp_path), workers=1):
            assert not isinstance(outcome, Lost)
            found.append(outcome[0])
            idle.append(outcome[1])
        assert found == ["a", "b", "c"]

    def test_one_at_the_start_is_nobody_s_fault(self, tmp_path: Path) -> None:
        outcomes = list(in_order([["a"], ["b"]], Doing(tmp_path, failing_starts=2), workers=2))
        assert [o.item if isinstance(o, Lost) else o[0] for o in outcomes] == ["a", "b"]
        assert not any(isinstance(o, Lost) for o in outcomes)

    def test_processes_that_never_start_end_the_run(self, tmp_path: Path) -> None:
        with pytest.raises(QuotekitError, match=r"no worker process survives its start .*exit code 7"):
            list(in_order([["a"], ["b"], ["c"]], Doing(tmp_path, failing_starts=1000), workers=2))
        assert len(list(tmp_path.glob("start-*"))) == 4


class TestErrors:
    @pytest.mark.parametrize(("name", "kind"), [("input", InputError), ("model", ModelError)])
    def test_ours_arrive_as_they_were_raised(self, tmp_path: Path, name: str, kind: type[QuotekitError]) -> None:
        outcomes = in_order([["a", f"raise {name}", "b"], ["c"]], Doing(tmp_path), workers=2)
        assert not isinstance(first := next(outcomes), Lost)
        assert first[0] == "a"
        with pytest.raises(kind) as raised:
            next(outcomes)
        told = ERRORS[name]()
        assert isinstance(told, QuotekitError)
        assert vars(raised.value) == vars(told)

    def test_one_in_every_process_is_raised_once(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError):
            list(in_order([["raise early"]] * 4, Doing(tmp_path), workers=2))

    def test_those_of_the_system_keep_their_file(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError) as raised:
            done([["raise system"]], tmp_path)
        assert (raised.value.errno, raised.value.filename) == (2, "lexicon")
        assert "in results" in raised.value.__notes__[0]

    def test_one_that_is_no_pickle_is_told_all_the_same(self, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError, match="OddError: one"):
            done([["raise odd"]], tmp_path)


class TestEnding:
    def test_processes_end_with_the_iteration(self, tmp_path: Path) -> None:
        outcomes = in_order([["a"], ["wait 60"], ["b"]], Doing(tmp_path), workers=2)
        assert not isinstance(first := next(outcomes), Lost)
        assert is_running(first[1])
        outcomes.close()
        assert not is_running(first[1])

    def test_processes_end_with_a_parent_that_is_killed(self, tmp_path: Path) -> None:
        code = PROGRAM + "for o in in_order([['a', 'wait 60']], work, workers=1): print(o[1], flush=True)"
        command = [sys.executable, "-c", code, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            assert running.stdout.readline().strip().isdigit()
            running.kill()
            before = time.monotonic()
            assert running.stderr.read() == ""  # it ends when nobody holds it any more
            assert time.monotonic() - before < 20

    def test_an_interrupt_is_the_parent_s_business(self, tmp_path: Path) -> None:
        """In a program of its own: multiprocessing lets all signals through when it starts its first process."""
        assert program("print([o[0] for o in in_order([['interrupt', 'b']], work, workers=1)])", tmp_path) == (
            "['interrupt', 'b']\n",
            "",
        )

    def test_what_a_process_prints_does_not_come_between_the_data(self, tmp_path: Path) -> None:
        assert program("list(in_order([['print it']], work, workers=1))", tmp_path) == ("", "between the data\n")
