"""Learns check-worthiness from ClaimBuster's debate sentences: ``quotekit/languages/en/worth.json``, and its measures.

python training/claims/learn.py ../shared/data/claimbuster/train.jsonl PARSES [--measure]

PARSES is what ``teacher.py`` has filled: parses, and what the teacher says of passages that nobody has annotated, which
are learned from beside the debates' sentences.
A linear model over the features of ``quotekit/claims/features.py``, each scaled by how unevenly the two classes have it
(Wang and Manning, 2012), together with the mean of what is known of the content words: their vectors in the bundled
parser and in MPNet, clusters of the former, and what the teacher says of each word alone. A linear model over means
gives every word one number, so no vector is shipped: only that number.
PARSES/last-fifth.json is learned without the last fifth of the debates, which PARSES/last-fifth.jsonl holds, for
``benchmarks/claims.py worth`` to measure by the public method.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import numpy as np
import torch
from numpy.typing import NDArray
from passages import FOLDS, debate_sentences, parsed, passages, seen
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import expit
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from quotekit.claims.features import STEADY_WORDS, content_words, feature_scale, worth_features
from quotekit.tree import Tree, Word

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "quotekit" / "languages" / "en" / "worth.json"
VECTORS = ROOT / "quotekit" / "models" / "en" / "pretrain" / "quotekit.pt"

# Chosen by five folds in document order; see training/claims/README.md.
COST = 4.0
STEPS = 1000
MIN_COUNT = 8
FLOOR = 0.6  # of a feature's scale: one that both classes have alike still counts
VECTOR_SCALE, CLUSTER_SCALE = 1.0, 0.5
CLUSTERS = (100, 400, 1500)
SEEDS = 3  # of the clusters, each number of them drawn so often
# What is shipped: features that move the sum by less are dropped, and words beyond the commonest are taken for unknown.
MIN_WEIGHT = 0.4
MIN_WORD = 0.06
WORDS = 20_000

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """A sentence: its features, its content words, and how likely it is worth checking: 0 or 1 if people told."""

    features: tuple[str, ...]
    words: tuple[str, ...]
    worth: float


def common_words(path: Path) -> list[str]:
    """The commonest words that the bundled parser has vectors for, the commonest first."""
    ids = torch.load(path, map_location="cpu", weights_only=True)["vocab"]["_unit2id"]
    return sorted((word for word in ids if not word.startswith("<")), key=lambda word: ids[word])[:WORDS]


class Vectors:
    """What is known of words in general: two kinds of vectors, of length one, clusters, and the teacher's word on each.

    The teacher has seen four fifths of the debates: ``plain`` leaves its word out, for measuring those.
    """

    def __init__(self, path: Path, told: Path) -> None:
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.words = common_words(path)
        self.place = {word: place for place, word in enumerate(self.words)}
        table = _of_length_one(
            np.asarray(state["emb"], dtype=np.float64)[[state["vocab"]["_unit2id"][word] for word in self.words]]
        )
        kept = np.load(told)
        if list(kept["words"]) != self.words:
            raise SystemExit(f"{told}: other words than the parser's; make it anew with teacher.py")
        second = _of_length_one(kept["vectors"] - kept["vectors"].mean(0))
        worth = (kept["worth"] - kept["worth"].mean()) / kept["worth"].std()
        clusters = [self._clusters(table, count, seed) for seed in range(SEEDS) for count in CLUSTERS]
        parts = [csr_matrix(table * VECTOR_SCALE), csr_matrix(second * VECTOR_SCALE), *clusters]
        self.plain = csr_matrix(hstack([*parts, csr_matrix(np.zeros((len(worth), 1)))]))
        self.table = csr_matrix(hstack([*parts, csr_matrix(worth[:, None])]))

    @staticmethod
    def _clusters(table: Array, count: int, seed: int) -> csr_matrix:
        model = MiniBatchKMeans(count, random_state=seed, n_init=1, batch_size=4096).fit(table)
        found = csr_matrix((np.ones(len(table)), (np.arange(len(table)), model.labels_)), shape=(len(table), count))
        return found * CLUSTER_SCALE

    def shares(self, rows: Sequence[Row]) -> csr_matrix:
        """What part each word has in each sentence's steadied mean, unknown ones having none."""
        places = [
            (i, self.place[word], 1 / (len(row.words) + STEADY_WORDS))
            for i, row in enumerate(rows)
            for word in row.words
            if word in self.place
        ]
        at, columns, values = zip(*places, strict=True)
        return csr_matrix((values, (at, columns)), shape=(len(rows), len(self.words)))


