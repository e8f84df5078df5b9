"""Reliability: of the quotes given 0.8, are four in five right in content and source? And what a threshold buys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.corpus import Judged, Yardstick, agree
from benchmarks.tables import balance, share, table

BINS = 10
SURE = 0.9
# Points of --min-confidence, from the first above the scorer's own threshold to 0.95.
POINTS = tuple(round(0.05 * step, 2) for step in range(1, 20))


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes whose confidence lies in [low, high): how many, how sure on average, how many of them right."""

    low: float
    high: float
    count: int
    confidence: float
    right: int

    @property
    def precision(self) -> float | None:
        """The share that is right; None where there are no quotes."""
        return share(self.right, self.count)


def outcomes(articles: Iterable[Judged]) -> list[tuple[float, bool]]:
    """For each judged quote its confidence and whether it is right in content and source.

    A report that a quote came through has the quote's confidence.
    """
    found = []
    for article in articles:
        right = {id(item) for _, item in article.right}
        found += [(item.confidence, id(item) in right) for item in article.found]
    return found


def bins(results: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The results in ten bins of equal width; a confidence of 1 belongs to the last."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in results:
        # 0.7 * 10 is 7.000000000000001 and 0.29 * 100 is 28.999…: four digits are what the output has.
        groups[min(BINS - 1, int(round(confidence * BINS, 6)))].append((confidence, right))
    return tuple(
        Bin(
            low=rank / BINS,
            high=(rank + 1) / BINS,
            count=len(group),
            confidence=round(sum(confidence for confidence, _ in group) / len(group), 4) if group else 0.0,
            right=sum(right for _, right in group),
        )
        for rank, group in enumerate(groups)
    )


def calibration_error(filled: Sequence[Bin]) -> float:
    """Expected calibration error: how far mean confidence and precision of a bin lie apart, weighted by its count."""
    total = sum(one.count for one in filled)
    apart = sum(abs(one.count * one.confidence - one.right) for one in filled)
    return round(apart / total, 4) if total else 0.0


def reliability(articles: Iterable[Judged]) -> dict[str, Any]:
    """The calibration error, the precision of the sure ones, and the bins both can be read from."""
    results = outcomes(articles)
    filled = bins(results)
    sure = [right for confidence, right in results if confidence >= SURE]
    return {
        "ece": calibration_error(filled),
        "sure": {"confidence": SURE, "count": len(sure), "precision": share(sum(sure), len(sure))},
        "bins": [asdict(one) | {"precision": one.precision} for one in filled],
    }


def points(articles: Sequence[Judged], yardstick: Yardstick, *, default: float) -> Iterator[dict[str, Any]]:
    """Precision, recall and F1 at each point of ``--min-confidence``, as the scorer would count what is left.

    The first is ``default``, the scorer's own threshold: nothing less likely becomes a quote.
    """
    gold = sum(len(article.gold) for article in articles)
    for point in (default, *(point for point in POINTS if point > default)):
        found = right = 0
        for article in articles:
            items = [item for item in (*article.found, *article.nested) if item.confidence >= point]
            outermost = yardstick.outermost(items)
            found += len(outermost)
            right += sum(agree(one.source, other.source) for one, other in yardstick.pairs(article.gold, outermost))
        precision, recall = share(right, found), share(right, gold)
        f1 = balance(precision, recall)
        yield {"min_confidence": point, "quotes": found, "right": right, "p": precision, "r": recall, "f1": f1}


def summary(figures: dict[str, Any]) -> str:
    """Calibration in one line."""
    sure = figures["sure"]
    precision = "none" if sure["precision"] is None else f"{sure['precision']:.3f}"
    return (
        f"calibration error {figures['ece']:.3f}; precision at confidence ≥ {sure['confidence']}: {precision} "
        f"({sure['count']} quotes)"
    )


def reliability_table(figures: dict[str, Any]) -> str:
    """The reliability plot as text."""
    rows = [
        (f"{one['low']:.1f}–{one['high']:.1f}", one["count"], one["confidence"], one["precision"], _bar(one))
        for one in figures["bins"]
        if one["count"]
    ]
    return table("Reliability: " + summary(figures), ("confidence", "quotes", "mean", "right", ""), rows)


def _bar(one: dict[str, Any]) -> str:
    """Twenty characters: filled up to the precision, with a bar where the mean confidence would have it."""
    filled, place = round(20 * one["precision"]), min(19, round(20 * one["confidence"]))
    drawn: str = "▇" * filled + "·" * (20 - filled)
    return drawn[:place] + "|" + drawn[place + 1 :]


def points_table(found: Iterable[dict[str, Any]]) -> str:
    """What each point of ``--min-confidence`` gives."""
    rows = [(f"{one['min_confidence']:.2f}", one["quotes"], one["p"], one["r"], one["f1"]) for one in found]
    return table("--min-confidence", ("at least", "quotes", "P", "R", "F1"), rows)
