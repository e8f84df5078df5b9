"""What check-worthiness is read from: words, their neighbours and heads, tags, numbers, names, length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotekit.tree import Word

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"})
# Steps of the counts: a number more or less tells much where there are few.
LENGTHS = (3, 5, 8, 12, 16, 20, 25, 30, 40, 50)
NUMBERS = (1, 2, 3, 4)
NAMES = (1, 2, 3, 5)
PREDICATE = frozenset({"nsubj", "aux", "cop", "obj", "expl"})


def worth_features(words: Sequence[Word]) -> list[str]:
    """The names of the features that hold for these words, each once, in a steady order.

    ``w=`` a form, ``b=`` two forms in a row, ``l=`` and ``lb=`` lemmas, ``d=`` a lemma under another, ``p=``, ``x=``,
    ``f=`` tags, ``m=`` a lemma beside a tag, ``r…=`` the main predicate, ``n=`` a name's kind, the others counts.
    """
    forms = [_shape(word, word.lower) for word in words]
    lemmas = [_shape(word, word.lemma.lower()) for word in words]
    found = [*_row(words, forms, lemmas), *_tags(words), *_tree(words, lemmas), *_counts(words, lemmas)]
    return list(dict.fromkeys(found))


def content_words(words: Sequence[Word]) -> list[str]:
    """The forms of the words that carry the content, in lower case, for what is known of words in general."""
    return [word.lower for word in words if word.upos in CONTENT]


def _shape(word: Word, written: str) -> str:
    """The word; a number as its kind, for no two sentences have the same."""
    if _DIGIT.search(word.form):
        return "#year" if _YEAR.fullmatch(word.form) else "#num"
    return written


def _row(words: Sequence[Word], forms: Sequence[str], lemmas: Sequence[str]) -> Iterator[str]:
    for form, lemma in zip(forms, lemmas, strict=True):
        yield f"w={form}"
        yield f"l={lemma}"
    for left, right in pairwise(forms):
        yield f"b={left} {right}"
    for left, right in pairwise(lemmas):
        yield f"lb={left} {right}"
    for place, (left_word, right_word) in enumerate(pairwise(words)):
        yield f"m={lemmas[place]} {right_word.upos}"
        yield f"m2={left_word.upos} {lemmas[place + 1]}"


def _tags(words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        yield f"p={word.upos}"
        yield f"x={word.xpos}"
        if word.feats and word.feats != "_":
            for feature in word.feats.split("|"):
                yield f"f={word.upos} {feature}"
        if word.ner != "O":
            yield f"n={word.ner.partition('-')[2]}"
    for first, second in pairwise(words):
        yield f"xb={first.xpos} {second.xpos}"
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        yield f"pt={first.upos} {second.upos} {third.upos}"


def _tree(words: Sequence[Word], lemmas: Sequence[str]) -> Iterator[str]:
    held = {(word.start, word.id) for word in words}
    for word, lemma in zip(words, lemmas, strict=True):
        parent = word.parent
        if parent is None or (parent.start, parent.id) not in held:
            yield from _predicate(word, lemma)
        elif word.upos != "PUNCT":
            above = _shape(parent, parent.lemma.lower())
            yield f"d={above}>{word.udeprel}>{lemma}"
            yield f"dp={above}>{word.udeprel}"
            yield f"du={word.udeprel}<{lemma}"


def _predicate(head: Word, lemma: str) -> Iterator[str]:
    """The word that the others hang on, with its subject, object and auxiliaries."""
    if head.upos == "PUNCT":
        return
    yield f"root={lemma}"
    yield f"rootx={head.xpos}"
    for child in head.children:
        if child.udeprel in PREDICATE:
            yield f"r{child.udeprel}={child.lemma.lower()}"
            yield f"r{child.udeprel}u={child.upos}"
    yield "rc=" + " ".join(child.udeprel for child in head.children if child.udeprel != "punct")


def _counts(words: Sequence[Word], lemmas: Sequence[str]) -> Iterator[str]:
    length = sum(word.upos != "PUNCT" for word in words)
    numbers = sum(_DIGIT.search(word.form) is not None for word in words)
    named = sum(word.ner != "O" for word in words)
    yield from (f"len>{step}" for step in LENGTHS if length > step)
    yield from (f"nums>={step}" for step in NUMBERS if numbers >= step)
    yield from (f"ners>={step}" for step in NAMES if named >= step)
    yield "q=yes" if any(word.form == "?" for word in words) else "q=no"
    if lemmas:
        yield f"first={lemmas[0]}"
        yield f"first2={' '.join(lemmas[:2])}"
