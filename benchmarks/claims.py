#!/usr/bin/env python3
"""Measure claims: the ranking of sentences, the polarity of reports, and what claims cost beside the parse.

    python benchmarks/claims.py worth SENTENCES.jsonl        lines of {"text": …, "checkworthy": 0 or 1}
    python benchmarks/claims.py polarity GUM.jsonl           documents of {"text": …, "attributions": […]}
    python benchmarks/claims.py time CORPUS                  a folder of texts, or one that has them in text/

PARSES, with --parses, keeps the parse of GUM. Sentences that the weights were learned from flatter them: ``worth`` of
those that training/claims/learn.py held out, with the weights it then learned, is

    python benchmarks/claims.py worth PARSES/last-fifth.jsonl --weights PARSES/last-fifth.json

and compares with their floors; exit code 1: a figure is below its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported, which reads it once
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.floors import hold
from benchmarks.tables import balance, share, table

if TYPE_CHECKING:
    from quotekit.model import Extraction, Quote
    from quotekit.tree import Tree

# A quote is a gold attribution's where both contents share half of their letters or more.
SAME = 0.5
BINS = 10
# Stances that say that the holder does not put the content forward.
NOT_HELD = frozenset({"unsaid", "denied", "questioned"})


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well scores put the worthy sentences first, and how true they are as probabilities.

    ``f1`` and ``macro`` (the mean over both classes) are at the threshold that takes as many sentences as are worthy,
    ``macro_at_half`` is where those above 0.5 are taken.
    """

    auc: float
    f1: float
    macro: float
    macro_at_half: float
    calibration_error: float


def ranking(scores: Sequence[float], worthy: Sequence[bool]) -> Ranking:
    """The measures of a ranking; it needs sentences of both kinds."""
    positives = sum(worthy)
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks = _mean_ranks([scores[i] for i in order])
    above = sum(rank for rank, i in zip(ranks, order, strict=True) if worthy[i]) - positives * (positives + 1) / 2
    first = set(sorted(range(len(scores)), key=lambda i: -scores[i])[:positives])
    f1, macro = _f1s([i in first for i in range(len(scores))], worthy)
    auc = above / (positives * (len(scores) - positives))
    _, at_half = _f1s([score >= 0.5 for score in scores], worthy)
    return Ranking(auc, f1, macro, at_half, _calibration_error(scores, worthy))


def _mean_ranks(ordered: Sequence[float]) -> list[float]:
    """The rank of each of the scores in rising order, from 1; equal ones share the mean of theirs."""
    ranks: list[float] = []
    while len(ranks) < len(ordered):
        first = len(ranks)
        last = first
        while last + 1 < len(ordered) and ordered[last + 1] == ordered[first]:
            last += 1
        ranks += [(first + last) / 2 + 1] * (last - first + 1)
    return ranks


def _f1s(taken: Sequence[bool], right: Sequence[bool]) -> tuple[float, float]:
    """F1 of those taken, and its mean with that of those left."""
    f1, other = _f1(taken, right), _f1([not one for one in taken], [not one for one in right])
    return f1, (f1 + other) / 2


def _f1(taken: Sequence[bool], right: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(taken, right, strict=True))
    return 2 * both / (sum(taken) + sum(right)) if both else 0.0


def _calibration_error(scores: Sequence[float], worthy: Sequence[bool]) -> float:
    """How far the scores of ten bins are from the share of worthy sentences in them, in the mean over all sentences."""
    bins: list[list[int]] = [[] for _ in range(BINS)]
    for i, score in enumerate(scores):
        bins[min(BINS - 1, int(score * BINS))].append(i)
    apart = (abs(sum(scores[i] for i in one) - sum(worthy[i] for i in one)) for one in bins if one)
    return sum(apart) / len(scores)


def measure_worth(path: Path, weights: Path | None = None) -> Ranking:
    """The ranking of the sentences in a file by the public method, with these weights or the shipped ones."""
    from unittest.mock import patch

    from quotekit import Extractor
    from quotekit.claims import load_worth
    from quotekit.language import load_language

    language = load_language("en")
    if weights is not None:
        language = replace(language, worth=json.loads(weights.read_text("utf-8")))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with patch("quotekit.pipeline.load_worth", lambda _: load_worth(language)):
        scores = Extractor().checkworthiness([row["text"] for row in rows])
    return ranking(scores, [bool(row["checkworthy"]) for row in rows])


def readable_ranking(path: Path, found: Ranking) -> str:
    """The measures as a table."""
    head = ["AUC", "F1", "F1 of both classes", "the same at 0.5", "calibration error"]
    return table(str(path), ["", *head], [["", *asdict(found).values()]])


