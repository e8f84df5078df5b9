"""A parser's mistakes never cost a document: on trees put wrong at random, every span still says what the text says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from quotekit import Extractor
from quotekit.tree import Sentence, Tree, Word
from quotekit.validation import find_problems
from quotekit.writers.json import to_record
from tests.gold import article, gold_trees

RELATIONS = (
    *("nsubj", "obj", "obl", "ccomp", "xcomp", "parataxis", "advcl", "acl", "conj", "nmod", "appos", "mark", "case"),
    *("dep", "aux", "cc", "nsubj:pass", "aux:pass"),
)
PARTS_OF_SPEECH = ("VERB", "NOUN", "PROPN", "PRON", "ADP", "ADJ", "AUX", "DET", "PUNCT", "CCONJ", "SCONJ", "PART")


def _broken(tree: Tree, chance: random.Random) -> Tree:
    """The tree with some heads, relations and parts of speech replaced; still one root and no cycle a sentence."""
    return Tree(tree.text, tuple(replace(s, words=_shuffled(s, chance)) for s in tree.sentences))


def _shuffled(sentence: Sentence, chance: random.Random) -> tuple[Word, ...]:
    order = list(range(1, len(sentence.words) + 1))
    chance.shuffle(order)
    heads = {word: chance.choice(order[:place]) if place else 0 for place, word in enumerate(order)}
    return tuple(
        replace(
            word,
            head=heads[word.id],
            deprel=chance.choice(RELATIONS) if heads[word.id] else "root",
            upos=chance.choice(PARTS_OF_SPEECH) if chance.random() < 0.3 else word.upos,
            children=(),
        )
        for word in sentence.words
    )


@pytest.mark.parametrize("seed", range(6))
def test_records_of_broken_trees_are_true(seed: int) -> None:
    chance = random.Random(seed)
    extractor = Extractor()
    for text, tree in gold_trees().items():
        extraction = extractor.extract_tree(article(text), _broken(tree, chance))
        problems = find_problems(to_record(extraction), closed=True)
        assert not problems, f"{text}\n{problems[0]}"


def test_a_second_run_gives_the_same_record() -> None:
    texts = list(gold_trees().items())[::10]
    first, second = ([Extractor().extract_tree(article(text), tree) for text, tree in texts] for _ in range(2))
    assert first == second
