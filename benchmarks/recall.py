"""Candidate recall: is the right answer among the candidates at all, and if so, was it chosen?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import KINDS, Item, Judged, Words, Yardstick, agree
from benchmarks.tables import share, table

if TYPE_CHECKING:
    from quotekit.constructions import Context
    from quotekit.scoring import Scorers
    from quotekit.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A candidate before overlaps are settled, its parts as the places at which their words begin.

    ``likely`` says that the scorer's probability reaches the threshold at which candidates become quotes.
    """

    content: Words
    source: Words
    construction: str
    probability: float
    likely: bool


def threshold() -> float:
    """How likely a candidate of the bundled parser's must be to become a quote, unless a user asks for more."""
    from quotekit.language import load_language
    from quotekit.scoring import load_scorers

    scorers = load_scorers(load_language("en"))
    return (scorers.with_roles or scorers.plain).threshold


def with_proposals(articles: Sequence[Judged], trees: Sequence[Tree], yardstick: Yardstick) -> tuple[Judged, ...]:
    """The articles with their candidates, cues and marks, which takes the trees but no second parse."""
    from quotekit.constructions import Context
    from quotekit.language import load_language
    from quotekit.marks import find_marks
    from quotekit.scoring import load_scorers

    language = load_language("en")
    scorers = load_scorers(language)
    found = []
    for article, tree in zip(articles, trees, strict=True):
        context = Context(tree, find_marks(tree.text), language)
        keys = ((word.start, (word.lemma.lower(), word.upos)) for word in tree.words)
        cues = {start: language.cues[key] for start, key in keys if key in language.cues}
        proposed = tuple(_proposals(context, scorers, yardstick))
        found.append(replace(article, proposals=proposed, cues=cues, marks=context.marks))
    return tuple(found)


def _proposals(context: Context, scorers: Scorers, yardstick: Yardstick) -> Iterable[Proposal]:
    from quotekit.attribution import candidates
    from quotekit.boundaries import content_spans, phrase_span

    text = context.tree.text
    for candidate in candidates(context):
        source = phrase_span(candidate.match.source, context)
        scorer = scorers.of(candidate, context)
        probability = scorer.probability(candidate, context)
        yield Proposal(
            yardstick.words(text, content_spans(candidate.words, context)),
            yardstick.words(text, (source,) if source is not None else ()),
            candidate.match.construction,
            probability,
            probability >= scorer.threshold,
        )


def with_content(gold: Item, article: Judged) -> list[Proposal]:
    """The candidates whose content agrees with that of the gold."""
    return [one for one in article.proposals if agree(gold.content, one.content)]


def right_ones(gold: Item, article: Judged) -> list[Proposal]:
    """The candidates whose content and source agree with those of the gold, the likeliest first."""
    found = [one for one in with_content(gold, article) if agree(gold.source, one.source)]
    return sorted(found, key=lambda one: -one.probability)


def candidate_recall(articles: Iterable[Judged]) -> dict[str, dict[str, Any]]:
    """By kind of the gold: how many there are, and for how many the right content, and source, was proposed and chosen.

    ``likely`` counts those with a right candidate at or above the threshold; what it has more than ``chosen`` was lost
    when overlaps were settled.
    """
    counts = {kind: dict.fromkeys(("gold", "content", "source", "likely", "chosen"), 0) for kind in (*KINDS, "all")}
    for article in articles:
        chosen = {id(gold) for gold, _ in article.right}
        for gold in article.gold:
            right = right_ones(gold, article)
            facts = {
                "gold": True,
                "content": bool(right or with_content(gold, article)),
                "source": bool(right),
                "likely": any(one.likely for one in right),
                "chosen": id(gold) in chosen,
            }
            for name, true in facts.items():
                counts[gold.kind][name] += true
                counts["all"][name] += true
    proposed = sum(len(article.proposals) for article in articles)
    return {**counts, "candidates": {"count": proposed}}


def recall_table(figures: dict[str, dict[str, Any]]) -> str:
    """Candidate recall for a terminal."""
    rows = [
        (kind, row["gold"], *(share(row[name], row["gold"]) for name in ("content", "source", "likely", "chosen")))
        for kind, row in figures.items()
        if "gold" in row
    ]
    title = f"Candidate recall ({figures['candidates']['count']} candidates)"
    return table(title, ("gold", "count", "content", "and source", "likely", "chosen"), rows)
