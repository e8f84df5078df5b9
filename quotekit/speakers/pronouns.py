"""Whom a pronoun means: salience of what was spoken of before, agreement, and refusal where two fit about equally."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from quotekit.speakers.figures import Figure, Reference
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.names import as_acronym
from quotekit.tree import Word

WINDOW = 5  # narrative sentences back; farther antecedents of a source pronoun were as often wrong as right
DECAY = 0.55  # of salience for each sentence
SAME_SENTENCE = 2.0  # *Falk pleaded with Stone, but he refused*: three more of GUM are right with 2.0 than with 1.5
AGAIN = 3.0  # of who spoke last, for *also said* and *added*, which presuppose that the same one has spoken
PARAGRAPH_DECAY = 0.9
MARGIN = 2.5  # of the best over the next: at 1.8 one more in 33 is right, but “Lund met Stone. He …” is guessed
QUOTED_MARGIN = 3.0  # inside a quotation, where the speech situation may change who is meant
KNOWN_MARGIN = 8.0  # of one of whom nothing is known over one who is known to fit: *Robin Lund met Anna Berg. She …*
GENDER_BONUS = 1.6
UNLIKELY = 0.05  # for a given name mostly borne by the other gender: enough to refuse, too little to be chosen
UNKNOWN_KIND = 0.15  # of a figure that no list calls a person: it may be one, but a known person comes first
NAMED_IN_OWN_WORDS = 0.05  # *He said, “Stone was a giant”*: hardly anyone but a king says his own name
BODY_AS_THEY = 0.2  # *The council said … They …*: near and alone a body is meant, far off it is not
FLOOR = 0.08
NEAR = 2  # sentences in which a person must be the only one for a *they* to mean one person
SINGULAR_THEY = 0.8  # how likely it is that person, as far as the regression of ``confidence`` knows shares
SOURCE_BONUS = 0.8
QUOTED = 0.15
REPORTED = 0.5
WEIGHTS = {
    "nsubj": 1.0,
    "nsubj:pass": 0.9,
    "obj": 0.45,
    "iobj": 0.45,
    "obl:agent": 0.6,
    "nmod:poss": 0.4,
    "compound": 0.1,
    "root": 0.7,
    "vocative": 0.05,
    "appos": 0.3,
    "parataxis": 0.6,
}
OTHER_WEIGHT = 0.3


class Event(NamedTuple):
    """A figure spoken of at a place, and how much that brings it to mind.

    ``quoted`` is the quotation in marks that it stands in; ``reported`` says that it stands in what somebody is
    reported to have said, with marks or without; ``speaks``, that it is itself who is reported.
    """

    figure: Figure
    start: int
    sentence: int
    paragraph: int
    weight: float
    quoted: int | None
    reported: bool
    speaks: bool


class Salience(NamedTuple):
    """How much brings a figure to mind.

    ``narrated``: the text itself speaks of it, not only somebody whom it reports; ``spoke``: an earlier sentence
    reports what it said.
    """

    figure: Figure
    score: float
    narrated: bool
    spoke: bool


def weight_of(word: Word) -> float:
    """How much the word's place in its clause brings a figure to mind."""
    while word.udeprel in ("flat", "conj") and word.parent is not None:
        word = word.parent
    weight = WEIGHTS.get(word.deprel, WEIGHTS.get(word.udeprel, OTHER_WEIGHT))
    clause = word.parent
    if word.udeprel == "nsubj" and clause is not None and clause.udeprel in ("acl", "advcl", "ccomp", "csubj"):
        weight *= 0.75
    return weight