def _of_length_one(table: Array) -> Array:
    found: Array = table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-9)
    return found


class Learned:
    """Weights learned from some sentences, for others; rounded and the small ones nought, as they are shipped."""

    def __init__(self, rows: Sequence[Row], words: csr_matrix, table: csr_matrix) -> None:
        counts = Counter(name for row in rows for name in row.features)
        self.columns = {
            name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))
        }
        worth = np.array([row.worth for row in rows])
        found = self.matrix(rows)
        held = (found > 0).astype(np.float64)
        ours, others = (1 + np.asarray(held.T @ share).ravel() for share in (worth, 1 - worth))
        scale = FLOOR + np.abs(np.log(ours / ours.sum()) - np.log(others / others.sum()))
        weights = fitted(found, scale, words, table, worth)
        self.weights = rounded(weights[1 : 1 + len(scale)] * scale, MIN_WEIGHT)
        self.general = rounded(table @ weights[1 + len(scale) :], MIN_WORD)
        self.intercept = round(float(weights[0]), 4)

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """The features of the sentences, scaled by their number."""
        indices = [[self.columns[name] for name in row.features if name in self.columns] for row in rows]
        values = np.concatenate(
            [np.full(len(ids), feature_scale(len(row.features))) for ids, row in zip(indices, rows, strict=True)]
        )
        ends = np.cumsum([0, *map(len, indices)])
        return csr_matrix(
            (values, np.concatenate([np.array(ids, int) for ids in indices]), ends), (len(rows), len(self.columns))
        )

    def totals(self, rows: Sequence[Row], words: csr_matrix) -> Array:
        """The log-odds of the sentences, not calibrated."""
        found: Array = self.matrix(rows) @ self.weights + words @ self.general + self.intercept
        return found


def rounded(weights: Array, least: float) -> Array:
    """The weights with two digits, those below the least nought."""
    found = weights.round(2)
    return np.where(np.abs(found) >= least, found, 0.0)


