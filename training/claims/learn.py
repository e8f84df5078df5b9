"""Learns check-worthiness from ClaimBuster's debate sentences: ``quotekit/languages/en/worth.json``, and its measures.

python training/claims/learn.py ../shared/data/claimbuster/train.jsonl PARSES [--measure]

PARSES/claimbuster.conllu keeps the parse; delete it when the parser or its model has changed. A linear model over the
features of ``quotekit/claims/features.py``, each scaled by how unevenly the two classes have it (Wang and Manning,
2012), together with the mean of the content words' vectors and of their clusters. The vectors are the bundled parser's.
A linear model over means gives every word one number, so no vector is shipped: only that number.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from quotekit.claims.features import content_words, worth_features
from quotekit.parsing.conllu import read_conllu_documents, write_conllu

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "quotekit" / "languages" / "en" / "worth.json"
VECTORS = ROOT / "quotekit" / "models" / "en" / "pretrain" / "quotekit.pt"

# Chosen by five folds in document order; see training/claims/README.md.
COST = 4.0
MIN_COUNT = 2
FLOOR = 0.6  # of a feature's scale: one that both classes have alike still counts
VECTOR_SCALE, CLUSTER_SCALE = 1.0, 0.5
CLUSTERS = (100, 400, 1500)
FOLDS = 5
# What is shipped: features that move the sum by less are dropped, and words beyond the commonest are taken for unknown.
MIN_WEIGHT = 0.15
MIN_WORD = 0.05
WORDS = 20_000

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A sentence: its features, its content words, and whether it was found worth checking."""

    features: tuple[str, ...]
    words: tuple[str, ...]
    worth: bool


class Vectors:
    """What is known of words in general: their vectors, of length one, and the clusters they fall into."""

    def __init__(self, path: Path) -> None:
        state = torch.load(path, map_location="cpu", weights_only=True)
        ids = {word: place for word, place in state["vocab"]["_unit2id"].items() if not word.startswith("<")}
        self.words = sorted(ids, key=lambda word: ids[word])[:WORDS]
        table = np.asarray(state["emb"], dtype=np.float64)[[ids[word] for word in self.words]]
        table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
        self.place = {word: place for place, word in enumerate(self.words)}
        clusters = [self._clusters(table, count) * CLUSTER_SCALE for count in CLUSTERS]
        self.table = csr_matrix(hstack([csr_matrix(table * VECTOR_SCALE), *clusters]))

    @staticmethod
    def _clusters(table: Array, count: int) -> csr_matrix:
        model = MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=4096).fit(table)
        return csr_matrix((np.ones(len(table)), (np.arange(len(table)), model.labels_)), shape=(len(table), count))

    def means(self, rows: Sequence[Row]) -> csr_matrix:
        """The mean of each sentence's content words, unknown ones counting nothing."""
        places = [
            (i, self.place[word], 1 / len(row.words))
            for i, row in enumerate(rows)
            for word in row.words
            if word in self.place
        ]
        at, columns, values = zip(*places, strict=True)
        return csr_matrix(csr_matrix((values, (at, columns)), shape=(len(rows), len(self.words))) @ self.table)


