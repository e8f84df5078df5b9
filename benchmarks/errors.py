"""Error analysis: every miss and every false alarm sorted into a kind by simple rules, the most frequent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.corpus import KINDS, Item, Judged, Words, agree, overlap
from benchmarks.recall import right_ones, with_content
from benchmarks.tables import table

MOST_FREQUENT = 20
SHOWN = 110


@dataclass(frozen=True, slots=True, eq=False)
class Error:
    """One error: its kind, where it is, and whether the right answer was a candidate (None: there is no right one)."""

    kind: str
    article: Judged
    gold: Item | None
    found: Item | None
    proposed: bool | None

    @property
    def speech(self) -> str:
        """direct, mixed or indirect, as the gold has it, or we where the gold has nothing."""
        item = self.gold or self.found
        return item.kind if item is not None else ""


def errors(articles: Iterable[Judged]) -> Iterator[Error]:
    """Every miss and every false alarm. A right content with a wrong source is both at once, and told once."""
    for article in articles:
        right = {id(gold) for gold, _ in article.right}
        paired = {id(gold): found for gold, found in article.pairs}
        for gold in article.gold:
            if id(gold) not in right:
                found = paired.get(id(gold))
                kind, near = (source_kind(gold, found, article), found) if found else miss_kind(gold, article)
                yield Error(kind, article, gold, near, bool(right_ones(gold, article)))
        used = {id(found) for _, found in article.pairs}
        for found in article.found:
            if id(found) not in used:
                yield Error(*alarm_kind(found, article), found, None)


# --- misses


def source_kind(gold: Item, found: Item, article: Judged) -> str:
    """What is wrong with the source of a right content."""
    if not found.source:
        return "source: missing"
    if not gold.source:
        return "source: the gold has none"
    if _is_other_holder(gold, found, article):
        return "source: another holder of the same report (via)"
    if found.source > gold.source:
        return "source: longer"
    if found.source < gold.source:
        return "source: shorter"
    if found.source & gold.source:
        return "source: other boundaries"
    return f"source: {'another mention of the same speaker' if _same_speaker(gold, found, article) else 'another'}"


def _is_other_holder(gold: Item, found: Item, article: Judged) -> bool:
    """Whether the gold's source is another one of the same quote: its own instead of its ``via``, or the reverse."""
    same = [item for item in (*article.found, *article.nested) if item.quote is found.quote and item is not found]
    return any(item.source and agree(gold.source, item.source) for item in same)


def _same_speaker(gold: Item, found: Item, article: Judged) -> bool:
    """Whether the gold's source is a mention of the speaker we named."""
    quote = found.quote
    ref = quote.speaker if quote is not None else None
    mentions = [
        mention
        for speaker in article.extraction.speakers
        if ref is not None and ref.id is not None and speaker.id == ref.id
        for mention in speaker.mentions
    ]
    return any(mention.start <= place < mention.end for mention in mentions for place in gold.source)


def miss_kind(gold: Item, article: Judged) -> tuple[str, Item | None]:
    """Why the gold's content is not among ours, and what of ours comes nearest."""
    hidden = next((item for item in article.nested if agree(gold.content, item.content)), None)
    if hidden is not None:
        return "content: found, but inside a larger quote of ours", hidden
    near = max(article.found, key=lambda item: overlap(gold.content, item.content), default=None)
    if near is not None and near.content & gold.content:
        owner = next((one for one, other in article.pairs if other is near), None)
        if owner is not None:
            return "content: taken in by the quote of another gold", near
        return f"content: {boundary_kind(gold.content, near.content)}", near
    return _unfound_kind(gold, article), None


def boundary_kind(gold: Words, found: Words) -> str:
    """At which side a content is too long or too short: *too long at the right*."""
    sides = [
        (min(found) < min(gold), "too long at the left"),
        (min(found) > min(gold), "too short at the left"),
        (max(found) > max(gold), "too long at the right"),
        (max(found) < max(gold), "too short at the right"),
    ]
    return ", ".join(name for true, name in sides if true) or "a stretch in the middle"


def _unfound_kind(gold: Item, article: Judged) -> str:
    """Why nothing of ours touches the gold's content."""
    right = right_ones(gold, article)
    if right:
        return "nothing found: candidate " + ("lost to another" if right[0].likely else "below the threshold")
    if with_content(gold, article):
        return "nothing found: candidate with another source"
    if any(one.content & gold.content for one in article.proposals):
        return "nothing found: candidate with other boundaries"
    return f"nothing found: no candidate, {_cue_kind(gold, article)}"


