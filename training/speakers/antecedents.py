"""Learns whom a pronoun means, with gender as the teacher, and writes languages/en/antecedents.json.

python training/speakers/antecedents.py ../shared/data/polnear/train PARSES

PARSES holds the texts as training/attribution/parse.py wrote them. Nobody has annotated their pronouns; but where of
the persons spoken of before a *she* one is known to be a woman and the others are known to be men, she is meant. What
tells her from the men is learned from such places (a softmax over the persons and nobody), by everything but gender; so
it serves where gender tells nothing. It is measured in five folds of texts.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from quotekit.attribution import attribute
from quotekit.constructions import Context
from quotekit.language import load_language
from quotekit.marks import find_marks
from quotekit.parsing.conllu import read_conllu
from quotekit.pipeline import sources_of
from quotekit.scoring import load_scorers
from quotekit.speakers.agreement import may_be_one
from quotekit.speakers.figures import Reference
from quotekit.speakers.memory import Memory, asked_of
from quotekit.speakers.references import References
from quotekit.speakers.salience import salience_features
from quotekit.speakers.source import Source
from quotekit.tree import Word

TARGET = Path(__file__).parents[2] / "quotekit" / "languages" / "en" / "antecedents.json"
FOLDS = 5
PENALTY = 5.0  # of half a weight's square; with early features the loss held out was 0.342 with 3, 0.349 with 30
LEAST_SEEN = 10  # places that have a feature
ROUNDS = 2  # of learning: whom the pronouns before one mean is what the round before has learned
POINTS = (0.5, 0.6, 0.7, 0.8, 0.9)

Array = NDArray[np.float64]


class Person(NamedTuple):
    """Someone whom a pronoun may mean, were it not for gender: 1 of its gender, -1 of the other."""

    features: tuple[str, ...]
    label: int


class Place(NamedTuple):
    """A *he* or *she*, with the persons before it whose gender is known; whether that of all is, and it is a source."""

    persons: tuple[Person, ...]
    clear: bool
    source: bool


class Learning(Memory):
    """A memory that keeps every place where gender tells whom a pronoun means, or that it means nobody near."""

    places: ClassVar[list[Place]] = []

    def resolve(self, word: Word, kind: str, **told: Any) -> Reference:
        """As without learning."""
        if kind in ("male", "female") and told.get("quoted") is None:
            self._keep(word, kind, **told)
        return super().resolve(word, kind, **told)

    def _keep(self, word: Word, kind: str, **told: Any) -> None:
        use = told.get("use", "other")
        before = self.before(word, told.get("content", ()), told.get("excluded"))
        asked = asked_of(word, use, before)
        persons, clear = [], True
        for events in before.values():
            figure = events[0][1].figure
            if not may_be_one(figure):
                continue
            gender = figure.apparent_gender
            if gender is None:
                clear = clear and figure.type == "unknown"
                continue
            again = figure is told.get("again")
            features = tuple(salience_features(asked, events, again=again))
            persons.append(Person(features, 1 if gender == kind else -1))
        labels = [person.label for person in persons]
        if -1 in labels and (1 in labels or clear):
            Learning.places.append(Place(tuple(persons), clear and labels.count(1) == 1, use != "other"))


class Learned:
    """The weights of the likeliest model with small weights."""

    def __init__(self, places: Sequence[Place]) -> None:
        counts = Counter(name for place in places for one in place.persons for name in one.features)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST_SEEN)
        columns = {name: i for i, name in enumerate(self.names)}
        rows = [one for place in places for one in place.persons]
        cells = [(i, columns[name]) for i, one in enumerate(rows) for name in one.features if name in columns]
        at, names = zip(*cells, strict=True)
        found = csr_matrix((np.ones(len(cells)), (at, names)), shape=(len(rows), len(columns)))
        back = found.T.tocsr()
        of = np.repeat(np.arange(len(places)), [len(place.persons) for place in places])
        right = np.array([one.label == 1 for one in rows])
        nobody_right = np.bincount(of, right, len(places)) == 0

        def missed(weights: Array) -> tuple[float, Array]:
            totals = found @ weights[1:]
            parts, nobody = np.exp(totals), np.exp(weights[0])
            whole = np.bincount(of, parts, len(places)) + nobody
            hit = np.bincount(of, parts * right, len(places)) + nobody * nobody_right
            loss = (np.log(whole) - np.log(hit)).sum() + PENALTY * (weights[1:] ** 2).sum() / 2
            wrong = parts / whole[of] - parts * right / hit[of]
            slope = (nobody / whole - nobody * nobody_right / hit).sum()
            return loss, np.concatenate([[slope], back @ wrong + PENALTY * weights[1:]])

        self.weights: Array = minimize(missed, np.zeros(1 + len(columns)), jac=True, method="L-BFGS-B").x

    def shares(self, place: Place) -> Array:
        """The probability of each person of the place; nobody has the rest."""
        known = dict(zip(self.names, self.weights[1:], strict=True))
        totals = np.array([sum(known.get(name, 0.0) for name in one.features) for one in place.persons])
        parts: Array = np.exp(totals)
        return parts / (parts.sum() + np.exp(self.weights[0]))

    def record(self) -> dict[str, Any]:
        """The model as ``antecedents.json`` has it."""
        weights = {name: round(weight, 3) for name, weight in zip(self.names, self.weights[1:].tolist(), strict=True)}
        kept = {name: weight for name, weight in weights.items() if weight}
        return {"nobody": round(float(self.weights[0]), 3), "weights": kept}


class Answer(NamedTuple):
    """The likeliest person of a place whose gender leaves one alone: how likely, whether right, and of a source."""

    share: float
    right: bool
    source: bool


def held_out(places: Sequence[Place], fold: Sequence[int]) -> tuple[float, list[Answer]]:
    """The mean loss of all places, each by what the other folds teach, and the answers that can be judged."""
    answers: list[Answer] = []
    loss = 0.0
    for number in range(FOLDS):
        learned = Learned([place for place, own in zip(places, fold, strict=True) if own != number])
        for place in (place for place, own in zip(places, fold, strict=True) if own == number):
            shares = learned.shares(place)
            hit = sum(share for share, one in zip(shares, place.persons, strict=True) if one.label == 1)
            loss -= float(np.log(hit if any(one.label == 1 for one in place.persons) else 1 - shares.sum()))
            if place.clear:
                best = int(shares.argmax())
                answers.append(Answer(float(shares[best]), place.persons[best].label == 1, place.source))
    return loss / len(places), answers


def readable(loss: float, answers: Sequence[Answer]) -> Iterator[str]:
    """The loss, and how many are answered and right at each point."""
    yield f"loss {loss:.4f}"
    for source in (True, False):
        some = [one for one in answers if one.source == source]
        for point in POINTS:
            taken = [one.right for one in some if one.share >= point]
            answered, right = len(taken) / max(1, len(some)), sum(taken) / max(1, len(taken))
            yield f"{'sources' if source else 'others'} at {point}: {answered:.3f} of {len(some)}, {right:.3f} right"


def calibrated(answers: Sequence[Answer]) -> dict[str, float]:
    """What turns the log-odds of a share into those of being right (Platt, 1999), of sources."""
    sources = [one for one in answers if one.source]
    odds = np.array([[np.log(one.share / (1 - one.share))] for one in sources])
    platt = LogisticRegression(C=1e6).fit(odds, [one.right for one in sources])
    return {"slope": round(platt.coef_.item(), 3), "offset": round(platt.intercept_.item(), 3)}


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    language, scorers = load_language("en"), load_scorers(load_language("en"))
    texts: list[tuple[Context, list[Source]]] = []
    for path in sorted((corpus / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        tree = read_conllu((parses / f"{path.stem}.conllu").read_text("utf-8"), text)
        context = Context(tree, find_marks(text), language)
        texts.append((context, sources_of(attribute(context, scorers))))
    record: dict[str, Any] = {"nobody": 0.0, "slope": 1.0, "offset": 0.0, "weights": {}}
    for _ in range(ROUNDS):
        object.__setattr__(language, "antecedents", record)
        Learning.places.clear()
        ends = []
        for context, sources in texts:
            References(context, sources, author=None, memory=Learning)
            ends.append(len(Learning.places))
        places = list(Learning.places)
        fold = np.searchsorted(ends, np.arange(len(places)), side="right") % FOLDS
        loss, answers = held_out(places, fold.tolist())
        print("\n".join(readable(loss, answers)), flush=True)
        about = (
            f"Learned by training/speakers/antecedents.py from {len(places)} pronouns of PolNeAR's training articles "
            f"whose antecedent their gender tells."
        )
        record = {"about": about, **calibrated(answers), **Learned(places).record()}
    TARGET.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
