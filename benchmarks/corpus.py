"""Articles judged: what the gold has, what was found, and what of it agrees, all by the corpora's own scorer."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from benchmarks.extraction import attributions

if TYPE_CHECKING:
    from benchmarks.recall import Proposal
    from quotekit.language import CueEntry
    from quotekit.marks import Marks
    from quotekit.model import Extraction, Quote

KINDS = ("direct", "mixed", "indirect")
# Contents, and sources, agree when they share at least half of their words, as in attribution_score.py.
AGREEING = 0.5

Spans = tuple[tuple[int, int], ...]
Words = frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An attribution of the gold or of ours, its parts as the offsets at which their words begin.

    ``quote`` is the one it comes from, in ours; an ``outer`` item is a report that the quote came through.
    """

    content: Words
    source: Words
    cue: Words
    kind: str
    spans: Spans
    quote: Quote | None = None
    outer: bool = False

    @property
    def confidence(self) -> float:
        """How sure the quote is; what the gold says is certain."""
        return self.quote.confidence if self.quote is not None else 1.0


Pair = tuple[Item, Item]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One article: gold, found, and the pairs of both whose contents agree.

    The gold has no attribution inside another, so what we found inside another (``nested``) is not judged.
    ``proposals``, ``cues`` (the cue list's entries by the place of their word) and ``marks`` need the tree, and are
    empty where it was not kept.
    """

    id: str
    text: str
    extraction: Extraction
    gold: tuple[Item, ...]
    found: tuple[Item, ...]
    nested: tuple[Item, ...]
    pairs: tuple[Pair, ...]
    proposals: tuple[Proposal, ...] = ()
    cues: Mapping[int, CueEntry] = field(default_factory=dict)
    marks: Marks | None = None

    @property
    def publisher(self) -> str:
        """The first part of the name: *nyt_2016-09-08_obama* is of nyt."""
        return self.id.partition("_")[0]

    @property
    def right(self) -> tuple[Pair, ...]:
        """The pairs whose sources agree too."""
        return tuple(pair for pair in self.pairs if agree(pair[0].source, pair[1].source))


def overlap(one: Words, other: Words) -> float:
    """The share of their joint words that two stretches have in common (Jaccard); of two empty ones, all."""
    return len(one & other) / len(one | other) if one or other else 1.0


def agree(one: Words, other: Words) -> bool:
    """Whether two stretches share at least half of their words."""
    return overlap(one, other) >= AGREEING


class Yardstick:
    """The scorer of the corpora, as a module: what a word is, what counts, and what agrees with what."""

    def __init__(self, path: Path) -> None:
        specification = importlib.util.spec_from_file_location("attribution_score", path)
        assert specification is not None
        assert specification.loader is not None
        self._scorer: ModuleType = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(self._scorer)

    def gold(self, corpus: Path) -> dict[str, tuple[str, tuple[Item, ...]]]:
        """The text and the annotated attributions of each article, by its name."""
        return {
            name: (text, tuple(self.items(text, ((None, row) for row in rows))))
            for name, (text, rows) in self._scorer.read_gold(corpus).items()
        }

    def items(self, text: str, rows: Iterable[tuple[Quote | None, dict[str, Any]]]) -> Iterator[Item]:
        """The attributions that have words in their content, as items; each row with the quote it comes from."""
        before: Quote | None = None
        for quote, row in rows:
            outer, before = quote is not None and quote is before, quote
            for made in self._scorer.prepare(text, [row]):
                spans = tuple((start, end) for start, end in made["spans"])
                yield Item(made["content"], made["source"], made["cue"], made["kind"], spans, quote, outer)

    def words(self, text: str, spans: Iterable[tuple[int, int]]) -> Words:
        """The places at which the words inside the spans begin."""
        found: Words = self._scorer.words(text, spans)
        return found

    def outermost(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """The items whose content lies in no other's."""
        return tuple(row["item"] for row in self._scorer.outermost(_rows(items)))

    def pairs(self, gold: Iterable[Item], found: Iterable[Item]) -> tuple[Pair, ...]:
        """Gold and found one to one, the contents that agree best first."""
        return tuple((one["item"], other["item"]) for one, other in self._scorer.match(_rows(gold), _rows(found)))


def _rows(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [{"content": item.content, "item": item} for item in items]


def judge(yardstick: Yardstick, corpus: Path, extractions: Sequence[Extraction]) -> tuple[Judged, ...]:
    """The articles of these extractions, each compared with its gold."""
    gold = yardstick.gold(corpus)
    known = (extraction for extraction in extractions if extraction.document.id in gold)
    return tuple(_judged(yardstick, *gold[extraction.document.id], extraction) for extraction in known)


def _judged(yardstick: Yardstick, text: str, gold: tuple[Item, ...], extraction: Extraction) -> Judged:
    items = tuple(yardstick.items(text, attributions(extraction)))
    found = yardstick.outermost(items)
    judged = {id(item) for item in found}
    nested = tuple(item for item in items if id(item) not in judged)
    return Judged(extraction.document.id, text, extraction, gold, found, nested, yardstick.pairs(gold, found))
