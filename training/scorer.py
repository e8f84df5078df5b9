"""Learns the scorer's weights from annotated articles into ``quotekit/languages/en/scorer.json``.

    python training/scorer.py ../shared/data/polnear/train PARSES

Each candidate is labelled as the corpus's own scorer compares attributions: right where its content and its source
share half or more of their joint words with one annotated attribution. Of several right candidates for one attribution
only those near the best boundary teach *right*. Candidates inside an annotated content teach nothing, because the
corpus does not annotate what is nested.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus import Sample, overlap, read_samples, word_starts
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from quotekit.attribution import candidates
from quotekit.constructions import Context
from quotekit.language import load_language
from quotekit.marks import find_marks
from quotekit.scoring import Candidate, features
from quotekit.tree import Word

# Chosen on PolNeAR dev by training/README.md's table.
REGULARIZATION = 0.1
THRESHOLD = 0.25
RIGHT = 0.5
NEAR_BEST = 0.03
SECOND_BEST_WEIGHT = 1.0
# Of 7,745 cue strings most are seen once: each row is learned again, at this weight, without its cue's words.
UNSEEN_WEIGHT = 0.2
UNSEEN = ("L=other VERB", "R=unseen")
LEXICAL = re.compile(r"(^|&)[LRK]=")
# A feature seen less often says more about one article than about the language.
MIN_COUNT = 4
# Weights below this move a probability by less than one percent.
MIN_WEIGHT = 0.02
TARGET = Path(__file__).parent.parent / "quotekit" / "languages" / "en" / "scorer.json"


@dataclass(frozen=True)
class Row:
    """A candidate's features, whether it is right, and how much it counts."""

    features: tuple[str, ...]
    right: bool
    weight: float


@dataclass(frozen=True)
class _Judged:
    candidate: Candidate
    gold: int | None
    quality: float
    nested: bool


def rows(sample: Sample, context: Context) -> Iterator[Row]:
    """The candidates of one article as rows to learn from."""
    judged = [item for item in _judged(sample, context) if not item.nested]
    best: defaultdict[int, float] = defaultdict(float)
    for item in judged:
        if item.gold is not None:
            best[item.gold] = max(best[item.gold], item.quality)
    for item in judged:
        names = tuple(sorted({sys.intern(name) for name in features(item.candidate, context)}))
        if item.gold is None:
            yield Row(names, right=False, weight=1.0)
        elif item.quality >= best[item.gold] - NEAR_BEST:
            yield Row(names, right=True, weight=1.0)
        else:
            yield Row(names, right=False, weight=SECOND_BEST_WEIGHT)


def unseen(row: Row) -> Row:
    """The row as if its cue had never been seen: what is left must tell a report by its shape."""
    names = (name for name in row.features if not LEXICAL.search(name))
    return Row(tuple(sorted({*names, *UNSEEN})), row.right, row.weight * UNSEEN_WEIGHT)


def _judged(sample: Sample, context: Context) -> Iterator[_Judged]:
    text = sample.tree.text
    gold = [(word_starts(text, item.content), word_starts(text, item.source)) for item in sample.gold]
    owner = {place: index for index, (content, _) in enumerate(gold) for place in content}
    for candidate in candidates(context):
        content, source = _starts(candidate.words), _starts(candidate.match.source)
        holder = owner.get(candidate.match.head.start)
        nested = holder is not None and content < gold[holder][0]
        found, most = None, 0.0
        for index in {owner[place] for place in content if place in owner}:
            shares = overlap(gold[index][0], content), overlap(gold[index][1], source)
            if min(shares) >= RIGHT and sum(shares) > most:
                found, most = index, sum(shares)
        yield _Judged(candidate, found, most, nested)


def _starts(words: Iterable[Word]) -> frozenset[int]:
    return frozenset(word.start for word in words if any(character.isalnum() for character in word.form))


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    language = load_language("en")
    data = [
        row
        for sample in read_samples(corpus, parses)
        for row in rows(sample, Context(sample.tree, find_marks(sample.tree.text), language))
    ]
    data += [unseen(row) for row in data]
    counts = Counter(name for row in data for name in row.features)
    columns = {name: column for column, name in enumerate(sorted(name for name, n in counts.items() if n >= MIN_COUNT))}
    model = LogisticRegression(C=REGULARIZATION, max_iter=400, tol=1e-3)
    model.fit(_matrix(data, columns), [row.right for row in data], sample_weight=np.array([row.weight for row in data]))
    learned = zip(columns, model.coef_[0].tolist(), strict=True)
    scorer = {
        "about": f"Learned by training/scorer.py from {len(data)} candidates, {sum(row.right for row in data)} right.",
        "intercept": round(model.intercept_.item(), 4),
        "threshold": THRESHOLD,
        "weights": {name: round(weight, 3) for name, weight in learned if abs(weight) >= MIN_WEIGHT},
    }
    TARGET.write_text(json.dumps(scorer, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{scorer['about']} {len(columns)} features, {len(scorer['weights'])} kept.")


def _matrix(data: list[Row], columns: dict[str, int]) -> csr_matrix:
    indices = [[columns[name] for name in row.features if name in columns] for row in data]
    ends = np.cumsum([0, *map(len, indices)])
    flat = np.fromiter((column for row in indices for column in row), dtype=np.int32, count=int(ends[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(data), len(columns)))


if __name__ == "__main__":
    main()
