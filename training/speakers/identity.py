"""Learns how sure an identity is from GUM's sources that have a name, and writes languages/en/identity.json.

python training/speakers/identity.py ../shared/data/gum_attribution/gum.jsonl PARSES

PARSES holds GUM's texts as `quotekit parse` wrote them, ID.conllu. Every third document is held out: the weights are
learned on the others, and what they are worth is measured on these.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from identities import is_right

from quotekit.constructions import Context
from quotekit.language import load_language
from quotekit.marks import find_marks
from quotekit.parsing.conllu import read_conllu_documents
from quotekit.scoring import logistic
from quotekit.speakers import Source
from quotekit.speakers.confidence import identity_features
from quotekit.speakers.references import References
from quotekit.tree import Tree

TARGET = Path(__file__).parents[2] / "quotekit" / "languages" / "en" / "identity.json"
HELD_OUT = 3  # every third document
PENALTY = 0.3  # of a weight's square; on what is held out the loss is 0.018, with 1 0.020, with 3 0.022
STEPS, RATE = 3000, 0.5
LEAST_SEEN = 4


class Example(NamedTuple):
    """One source for which somebody was named: what told how sure that is, and whether it was right."""

    features: tuple[str, ...]
    right: bool


def main() -> None:
    gold, parses = map(Path, sys.argv[1:3])
    documents = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    examples = [list(_examples(document, parses)) for document in documents]
    learned = [one for number, part in enumerate(examples) if number % HELD_OUT != HELD_OUT - 1 for one in part]
    held = [one for number, part in enumerate(examples) if number % HELD_OUT == HELD_OUT - 1 for one in part]
    intercept, weights = _fit(learned)
    for name, part in (("learned", learned), ("held out", held)):
        print(f"{name}: {_summary(part, intercept, weights)}")
    about = (
        f"Learned by training/speakers/identity.py on {len(learned)} sources of GUM ({_wrong(learned)} wrong) in two "
        f"of three documents; on {len(held)} of the rest ({_wrong(held)} wrong) {_summary(held, intercept, weights)}."
    )
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.0005}
    record = {"about": about, "intercept": round(intercept, 3), "weights": kept}
    TARGET.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _examples(document: Mapping[str, Any], parses: Path) -> Iterator[Example]:
    """The document's annotated sources, each given as if an extraction had found it."""
    ((_, tree),) = read_conllu_documents((parses / f"{document['id']}.conllu").read_text("utf-8"))
    context = Context(tree, find_marks(tree.text), load_language("en"))
    named = [one for one in document["attributions"] if one["source"]]
    gold = [one for one in named if one["source"]["wiki"] or one["source"]["names"]]
    sources = [_source(one, tree, direct=context.marks.outermost_at(one["content"][0]) is not None) for one in gold]
    references = References(context, sources, author=None)
    for index, one in enumerate(gold):
        reference = references.of(index)
        if reference is not None and reference.figure is not None:
            features = tuple(identity_features(reference, reference.figure))
            yield Example(features, is_right(reference.figure.name, one["source"]))


def _source(gold: Mapping[str, Any], tree: Tree, *, direct: bool) -> Source:
    start, end = gold["source"]["mention"]
    words = tuple(word for word in tree.words if start <= word.start and word.end <= end)
    inside = {id(word) for word in words}
    head = next((word for word in words if word.parent is None or id(word.parent) not in inside), None)
    return Source(words, head, (tuple(gold["content"]),), direct)


def _fit(examples: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of the likeliest regression with small weights; plain descent, for there is one minimum."""
    seen = Counter(name for one in examples for name in one.features)
    weights = {name: 0.0 for name, count in seen.items() if count >= LEAST_SEEN}
    intercept = 0.0
    for _ in range(STEPS):
        slopes = {name: PENALTY * weight for name, weight in weights.items()}
        total = 0.0
        for one in examples:
            error = _probability(one, intercept, weights) - one.right
            total += error
            for name in one.features:
                if name in slopes:
                    slopes[name] += error
        intercept -= RATE * total / len(examples)
        weights = {name: weight - RATE * slopes[name] / len(examples) for name, weight in weights.items()}
    return intercept, weights


def _probability(one: Example, intercept: float, weights: Mapping[str, float]) -> float:
    return logistic(intercept + sum(weights.get(name, 0.0) for name in one.features))


def _wrong(examples: Sequence[Example]) -> int:
    return sum(not one.right for one in examples)


def _summary(examples: Sequence[Example], intercept: float, weights: Mapping[str, float]) -> str:
    likely = [(_probability(one, intercept, weights), one.right) for one in examples]
    loss = -sum(math.log(p if right else 1 - p) for p, right in likely) / len(likely)
    mean, share = (sum(values) / len(likely) for values in zip(*likely, strict=True))
    return f"{mean:.3f} expected, {share:.3f} right, loss {loss:.3f}"


if __name__ == "__main__":
    main()
