"""CoNLL-U: what is written is read back equal; plain treebank files are read; a broken line is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.parsing.conllu import read_conllu, read_conllu_documents, write_conllu
from quotekit.tree import Roles, Sentence, Tree, Word


def fields(tree: Tree) -> list[tuple[object, ...]]:
    """Everything a tree holds, comparable."""
    return [
        (
            *(s.paragraph, s.index, w.id, w.form, w.lemma, w.upos, w.xpos, w.feats, w.head, w.deprel),
            *(w.start, w.end, w.ner, w.roles),
        )
        for s in tree.sentences
        for w in s.words
    ]


def assert_spans(tree: Tree) -> None:
    for word in tree.words:
        assert word.start < word.end
        assert tree.text[word.start : word.end] == word.form


def tree_of(text: str, sentences: list[list[tuple[int, int]]]) -> Tree:
    """A flat tree over these word spans, each list a sentence and a paragraph of its own."""
    return Tree(
        text,
        tuple(
            Sentence(
                tuple(
                    Word(i, text[a:b], "lem", "NOUN", "NN", "Number=Sing", int(i > 1), "dep" if i > 1 else "root", a, b)
                    for i, (a, b) in enumerate(spans, start=1)
                ),
                paragraph=number,
                index=number,
            )
            for number, spans in enumerate(sentences)
        ),
    )


def rows(*lines: str) -> str:
    """CoNLL-U from lines with single spaces for tabs, a short form: ID FORM HEAD DEPREL [MISC]."""
    out = []
    for line in lines:
        if line.startswith("#") or not line:
            out.append(line)
            continue
        number, form, head, deprel, misc = [*line.split(" "), "_"][:5]
        out.append("\t".join([number, form, "_", "_", "_", "_", head, deprel, "_", misc]))
    return "\n".join(out) + "\n\n"


PLAIN = rows(
    "# sent_id = 1",
    "# text = The ferry didn't sail.",
    "1 The 2 det",
    "2 ferry 5 nsubj",
    "3-4 didn't _ _",
    "3 did 5 aux",
    "4 n't 5 advmod",
    "5 sail 0 root SpaceAfter=No",
    "6 . 5 punct",
    "",
    "# newpar",
    "# text = “Fog,” he said.",
    "1 “ 2 punct SpaceAfter=No",
    "2 Fog 0 root SpaceAfter=No",
    "3 , 2 punct SpaceAfter=No",
    "4 ” 2 punct",
    "5 he 6 nsubj",
    "6 said 2 parataxis SpaceAfter=No",
    "7 . 6 punct",
)


def test_a_plain_treebank_file_brings_its_text() -> None:
    tree = read_conllu(PLAIN)
    assert tree.text == "The ferry didn't sail.\n\n“Fog,” he said."
    assert [word.form for word in tree.sentences[0].words] == ["The", "ferry", "did", "n't", "sail", "."]
    assert [sentence.paragraph for sentence in tree.sentences] == [0, 1]
    assert_spans(tree)


def test_without_text_lines_the_forms_make_the_text() -> None:
    bare = "\n".join(line for line in PLAIN.split("\n") if not line.startswith("# text"))
    assert read_conllu(bare).text == read_conllu(PLAIN).text


def test_a_given_text_may_differ_in_marks_and_white_space() -> None:
    text = 'The  ferry didn’t\r\nsail.\r\n\r\n"Fog," he\u00a0s\u00adaid.'
    tree = read_conllu(PLAIN.replace("# newpar\n", ""), text)
    assert [word.form for word in tree.words][3] == "n’t"
    assert tree.sentences[1].words[5].form == "s\u00adaid"
    assert [sentence.paragraph for sentence in tree.sentences] == [0, 1]
    assert_spans(tree)


def test_empty_nodes_and_windows_line_ends_are_read() -> None:
    data = rows("1 She 2 nsubj", "2 agreed 0 root", "2.1 agreed _ _", "3 too 2 advmod").replace("\n", "\r\n")
    assert read_conllu("\ufeff" + data).text == "She agreed too"


def test_what_was_written_reads_back_equal() -> None:
    text = "He can't\tgo 🌊.\r\n\r\nŠe\u0301\u00a0nods"
    tree = tree_of(text, [[(0, 2), (3, 5), (5, 8), (9, 11), (12, 13), (13, 14)], [(18, 21), (22, 26)]])
    tree.words[0].ner = "S-PERSON"
    tree.words[1].roles = Roles(-6, 5, 0, -2, 1)
    written = write_conllu(tree, doc_id="note")
    assert fields(read_conllu(written)) == fields(tree)
    assert read_conllu(written).text == text
    assert "NER=S-PERSON" in written
    assert "Roles=-6,5,0,-2,1" in written
    assert "# newdoc id = note" in written
    assert "# sent_id = note-2" in written


def test_words_that_share_letters_get_a_range_line() -> None:
    tree = tree_of("du vin", [[(0, 2), (0, 2), (3, 6)]])
    written = write_conllu(tree)
    assert "\n1-2\tdu\t" in written
    assert "# text = du vin" in written
    assert fields(read_conllu(written)) == fields(tree)


@given(st.text(), st.text())
def test_any_text_survives(text: str, doc_id: str) -> None:
    words = [(i, i + 1) for i, letter in enumerate(text) if letter.isalnum()]
    tree = tree_of(text, [words] if words else [])
    [(_, read)] = read_conllu_documents(write_conllu(tree, doc_id=doc_id))
    assert read.text == text
    assert fields(read) == fields(tree)


def test_several_documents_in_one_file() -> None:
    first, second = tree_of("Rain.", [[(0, 4), (4, 5)]]), tree_of("Sun.", [[(0, 3), (3, 4)]])
    data = (
        write_conllu(first, doc_id="a") + write_conllu(tree_of("", []), doc_id="b") + write_conllu(second, doc_id="c")
    )
    documents = read_conllu_documents(data)
    assert [(name, tree.text) for name, tree in documents] == [("a", "Rain."), ("b", ""), ("c", "Sun.")]
    with pytest.raises(InputError, match="3 documents"):
        read_conllu(data)


def test_a_treebank_of_several_documents_reads_as_one_text() -> None:
    data = rows("# newdoc id = x", "1 Rain 0 root") + rows("# newdoc id = y", "1 Sun 0 root")
    assert read_conllu(data).text == "Rain\n\nSun"
    assert [name for name, _ in read_conllu_documents(data)] == ["x", "y"]


def test_nothing_reads_as_nothing() -> None:
    assert read_conllu("").sentences == ()


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        ("1\tone\n", 1, "2 columns"),
        (rows("# x", "1 a 0 root", "3 b 1 dep"), 3, "ID is '3' where 2 follows"),
        (rows("1 a zero root"), 1, "HEAD is 'zero'"),
        (rows("1 a 0 root", "2 b 7 dep"), 2, "HEAD is 7"),
        (rows("1 a 2 dep", "2 b 1 dep", "3 c 0 root"), 1, "circle"),
        (rows("1 a 0 root", "2 b 0 root"), 1, "2 roots"),
        (rows("1 a 0 root") + rows("# y", "1 b 1 dep"), 3, "0 roots"),
        (rows("1-3 abc _ _", "1 a 0 root", "2 b 1 dep"), 1, "reaches to word 3"),
        (rows("2-3 abc _ _", "1 a 0 root", "2 b 1 dep"), 1, "does not cover"),
        (rows("# text = a c", "1 a 0 root", "2 b 1 dep"), 3, "goes on with: 'c'"),
        ("1\t\t_\t_\t_\t_\t0\troot\t_\t_\n", 1, "FORM is empty"),
        ("# quotekit_text = 7\n1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n", 1, "JSON string"),
        ("# quotekit_text = \"x\n1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n", 1, "JSON string"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(data: str, line: int, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read_conllu(data)
    assert caught.value.place == f"line {line}"
    assert problem in caught.value.problem


def test_places_that_are_not_true_of_the_text_are_found_anew() -> None:
    data = rows("1 Rain 0 root start_char=9|end_char=13", "2 fell 1 dep start_char=0|end_char=4")
    tree = read_conllu(data, "Rain fell")
    assert [(word.start, word.end) for word in tree.words] == [(0, 4), (5, 9)]


@pytest.mark.parametrize("written", ["", "3", "1,2,3,4", "1,2,3,4,5,6", "a,b,c,d,e", "1,2,3,4,55"])
def test_roles_of_another_kind_are_let_be(written: str) -> None:
    assert read_conllu(f"1\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tRoles={written}\n\n").words[0].roles is None
