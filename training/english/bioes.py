"""Names as tags of words: B-, I- and E- for the first, a middle and the last word of a name, S- for its only one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names that BIO or BIOES tags mark: first word, word behind the last, kind."""
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        position, _, label = tag.partition("-")
        if kind and (position in "OBS" or label != kind):
            yield start, i, kind
            kind = ""
        if position != "O" and not kind:
            start, kind = i, label


def f1(found: Sequence[Sequence[str]], sentences: Sequence[Sequence[Mapping[str, str]]]) -> float:
    """Per cent of whole names with their kinds, as F1; the words of the sentences have theirs as ``ner``."""
    pairs = [
        (set(spans([word["ner"] for word in sentence])), set(spans(tags)))
        for sentence, tags in zip(sentences, found, strict=True)
    ]
    right, both = sum(len(gold & mine) for gold, mine in pairs), sum(len(gold) + len(mine) for gold, mine in pairs)
    return round(200 * right / max(1, both), 2)


def best_path(scores: np.ndarray, labels: Sequence[str]) -> list[str]:
    """The best BIOES tags that fit one another."""
    allowed = np.array([[0.0 if _fits(left, right) else -1e6 for right in labels] for left in labels])
    starts = np.array([0.0 if _fits("O", label) else -1e6 for label in labels])
    ends = np.array([0.0 if _fits(label, "O") else -1e6 for label in labels])
    best, back = scores[0] + starts, []
    for row in scores[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    path = [int((best + ends).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [labels[i] for i in reversed(path)]


def _fits(left: str, right: str) -> bool:
    inside = left[0] in "BI"
    return (inside == (right[0] in "IE")) and (not inside or left[2:] == right[2:])
