"""A parser's mistakes never cost a document: on trees put wrong at random, every span still says what the text says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from quotekit import Extractor
from quotekit.parsing.conllu import read_conllu
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


LOST_VERB = """
# text = Her claim that the ferry would cost a million drew laughter.
1	Her	her	PRON	PRP$	_	2	nmod:poss	_	_
2	claim	claim	NOUN	NN	_	0	root	_	_
3	that	that	SCONJ	IN	_	7	mark	_	_
4	the	the	DET	DT	_	5	det	_	_
5	ferry	ferry	NOUN	NN	_	7	nsubj	_	_
6	would	would	AUX	MD	VerbForm=Fin	7	aux	_	_
7	cost	cost	VERB	VB	VerbForm=Inf	2	acl	_	_
8	a	a	DET	DT	_	9	det	_	_
9	million	million	NUM	CD	_	7	obj	_	_
10	drew	draw	VERB	VBD	VerbForm=Fin	7	advcl	_	_
11	laughter	laughter	NOUN	NN	_	10	obj	_	SpaceAfter=No
12	.	.	PUNCT	.	_	2	punct	_	_
"""


def test_the_verb_that_a_parser_hung_inside_a_clause_is_none_of_what_was_claimed() -> None:
    tree = read_conllu(LOST_VERB.lstrip())
    (quote,) = Extractor().extract_tree(article(tree.text), tree).quotes
    assert [span.text for span in quote.content] == ["the ferry would cost a million"]
