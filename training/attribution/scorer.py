"""Learns the scorer from annotated articles into ``quotekit/languages/en/scorer.json``.

    python training/attribution/scorer.py ../shared/data/polnear/train PARSES

Each candidate is labelled as the corpus's own scorer compares attributions: right where its content and its source
share half or more of their joint words with one annotated attribution. Of several right candidates for one attribution
only those near the best boundary teach *right*. Candidates inside an annotated content teach nothing, because the
corpus does not annotate what is nested.

Articles alone show little but politics, so those of ``sentences.txt`` are learned too. The
probabilities are then calibrated on what is left after overlaps are settled, in articles held out from learning.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus import Sample, overlap, read_samples, read_sentences, word_starts
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from quotekit.attribution import candidates, choice_of, settled
from quotekit.constructions import Context
from quotekit.features import Candidate, features
from quotekit.language import load_language
from quotekit.marks import find_marks
from quotekit.scoring import logistic
from quotekit.tree import Word

# Chosen on PolNeAR dev; see the table in training/attribution/README.md.
REGULARIZATION = 0.1
THRESHOLD = 0.3553
NEAR_BEST = 0.03
# Of 7,745 cue strings most are seen once: each row is learned again, at this weight, without its cue's words.
UNSEEN_WEIGHT = 0.2
UNSEEN = ("L=other VERB", "R=unseen")
LEXICAL = re.compile(r"(^|&)[LRK]=")
SENTENCE_WEIGHT = 1.5
RIGHT = 0.5
FOLDS = 5
# Below this a candidate is not worth calibrating: it is never shown.
MIN_PROBABILITY = 0.1
# A feature seen less often says more about one article than about the language.
MIN_COUNT = 4
# Weights below this move a probability by less than one percent.
MIN_WEIGHT = 0.02
TARGET = Path(__file__).parents[2] / "quotekit" / "languages" / "en" / "scorer.json"


@dataclass(frozen=True)
class Row:
    """A candidate, its features, whether it is right, and whether it is so near the best that it teaches *right*."""

    candidate: Candidate
    features: tuple[str, ...]
    right: bool
    best: bool
    nested: bool


@dataclass(frozen=True)
class Article:
    """The rows of one text, how much each counts, and how many attributions are annotated."""

    rows: tuple[Row, ...]
    weight: float


def judged(sample: Sample, *, weight: float = 1.0) -> Article:
    """The candidates of one text, compared with its annotation."""
    text, context = sample.tree.text, Context(sample.tree, find_marks(sample.tree.text), load_language("en"))
    gold = [(word_starts(text, item.content), word_starts(text, item.source)) for item in sample.gold]
    found: list[tuple[Candidate, int | None, float, bool]] = []
    best: Counter[int] = Counter()
    for candidate in candidates(context):
        content, source = _starts(candidate.words), _starts(candidate.match.source)
        match, quality = _nearest(content, source, gold)
        head = candidate.match.head.start
        nested = sample.outermost_only and any(head in item and content < item for item, _ in gold)
        found.append((candidate, match, quality, nested))
        if match is not None:
            best[match] = max(best[match], quality)
    rows = (
        Row(
            candidate,
            tuple(sorted({sys.intern(name) for name in features(candidate, context)})),
            right=match is not None,
            best=match is not None and quality >= best[match] - NEAR_BEST,
            nested=nested,
        )
        for candidate, match, quality, nested in found
    )
    return Article(tuple(rows), weight)


def _nearest(
    content: frozenset[int], source: frozenset[int], gold: Sequence[tuple[frozenset[int], frozenset[int]]]
) -> tuple[int | None, float]:
    """The annotated attribution that a candidate agrees with best, and how well (up to 2); None where with none."""
    match, quality = None, 0.0
    for index, (gold_content, gold_source) in enumerate(gold):
        if content & gold_content:
            shares = overlap(gold_content, content), overlap(gold_source, source)
            if min(shares) >= RIGHT and sum(shares) > quality:
                match, quality = index, sum(shares)
    return match, quality


def _starts(words: Iterable[Word]) -> frozenset[int]:
    return frozenset(word.start for word in words if any(character.isalnum() for character in word.form))


class Learned:
    """Weights learned from some articles, for others."""

    def __init__(self, articles: Sequence[Article]) -> None:
        rows = [(row, article.weight) for article in articles for row in article.rows if not row.nested]
        names = [row.features for row, _ in rows] + [unseen(row.features) for row, _ in rows]
        counts = Counter(name for features in names for name in features)
        self.columns = {
            name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))
        }
        weights = [weight for _, weight in rows] + [weight * UNSEEN_WEIGHT for _, weight in rows]
        model = LogisticRegression(C=REGULARIZATION, max_iter=400, tol=1e-3)
        model.fit(self._matrix(names), [row.best for row, _ in rows] * 2, sample_weight=np.array(weights))
        self.weights: list[float] = model.coef_[0].tolist()
        self.intercept: float = model.intercept_.item()

    def log_odds(self, article: Article) -> list[float]:
        """The log-odds of each row, not calibrated."""
        return [
            self.intercept + sum(self.weights[self.columns[name]] for name in row.features if name in self.columns)
            for row in article.rows
        ]

    def _matrix(self, names: Sequence[Sequence[str]]) -> csr_matrix:
        indices = [[self.columns[name] for name in row if name in self.columns] for row in names]
        ends = np.cumsum([0, *map(len, indices)])
        flat = np.fromiter((column for row in indices for column in row), dtype=np.int32, count=int(ends[-1]))
        return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(names), len(self.columns)))


def unseen(names: Iterable[str]) -> tuple[str, ...]:
    """The features as if the cue had never been seen: what is left must tell a report by its shape."""
    return tuple(sorted({*(name for name in names if not LEXICAL.search(name)), *UNSEEN}))


def calibration(articles: Sequence[Article], sentences: Sequence[Article]) -> tuple[float, float]:
    """Slope and offset that make the log-odds of settled quotes true, found on articles held out in turn."""
    totals, right = [], []
    for fold in range(FOLDS):
        learned = Learned([*(a for i, a in enumerate(articles) if i % FOLDS != fold), *sentences])
        for article in articles[fold::FOLDS]:
            scored = zip(article.rows, learned.log_odds(article), strict=True)
            by_candidate = {id(row.candidate): (row, total) for row, total in scored}
            kept = settled(
                choice_of(row.candidate, logistic(total))
                for row, total in by_candidate.values()
                if logistic(total) >= MIN_PROBABILITY
            )
            for choice in kept:
                row, total = by_candidate[id(choice.candidate)]
                if not row.nested:
                    totals.append(total)
                    right.append(row.right)
    model = LogisticRegression(C=1e6).fit(np.array(totals)[:, None], right)
    return model.coef_.item(), model.intercept_.item()


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    articles = [judged(sample) for sample in read_samples(corpus, parses)]
    sentences = [judged(sample, weight=SENTENCE_WEIGHT) for sample in read_sentences(parses)]
    slope, offset = calibration(articles, sentences)
    learned = Learned([*articles, *sentences])
    weights = zip(learned.columns, learned.weights, strict=True)
    rows = [row for article in (*articles, *sentences) for row in article.rows]
    best = sum(row.best for row in rows)
    scorer = {
        "about": f"Learned by training/attribution/scorer.py from {len(rows)} candidates, {best} right.",
        "intercept": round(learned.intercept, 4),
        "slope": round(slope, 4),
        "offset": round(offset, 4),
        "threshold": THRESHOLD,
        "weights": {name: round(weight, 3) for name, weight in weights if abs(weight) >= MIN_WEIGHT},
    }
    TARGET.write_text(json.dumps(scorer, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(scorer["about"], f"{len(learned.columns)} features, {len(scorer['weights'])} kept.", slope, offset)


if __name__ == "__main__":
    main()