class Memory:
    """What the text has spoken of so far, in text order."""

    def __init__(self, narrative: Sequence[int]) -> None:
        self._narrative = narrative
        self._events: list[Event] = []

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
    ) -> Reference:
        """The figure that a pronoun of this kind means, or the candidates between whom the text does not decide.

        ``named`` are the ids of the figures that the pronoun's own words call by name: *He said Stone was wrong*;
        ``again`` is who spoke before, where the pronoun's verb says that somebody goes on: *He also said*.
        """
        scores = [
            one._replace(score=one.score * NAMED_IN_OWN_WORDS) if id(one.figure) in named else one
            for one in self._scores(word, kind, content, quoted, excluded, again)
        ]
        ranked = sorted(scores, key=lambda one: (-one.score, one.figure.start, one.figure.key))
        if kind == "plural" and not ranked and quoted is None:
            return self._alone(word, content)
        total = sum(one.score for one in ranked) or 1.0
        shares = tuple(one.score / total for one in ranked)
        if not ranked or ranked[0].score < FLOOR:
            return Reference(None, "pronoun", tuple(one.figure for one in ranked[:3]), shares[:3])
        best = ranked[0]
        margin = MARGIN if quoted is None else QUOTED_MARGIN
        rivals = [one.figure for one in ranked if one.score * margin > best.score]
        if len(rivals) > 1:
            return Reference(None, "pronoun", tuple(rivals[:4]), shares[:4])
        if any(_better_known(other, best, kind) and other.score * KNOWN_MARGIN > best.score for other in ranked[1:]):
            return Reference(None, "pronoun", tuple(one.figure for one in ranked[:4]))
        distance = self._distance(word, best.figure)
        return Reference(best.figure, "pronoun", (), shares[:1], distance, quoted=quoted is not None)

    def _alone(self, word: Word, content: Sequence[tuple[int, int]]) -> Reference:
        """Whom a *they* means where no group is near: the only person near, of whom nothing tells he or she."""
        here = self._narrative[word.sentence.index]
        near: dict[int, Figure] = {}
        for event in reversed(self._events):
            if here - self._narrative[event.sentence] > NEAR:
                break
            inside = event.start >= word.start or any(start <= event.start < end for start, end in content)
            if not inside and event.figure.type not in ("document", "organization"):
                near[id(event.figure)] = event.figure
        only = next(iter(near.values())) if len(near) == 1 else None
        if only is None or only.type not in ("person", "anonymous") or (only.gender or only.likely_gender) is not None:
            return Reference(None, "pronoun")
        return Reference(only, "pronoun", (), (SINGULAR_THEY,), self._distance(word, only))

    def _distance(self, word: Word, figure: Figure) -> int:
        last = next(event for event in reversed(self._events) if event.figure is figure and event.start < word.start)
        return self._narrative[word.sentence.index] - self._narrative[last.sentence]

    def _scores(
        self,
        word: Word,
        kind: str,
        content: Sequence[tuple[int, int]],
        quoted: int | None,
        excluded: Figure | None,
        again: Figure | None,
    ) -> list[Salience]:
        here = self._narrative[word.sentence.index]
        scores: dict[int, float] = defaultdict(float)
        figures: dict[int, Figure] = {}
        narrated: set[int] = set()
        spoke: set[int] = set()
        agreements: dict[int, float] = {}
        for event in reversed(self._events):
            distance = here - self._narrative[event.sentence]
            if distance > WINDOW:
                break
            if event.start >= word.start or event.figure is excluded:
                continue
            if any(start <= event.start < end for start, end in content):
                continue
            key = id(event.figure)
            agreement = agreements.get(key)
            if agreement is None:
                agreement = agreements[key] = agrees(event.figure, kind)
            if not agreement:
                continue
            inside = QUOTED if event.quoted is not None and event.quoted != quoted else 1.0
            near = DECAY**distance if event.sentence != word.sentence.index else SAME_SENTENCE
            if event.figure is again:
                near *= AGAIN
            apart = PARAGRAPH_DECAY ** min(abs(word.sentence.paragraph - event.paragraph), WINDOW)
            scores[key] += event.weight * agreement * inside * apart * near
            figures[key] = event.figure
            if not event.reported:
                narrated.add(key)
            if event.speaks and event.sentence != word.sentence.index:
                spoke.add(key)
        return [Salience(figures[key], score, key in narrated, key in spoke) for key, score in scores.items()]


def goes_on(word: Word, lexicon: Lexicon) -> bool:
    """Whether the verb of this subject says that somebody goes on speaking: *she also said*, *he added*."""
    verb = word.parent
    if word.udeprel != "nsubj" or verb is None:
        return False
    also = any(child.lower in lexicon.words["additive_adverbs"] for child in verb.children_by("advmod"))
    return also or verb.lemma.lower() in lexicon.words["additive_verbs"]


def means_others(word: Word, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether a *they* may mean a plural of its own sentence that no list knows: *stokers were late, but they …*.

    A *they* that shows or reveals may also mean a thing: *she released the papers, though they showed no tax*.
    """
    verb = word.parent
    shows = verb is not None and word.udeprel == "nsubj" and verb.lemma.lower() in lexicon.words["showing_verbs"]
    places = ("nsubj", "obj") if shows else ("nsubj",)
    kinds = (None, "document") if shows else (None,)
    if not shows and not reference.distance:
        return False
    return any(
        other.upos == "NOUN"
        and other.udeprel in places
        and other.has_feature("Number=Plur")
        and lexicon.kind(other) in kinds
        for other in word.sentence.words[: word.id - 1]
    )


def _better_known(other: Salience, best: Salience, kind: str) -> bool:
    """Whether it is known of the other, and not of the best, that this pronoun is used: *Robin met Ann. She …*

    Not of one who is only spoken of in reports beside one who made them: *Robin said Ann was late. “…,” she said.*
    """
    if kind not in ("male", "female") or (best.figure.gender or best.figure.likely_gender) is not None:
        return False
    known = (other.figure.gender or other.figure.likely_gender) == kind
    return known and (other.narrated or not best.spoke)


def agrees(figure: Figure, kind: str) -> float:
    """How well a figure fits a pronoun of this kind; 0 where it cannot."""
    thing = figure.type == "document" or (figure.type == "unknown" and figure.described)
    if thing and kind != "neuter":
        return 0.0
    if kind in ("male", "female"):
        if figure.plural or figure.type not in ("person", "anonymous", "unknown") or figure.conflicts(kind):
            return 0.0
        if figure.type == "unknown" and as_acronym(figure.name) is not None:
            return 0.0  # *the hall at NPH. He …*: initials of which nothing says that they are a person's
        gender = figure.gender or figure.likely_gender
        known = 1.0 if gender is None else GENDER_BONUS if gender == kind else UNLIKELY
        return known if figure.type != "unknown" else UNKNOWN_KIND * known
    if kind == "neuter":
        return 1.0 if figure.type in ("organization", "document") and not figure.plural else 0.0
    if kind == "plural":
        if figure.type == "group" or figure.plural:
            return 1.0
        return BODY_AS_THEY if figure.type == "organization" else 0.0
    return 0.0
