"""Sentences of the treebank once more, in shapes that news has and it seldom: headlines, capitals, no full stop."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from treebank import Sentence

# Shares of the sentences that come a second time in each shape.
CAPITALS, HEADLINES, SMALL, NO_STOPS = 0.03, 0.03, 0.01, 0.04
LITTLE = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


def shaped(sentences: Sequence[Sentence], seed: int) -> Iterator[Sentence]:
    """Some of the sentences in another shape each; tags, heads and relations stay."""
    chance = random.Random(seed)
    for sentence in sentences:
        drawn = chance.random()
        if drawn < CAPITALS:
            yield replace(sentence, forms=tuple(form.upper() for form in sentence.forms))
        elif drawn < CAPITALS + HEADLINES:
            yield without_stop(replace(sentence, forms=tuple(map(_titled, sentence.forms))))
        elif drawn < CAPITALS + HEADLINES + SMALL:
            yield replace(sentence, forms=tuple(form.lower() for form in sentence.forms))
        elif drawn < CAPITALS + HEADLINES + SMALL + NO_STOPS:
            yield without_stop(sentence)


def without_stop(sentence: Sentence) -> Sentence:
    """The sentence without its last full stop, where that is a word of its own on which no other hangs."""
    last = len(sentence)
    if last < 3 or sentence.forms[-1] != "." or last in sentence.heads or sentence.heads[-1] == 0:
        return sentence
    return Sentence(
        sentence.forms[:-1],
        sentence.lemmas[:-1],
        sentence.upos[:-1],
        sentence.xpos[:-1],
        sentence.feats[:-1],
        sentence.heads[:-1],
        sentence.relations[:-1],
    )


def _titled(form: str) -> str:
    return form if form.lower() in LITTLE or not form[0].isalpha() else form[0].upper() + form[1:]
