#!/usr/bin/env python3
"""Measure who-said-what on a corpus in the PolNeAR layout, and compare with the recorded floors.

    python benchmarks/attribution.py ../shared/data/polnear/dev
    python benchmarks/attribution.py ../shared/data/polnear/dev --details --errors --plot reliability.svg

CORPUS holds text/*.txt and attributions/*.ann. The score is that of attribution_score.py, a file of its own beside the
corpora (see --scorer). Exit code 1: a figure is below its floor, or the corpus is not the one the floors belong to.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):  # run as a script: Python then looks in this folder, and its modules are a package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.corpus import Judged, Yardstick, judge
from benchmarks.errors import Error, error_figures, errors, errors_table, examples
from benchmarks.extraction import Speed, prediction, read_articles, run
from benchmarks.floors import GATED, corpus_name, settle
from benchmarks.plot import reliability_plot
from benchmarks.recall import candidate_recall, recall_table, threshold, with_proposals
from benchmarks.reliability import points, points_table, reliability, reliability_table, summary
from benchmarks.speech import marked_speech, speech_table
from benchmarks.splits import splits, splits_table

if TYPE_CHECKING:
    from quotekit.model import Extraction


def main() -> int:
    """Measure, print, compare; the exit code says whether every floor held."""
    options = read_options()
    corpus: Path = options.corpus
    scorer: Path = options.scorer or corpus.resolve().parents[2] / "bench" / "attribution_score.py"
    if not any(corpus.glob("text/*.txt")):
        sys.exit(f"benchmarks: {corpus}: no text/*.txt here; name a corpus in the PolNeAR layout")
    if not scorer.is_file():
        sys.exit(f"benchmarks: {scorer}: the scorer is not here; name it with --scorer")
    found = run(read_articles(corpus, limit=options.articles), keep_trees=options.details or options.errors)
    yardstick = Yardstick(scorer)
    articles = judge(yardstick, corpus, found.extractions)
    if found.trees:
        articles = with_proposals(articles, found.trees, yardstick)
    with part_of(corpus, found.extractions, whole=options.articles is None) as measured:
        figures = score(scorer, measured, found.extractions)
    report = measure(articles, yardstick, details=options.details)
    missed = list(errors(articles)) if options.errors else []
    if options.errors:
        report["errors"] = error_figures(missed)
    if options.plot:
        options.plot.write_text(reliability_plot(report["reliability"], f"Reliability, {corpus_name(corpus)}"), "utf-8")
    if options.json:
        full = {"corpus": corpus_name(corpus), "figures": figures, **report, "speed": found.speed.record()}
        print(json.dumps(full, indent=1))
    else:
        print(readable(figures, found.speed, report, missed, count=options.examples))
    if options.articles is not None:
        return 0  # a part of the corpus has no floors
    return settle(corpus, figures, found.speed.record(), update=options.update_floors, lower=options.allow_regression)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scorer", type=Path, help="default: ../../bench/attribution_score.py as seen from the corpus")
    parser.add_argument("--articles", type=positive, metavar="N", help="only N, spread over the corpus; no floors then")
    parser.add_argument(
        "--details", action="store_true", help="candidate recall, reliability, --min-confidence, splits, marked speech"
    )
    parser.add_argument("--errors", action="store_true", help="the most frequent kinds of error")
    parser.add_argument("--examples", type=positive, metavar="N", help="with --errors: N of each kind, with their text")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw how confidence and precision agree")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what was just measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update-floors: lower them where needed")
    options = parser.parse_args()
    if options.update_floors and options.articles is not None:
        parser.error("--update-floors: floors are of a whole corpus; leave out --articles")
    if options.examples is not None and (options.json or not options.errors):
        parser.error("--examples: examples belong to --errors, and not to --json")
    return options


def positive(value: str) -> int:
    """The number, which is at least 1."""
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def measure(articles: Sequence[Judged], yardstick: Yardstick, *, details: bool) -> dict[str, Any]:
    """What is measured beside the scorer's own figures."""
    report: dict[str, Any] = {"reliability": reliability(articles)}
    if details:
        report["candidates"] = candidate_recall(articles)
        report["min_confidence"] = list(points(articles, yardstick, default=threshold()))
        report["splits"] = splits(articles)
        report["marked_speech"] = marked_speech(articles, yardstick)
    return report


@contextmanager
def part_of(corpus: Path, extractions: Iterable[Extraction], *, whole: bool) -> Iterator[Path]:
    """The corpus, or for a while a folder with these articles of it, since the scorer counts all gold it finds."""
    if whole:
        yield corpus
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("text", "attributions"):
            (folder / part).mkdir()
        for extraction in extractions:
            stem = extraction.document.id
            notes = corpus.resolve() / "attributions"
            found = [*notes.glob(f"{stem}_*.ann"), *notes.glob(f"{stem}.ann")]
            for path in (corpus.resolve() / "text" / f"{stem}.txt", *found):
                (folder / path.parent.name / path.name).symlink_to(path)
        yield folder


def score(scorer: Path, corpus: Path, extractions: Iterable[Extraction]) -> dict[str, Any]:
    """The scorer's figures for what was extracted."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "pred.jsonl"
        lines = (json.dumps(prediction(extraction)) for extraction in extractions)
        predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        command = [sys.executable, str(scorer), str(corpus), str(predictions), "--json"]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(answer)
    return figures


# --- printing


def readable(
    figures: Mapping[str, Any], speed: Speed, report: Mapping[str, Any], missed: Sequence[Error], *, count: int | None
) -> str:
    """The figures as tables for a terminal."""
    rows = [f"{'':22}     P      R     F1"]
    rows += [f"{name:22} {f['p']:.3f}  {f['r']:.3f}  {f['f1']:.3f}" for name in GATED for f in [figures[name]]]
    rows.append(summary(report["reliability"]))
    rows.append(
        f"{speed.words_per_second} words a second on one core ({speed.words} words in {speed.extract_seconds:.0f} s; "
        f"load {speed.load_seconds:.1f} s; peak memory {speed.peak_megabytes} MB)"
    )
    parts = ["\n".join(rows)]
    if "candidates" in report:
        parts += [
            recall_table(report["candidates"]),
            reliability_table(report["reliability"]),
            points_table(report["min_confidence"]),
            splits_table(report["splits"]),
            speech_table(report["marked_speech"]),
        ]
    if "errors" in report:
        parts.append(errors_table(report["errors"]))
    if count:
        parts.append(examples(missed, count))
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
