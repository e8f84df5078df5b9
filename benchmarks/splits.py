"""The figures apart: by publisher, by kind, by construction, by the cue's class and by the act it performs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.corpus import KINDS, Item, Judged
from benchmarks.tables import balance, share, table

NO_CUE = "no cue"
# What the output calls the class of a cue that the list does not know.
UNKNOWN_CUE = "neutral"

Namer = Callable[[Item, Judged], str | None]


def splits(articles: Sequence[Judged]) -> dict[str, dict[str, dict[str, Any]]]:
    """For each way to split, the figures of each part; gold is counted where the gold says which part it is of."""
    found = {
        "publisher": _split(articles, _publisher, _publisher),
        "kind": _split(articles, _kind, _kind, order=KINDS),
        "construction": _split(articles, None, _construction),
        "class": _split(articles, gold_class, _class),
    }
    acts = _split(articles, None, _act)
    return {**found, "act": acts} if acts else found


def _split(
    articles: Iterable[Judged], gold_name: Namer | None, found_name: Namer, *, order: Sequence[str] = ()
) -> dict[str, dict[str, Any]]:
    """Counts and figures by name: recall over the gold of that name, precision over ours of that name."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right_gold: Counter[str] = Counter()
    right_found: Counter[str] = Counter()
    for article in articles:
        if gold_name is not None:
            gold.update(_names(article.gold, article, gold_name))
            right_gold.update(_names((one for one, _ in article.right), article, gold_name))
        found.update(_names(article.found, article, found_name))
        right_found.update(_names((other for _, other in article.right), article, found_name))
    names = order or sorted({*gold, *found}, key=lambda name: (-gold[name], -found[name], name))
    return {
        name: _figures(gold[name] if gold_name else None, found[name], right_gold[name], right_found[name])
        for name in names
    }


def _names(items: Iterable[Item], article: Judged, name: Namer) -> list[str]:
    return [found for item in items if (found := name(item, article)) is not None]


def _figures(gold: int | None, found: int, right_gold: int, right_found: int) -> dict[str, Any]:
    precision = share(right_found, found)
    recall = share(right_gold, gold) if gold is not None else None
    return {
        "gold": gold,
        "found": found,
        "right": right_found,
        "p": precision,
        "r": recall,
        "f1": balance(precision, recall),
    }


def _publisher(_: Item, article: Judged) -> str:
    return article.publisher


def _kind(item: Item, _: Judged) -> str:
    return item.kind


def _construction(item: Item, _: Judged) -> str | None:
    if item.quote is None:
        return None
    return "via" if item.outer else item.quote.construction


def gold_class(item: Item, article: Judged) -> str:
    """The class of an annotated cue: of the word in it that most often reports, as the cue list counts."""
    if not item.cue:
        return NO_CUE
    entries = [article.cues[place] for place in sorted(item.cue) if place in article.cues]
    best = max(entries, key=lambda entry: entry.reporting / (entry.seen + 4), default=None)
    return best.cue_class if best is not None else UNKNOWN_CUE


def _class(item: Item, _: Judged) -> str | None:
    if item.quote is None:
        return None
    via = next((via for via in item.quote.via), None) if item.outer else None
    cue = via.cue if via is not None else item.quote.cue
    return cue.cue_class if cue is not None else NO_CUE


def _act(item: Item, _: Judged) -> str | None:
    """What the cue does (says, asks, promises …), where quotes tell it."""
    act = getattr(item.quote, "act", None)
    return str(act) if act is not None and not item.outer else None


def splits_table(found: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The splits for a terminal; without gold of a name there is no recall."""
    columns = ("gold", "found", "right", "p", "r", "f1")
    return "\n\n".join(
        table(
            f"By {name}",
            ("", "gold", "found", "right", "P", "R", "F1"),
            ((part, *(figures[column] for column in columns)) for part, figures in parts.items()),
        )
        for name, parts in found.items()
    )
