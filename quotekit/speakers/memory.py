"""What a text has spoken of, and whom a pronoun means by it: refusal where two fit about equally.

A conditional log-linear model over those spoken of before and nobody (``salience_features``), learned from news where
gender tells whom a pronoun means (``training/speakers/antecedents.py``); agreement and what such places cannot teach
are factors of the odds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice, repeat
from typing import Any, NamedTuple

from quotekit.scoring import logistic
from quotekit.speakers.agreement import UNLIKELY, agrees, may_be_one
from quotekit.speakers.figures import BODIES, Figure, Reference
from quotekit.speakers.salience import WINDOW, Asked, Event, acts, place_of, salience_features, shares
from quotekit.tree import Word

# How likely the best must be beside all others, for an answer. Of sources whose antecedent gender tells, 93 in 100 have
# an answer so, 96 of which are right without gender; of seven answers of news between 0.6 and this, two were right.
SURE = 0.65
SURE_IN_QUOTATION = 0.7  # where the speech situation may change who is meant
EVEN_MARGIN = 20.0  # of the better of two who were named once, together
KNOWN_MARGIN = 3.0  # of one of whom nothing is known over one who is known to fit: *Robin Lund met Anna Berg. She …*
REACH = 60  # sentences back, where a text is quotation throughout and the narrative stands still
MOST_LIKELY = 0.999  # beyond it the odds would be without bounds
LIKELY = 0.5  # of one of several whom a pronoun may mean: then it brings them to mind
LEAST_REST = 0.05  # of whomever else it may mean
LEAST = 0.05  # of a candidate that is worth naming
MOST_CANDIDATES = 4
# What a *they* or *it* means is often no figure: log-odds of nobody, where *he* and *she* have what was learned.
NOBODY_AS_THING = -2.0
# Of who spoke last, for *also said* and *added*, beside what was learned: 122 of 134 such in news are the same.
AGAIN = 2.0
NAMED_IN_OWN_WORDS = 0.05  # *He said, “Stone was a giant”*: hardly anyone but a king says his own name
PASSIVE = 0.3  # of what neither speaks nor acts, a body or what no article makes certain: *to name a new candidate*
QUOTED = 0.15  # of a figure that only other people's quotations speak of
NEAR = 2  # sentences in which a person must be the only one for a *they* to mean one person
SINGULAR_THEY = 0.8  # how likely it is that person

Near = Sequence[tuple[int, Event]]  # of one figure before a pronoun, the latest first, each with its distance


class Ranked(NamedTuple):
    """A figure and how likely it is the one meant, beside all others.

    ``narrated``: the text itself speaks of it, not only somebody whom it reports; ``spoke``: an earlier sentence
    reports what it said.
    """

    figure: Figure
    share: float
    narrated: bool
    spoke: bool


class Memory:
    """What the text has spoken of so far, in text order, and what ``antecedents.json`` knows of whom a pronoun means.

    ``narrative`` counts for each sentence those before it that are not quotation throughout.
    """

    def __init__(self, narrative: Sequence[int], antecedents: Mapping[str, Any]) -> None:
        self._narrative = narrative
        self._weights: Mapping[str, float] = antecedents["weights"]
        self._nobody: float = antecedents["nobody"]
        self._slope: float = antecedents["slope"]
        self._offset: float = antecedents["offset"]
        self._events: list[Event] = []
        self._stand_ins: dict[int, Figure] = {}  # by their ids

    def note(self, event: Event) -> None:
        """Remember that a figure was spoken of."""
        self._events.append(event)

    def resolve(
        self,
        word: Word,
        kind: str,
        *,
        content: Sequence[tuple[int, int]] = (),
        quoted: int | None = None,
        excluded: Figure | None = None,
        named: Collection[int] = (),
        again: Figure | None = None,
        use: str = "other",
    ) -> Reference:
        """The figure that a pronoun of this kind means, or the candidates between whom the text does not decide.

        ``named`` are the ids of the figures that the pronoun's own words call by name: *He said Stone was wrong*;
        ``again`` is who spoke before, where the pronoun's verb says that somebody goes on: *He also said*; ``use`` is
        that of ``salience.Asked``.
        """
        before = self.before(word, content, excluded)
        fitting = {key: fit for key, events in before.items() if (fit := agrees(events[0][1].figure, kind))}
        asked = asked_of(word, use, before)
        nobody = self._nobody if kind in ("male", "female") else NOBODY_AS_THING
        totals = []
        for key, agreement in fitting.items():
            events = before[key]
            figure = events[0][1].figure
            weights = map(self._weights.get, salience_features(asked, events, again=figure is again), repeat(0.0))
            factor = agreement * _likelihood(events, quoted)
            if figure is again:
                factor *= AGAIN
            if key in named:
                factor *= NAMED_IN_OWN_WORDS
            totals.append(sum(weights) + math.log(factor))
        found = [_ranked(before[key], share, word) for key, share in zip(fitting, shares(totals, nobody), strict=True)]
        ranked = sorted(found, key=lambda one: (-one.share, one.figure.start, one.figure.key))
        if kind == "plural" and not ranked and quoted is None:
            return _alone(before)
        best = ranked[0] if ranked else None
        least = SURE if quoted is None else SURE_IN_QUOTATION
        if best is None or best.share < least or id(best.figure) in self._stand_ins:
            return self._open(ranked, kind, word)
        if agrees(best.figure, kind) <= UNLIKELY or _is_outknown(ranked, kind) or _is_even(ranked, kind, before, named):
            return self._open(ranked, kind, word)
        distance = before[id(best.figure)][0][0]
        sure = self._rightness(best.share)
        return Reference(best.figure, "pronoun", (), (sure,), distance, quoted=quoted is not None)

    def _rightness(self, share: float) -> float:
        """How often a figure with this share is the one meant, as counted of *he* and *she* in news."""
        share = min(share, MOST_LIKELY)
        return logistic(self._slope * math.log(share / (1 - share)) + self._offset)

    def _open(self, ranked: Sequence[Ranked], kind: str, word: Word) -> Reference:
        """No answer, with the candidates; for one whom *he* or *she* means a figure stands in that has no name."""
        known = (one for one in ranked if id(one.figure) not in self._stand_ins and one.share >= LEAST)
        named = list(islice(known, MOST_CANDIDATES))
        stand_in = next((one.figure for one in ranked[:1] if id(one.figure) in self._stand_ins), None)
        if stand_in is None and kind in ("male", "female"):
            stand_in = Figure(f"pronoun:{word.start}", word.form, "person", start=word.start, sure_genders={kind})
            self._stand_ins[id(stand_in)] = stand_in
        figures, likely = tuple(one.figure for one in named), tuple(one.share for one in named)
        return Reference(None, "pronoun", figures, likely, stand_in=stand_in)

    def before(
        self, word: Word, content: Sequence[tuple[int, int]], excluded: Figure | None
    ) -> dict[int, list[tuple[int, Event]]]:
        """The events before a word and near it by their figure's id, the latest first, each with its distance."""
        here = self._narrative[word.sentence.index]
        found: dict[int, list[tuple[int, Event]]] = defaultdict(list)
        for event in reversed(self._events):
            distance = here - self._narrative[event.word.sentence.index]
            if distance > WINDOW or word.sentence.index - event.word.sentence.index > REACH:
                break
            start = event.word.start
            own = any(begin <= start < end for begin, end in content)
            if start < word.start and event.figure is not excluded and not own:
                found[id(event.figure)].append((distance, event))
        return found