def fitted(found: csr_matrix, scale: Array, words: csr_matrix, table: csr_matrix, worth: Array) -> Array:
    """A logistic regression's intercept, weights of the features times their scale, and weights of the table's columns.

    A sentence that is worth a check by a third counts for a third as one that is, else as one that is not.
    """
    found_back, words_back, table_back = (matrix.T.tocsr() for matrix in (found, words, table))
    count = 1 + len(scale)

    def missed(weights: Array) -> tuple[float, Array]:
        totals = weights[0] + found @ (scale * weights[1:count]) + words @ (table @ weights[count:])
        loss = (np.logaddexp(0, totals) - worth * totals).sum()
        wrong = expit(totals) - worth
        slope = np.concatenate([[wrong.sum()], scale * (found_back @ wrong), table_back @ (words_back @ wrong)])
        return COST * loss + weights @ weights / 2, COST * slope + weights

    start = np.zeros(count + table.shape[1])
    result = minimize(missed, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": 1e-7})
    weights: Array = result.x
    return weights


@dataclass(frozen=True)
class Corpus:
    """The sentences in document order, and what is known of their words."""

    rows: tuple[Row, ...]
    vectors: Vectors

    @cached_property
    def worth(self) -> Array:
        return np.array([row.worth for row in self.rows])

    @cached_property
    def words(self) -> csr_matrix:
        return self.vectors.shares(self.rows)

    def part(self, chosen: Places) -> tuple[list[Row], csr_matrix]:
        """The sentences at these places, and the parts of their words."""
        return [self.rows[i] for i in chosen], self.words[chosen]


def read_corpus(path: Path, trees: Sequence[Tree], vectors: Vectors) -> Corpus:
    """The debates' sentences, with what people said of each."""
    given = zip(debate_sentences(path), trees, strict=True)
    return Corpus(tuple(_row(tree.words, worth) for (_, _, worth), tree in given), vectors)


def read_taught(parses: Path, debates: Sequence[Tree], vectors: Vectors) -> Corpus:
    """The passages of ``passages.py``, with the probability that the teacher gave each."""
    rows: list[Row] = []
    for name, part in passages(debates, parsed(parses / "others.conllu", _missing)):
        odds = np.load(parses / "judged" / f"{name}.npy")
        rows += [_row(passage.words, worth) for passage, worth in zip(part, expit(odds), strict=True)]
    return Corpus(tuple(rows), vectors)


def _missing() -> NoReturn:
    raise SystemExit("a parse is missing: run teacher.py first")


def _row(words: Sequence[Word], worth: float) -> Row:
    return Row(tuple(map(sys.intern, worth_features(words))), tuple(map(sys.intern, content_words(words))), worth)


def measure_fifths(corpus: Corpus) -> None:
    """Prints how well every fifth is ranked by the other four alone, without a teacher, cut in document order."""
    count = len(corpus.rows)
    fold = np.arange(count) * FOLDS // count
    totals = np.zeros(count)
    for number in range(FOLDS):
        learned = Learned(*corpus.part(np.flatnonzero(fold != number)), corpus.vectors.plain)
        chosen = np.flatnonzero(fold == number)
        totals[chosen] = learned.totals(*corpus.part(chosen))
        print(f"fifth {number + 1}: {_figures(totals[chosen], corpus.worth[chosen])}", flush=True)
    print(f"all fifths: {_figures(totals, corpus.worth)}", flush=True)


def calibrated(learned: Learned, corpus: Corpus, chosen: Places) -> LogisticRegression:
    """What turns the log-odds of these sentences, which nobody has learned from, to probabilities (Platt, 1999)."""
    totals = learned.totals(*corpus.part(chosen))
    print(f"last fifth, taught: {_figures(totals, corpus.worth[chosen])}", flush=True)
    return LogisticRegression(C=1e6).fit(totals[:, None], corpus.worth[chosen])


def learned_from(corpus: Corpus, chosen: Places, taught: Corpus) -> Learned:
    """What is learned from these sentences of the debates and all of the teacher's."""
    rows, words = corpus.part(chosen)
    return Learned([*rows, *taught.rows], vstack([words, taught.words]).tocsr(), corpus.vectors.table)


def _figures(totals: Array, worth: Array) -> str:
    """AUC, and F1 at the threshold where as many are taken as there are, of the class and of both in the mean."""
    taken = totals >= np.sort(totals)[len(totals) - int(worth.sum())]
    f1, macro = (f1_score(worth, taken, average=kind) for kind in ("binary", "macro"))
    return f"AUC {roc_auc_score(worth, totals):.4f}, F1 {f1:.3f}, of both classes {macro:.3f}"


def shipped(learned: Learned, platt: LogisticRegression, words: Sequence[str], about: str) -> str:
    """The weights as ``worth.json`` has them."""
    weights = zip(learned.columns, learned.weights.tolist(), strict=True)
    general = zip(words, learned.general.tolist(), strict=True)
    data = {
        "about": about,
        "intercept": learned.intercept,
        "slope": round(platt.coef_.item(), 4),
        "offset": round(platt.intercept_.item(), 4),
        "weights": {name: weight for name, weight in weights if weight},
        "words": {word: weight for word, weight in general if weight},
    }
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def main() -> None:
    claimbuster, parses = map(Path, sys.argv[1:3])
    vectors = Vectors(VECTORS, parses / "words.npz")
    debates = parsed(parses / "claimbuster.conllu", _missing)
    corpus = read_corpus(claimbuster, debates, vectors)
    if "--measure" in sys.argv:
        measure_fifths(corpus)
    taught = read_taught(parses, debates, vectors)
    count = len(corpus.rows)
    known = learned_from(corpus, np.arange(seen(count)), taught)
    platt = calibrated(known, corpus, np.arange(seen(count), count))
    (parses / "last-fifth.json").write_text(shipped(known, platt, vectors.words, "all but the last fifth"), "utf-8")
    last = debate_sentences(claimbuster)[seen(count) :]
    lines = (json.dumps({"text": text, "checkworthy": int(worth)}) + "\n" for _, text, worth in last)
    (parses / "last-fifth.jsonl").write_text("".join(lines), "utf-8")
    if "--measure" in sys.argv:
        return
    learned = learned_from(corpus, np.arange(count), taught)
    about = (
        f"Learned by training/claims/learn.py from {count} sentences, {int(corpus.worth.sum())} worth checking, and "
        f"{len(taught.rows)} that a larger model judged."
    )
    TARGET.write_text(shipped(learned, platt, vectors.words, about), "utf-8")
    print(TARGET.stat().st_size)


if __name__ == "__main__":
    main()