def _cue_kind(gold: Item, article: Judged) -> str:
    if not gold.cue:
        return "no cue"
    entries = [article.cues[place] for place in gold.cue if place in article.cues]
    if not entries:
        return "unknown cue"
    best = max(entries, key=lambda entry: entry.reporting / (entry.seen + 4))
    return f"known {'noun' if best.upos in ('NOUN', 'PROPN') else best.upos.lower()} cue"


# --- false alarms


def alarm_kind(found: Item, article: Judged) -> tuple[str, Judged, Item | None]:
    """What a quote that agrees with no gold is instead, with the gold that comes nearest."""
    near = max(article.gold, key=lambda item: overlap(item.content, found.content), default=None)
    if near is not None and near.content & found.content:
        return f"false alarm: {_touching_kind(near, found, article)}", article, near
    same_cue = next((item for item in article.gold if item.cue & found.cue), None)
    if same_cue is not None:
        return "false alarm: a gold's cue with another content", article, same_cue
    inside = next((item for item in article.gold if found.cue and found.cue <= item.content), None)
    if inside is not None:
        return "false alarm: cue inside a gold's content", article, inside
    construction = found.quote.construction if found.quote is not None else ""
    name = "deed with object" if construction == "object" else construction
    return f"false alarm: not annotated, {name}", article, None


def _touching_kind(gold: Item, found: Item, article: Judged) -> str:
    if found.content < gold.content and found.cue and found.cue <= gold.content:
        return "nested in a gold's content"
    if gold.cue and gold.cue <= found.content and (gold.content & found.content):
        return "around a gold attribution"
    if any(one is gold for one, _ in article.pairs):
        return "second quote on a gold's content"
    return "other boundaries than the gold's (also a miss)"


# --- the report


def error_figures(found: Sequence[Error]) -> dict[str, Any]:
    """How many errors of each kind there are, the most frequent first; no text."""
    groups = grouped(found)
    return {
        "misses": sum(not _is_alarm(error) for error in found),
        "false_alarms": sum(_is_alarm(error) for error in found),
        "kinds": [
            {
                "kind": kind,
                "count": len(group),
                **{speech: sum(error.speech == speech for error in group) for speech in KINDS},
                "proposed": None if _is_alarm(group[0]) else sum(bool(error.proposed) for error in group),
            }
            for kind, group in groups.items()
        ],
    }


def grouped(found: Iterable[Error]) -> dict[str, list[Error]]:
    """The errors by kind, the most frequent kind first."""
    groups: defaultdict[str, list[Error]] = defaultdict(list)
    for error in found:
        groups[error.kind].append(error)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _is_alarm(error: Error) -> bool:
    return error.kind.startswith("false alarm")


def errors_table(figures: dict[str, Any]) -> str:
    """The twenty most frequent kinds; *proposed* counts those whose right answer was a candidate."""
    columns = ("count", *KINDS, "proposed")
    rows = [(one["kind"], *(one[column] for column in columns)) for one in figures["kinds"][:MOST_FREQUENT]]
    title = f"Errors: {figures['misses']} misses, {figures['false_alarms']} false alarms; the most frequent kinds"
    return table(title, ("", *columns), rows)


def examples(found: Iterable[Error], count: int) -> str:
    """Where the first errors of each frequent kind are, with the text that stands there: for a terminal only."""
    lines = []
    for kind, group in list(grouped(found).items())[:MOST_FREQUENT]:
        lines.append(f"{kind} ({len(group)})")
        for error in group[:count]:
            lines.append(f"  {error.article.id}")
            lines += [
                f"    {name}: {_shown(item, error.article.text)}"
                for name, item in (("gold", error.gold), ("ours", error.found))
                if item is not None
            ]
    return "\n".join(lines)


def _shown(item: Item, text: str) -> str:
    """*100-140 [source] <cue> content*, the content cut short."""
    places = ", ".join(f"{start}-{end}" for start, end in item.spans)
    content = " … ".join(text[start:end] for start, end in item.spans).replace("\n", " ")
    content = content if len(content) <= SHOWN else content[: SHOWN // 2] + " […] " + content[-SHOWN // 2 :]
    return f"{places} [{_phrase(item.source, text)}] <{_phrase(item.cue, text)}> {content}"


def _phrase(words: Words, text: str) -> str:
    """The text from the first to the end of the last of these words."""
    if not words:
        return ""
    end = max(words)
    while end < len(text) and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return text[min(words) : end].replace("\n", " ")[:SHOWN]
