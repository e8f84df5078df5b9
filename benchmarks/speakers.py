#!/usr/bin/env python3
"""Measure who the sources are on GUM, print the curve of answers against errors, and compare with the floors.

    python benchmarks/speakers.py ../shared/data/gum_attribution/gum.jsonl

GOLD holds one document a line, with its text and its attributions. The score is that of speaker_score.py, a file of its
own beside the corpora (see --scorer). Exit code 1: a figure is below its floor, or the gold is not the one the floors
belong to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):  # run as a script: Python then looks in this folder, and its modules are a package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.floors import corpus_name, hold
from benchmarks.tables import table

if TYPE_CHECKING:
    from quotekit.model import Extraction, Quote, Via

POINTS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975)
PARTS = ("all", "named", "pronoun")


def main() -> int:
    """Measure, print, compare; the exit code says whether every floor held."""
    options = read_options()
    gold: Path = options.gold
    scorer: Path = options.scorer or gold.resolve().parents[2] / "bench" / "speaker_score.py"
    for path, remedy in ((gold, "name GUM's attributions"), (scorer, "name the scorer with --scorer")):
        if not path.is_file():
            sys.exit(f"benchmarks: {path}: no such file; {remedy}")
    extractions = list(extract(gold, options.parses))
    figures = score(scorer, gold, extractions, least=0.0)
    curve = {least: score(scorer, gold, extractions, least=least) for least in POINTS}
    if options.json:
        print(json.dumps({"figures": figures, "curve": {str(least): one for least, one in curve.items()}}, indent=1))
    else:
        print(readable(figures, curve))
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    measured = gated(figures)
    return hold(corpus_name(gold), digest, measured, {}, update=options.update_floors, lower=options.allow_regression)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, help="default: ../../bench/speaker_score.py as seen from the gold")
    parser.add_argument("--parses", type=Path, metavar="DIR", help="ID.conllu of each document, in place of the model")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what was just measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update-floors: lower them where needed")
    return parser.parse_args()


def extract(gold: Path, parses: Path | None) -> Iterator[Extraction]:
    """The extractions of all documents; from their parses, where these are given."""
    from quotekit import Article, Extractor
    from quotekit.parsing.conllu import read_conllu

    documents = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    articles = [Article(text=one["text"], id=one["id"], source=one["id"]) for one in documents]
    extractor = Extractor()
    if parses is None:
        yield from extractor.extract_many(articles)
        return
    for article in articles:
        tree = read_conllu((parses / f"{article.id}.conllu").read_text("utf-8"), article.text)
        yield extractor.extract_tree(article, tree)


def score(scorer: Path, gold: Path, extractions: Iterable[Extraction], *, least: float) -> dict[str, Any]:
    """The scorer's figures for the speakers whose identity is at least so sure; less sure ones count as no answer."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "pred.jsonl"
        lines = (json.dumps(prediction(extraction, least)) for extraction in extractions)
        predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predictions), "--json"]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(answer)
    return figures


def prediction(extraction: Extraction, least: float) -> dict[str, Any]:
    """One line of the scorer's PRED.jsonl."""
    found = [one for quote in extraction.quotes for one in attributions(quote, least)]
    return {"id": extraction.document.id, "attributions": found}


def attributions(quote: Quote, least: float) -> Iterator[dict[str, Any]]:
    """The quote and the reports it came through, as bare offsets and a name."""
    holders: tuple[Quote | Via, ...] = (quote, *quote.via)
    for holder in holders:
        speaker = holder.speaker
        sure = speaker is not None and speaker.confidence is not None and speaker.confidence >= least
        yield {
            "content": [[span.start, span.end] for span in quote.content],
            "source": [holder.source.start, holder.source.end] if holder.source else None,
            "cue": [holder.cue.start, holder.cue.end] if holder.cue else None,
            "speaker": speaker.name if speaker is not None and sure else None,
        }


def gated(figures: Mapping[str, Any]) -> dict[str, float]:
    """What the floors hold, the more the better: of sources with a name, how many are not wrong, and how many right."""
    shares = {
        f"speaker.{part}.{name}": value
        for part in PARTS
        for name, value in (
            ("not_wrong", round(1 - figures[f"speaker.{part}"]["wrong"], 4)),
            ("right", figures[f"speaker.{part}"]["right"]),
        )
    }
    return {"found": figures["found"], "found.negative": figures["found.negative"], **shares}


def readable(figures: Mapping[str, Any], curve: Mapping[float, Mapping[str, Any]]) -> str:
    """The figures and the curve as tables for a terminal."""
    head = ("sources with a name", "n", "right", "wrong", "no answer")
    rows = [_row(part, figures[f"speaker.{part}"]) for part in PARTS]
    found = f"found {figures['found']:.3f}, of negated ones {figures['found.negative']:.3f}"
    points = [_row(f"{least:g}", one["speaker.all"]) for least, one in curve.items()]
    return "\n\n".join(
        (
            found,
            table("Speakers", head, rows),
            table("--min-speaker: answers against errors", ("at least", *head[1:]), points),
        )
    )


def _row(name: str, shares: Mapping[str, Any]) -> Sequence[object]:
    return (name, shares["n"], shares["right"], shares["wrong"], shares["none"])


if __name__ == "__main__":
    sys.exit(main())
