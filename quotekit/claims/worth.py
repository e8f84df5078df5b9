"""How much a statement is worth a check: a logistic regression over its words and parse, with reasons in plain words.

The weights are data (``languages/CODE/worth.json``), learned from debates by ``training/claims/learn.py``; here they
are only added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from quotekit.claims.features import STEADY_WORDS, content_words, feature_scale, worth_features
from quotekit.claims.signs import Sign
from quotekit.errors import LanguageError
from quotekit.language import Language, either
from quotekit.scoring import logistic
from quotekit.tree import Word

PARTS = ("weights", "words", "intercept", "slope", "offset")
# What a sign means to a reader; signs that are not here give no reason of their own. Those below the line speak
# against.
REASONS = {
    "quantity": "a number: {}",
    "comparison": "a comparison: {}",
    "record": "the first, the only or the utmost of its kind: {}",
    "correlation": "one thing brings about another: {}",
    "rules": "a law, a rule or a right: {}",
    "voting": "how somebody voted: {}",
    "support": "who is for or against something: {}",
    "date": "a date: {}",
    "opinion": "judges: {}",
    "wish": "wishes: {}",
    "promise": "binds the speaker: {}",
    "order": "wants somebody to act: {}",
    "predictions": "tells of the future: {}",
    "hedged": "is not sure: {}",
    "conditional": "depends on something else: {}",
    "personal": "the speaker’s own experience: {}",
}
# Words of the statement itself are a reason where they weigh at least this much: in a sentence of middle length some
# 100 words do (*percentage*, *majority*, *signed*, *poverty*); below it chance grows (*estimate*, *canadian*).
TELLING = 0.15
MOST_REASONS = 6
NAMED = frozenset({"ORG", "PERSON", "PLACE"})
PROPER = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True)
class Worth:
    """Weights by feature, and for single words what is known of them in general, from where words stand in much text.

    ``slope`` and ``offset`` calibrate the sum (Platt, 1999) on sentences that the weights were not learned from.
    """

    weights: Mapping[str, float]
    words: Mapping[str, float]
    intercept: float
    slope: float
    offset: float
    language: Language

    def probability(self, words: Sequence[Word]) -> float:
        """The probability that somebody who checks facts would check this, from 0 to 1."""
        return self._probability(words, worth_features(words))

    def judge(self, words: Sequence[Word], signs: Iterable[Sign]) -> tuple[float, tuple[str, ...]]:
        """The probability, and what it rests on, in short phrases."""
        names = worth_features(words)
        signs = [sign for sign in signs if sign.what in REASONS]
        shown = {word.start for sign in signs for word in sign.words}
        telling = self._telling([word for word in words if word.start not in shown], len(names))
        reasons = [*self._signs(signs), *self._names(words), *telling, *self._vague(words)]
        return self._probability(words, names), tuple(dict.fromkeys(reasons))[:MOST_REASONS]

    def _probability(self, words: Sequence[Word], names: Sequence[str]) -> float:
        """The intercept, the features' weights scaled by their number, and the steadied mean of the words' own."""
        known = list(map(self.words.get, content_words(words), repeat(0.0)))
        own = sum(map(self.weights.get, names, repeat(0.0))) * feature_scale(len(names))
        total = self.intercept + own + sum(known) / (len(known) + STEADY_WORDS)
        return logistic(self.slope * total + self.offset)

    def _signs(self, signs: Iterable[Sign]) -> Iterator[str]:
        for sign in signs:
            if sign.words:
                yield REASONS[sign.what].format(sign.in_full)

    def _names(self, words: Sequence[Word]) -> Iterator[str]:
        """The body, person or place that the statement names first, with the capitals beside it: *New* York."""
        first = next((n for n, word in enumerate(words) if word.ner.partition("-")[2] in NAMED), None)
        if first is None:
            return
        last = first
        while first and words[first - 1].xpos in PROPER:
            first -= 1
        while last + 1 < len(words) and (words[last + 1].xpos in PROPER or words[last + 1].ner[0] in "IE"):
            last += 1
        yield f"a name: {' '.join(word.form for word in words[first : last + 1])}"

    def _telling(self, words: Sequence[Word], count: int) -> Iterator[str]:
        """The weightiest of these words that speaks for a check, in a statement with so many features."""
        scale = feature_scale(count)
        dull = either(self.language, "cognition_verbs", "light_words")
        weighed = [
            (
                scale * (self.weights.get(f"w={word.lower}", 0.0) + self.weights.get(f"l={word.lemma.lower()}", 0.0)),
                word,
            )
            for word in words
            if word.upos in ("NOUN", "VERB", "ADJ") and word.lemma.lower() not in dull
        ]
        weight, word = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
        if word is not None and weight >= TELLING:
            yield f"speaks of what is often checked: {word.form}"

    def _vague(self, words: Sequence[Word]) -> Iterator[str]:
        vague = self.language.words["vague_words"]
        for word in words:
            if word.lower in vague:
                yield f"vague: {word.form}"
                return


@cache
def load_worth(language: Language) -> Worth:
    """The check-worthiness that this language's ``worth.json`` describes.

    Raises LanguageError where the data lack a part.
    """
    missing = [name for name in PARTS if name not in language.worth]
    if missing:
        raise LanguageError("worth.json", f"damaged language data (no {', '.join(missing)})", "reinstall quotekit")
    return Worth(language=language, **{name: language.worth[name] for name in PARTS})
