"""The attribution benchmark as a whole, on the repository's own sentences and their hand-checked trees."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import attribution as benchmark
from benchmarks.corpus import Judged, Yardstick, judge
from benchmarks.errors import error_figures, errors, examples
from benchmarks.extraction import Run, Speed, read_articles
from benchmarks.recall import candidate_recall, threshold, with_proposals
from benchmarks.reliability import POINTS, points, reliability, reliability_table
from benchmarks.speech import marked_speech
from benchmarks.splits import splits
from quotekit import Extractor
from quotekit.model import Article
from quotekit.notation import NotedText
from tests.gold import gold_cases, gold_tree

ROOT = Path(__file__).resolve().parent.parent
SCORER = ROOT.parent / "shared" / "bench" / "attribution_score.py"
needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not part of this repository")
TOPICS = ("complement", "interrupted", "via", "object")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The case files of some topics in the PolNeAR layout, each case an article."""
    folder = tmp_path / "birds" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for case in gold_cases():
        if case.topic in TOPICS:
            name = f"{'tern' if case.line % 2 else 'gull'}_{case.topic}-{case.line:03}"
            (folder / "text" / f"{name}.txt").write_text(case.noted.text, "utf-8")
            (folder / "attributions" / f"{name}.ann").write_text(annotations(case.noted), "utf-8")
    return folder


def annotations(noted: NotedText) -> str:
    """The case's quotes as brat writes them."""
    rows: list[str] = []
    for quote in noted.quotes:
        roles = []
        for role in ("content", "source", "cue"):
            for start, end in getattr(quote, role):
                name = f"T{len(rows) + 1}"
                rows.append(f"{name}\t{role.title()} {start} {end}\t{noted.text[start:end]}")
                roles.append(f"{role.title()}:{name}")
        rows.append(f"E{len(rows) + 1}\tAttribution:T0 {' '.join(roles)}")
    return "".join(f"{row}\n" for row in rows)


def gold_run(articles: list[Article], *, keep_trees: bool = False) -> Run:
    """What is found in the hand-checked trees, which takes no model."""
    extractor = Extractor()
    trees = tuple(gold_tree(article.text) for article in articles)
    found = tuple(extractor.extract_tree(article, tree) for article, tree in zip(articles, trees, strict=True))
    return Run(found, trees if keep_trees else (), Speed(1, 0.0, 1.0, 1))


def everything(corpus: Path) -> tuple[tuple[Judged, ...], Yardstick, Run]:
    yardstick = Yardstick(SCORER)
    found = gold_run(read_articles(corpus), keep_trees=True)
    return with_proposals(judge(yardstick, corpus, found.extractions), found.trees, yardstick), yardstick, found


@needs_scorer
def test_the_details_count_as_the_scorer_does(corpus: Path) -> None:
    articles, yardstick, found = everything(corpus)
    figures = benchmark.score(SCORER, corpus, found.extractions)
    whole = figures["attribution"]
    lowest = next(points(articles, yardstick, default=threshold()))
    assert (lowest["p"], lowest["r"], lowest["quotes"]) == (whole["p"], whole["r"], whole["pred"])
    for kind, row in splits(articles)["kind"].items():
        assert (row["gold"], row["found"]) == tuple(figures[f"attribution.{kind}"][n] for n in ("gold", "pred"))
        assert row["r"] in (figures[f"attribution.{kind}"]["r"], None)
    assert candidate_recall(articles)["all"]["chosen"] == round(whole["r"] * whole["gold"]) > 20


@needs_scorer
def test_every_miss_and_every_false_alarm_has_a_kind(corpus: Path) -> None:
    articles, _, _ = everything(corpus)
    kinds = error_figures(list(errors(articles)))
    assert kinds["misses"] == sum(len(article.gold) - len(article.right) for article in articles)
    assert kinds["false_alarms"] == sum(len(article.found) - len(article.pairs) for article in articles)
    assert sum(one["count"] for one in kinds["kinds"]) == kinds["misses"] + kinds["false_alarms"]
    no_gold = [replace(article, gold=(), pairs=()) for article in articles]
    shown = examples(errors(no_gold), 99)
    assert "false alarm: not annotated, complement" in shown
    assert "ours: 44-89 [Professor Imke de Vries] <told> the telescope had been" in shown


@needs_scorer
def test_interrupted_speech_of_the_cases_is_whole_to_the_letter(corpus: Path) -> None:
    articles, yardstick, _ = everything(corpus)
    found = marked_speech(articles, yardstick)
    interrupted = found["shapes"]["interrupted"]
    assert interrupted["quotations"] == interrupted["whole"] >= 5
    assert found["exact_of_both"] == 1.0
    assert found["marked"] > found["gold"], "scare quotes and titles are among the cases"


@needs_scorer
def test_the_command_prints_every_part(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "run", gold_run)
    plot = tmp_path / "plot.svg"
    given = ["benchmark", str(corpus), "--scorer", str(SCORER), "--articles", "30"]
    monkeypatch.setattr("sys.argv", [*given, "--details", "--errors", "--examples", "1", "--plot", str(plot)])
    assert benchmark.main() == 0
    shown = capsys.readouterr().out
    for part in ("Candidate recall", "Reliability", "--min-confidence", "By publisher", "By class", "Errors: "):
        assert part in shown
    assert plot.read_text("utf-8").startswith("<svg")
    monkeypatch.setattr("sys.argv", [*given, "--json", "--details", "--errors"])
    assert benchmark.main() == 0
    report = json.loads(capsys.readouterr().out)
    assert {row["gold"] for row in report["splits"]["publisher"].values()} != {0}
    assert report["figures"]["documents"] == 30
    assert "ferries" not in json.dumps(report), "no text leaves the terminal"


@needs_scorer
def test_by_itself_the_command_prints_the_score_and_one_line_of_calibration(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "run", gold_run)
    monkeypatch.setattr("sys.argv", ["benchmark", str(corpus), "--scorer", str(SCORER)])
    assert benchmark.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-2]] == list(benchmark.GATED)
    assert lines[-2].startswith("calibration error 0.")


@needs_scorer
def test_more_confidence_never_finds_more(corpus: Path) -> None:
    articles, yardstick, _ = everything(corpus)
    found = list(points(articles, yardstick, default=threshold()))
    assert [one["min_confidence"] for one in found] == [threshold(), *(one for one in POINTS if one > threshold())]
    assert found[-1]["min_confidence"] == 0.95
    assert [one["right"] for one in found] == sorted((one["right"] for one in found), reverse=True)
    assert found[-1]["quotes"] < found[0]["quotes"]


def test_floors_are_not_raised_by_a_part_of_a_corpus(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmark", str(corpus), "--articles", "2", "--update-floors"])
    with pytest.raises(SystemExit):
        benchmark.read_options()


def test_a_part_of_a_corpus_has_articles_of_every_publisher(corpus: Path) -> None:
    names = [article.id for article in read_articles(corpus, limit=4)]
    assert len(names) == 4
    assert {name.partition("_")[0] for name in names} == {"gull", "tern"}


@needs_scorer
def test_the_text_of_the_plot_is_also_a_table(corpus: Path) -> None:
    articles, _, _ = everything(corpus)
    shown = reliability_table(reliability(articles))
    assert "0.9–1.0" in shown
    assert "calibration error" in shown