class Learned:
    """Weights learned from some sentences, for others."""

    def __init__(self, rows: Sequence[Row], means: csr_matrix) -> None:
        counts = Counter(name for row in rows for name in row.features)
        self.columns = {
            name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))
        }
        worth = np.array([row.worth for row in rows])
        found = self.matrix(rows)
        held = (found > 0).astype(np.float64)
        ours, others = (1 + np.asarray(held[worth == kind].sum(0)).ravel() for kind in (True, False))
        scale = FLOOR + np.abs(np.log(ours / ours.sum()) - np.log(others / others.sum()))
        model = LogisticRegression(C=COST, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(hstack([found @ diags(scale), means]).tocsr(), worth)
        weights = model.coef_[0]
        self.weights: Array = weights[: len(scale)] * scale
        self.general: Array = weights[len(scale) :]
        self.intercept: float = model.intercept_.item()

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """The features of the sentences, each worth one over the root of their number."""
        indices = [[self.columns[name] for name in row.features if name in self.columns] for row in rows]
        values = np.concatenate(
            [np.full(len(ids), len(row.features) ** -0.5) for ids, row in zip(indices, rows, strict=True)]
        )
        ends = np.cumsum([0, *map(len, indices)])
        return csr_matrix(
            (values, np.concatenate([np.array(ids, int) for ids in indices]), ends), (len(rows), len(self.columns))
        )

    def totals(self, rows: Sequence[Row], means: csr_matrix) -> Array:
        """The log-odds of the sentences, not calibrated."""
        found: Array = self.matrix(rows) @ self.weights + means @ self.general + self.intercept
        return found


@dataclass(frozen=True)
class Corpus:
    """The sentences in document order with their means."""

    rows: tuple[Row, ...]
    vectors: Vectors

    @cached_property
    def means(self) -> csr_matrix:
        return self.vectors.means(self.rows)

    def part(self, chosen: Array) -> tuple[list[Row], csr_matrix]:
        """The sentences at these places, and their means."""
        return [self.rows[i] for i in chosen], self.means[chosen]


def read_corpus(path: Path, parses: Path) -> Corpus:
    """The sentences of the file in the order of their ids, which is that of the debates, parsed once and kept."""
    given = sorted((json.loads(line) for line in path.read_text("utf-8").splitlines()), key=lambda item: item["id"])
    kept = parses / "claimbuster.conllu"
    if not kept.exists():
        from quotekit.parsing.stanza_parser import StanzaParser

        parses.mkdir(parents=True, exist_ok=True)
        trees = StanzaParser().parse([item["text"] for item in given])
        written = (write_conllu(tree, doc_id=str(item["id"])) for tree, item in zip(trees, given, strict=True))
        kept.write_text("".join(written), "utf-8")
    trees_by_id = {int(id): tree for id, tree in read_conllu_documents(kept.read_text("utf-8"))}
    rows = []
    for item in given:
        words = trees_by_id[item["id"]].words
        rows.append(Row(tuple(worth_features(words)), tuple(content_words(words)), item["checkworthy"] == 1))
    return Corpus(tuple(rows), Vectors(VECTORS))


def out_of_fold(corpus: Corpus) -> Array:
    """Every sentence's log-odds by a model that has not seen its fifth, the fifths cut in document order."""
    count = len(corpus.rows)
    fold = np.arange(count) * FOLDS // count
    totals = np.zeros(count)
    for number in range(FOLDS):
        learned = Learned(*corpus.part(np.flatnonzero(fold != number)))
        chosen = np.flatnonzero(fold == number)
        totals[chosen] = learned.totals(*corpus.part(chosen))
        print(f"fold {number + 1}: {_figures(totals[chosen], [corpus.rows[i].worth for i in chosen])}", flush=True)
    return totals


def _figures(totals: Array, worth: Sequence[bool]) -> str:
    """AUC, and F1 at the threshold where as many are taken as there are, of the class and of both in the mean."""
    taken = totals >= np.sort(totals)[len(totals) - sum(worth)]
    f1, macro = (f1_score(worth, taken, average=kind) for kind in ("binary", "macro"))
    return f"AUC {roc_auc_score(worth, totals):.4f}, F1 {f1:.3f}, of both classes {macro:.3f}"


def main() -> None:
    corpus = read_corpus(*map(Path, sys.argv[1:3]))
    worth = [row.worth for row in corpus.rows]
    totals = out_of_fold(corpus)
    print(f"all folds: {_figures(totals, worth)}")
    if "--measure" in sys.argv:
        return
    platt = LogisticRegression(C=1e6).fit(totals[:, None], worth)
    learned = Learned(*corpus.part(np.arange(len(corpus.rows))))
    general: Array = corpus.vectors.table @ learned.general
    weights = zip(learned.columns, learned.weights, strict=True)
    words = zip(corpus.vectors.words, general, strict=True)
    data = {
        "about": f"Learned by training/claims/learn.py from {len(worth)} sentences, {sum(worth)} worth checking.",
        "intercept": round(learned.intercept, 4),
        "slope": round(platt.coef_.item(), 4),
        "offset": round(platt.intercept_.item(), 4),
        "weights": {name: round(weight, 2) for name, weight in weights if abs(weight) >= MIN_WEIGHT},
        "words": {word: round(weight, 2) for word, weight in words if abs(weight) >= MIN_WORD},
    }
    TARGET.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(data["about"], len(data["weights"]), len(data["words"]), TARGET.stat().st_size)


if __name__ == "__main__":
    main()
