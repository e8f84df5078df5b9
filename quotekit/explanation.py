"""Why a quote was found: the features that spoke for and against it, what they add up to, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from quotekit.boundaries import content_spans, phrase_span
from quotekit.constructions import CONSTRUCTIONS, Context, Match
from quotekit.features import Candidate, features
from quotekit.model import Alternative, Evidence, Explanation, Rest, Span
from quotekit.scoring import Scorer, Scorers
from quotekit.stance import modality
from quotekit.tree import Word

# So many for and so many against: what a person reads at a glance. The others are told by their number and sum.
MOST_SHOWN = 5
# Weights have three digits; one more keeps sums of hundreds of them right to the third.
DIGITS = 4

Scored = tuple[Candidate, float]
_Reading = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
_POWER = re.compile(r"2\^(\d+)")
_PLACE = re.compile(r"\{(\w+)\}")


def explanations(
    kept: Sequence[Candidate],
    scored: Sequence[Scored],
    taken: Iterable[Candidate],
    scorers: Scorer | Scorers,
    context: Context,
) -> list[Explanation]:
    """The explanation of each candidate that was kept, given all that were scored and all that were taken."""
    rejected = _Rejected(scored, taken)
    return [explain(one, rejected.best_beside(one), scorers.of(one, context), context) for one in kept]


def explain(candidate: Candidate, alternative: Scored | None, scorer: Scorer, context: Context) -> Explanation:
    """What made the candidate as likely as it is; intercept, evidence and rest add up to the score."""
    weights = contributions(candidate, scorer, context)
    shown = _telling(weights)
    intercept, score = round(scorer.intercept, DIGITS), round(scorer.intercept + sum(weights.values()), DIGITS)
    evidence = tuple(Evidence(name, words_for(name), round(weights[name], DIGITS)) for name in shown)
    others = round(score - intercept - sum(item.weight for item in evidence), DIGITS)
    count = sum(round(weight, DIGITS) != 0 for weight in weights.values()) - len(shown)
    return Explanation(
        construction=_summary(candidate.match.construction),
        intercept=intercept,
        evidence=evidence,
        rest=Rest(count, others + 0.0),  # no -0.0
        score=score + 0.0,
        slope=scorer.slope,
        offset=scorer.offset,
        alternative=None if alternative is None else _alternative(*alternative, context),
    )


def contributions(candidate: Candidate, scorer: Scorer, context: Context) -> dict[str, float]:
    """What each feature that holds adds to the score, together with what it adds within its construction and frame."""
    prefixes = (f"{candidate.match.construction}&", f"{candidate.match.frame}&")
    found: dict[str, float] = {}
    for name in features(candidate, context):
        plain = next((name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix)), name)
        found[plain] = found.get(plain, 0.0) + scorer.weights.get(name, 0.0)
    return found


def words_for(feature: str) -> str:
    """What the feature says, in words; its own name where ``features.tsv`` has none."""
    template, value = _template(feature), feature.partition("=")[2]
    inner = value.partition(" ")[2]
    told: dict[str, Callable[[], str]] = {
        "value": lambda: value,
        "kind": lambda: _names()[0].get(f"*={value}", f"“{value}”"),
        "count": lambda: _POWER.sub(lambda power: _range(int(power[1])), value),
        "frame": lambda: words_for(f"frame={inner}"),
        "link": lambda: words_for(f"link={inner}"),
    }
    return _PLACE.sub(lambda place: told[place[1]](), template)


def _template(feature: str) -> str:
    """The words of the feature's own row, or else of the longest row that it begins like."""
    exact, beginnings = _names()
    if feature in exact:
        return exact[feature]
    beginning = max((start for start in beginnings if feature.startswith(start)), key=len, default=None)
    return feature if beginning is None else beginnings[beginning]


def _range(power: int) -> str:
    """What a bucket holds: ``2^3`` is 4 to 7."""
    return f"{2 ** (power - 1)} to {2**power - 1}"


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The words of features with this very name, and of those that begin so."""
    text = (files("quotekit") / "features.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    exact = {name: words for name, words in rows if not name.endswith("*")}
    return exact, {name[:-1]: words for name, words in rows if name.endswith("*")}


def _telling(weights: Mapping[str, float]) -> list[str]:
    """The features that weigh most on either side, the weightiest first."""
    order = sorted((name for name in weights if round(weights[name], DIGITS)), key=lambda name: -abs(weights[name]))
    supporting = [name for name in order if weights[name] > 0][:MOST_SHOWN]
    opposing = [name for name in order if weights[name] < 0][:MOST_SHOWN]
    return [name for name in order if name in {*supporting, *opposing}]


def _summary(construction: str) -> str:
    return next((known.summary for known in CONSTRUCTIONS if known.name == construction), construction)


class _Rejected:
    """The candidates that no quote was made of, by their cue's words and by their content."""

    def __init__(self, scored: Sequence[Scored], taken: Iterable[Candidate]) -> None:
        readings = {_reading(candidate) for candidate in taken}
        self._places: dict[int | tuple[int, ...], list[Scored]] = {}
        for item in scored:
            if _reading(item[0]) not in readings:
                for place in _places(item[0]):
                    self._places.setdefault(place, []).append(item)

    def best_beside(self, candidate: Candidate) -> Scored | None:
        """The likeliest other reading of the candidate's cue or of its content."""
        others = (item for place in _places(candidate) for item in self._places.get(place, ()))
        return max(others, key=lambda item: item[1], default=None)


def _reading(candidate: Candidate) -> _Reading:
    """What a candidate says, however it was found: two with the same are no alternatives."""
    match = candidate.match
    return _starts(candidate.words), _starts(match.source), tuple(word.start for word in match.cue)


def _places(candidate: Candidate) -> Iterator[int | tuple[int, ...]]:
    yield from (word.start for word in candidate.match.cue)
    yield _starts(candidate.words)


def _starts(words: Iterable[Word]) -> tuple[int, ...]:
    return tuple(word.start for word in words if word.upos != "PUNCT")


def _alternative(candidate: Candidate, probability: float, context: Context) -> Alternative:
    match, text = candidate.match, context.tree.text
    asked = modality(match, context) == "question"
    source = phrase_span(match.source, context)
    return Alternative(
        type=candidate.type,
        content=tuple(_cut(place, text) for place in content_spans(candidate.words, context, asked=asked)),
        cue=_cue(match, text),
        source=None if source is None else _cut(source, text),
        construction=match.construction,
        confidence=round(probability, DIGITS),
    )


def _cue(match: Match, text: str) -> Span | None:
    return _cut((match.cue[0].start, match.cue[-1].end), text) if match.cue else None


def _cut(place: tuple[int, int], text: str) -> Span:
    start, end = place
    return Span(start, end, text[start:end])
