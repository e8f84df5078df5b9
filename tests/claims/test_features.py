"""What check-worthiness is read from: who does what in each clause."""

from __future__ import annotations

from quotekit.claims.features import worth_features
from quotekit.parsing.conllu import read_conllu_documents

STEALING = """\
# newdoc id = one
# text = They are not stealing jobs.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2	are	be	AUX	VBP	_	4	aux	_	_
3	not	not	PART	RB	_	4	advmod	_	_
4	stealing	steal	VERB	VBG	_	0	root	_	_
5	jobs	job	NOUN	NNS	_	4	obj	_	SpaceAfter=No
6	.	.	PUNCT	.	_	4	punct	_	_
"""


def test_each_clause_tells_who_does_what_and_how() -> None:
    ((_, tree),) = read_conllu_documents(STEALING)
    found = [name for name in worth_features(tree.words) if name[0] == "v"]
    assert found == [
        "vhow=they|are VBG|not",
        "vdoes=they|be|steal|not",
        "vwhose=they|be|VBG",
        "vform=they|VBG|steal",
        "vtense=are VBG|steal",
        "vnumber=they|VBG|False",
        "vpair=they|steal",
        "vwhat=they|steal|job",
        "vto=they|are VBG|job",
    ]


def test_the_main_clause_says_so_and_what_it_has_besides() -> None:
    ((_, tree),) = read_conllu_documents(STEALING)
    found = [name for name in worth_features(tree.words) if name[0] == "V"]
    assert "Vhow=they|are VBG|not" in found
    assert found[-2:] == ["Vwith=they|VBG|obj", "Vall=they|are VBG|not|False|False"]
