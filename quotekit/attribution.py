"""Matches and marks become quotes: candidates are scored, overlaps settled in one pass, nesting and *via* kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from quotekit.acts import act
from quotekit.boundaries import Offsets, bounded, content_spans, phrase_span, quote_type, quoted_spans
from quotekit.constructions import Context, Match, find_matches
from quotekit.constructions.emptiness import is_empty
from quotekit.explanation import explanations
from quotekit.features import Candidate
from quotekit.model import Explanation
from quotekit.scoring import Scorer, Scorers
from quotekit.stance import modality, polarity
from quotekit.tree import Word

# A tag around a whole report makes it the second holder's: *Ruiz said …, Li reported.* The report may lose this many
# words to the tag's content (a connective, an adverb) and still be all that the tag comments on.
VIA_SLACK = 3


# Only what a verb of saying reports has a second holder: *say* reports in 85 of 100 uses, *tell* in 69, *remember* in
# 34 (cues.tsv); of *Octopuses remember the way, a study says* the study is the only source.
REPORTS_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of attribution, still in words of the tree; ``parent`` is an index into the list it stands in."""

    match: Match
    words: tuple[Word, ...]
    content: tuple[Offsets, ...]
    quoted: tuple[Offsets, ...]
    source: Offsets | None
    type: str
    act: str
    polarity: str
    modality: str
    confidence: float
    via: tuple[Match, ...] = ()
    parent: int | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A scored candidate with the places of its words, for comparing it with others."""

    candidate: Candidate
    probability: float
    content: frozenset[int]
    head: int
    cue: frozenset[int]
    via: tuple[Match, ...] = ()


def candidates(context: Context) -> Iterable[Candidate]:
    """Every distinct candidate of the article, its content bounded by the marks."""
    seen = set()
    for match in find_matches(context):
        words = bounded(match, context)
        if not any(word.upos != "PUNCT" for word in words) or is_empty(match, words, context):
            continue
        key = (match.construction, match.head, match.source, words)
        if key not in seen:
            seen.add(key)
            yield Candidate(match, words, quote_type(words, context))


def attribute(
    context: Context, scorers: Scorer | Scorers, *, min_confidence: float | None = None, explain: bool = False
) -> list[Attribution]:
    """The quotes of an article in text order, each with the index of the quote it stands in, if any.

    ``min_confidence`` (0 to 1) replaces the scorer's own threshold; with ``explain`` each has its explanation.
    """
    scored, likely = [], []
    for candidate in candidates(context):
        scorer = scorers.of(candidate, context)
        probability = scorer.probability(candidate, context)
        scored.append((candidate, probability))
        if probability >= (scorer.threshold if min_confidence is None else min_confidence):
            likely.append(choice_of(candidate, probability))
    chosen = settled(likely)
    kept = _with_via(sorted(chosen, key=lambda choice: (min(choice.content), -len(choice.content))), context)
    found = _nested([_attribution(choice, context) for choice in kept], kept)
    if not explain:
        return found
    taken = [choice.candidate for choice in chosen]
    reasons = explanations([choice.candidate for choice in kept], scored, taken, scorers, context)
    return [replace(one, explanation=reason) for one, reason in zip(found, reasons, strict=True)]


def choice_of(candidate: Candidate, probability: float) -> Choice:
    """The candidate with its probability, ready to be settled."""
    places = frozenset(word.start for word in candidate.words if word.upos != "PUNCT")
    cue = frozenset(word.start for word in candidate.match.cue)
    return Choice(candidate, probability, places, candidate.match.head.start, cue)


def settled(choices: Iterable[Choice]) -> list[Choice]:
    """The choices that agree with each other, the likeliest first: one a cue, contents apart or nested whole."""
    order = sorted(choices, key=lambda c: (-c.probability, min(c.content), -len(c.content), c.head))
    kept: list[Choice] = []
    cues: set[int] = set()
    owners: dict[int, list[Choice]] = {}
    for choice in order:
        if choice.cue & cues:
            continue
        near = {id(other): other for place in (*choice.content, choice.head) for other in owners.get(place, ())}
        if all(_compatible(choice, other) for other in near.values()):
            kept.append(choice)
            cues |= choice.cue
            for place in (*choice.content, choice.head):
                owners.setdefault(place, []).append(choice)
    return kept


def _compatible(a: Choice, b: Choice) -> bool:
    """Whether two quotes can both be true: apart, or one wholly inside the other's content with its cue."""
    if a.head in b.content:
        return a.content < b.content
    if b.head in a.content:
        return b.content < a.content
    return not a.content & b.content


