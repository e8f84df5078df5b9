#!/usr/bin/env python3
"""Measure who-said-what on a corpus in the PolNeAR layout, and compare with the recorded floors.

    python benchmarks/attribution.py ../shared/data/polnear/dev

CORPUS holds text/*.txt and attributions/*.ann. The score is that of attribution_score.py, a file of its own beside the
corpora (see --scorer). Exit code 1: a figure is below its floor, or the corpus is not the one the floors belong to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotekit.model import Article, Extraction, Quote

FLOORS = Path(__file__).with_name("floors.json")

# What is gated, each as F1; precision and recall may trade places.
GATED = (
    "content.exact",
    "content.overlap",
    "cue",
    "attribution",
    "attribution.direct",
    "attribution.mixed",
    "attribution.indirect",
)

# A floor lies this far below what was measured: other processors round differently, and on PolNeAR dev 0.003 is some
# six attributions that may tip either way without anybody having changed a line.
MARGIN = 0.003


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one core was: words are what white space separates, loading is told apart."""

    words: int
    load_seconds: float
    extract_seconds: float
    peak_megabytes: int

    @property
    def words_per_second(self) -> int:
        """Words of running text per second, the model already loaded."""
        return round(self.words / self.extract_seconds) if self.extract_seconds else 0


def main() -> int:
    """Measure, print, compare; the exit code says whether every floor held."""
    options = read_options()
    corpus: Path = options.corpus
    scorer: Path = options.scorer or corpus.resolve().parents[2] / "bench" / "attribution_score.py"
    if not any(corpus.glob("text/*.txt")):
        sys.exit(f"benchmarks: {corpus}: no text/*.txt here; name a corpus in the PolNeAR layout")
    if not scorer.is_file():
        sys.exit(f"benchmarks: {scorer}: the scorer is not here; name it with --scorer")
    extractions, speed = run(read_articles(corpus))
    figures = score(scorer, corpus, extractions)
    report = {"corpus": corpus_name(corpus), "figures": figures, "speed": speed_record(speed)}
    print(json.dumps(report, indent=1) if options.json else readable(figures, speed))
    return settle(corpus, figures, speed_record(speed), update=options.update_floors, lower=options.allow_regression)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scorer", type=Path, help="default: ../../bench/attribution_score.py as seen from the corpus")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what was just measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update-floors: lower them where needed")
    return parser.parse_args()


# --- extraction


def read_articles(corpus: Path) -> list[Article]:
    """The texts as they stand in the files, no line end translated, since the gold counts every character."""
    from quotekit.model import Article

    paths = sorted(corpus.glob("text/*.txt"))
    return [Article(text=path.read_bytes().decode("utf-8"), id=path.stem, source=str(path)) for path in paths]


def run(articles: list[Article]) -> tuple[list[Extraction], Speed]:
    """Everything found in the articles, and how long one thread took."""
    os.environ["OMP_NUM_THREADS"] = "1"
    start = time.perf_counter()
    import torch

    from quotekit import Extractor

    torch.set_num_threads(1)
    extractor = Extractor()
    extractor.extract("It rains.")  # the model may load as late as the first text
    loaded = time.perf_counter()
    extractions = list(extractor.extract_many(articles))
    done = time.perf_counter()
    words = sum(len(article.text.split()) for article in articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    return extractions, Speed(words, loaded - start, done - loaded, peak)


# --- the adapter: an extraction as the scorer reads it


def prediction(extraction: Extraction) -> dict[str, Any]:
    """One line of the scorer's PRED.jsonl."""
    attributions = [found for quote in extraction.quotes for found in (attribution(quote), *outer_attributions(quote))]
    return {"id": extraction.document.id, "attributions": attributions}


def attribution(quote: Quote) -> dict[str, Any]:
    """A quote's content, source and cue as bare offsets."""
    return {
        "content": [[span.start, span.end] for span in quote.content],
        "source": [quote.source.start, quote.source.end] if quote.source else None,
        "cue": [quote.cue.start, quote.cue.end] if quote.cue else None,
    }


def outer_attributions(quote: Quote) -> Iterator[dict[str, Any]]:
    """The reports a quote came through: of *X said …, Y reported* the gold has Y's, with all of *X said …* in it."""
    for via in quote.via:
        spans = [*quote.content, *(span for span in (quote.source, quote.cue) if span)]
        yield {
            "content": [[min(span.start for span in spans), max(span.end for span in spans)]],
            "source": [via.source.start, via.source.end] if via.source else None,
            "cue": [via.cue.start, via.cue.end] if via.cue else None,
        }


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


# --- floors


def settle(
    corpus: Path,
    figures: Mapping[str, Any],
    speed: Mapping[str, Any],
    *,
    update: bool,
    lower: bool,
    path: Path = FLOORS,
) -> int:
    """Compare with the recorded floors, or record new ones; 1 when a floor is broken and nobody allowed it."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    entry = known.get(corpus_name(corpus), {"floors": {}})
    measured = {name: figures[name]["f1"] for name in GATED}
    digest = corpus_digest(corpus)
    if entry.get("corpus_sha256", digest) != digest and not (update and lower):
        return complain("these are not the texts and annotations that the floors were measured on")
    broken = [
        f"{name} is {measured[name]:.4f}, its floor {floor:.4f}"
        for name, floor in entry["floors"].items()
        if measured[name] < floor
    ]
    if broken and not (update and lower):
        return complain("; ".join(broken))
    if update:
        floors = new_floors({} if lower else entry["floors"], measured)
        known[corpus_name(corpus)] = {"corpus_sha256": digest, "floors": floors, "measured": measured, "speed": speed}
        path.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
    return 0


def new_floors(old: Mapping[str, float], measured: Mapping[str, float]) -> dict[str, float]:
    """A floor just under each figure, never under the one that was there."""
    return {name: max(old.get(name, 0.0), round(max(0.0, value - MARGIN), 4)) for name, value in measured.items()}


def corpus_digest(corpus: Path) -> str:
    """SHA-256 over names and bytes of all texts and annotations, in name order."""
    digest = hashlib.sha256()
    for path in sorted([*corpus.glob("text/*.txt"), *corpus.glob("attributions/*.ann")]):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def corpus_name(corpus: Path) -> str:
    """The last two folders of the path, such as polnear/dev."""
    return "/".join(corpus.resolve().parts[-2:])


def complain(problem: str) -> int:
    print(f"benchmarks: {problem}", file=sys.stderr)
    return 1


# --- printing


def readable(figures: Mapping[str, Any], speed: Speed) -> str:
    """The figures as a table for a terminal."""
    rows = [f"{'':22}     P      R     F1"]
    rows += [f"{name:22} {f['p']:.3f}  {f['r']:.3f}  {f['f1']:.3f}" for name in GATED for f in [figures[name]]]
    rows.append(
        f"{speed.words_per_second} words a second on one core ({speed.words} words in {speed.extract_seconds:.0f} s; "
        f"load {speed.load_seconds:.1f} s; peak memory {speed.peak_megabytes} MB)"
    )
    return "\n".join(rows)


def speed_record(speed: Speed) -> dict[str, Any]:
    return {**asdict(speed), "words_per_second": speed.words_per_second}


if __name__ == "__main__":
    sys.exit(main())
