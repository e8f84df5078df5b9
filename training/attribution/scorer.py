"""Learns the scorer from annotated articles into ``quotekit/languages/en/scorer.json``.

    python training/attribution/scorer.py ../shared/data/polnear/train PARSES

and, for trees whose words have roles, into ``scorer-with-roles.json``. The roles are those of ``roles.py``, by networks
that had not seen the article.

Each candidate is labelled as the corpus's own scorer compares attributions: right where its content and its source
share half or more of their joint words with one annotated attribution. Of several right candidates for one attribution
only those near the best boundary teach *right*. Candidates inside an annotated content teach nothing, because the
corpus does not annotate what is nested.

Articles alone show little but politics, so those of ``sentences.txt`` are learned too. A cue is
known to an article by its counts in all *other* articles, as it will be to a new one. The probabilities are calibrated,
and the threshold is found, on what is left after overlaps are settled in articles held out from learning.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from choosing import Readings, learn
from corpus import Sample, overlap, read_samples, read_sentences, word_starts
from cues import MIN_REPORTING, counted
from mixing import mixed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from quotekit.attribution import candidates, choice_of, settled
from quotekit.constructions import Context
from quotekit.features import Candidate, features
from quotekit.language import WITH_ROLES, Language, load_language
from quotekit.marks import find_marks
from quotekit.scoring import logistic
from quotekit.tree import Roles, Tree, Word

# Chosen on PolNeAR dev; see the table in training/attribution/README.md.
REGULARIZATION = 0.1
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
# A feature seen less often says more about one article than about the language: 4 gives half as many weights more and
# the same F1.
MIN_COUNT = 10
# Weights below this move a probability by less than one percent.
MIN_WEIGHT = 0.02
LANGUAGE = Path(__file__).parents[2] / "quotekit" / "languages" / "en"


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
    annotated: int


@dataclass(frozen=True)
class Calibration:
    """What makes log-odds true probabilities, and the probability from which a candidate is shown."""

    slope: float
    offset: float
    threshold: float


def judged(sample: Sample, language: Language, *, weight: float = 1.0) -> Article:
    """The candidates of one text, compared with its annotation."""
    text, context = sample.tree.text, Context(sample.tree, find_marks(sample.tree.text), language)
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
    return Article(tuple(rows), weight, len(gold))


def without(sample: Sample, language: Language) -> Language:
    """The language with its cues counted in every article but this one.

    Else a cue that only this article has would tell by its count that it reports here: on new articles it cannot.
    """
    reporting, seen = counted(sample)
    cues = dict(language.cues)
    for key in seen.keys() & cues.keys():
        entry = cues[key]
        left = entry.reporting - reporting[key]
        if left < MIN_REPORTING:
            del cues[key]
        else:
            cues[key] = replace(entry, reporting=left, seen=max(entry.seen - seen[key], left))
    return replace(language, cues=cues)


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
    """Weights learned from some articles, for others; with those of a ``start``, which saw more, it is soon done."""

    def __init__(self, articles: Sequence[Article], start: Learned | None = None) -> None:
        rows = [(number, row) for number, article in enumerate(articles) for row in article.rows if not row.nested]
        names = [row.features for _, row in rows]
        names += [unseen(features) for features in names]
        self.columns = _frequent(names) if start is None else start.columns
        cues: dict[tuple[int, int], int] = {}
        cue = np.array([cues.setdefault((number, row.candidate.match.head.start), len(cues)) for number, row in rows])
        weight = np.array([articles[number].weight for number, _ in rows])
        readings = Readings(
            self._matrix(names),
            np.concatenate([cue, cue + len(cues)]),
            np.array([row.best for _, row in rows] * 2),
            np.concatenate([weight, weight * UNSEEN_WEIGHT]),
        )
        found = learn(readings, regularization=REGULARIZATION, start=None if start is None else start.found)
        self.found = found
        self.weights: list[float] = found[:-1].tolist()
        self.intercept: float = found[-1].item()

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
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(names), len(self.columns)))


def _frequent(names: Iterable[Sequence[str]]) -> dict[str, int]:
    """The features that are seen often enough, each with its column."""
    counts = Counter(name for features in names for name in features)
    frequent = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    return {name: column for column, name in enumerate(frequent)}


def unseen(names: Iterable[str]) -> tuple[str, ...]:
    """The features as if the cue had never been seen: what is left must tell a report by its shape."""
    return tuple(sorted({*(name for name in names if not LEXICAL.search(name)), *UNSEEN}))


def calibration(articles: Sequence[Article], sentences: Sequence[Article], whole: Learned) -> Calibration:
    """What makes the log-odds of settled quotes true, and the threshold, found on articles held out in turn."""
    totals, right = [], []
    for fold in range(FOLDS):
        learned = Learned([*(a for i, a in enumerate(articles) if i % FOLDS != fold), *sentences], whole)
        for article in articles[fold::FOLDS]:
            for row, total in settled_rows(article, learned):
                totals.append(total)
                right.append(row.right)
    model = LogisticRegression(C=1e6).fit(np.array(totals)[:, None], right)
    threshold = best_f1(totals, right, sum(article.annotated for article in articles)) / 2
    return Calibration(model.coef_.item(), model.intercept_.item(), threshold)


def settled_rows(article: Article, learned: Learned) -> Iterator[tuple[Row, float]]:
    """The rows that are left when the overlaps of the likely ones are settled, with their log-odds."""
    scored = zip(article.rows, learned.log_odds(article), strict=True)
    by_candidate = {id(row.candidate): (row, total) for row, total in scored}
    kept = settled(
        choice_of(row.candidate, logistic(total))
        for row, total in by_candidate.values()
        if logistic(total) >= MIN_PROBABILITY
    )
    rows = (by_candidate[id(choice.candidate)] for choice in kept)
    return ((row, total) for row, total in rows if not row.nested)


def best_f1(totals: Sequence[float], right: Sequence[bool], annotated: int) -> float:
    """The best F1 that any threshold on these log-odds gives.

    Where probabilities are true, half of it is the threshold that gives it (Lipton, Elkan and Naryanaswamy, 2014,
    *Thresholding classifiers to maximize F1 score*), which is steadier than its place, for the curve is flat.
    """
    order = np.argsort(totals)[::-1]
    hits = np.cumsum(np.array(right)[order])
    return float((2 * hits / (np.arange(1, len(order) + 1) + annotated)).max())


def with_roles(sample: Sample, roles: Sequence[Sequence[int]] | None) -> Sample:
    """The sample with these roles of its words, or with none."""
    for place, word in enumerate(sample.tree.words):
        word.roles = Roles(*roles[place]) if roles is not None else None
    return replace(sample, tree=Tree(sample.tree.text, sample.tree.sentences))


def learn_scorer(samples: Sequence[Sample], sentences: Sequence[Sample]) -> dict[str, Any]:
    """Learns from these articles and sentences what a ``Scorer`` is made of."""
    language = load_language("en")
    articles = [judged(sample, without(sample, language)) for sample in samples]
    own = [judged(sample, language, weight=SENTENCE_WEIGHT) for sample in sentences]
    learned = Learned([*articles, *own])
    calibrated = calibration(articles, own, learned)
    weights = zip(learned.columns, learned.weights, strict=True)
    rows = [row for article in (*articles, *own) for row in article.rows]
    best = sum(row.best for row in rows)
    return {
        "about": f"Learned by training/attribution/scorer.py from {len(rows)} candidates, {best} right.",
        "intercept": round(learned.intercept, 4),
        "slope": round(calibrated.slope, 4),
        "offset": round(calibrated.offset, 4),
        "threshold": round(calibrated.threshold, 4),
        "weights": {name: round(weight, 3) for name, weight in weights if abs(weight) >= MIN_WEIGHT},
    }


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    roles = json.loads((parses / "roles.json").read_text("utf-8"))
    samples, sentences = list(read_samples(corpus, parses)), read_sentences(parses)
    found = []
    for told in ({}, roles):
        both = ([with_roles(one, told.get(one.id)) for one in some] for some in (samples, sentences))
        found.append(learn_scorer(*both))
    for name, scorer in (("scorer.json", found[0]), (WITH_ROLES, mixed(*found))):
        (LANGUAGE / name).write_text(json.dumps(scorer, ensure_ascii=False, indent=0) + "\n", "utf-8")
        print(name, scorer["about"], f"{len(scorer['weights'])} weights, threshold {scorer['threshold']}")


if __name__ == "__main__":
    main()