def asked_of(word: Word, use: str, before: Mapping[int, Near]) -> Asked:
    """The pronoun, of whom the text itself has spoken last before it, whom it reported last, and who is alone."""
    told = [event for events in before.values() for _, event in events if event.quoted is None]
    spoken = [event for event in told if event.speaks]
    last, speaker = (max(events, key=lambda event: event.word.start, default=None) for events in (told, spoken))
    return Asked(
        word, use, last.figure if last else None, speaker.figure if speaker else None, _alone_before(word, before)
    )


def _alone_before(word: Word, before: Mapping[int, Near]) -> Figure | None:
    people = [events for events in before.values() if may_be_one(events[0][1].figure)]
    told = [[(distance, event) for distance, event in events if event.quoted is None] for events in people]
    if any(event.word.sentence is word.sentence for events in told for _, event in events):
        return None
    near = [events[0][1].figure for events in told if events and events[0][0] <= 1]
    return near[0] if len(near) == 1 else None


def _likelihood(events: Near, quoted: int | None) -> float:
    """What a figure's odds are multiplied by for how it was spoken of, which gender cannot teach."""
    factor, figure = events[0][1].share, events[0][1].figure
    anyone = not figure.certain and not figure.plural
    if (figure.type in BODIES or anyone) and not any(acts(event) for _, event in events):
        factor *= PASSIVE
    if all(event.quoted is not None and event.quoted != quoted for _, event in events):
        factor *= QUOTED
    return factor


def _ranked(events: Near, share: float, word: Word) -> Ranked:
    narrated = any(not event.reported for _, event in events)
    spoke = any(event.speaks and event.word.sentence is not word.sentence for _, event in events)
    return Ranked(events[0][1].figure, share, narrated, spoke)


def _is_even(ranked: Sequence[Ranked], kind: str, before: Mapping[int, Near], named: Collection[int]) -> bool:
    """Whether the two likeliest are named once each, in one clause: *Peter Lund met David Stone. He said …*.

    In news the subject is meant in 53 of 58 places whose gender tells, but there the text has spoken of both before.
    """
    if len(ranked) == 1:
        return False
    leader, rival = ranked[:2]
    fits = agrees(rival.figure, kind) > UNLIKELY and id(rival.figure) not in named
    if not fits or rival.share * EVEN_MARGIN < leader.share:
        return False
    (_, best), *again = before[id(leader.figure)]
    (_, other), *others = before[id(rival.figure)]
    (_, first), (_, second) = place_of(best.word), place_of(other.word)
    return not again and not others and first.parent is not None and first.parent is second.parent


def _is_outknown(ranked: Sequence[Ranked], kind: str) -> bool:
    """Whether the best is one of whom nothing is known beside one who is known to fit."""
    best = ranked[0]
    return any(_better_known(other, best, kind) and other.share * KNOWN_MARGIN > best.share for other in ranked[1:])


def _better_known(other: Ranked, best: Ranked, kind: str) -> bool:
    """Whether it is known of the other, and not of the best, that this pronoun is used: *Robin met Ann. She …*

    Not of one who is only spoken of in reports beside one who made them: *Robin said Ann was late. “…,” she said.*
    """
    if kind not in ("male", "female") or best.figure.apparent_gender is not None:
        return False
    known = other.figure.apparent_gender == kind
    return known and (other.narrated or not best.spoke)


def _alone(before: Mapping[int, Near]) -> Reference:
    """Whom a *they* means where no group is near: the only person near, of whom nothing tells he or she."""
    latest = [events[0] for events in before.values() if events[0][0] <= NEAR]
    near = [(distance, event.figure) for distance, event in latest if event.figure.type not in BODIES]
    if len(near) != 1:
        return Reference(None, "pronoun")
    ((distance, only),) = near
    if only.type not in ("person", "anonymous") or only.apparent_gender is not None:
        return Reference(None, "pronoun")
    return Reference(only, "pronoun", (), (SINGULAR_THEY,), distance)
