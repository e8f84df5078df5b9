"""The bundled parser: exact places on awkward inputs, many texts as one by one, sentences as the article means them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.errors import ModelError
from quotekit.parsing.conllu import read_conllu, write_conllu
from quotekit.parsing.models import bundled_folder
from quotekit.tree import Tree

if TYPE_CHECKING:
    from quotekit.parsing.stanza_parser import StanzaParser

pytestmark = pytest.mark.model

STORY = (
    "“Is it full?” Ortega asked. The mayor, George W. Lund, couldn’t say; Lund’s office wouldn’t either.\r\n\r\n"
    "Gates to open\r\n\r\n"
    "„We can’t wait,“ she said. «Stop! Go home,» he told Zoe\u0308\u00a0Ruiz of the co\u00adoperative."
)
AWKWARD = [
    "",
    " \n\t\n ",
    "\u0301",
    "“ ” !!! …",
    "\ufeff\u200b",
    STORY,
    "gonna, wanna, cannot, ain’t, I’m, she’d’ve, rock ’n’ roll, the ’80s, dogs’ bowls",
    "http://example.org/" + "very/long/" * 200 + " he said.",
    "x" * 20_000,
    "你好，他说。" * 50,
    "👩\u200d👩\u200d👧 said ❤\ufe0f to José.",
    "a\x00b \ud800 c",
    'He said: "',
    "1. 2. 3. | -- * # @mayor #flood <b>bold</b>",
]


@pytest.fixture(scope="module")
def parser() -> StanzaParser:
    from quotekit.parsing.stanza_parser import StanzaParser

    return StanzaParser()


def shape(tree: Tree) -> list[tuple[object, ...]]:
    return [
        (s.paragraph, s.index, w.id, w.form, w.lemma, w.upos, w.feats, w.head, w.deprel, w.start, w.end, w.ner)
        for s in tree.sentences
        for w in s.words
    ]


def assert_exact(tree: Tree) -> None:
    position = 0
    for sentence in tree.sentences:
        assert sum(word.head == 0 for word in sentence.words) == 1
        for word in sentence.words:
            assert position <= word.start < word.end
            assert tree.text[word.start : word.end] == word.form
            position = word.end


def sentences(tree: Tree) -> list[str]:
    return [tree.text[sentence.start : sentence.end] for sentence in tree.sentences]


@pytest.mark.parametrize("text", AWKWARD)
def test_every_word_stands_where_it_says(parser: StanzaParser, text: str) -> None:
    [tree] = parser.parse([text])
    assert tree.text == text
    assert_exact(tree)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200) | st.text(alphabet="abcDE .,?!\"'“”’\u00a0\u00ad\r\n🌊\u0301-", max_size=200))
def test_any_text_parses_to_exact_places(parser: StanzaParser, text: str) -> None:
    [tree] = parser.parse([text])
    assert_exact(tree)
    assert shape(read_conllu(write_conllu(tree))) == shape(tree)


def test_many_texts_parse_as_one_by_one(parser: StanzaParser) -> None:
    together = parser.parse(AWKWARD)
    assert [shape(tree) for tree in together] == [shape(parser.parse([text])[0]) for text in AWKWARD]


def test_a_paragraph_in_front_shifts_every_offset(parser: StanzaParser) -> None:
    front = "The rain stopped — at last.\n\n"
    [alone], [behind] = parser.parse([STORY]), parser.parse([front + STORY])
    shifted = [(word.form, word.start + len(front), word.end + len(front), word.deprel) for word in alone.words]
    added = len(behind.words) - len(alone.words)
    assert [(word.form, word.start, word.end, word.deprel) for word in behind.words[added:]] == shifted
    assert behind.sentences[-1].paragraph == alone.sentences[-1].paragraph + 1


def test_words_within_tokens_have_places_of_their_own(parser: StanzaParser) -> None:
    [tree] = parser.parse(["They don’t know Lund’s plan; he cannot say."])
    forms = [word.form for word in tree.words]
    assert forms == ["They", "do", "n’t", "know", "Lund", "’s", "plan", ";", "he", "can", "not", "say", "."]
    assert [entity.words[-1].form for entity in tree.entities] == ["Lund"]


def test_sentences_and_paragraphs_are_those_of_the_article(parser: StanzaParser) -> None:
    [tree] = parser.parse([STORY])
    assert sentences(tree)[0] == "“Is it full?” Ortega asked."
    assert "Gates to open" in sentences(tree)
    assert "«Stop! Go home,» he told Zoe\u0308\u00a0Ruiz of the co\u00adoperative." in sentences(tree)
    assert [sentence.paragraph for sentence in tree.sentences] == [0, 0, 1, 2, 2]


def test_a_sentence_without_end_is_cut(parser: StanzaParser) -> None:
    [tree] = parser.parse(["buffalo " * 400])
    assert len(tree.words) == 400
    assert len(tree.sentences) > 1
    assert_exact(tree)


def test_the_generator_can_be_named(parser: StanzaParser) -> None:
    assert parser.name.startswith("stanza 1.")
    assert parser.model.startswith("quotekit ")


def test_a_folder_in_the_same_layout_is_the_same_model(parser: StanzaParser) -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    again = StanzaParser(bundled_folder())
    assert again.model.partition(" ")[2] == parser.model.partition(" ")[2]
    assert shape(again.parse([STORY])[0]) == shape(parser.parse([STORY])[0])


@pytest.mark.parametrize("part", ["pos", "roles"])
def test_a_damaged_model_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str], part: str) -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    for file in bundled_folder().rglob("*"):
        target = tmp_path / file.relative_to(bundled_folder())
        if file.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(file)
    damaged = tmp_path / "en" / part / "quotekit.pt"
    data = damaged.read_bytes()
    damaged.unlink()
    damaged.write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match="cannot be loaded"):
        StanzaParser(tmp_path)
    assert capfd.readouterr() == ("", "")  # the error is told once, not by Stanza as well
