"""What check-worthiness is read from: words, their neighbours and heads, tags, numbers, names, length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from quotekit.tree import Word

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
# A statement within a sentence has no full stop, nor marks about it: of a whole sentence they are left out, too.
KEPT_SIGNS = frozenset({"?"})
# Added to the number of features and of words before it divides: a clause of three words is no surer a guess than a
# sentence of twenty. AUC of the shortest sentences of ClaimBuster (four content words or fewer) 0.910 to 0.914.
STEADY_FEATURES = 100
STEADY_WORDS = 2
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
    words = _bare(words)
    kinds = [_number(word.form) for word in words]
    forms = [kind or word.lower for word, kind in zip(words, kinds, strict=True)]
    lemmas = [kind or word.lemma.lower() for word, kind in zip(words, kinds, strict=True)]
    numbers = sum(kind is not None for kind in kinds)
    found = [*_row(words, forms, lemmas), *_tags(words), *_tree(words, lemmas), *_counts(words, lemmas, numbers)]
    return list(dict.fromkeys(found))


def content_words(words: Sequence[Word]) -> list[str]:
    """The forms of the words that carry the content, in lower case, for what is known of words in general."""
    return [word.lower for word in words if word.upos in CONTENT]


def feature_scale(count: int) -> float:
    """What each of so many features counts."""
    return 1 / math.sqrt(count + STEADY_FEATURES)


def _bare(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the signs before the first and behind the last."""
    kept = [place for place, word in enumerate(words) if word.upos != "PUNCT" or word.form in KEPT_SIGNS]
    return words[kept[0] : kept[-1] + 1] if kept else ()


def _number(form: str) -> str | None:
    """The kind of a number, which stands for it, for no two sentences have the same; None where it is none."""
    if not _DIGIT.search(form):
        return None
    return "#year" if _YEAR.fullmatch(form) else "#num"


def _row(words: Sequence[Word], forms: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    joined = zip(pairwise(words), pairwise(lemmas), strict=True)
    return [
        *(name for form, lemma in zip(forms, lemmas, strict=True) for name in (f"w={form}", f"l={lemma}")),
        *[f"b={left} {right}" for left, right in pairwise(forms)],
        *[f"lb={left} {right}" for left, right in pairwise(lemmas)],
        *(
            name
            for (before, after), (left, right) in joined
            for name in (f"m={left} {after.upos}", f"m2={before.upos} {right}")
        ),
    ]


def _tags(words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        yield from _tags_of(word.upos, word.xpos, word.feats)
        if word.ner != "O":
            yield f"n={word.ner.partition('-')[2]}"
    yield from [f"xb={first.xpos} {second.xpos}" for first, second in pairwise(words)]
    rows = zip(words, words[1:], words[2:], strict=False)
    yield from [f"pt={first.upos} {second.upos} {third.upos}" for first, second, third in rows]


@lru_cache(maxsize=1 << 12)  # a treebank has some hundred
def _tags_of(upos: str, xpos: str, feats: str) -> tuple[str, ...]:
    features = feats.split("|") if feats and feats != "_" else ()
    return (f"p={upos}", f"x={xpos}", *(f"f={upos} {feature}" for feature in features))


def _tree(words: Sequence[Word], lemmas: Sequence[str]) -> Iterator[str]:
    held = {id(word): lemma for word, lemma in zip(words, lemmas, strict=True)}
    for word, lemma in zip(words, lemmas, strict=True):
        above = held.get(id(word.parent))
        if above is None:
            yield from _predicate(word, lemma)
        elif word.upos != "PUNCT":
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


def _counts(words: Sequence[Word], lemmas: Sequence[str], numbers: int) -> Iterator[str]:
    length = sum(word.upos != "PUNCT" for word in words)
    named = sum(word.ner != "O" for word in words)
    yield from (f"len>{step}" for step in LENGTHS if length > step)
    yield from (f"nums>={step}" for step in NUMBERS if numbers >= step)
    yield from (f"ners>={step}" for step in NAMES if named >= step)
    yield "q=yes" if any(word.form == "?" for word in words) else "q=no"
    if lemmas:
        yield f"first={lemmas[0]}"
        yield f"first2={' '.join(lemmas[:2])}"