def _with_via(choices: list[Choice], context: Context) -> list[Choice]:
    """Folds a tag around a whole report into the report's ``via``: *Ruiz said …, the Tribune reported.*"""
    outer_of: dict[int, Choice] = {}
    by_head = {choice.head: choice for choice in choices}
    # The widest first, so that of several holders the nearest one is left: *Ruiz said, Li recalled, the Sun reported.*
    for outer in sorted(filter(_may_be_via, choices), key=lambda choice: -len(choice.content)):
        for inner in (by_head[place] for place in outer.content if place in by_head):
            if inner.content < outer.content and _is_all_of(inner, outer) and _is_report(inner, context):
                outer_of[id(inner)] = outer
    folded = {id(outer) for outer in outer_of.values()}
    found = []
    for choice in choices:
        if id(choice) not in folded:
            found.append(replace(choice, via=tuple(outer.candidate.match for outer in _outward(choice, outer_of))))
    return found


def _outward(choice: Choice, outer_of: Mapping[int, Choice]) -> Iterator[Choice]:
    """The holders around a report, the nearest first; each has more content than the one before."""
    outer = outer_of.get(id(choice))
    while outer is not None:
        yield outer
        outer = outer_of.get(id(outer))


def _may_be_via(outer: Choice) -> bool:
    """Whether this report follows or frames its content; *Li reported that Ruiz said …* is two, one in the other.

    So is *“My mother said so,” Rosa recalled*: of direct speech its speaker is the holder.
    """
    match = outer.candidate.match
    if outer.candidate.type == "direct":
        return False
    follows = outer.candidate.words[-1].precedes(match.head)
    return bool(match.source) and (follows or match.construction == "prepositional")


def _is_report(inner: Choice, context: Context) -> bool:
    """Whether somebody is named who said this."""
    head = inner.candidate.match.head
    entry = context.language.cues.get((head.lemma.lower(), head.upos))
    mostly = entry is not None and entry.reporting >= REPORTS_MOSTLY * entry.seen
    return mostly and bool(inner.candidate.match.source)


def _is_all_of(inner: Choice, outer: Choice) -> bool:
    match = inner.candidate.match
    report = inner.content | {word.start for word in (*match.cue, *match.source)}
    above = next(match.head.ancestors(), None)
    is_main = above is None or above.start not in outer.content
    return is_main or len(outer.content - report) <= VIA_SLACK


def _attribution(choice: Choice, context: Context) -> Attribution:
    candidate = choice.candidate
    mood = modality(candidate.match, context)
    content = content_spans(candidate.words, context, asked=mood == "question")
    return Attribution(
        match=candidate.match,
        words=candidate.words,
        content=content,
        quoted=quoted_spans(content, context),
        source=phrase_span(candidate.match.source, context),
        type=candidate.type,
        act=act(candidate.match, candidate.type, context),
        polarity=polarity(candidate.match, context),
        modality=mood,
        confidence=round(choice.probability, 4),
        via=choice.via,
    )


def _nested(attributions: list[Attribution], choices: list[Choice]) -> list[Attribution]:
    """Each quote with the index of the smallest quote whose content holds its cue."""
    holders: dict[int, list[int]] = {}
    for index, choice in enumerate(choices):
        for place in choice.content:
            holders.setdefault(place, []).append(index)
    found = []
    for index, (attribution, choice) in enumerate(zip(attributions, choices, strict=True)):
        around = [other for other in holders.get(choice.head, ()) if other != index]
        parent = min(around, key=lambda other: len(choices[other].content), default=None)
        found.append(replace(attribution, parent=parent))
    return found