def measure_polarity(path: Path, parses: Path | None) -> str:
    """How often a report that the gold calls negative is one here, and how often its claims say that it is not held."""
    from quotekit import Extractor
    from quotekit.model import Article

    documents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    extractor = Extractor(all_claims=True)
    counts: Counter[tuple[str, str]] = Counter()
    missed = unheld = 0
    for document, tree in zip(documents, _trees(documents, parses), strict=True):
        article = Article(tree.text, document["id"], document["id"])
        extraction = extractor.extract_tree(article, tree)
        for gold in document["attributions"]:
            quote = _same_quote(gold["content"], extraction)
            if quote is None:
                missed += gold["polarity"] == "negative"
            else:
                counts[gold["polarity"], quote.polarity] += 1
                unheld += gold["polarity"] == "negative" and _is_unheld(quote, extraction)
    both = counts["negative", "negative"]
    recall = share(both, both + counts["negative", "positive"])
    precision = share(both, both + counts["positive", "negative"])
    head = ["negative", "found", "negative here", "not held", "positive, negative here", "precision", "recall", "F1"]
    judged = both + counts["negative", "positive"]
    measures = [precision, recall, balance(precision, recall)]
    row = [str(judged + missed), judged, both, unheld, counts["positive", "negative"], *measures]
    return table(str(path), head, [row])


def _trees(documents: Sequence[dict[str, Any]], parses: Path | None) -> Iterator[Tree]:
    from quotekit.parsing.conllu import read_conllu_documents, write_conllu
    from quotekit.parsing.stanza_parser import StanzaParser

    kept = parses / "gum.conllu" if parses else None
    if kept is not None and kept.exists():
        yield from (tree for _, tree in read_conllu_documents(kept.read_text("utf-8")))
        return
    trees = StanzaParser().parse([document["text"] for document in documents])
    if kept is not None:
        pairs = zip(documents, trees, strict=True)
        kept.write_text("".join(write_conllu(tree, doc_id=document["id"]) for document, tree in pairs), "utf-8")
    yield from trees


def _same_quote(content: Sequence[int], extraction: Extraction) -> Quote | None:
    """The quote whose content is most like these letters, where it is the same by half."""
    gold = set(range(*content))
    likeness = [
        (len(gold & ours) / len(gold | ours), index)
        for index, quote in enumerate(extraction.quotes)
        if (ours := {place for span in quote.content for place in range(span.start, span.end)})
    ]
    best, index = max(likeness, default=(0.0, 0))
    return extraction.quotes[index] if best >= SAME else None


def _is_unheld(quote: Quote, extraction: Extraction) -> bool:
    """Whether the quote makes claims and none of them is put forward: *did not say*, *doesn't know if*."""
    stances = {claim.stance for claim in extraction.claims if claim.quote == quote.id}
    return bool(stances) and stances <= NOT_HELD


def measure_time(corpus: Path) -> str:
    """The processor's seconds of the parse and of the claims, over the texts of a corpus."""
    from unittest.mock import patch

    from quotekit import Extractor
    from quotekit.claims import find_claims
    from quotekit.model import Article
    from quotekit.parsing.stanza_parser import StanzaParser

    folder = corpus / "text" if (corpus / "text").is_dir() else corpus
    texts = [path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))]
    parser, extractor = StanzaParser(), Extractor()
    start = time.process_time()
    trees = parser.parse(texts)
    parse = time.process_time() - start
    claims = 0.0

    def timed(*arguments: Any, **options: Any) -> Any:
        nonlocal claims
        begun = time.process_time()
        found = find_claims(*arguments, **options)
        claims += time.process_time() - begun
        return found

    with patch("quotekit.pipeline.find_claims", timed):
        count = sum(
            len(extractor.extract_tree(Article(text, str(i), str(i)), tree).claims)
            for i, (text, tree) in enumerate(zip(texts, trees, strict=True))
        )
    head = ["texts", "claims", "parse, s", "claims, s", "of the parse"]
    return table(str(corpus), head, [[str(len(texts)), count, round(parse, 1), round(claims, 2), claims / parse]])


def hold_worth(path: Path, found: Ranking, *, update: bool) -> int:
    """Compares the ranking of sentences that were held out with its floors, or raises them."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    measured = {f"worth.{name}": round(getattr(found, name), 4) for name in ("auc", "macro", "macro_at_half")}
    return hold(f"claimbuster/{path.name}", digest, measured, {}, update=update, lower=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("worth", "polarity", "time"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--parses", type=Path, help="a folder that keeps the parse of GUM")
    parser.add_argument("--weights", type=Path, help="a worth.json that was learned without these sentences")
    parser.add_argument("--update-floors", action="store_true", help="with --weights: raise their floors")
    asked = parser.parse_args()
    if asked.what == "worth":
        found = measure_worth(asked.path, asked.weights)
        print(readable_ranking(asked.path, found))
        return hold_worth(asked.path, found, update=asked.update_floors) if asked.weights else 0
    print(measure_polarity(asked.path, asked.parses) if asked.what == "polarity" else measure_time(asked.path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
