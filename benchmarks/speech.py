"""Direct speech to the letter: which marked spans are speech, and are their boundaries the marks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import Item, Judged, Words, Yardstick
from benchmarks.tables import balance, share, table

if TYPE_CHECKING:
    from quotekit.marks import MarkedSpan
    from quotekit.model import Quote

# A marked span is speech when a content holds at least this share of its words: a content that ends inside the marks
# still holds them, one that begins in their last words does not.
SPEECH = 0.5
SHAPES = ("single", "interrupted", "multi-paragraph")
# Distances between two boundaries, in characters, by the largest of each group.
DISTANCES = ((1, "1"), (3, "2–3"), (10, "4–10"), (10**9, "over 10"))


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """An outermost marked span with the gold it is of and the quote of ours it is of, where there are such.

    ``expected`` and ``actual`` are the boundaries inside the marks that the gold and the quote give it.
    """

    span: MarkedSpan
    gold: Item | None
    quote: Quote | None
    expected: tuple[int, int] | None
    actual: tuple[int, int] | None

    @property
    def exact(self) -> bool:
        """Whether both agree to the letter."""
        return self.expected is not None and self.expected == self.actual


def stretches(article: Judged, yardstick: Yardstick) -> Iterator[Stretch]:
    """The outermost marked spans of an article that have words."""
    quoted = [
        (quote, yardstick.words(article.text, [(span.start, span.end) for span in quote.quoted]))
        for quote in article.extraction.quotes
    ]
    for span in article.marks.outermost if article.marks is not None else ():
        words = yardstick.words(article.text, [(span.inner_start, span.inner_end)])
        if not words:
            continue
        gold = max(article.gold, key=lambda item: len(item.content & words), default=None)
        gold = gold if gold is not None and len(gold.content & words) >= SPEECH * len(words) else None
        quote, held = max(quoted, key=lambda one: len(one[1] & words), default=(None, frozenset()))
        quote = quote if len(held & words) >= SPEECH * len(words) else None
        expected = boundaries(article.text, span, words, gold) if gold is not None else None
        yield Stretch(span, gold, quote, expected, _actual(span, quote) if quote is not None else None)


def boundaries(text: str, span: MarkedSpan, words: Words, gold: Item) -> tuple[int, int]:
    """Where the quoted stretch begins and ends by the gold.

    At the marks where the gold holds the first or last word inside them, less what the output leaves out there (spaces,
    a comma or full stop at the closing mark); else where the gold's own span ends.
    """
    start = span.inner_start + _blank(text[span.inner_start : span.inner_end])
    end = _stripped_end(text, start, span.inner_end)
    if min(words) not in gold.content:
        start = min(gold.content & words)
    if max(words) not in gold.content:
        last = max(gold.content & words)
        end = _stripped_end(text, start, next(stop for begin, stop in gold.spans if begin <= last < stop))
    return start, end


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _stripped_end(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in ".,;" or text[end - 1].isspace()):
        end -= 1
    return end


def _actual(span: MarkedSpan, quote: Quote) -> tuple[int, int]:
    """From the first to the last letter of what the quote has inside these marks."""
    inside = [part for part in quote.quoted if part.start < span.inner_end and part.end > span.inner_start]
    return min(part.start for part in inside), max(part.end for part in inside)


def shape(parts: Sequence[Stretch], text: str) -> str:
    """Whether a quotation stands in one pair of marks, in several of one paragraph, or in several paragraphs."""
    spans = [part.span for part in parts]
    if "\n" in text[spans[0].inner_start : spans[-1].inner_end]:
        return "multi-paragraph"
    return "interrupted" if len(spans) > 1 else "single"


def marked_speech(articles: Iterable[Judged], yardstick: Yardstick) -> dict[str, Any]:
    """How many marked spans are speech by the gold, by us and by both, how exactly, and what of it was interrupted."""
    total: Counter[str] = Counter()
    off: dict[str, Counter[str]] = {"start": Counter(), "end": Counter()}
    shapes = {name: dict.fromkeys(("quotations", "spans", "found", "exact", "whole"), 0) for name in SHAPES}
    for article in articles:
        found = list(stretches(article, yardstick))
        total.update(_counts(found))
        for part in found:
            if part.expected is not None and part.actual is not None:
                off["start"][distance(part.expected[0], part.actual[0], longer=-1)] += 1
                off["end"][distance(part.expected[1], part.actual[1], longer=1)] += 1
        for parts in _quotations(found):
            _count_shape(shapes[shape(parts, article.text)], parts)
    precision, recall = share(total["both"], total["ours"]), share(total["both"], total["gold"])
    return {
        "marked": total["marked"],
        "gold": total["gold"],
        "ours": total["ours"],
        "both": total["both"],
        "exact": total["exact"],
        "p": precision,
        "r": recall,
        "f1": balance(precision, recall),
        "exact_of_both": share(total["exact"], total["both"]),
        "exact_of_gold": share(total["exact"], total["gold"]),
        "off": {side: dict(counts.most_common()) for side, counts in off.items()},
        "shapes": shapes,
    }


def _counts(found: Sequence[Stretch]) -> dict[str, int]:
    return {
        "marked": len(found),
        "gold": sum(part.gold is not None for part in found),
        "ours": sum(part.quote is not None for part in found),
        "both": sum(part.gold is not None and part.quote is not None for part in found),
        "exact": sum(part.exact for part in found),
    }


def distance(expected: int, actual: int, *, longer: int) -> str:
    """How far a boundary lies from where it should: *exact*, or *1 longer*, *2–3 shorter* … (in characters).

    ``longer`` is the direction, 1 or -1, in which the quoted stretch grows at this boundary.
    """
    if expected == actual:
        return "exact"
    name = next(name for most, name in DISTANCES if abs(actual - expected) <= most)
    return f"{name} {'longer' if (actual - expected) * longer > 0 else 'shorter'}"


def _quotations(found: Iterable[Stretch]) -> list[list[Stretch]]:
    """The stretches of each gold attribution."""
    groups: dict[int, list[Stretch]] = {}
    for part in found:
        if part.gold is not None:
            groups.setdefault(id(part.gold), []).append(part)
    return list(groups.values())


def _count_shape(counts: dict[str, int], parts: Sequence[Stretch]) -> None:
    """Adds one quotation; it is whole when all its stretches are exact and of one quote of ours."""
    counts["quotations"] += 1
    counts["spans"] += len(parts)
    counts["found"] += sum(part.quote is not None for part in parts)
    counts["exact"] += sum(part.exact for part in parts)
    counts["whole"] += all(part.exact for part in parts) and len({id(part.quote) for part in parts}) == 1


def speech_table(figures: dict[str, Any]) -> str:
    """Direct speech for a terminal."""
    spans = table(
        "Marked spans that are speech",
        ("", "marked", "gold", "ours", "both", "P", "R", "F1", "exact of both", "of gold"),
        [("", *(figures[n] for n in ("marked", "gold", "ours", "both", "p", "r", "f1")), *_exactness(figures))],
    )
    names = sorted({*figures["off"]["start"], *figures["off"]["end"]}, key=lambda name: (name != "exact", name))
    off = table(
        "Boundaries, by how many characters they are off",
        ("", *names),
        [(side, *(counts.get(name, 0) for name in names)) for side, counts in figures["off"].items()],
    )
    rows = [(name, *row.values()) for name, row in figures["shapes"].items()]
    shapes = table("Marked quotations of the gold", ("", "quotations", "spans", "found", "exact", "whole"), rows)
    return "\n\n".join((spans, off, shapes))


def _exactness(figures: dict[str, Any]) -> tuple[float | None, float | None]:
    return figures["exact_of_both"], figures["exact_of_gold"]
