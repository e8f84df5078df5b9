"""The recipe of sentences' ends: paragraphs of a treebank, as one writes in haste, and what the network learns of them."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.model  # not that it is loaded: PyTorch and Stanza take as long to import


def rows(*sentences: str) -> list[str]:
    """The lines of sentences in CoNLL-U, ``_`` where no blank follows and ``+`` within a token of two words."""
    lines = []
    for sentence in sentences:
        number = 0
        for piece in sentence.split():
            words, tight = piece.removesuffix("_").split("+"), piece.endswith("_")
            misc = "SpaceAfter=No" if tight else "_"
            if len(words) > 1:
                lines.append("\t".join([f"{number + 1}-{number + 2}", "".join(words), *"______", "_", misc]))
                misc = "_"
            for word in words:
                number += 1
                lines.append("\t".join([str(number), word, *"______", "_", misc]))
        lines.append("")
    return lines


def shown(paragraph: Any) -> str:
    """The tokens of a paragraph, a bar behind each sentence."""
    return "".join(t.form + (" |" if t.last else "") + ("" if not t.space and not t.last else " ") for t in paragraph)


HARBOUR = ["# newdoc id = one", *rows("The gate rose_ .", "Nobody ca+me_ !"), "# newpar", *rows("Why_ ?")]


def test_the_paragraphs_of_a_treebank_know_where_sentences_end() -> None:
    from ends import read_paragraphs

    assert [shown(one) for one in read_paragraphs(HARBOUR)] == ["The gate rose. | Nobody came! | ", "Why? | "]


def test_words_left_out_and_nodes_that_are_empty_are_no_tokens() -> None:
    from ends import read_paragraphs

    lines = ["# newpar", *rows("Ruiz did+n't sing"), "8.1\tsang\t_\t_\t_\t_\t_\t_\t_\t_", ""]
    assert [token.form for token in read_paragraphs(lines)[0]] == ["Ruiz", "didn't", "sing"]


def test_a_sentence_still_ends_where_its_mark_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import ends

    monkeypatch.setattr(ends, "MARKS_LEFT_OUT", 1.0)
    monkeypatch.setattr(ends, "WITHOUT_CAPITALS", 0.0)
    [harbour, why] = ends.read_paragraphs(HARBOUR)
    assert shown(ends.worn(harbour, random.Random(1))) == "The gate rose | Nobody came | "
    assert shown(ends.worn([why[1]], random.Random(1))) == "? | ", "a mark alone stays"
    monkeypatch.setattr(ends, "MARKS_LEFT_OUT", 0.0)
    monkeypatch.setattr(ends, "WITHOUT_CAPITALS", 1.0)
    assert shown(ends.worn(harbour, random.Random(1))) == "the gate rose. | nobody came! | "


def test_the_network_is_given_words_spaces_and_ends_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    import ends
    import torch

    monkeypatch.setattr(ends.ends, "MOST_WORDS", 5)
    known = lambda forms: torch.tensor([[float(len(form))] for form in forms]).half()  # noqa: E731
    pairs = ends.pairs(ends.read_paragraphs(HARBOUR), known)
    assert [inputs.tolist() for inputs, _ in pairs] == [
        [[1, 1, 3], [1, 1, 4], [1, 0, 4], [0, 1, 1], [1, 1, 6]],
        [[1, 0, 4], [0, 1, 1]],
        [[1, 0, 3], [0, 1, 1]],
    ]
    assert [labels[:, 0].tolist() for _, labels in pairs] == [[0, 0, 0, 1, 0], [0, 1], [0, 1]]


def test_a_sentence_is_found_when_both_its_ends_are() -> None:
    from ends import f1

    gold = [np.array([0, 1, 0, 0, 1], bool)]
    assert f1(gold, gold) == 100.0
    assert f1([np.array([0, 1, 1, 0, 1], bool)], gold) == 40.0, "one of three found, of two that are there"
    assert f1([np.zeros(5, bool)], gold) == 0.0, "the whole paragraph"


def test_names_count_with_their_kind_and_both_borders() -> None:
    from bioes import f1

    def words(*tags: str) -> list[dict[str, str]]:
        return [{"ner": tag} for tag in tags]

    gold = [words("B-PERSON", "E-PERSON", "O", "S-PLACE")]
    assert f1([["B-PERSON", "E-PERSON", "O", "S-PLACE"]], gold) == 100.0
    assert f1([["B-PERSON", "E-PERSON", "O", "S-ORG"]], gold) == 50.0
    assert f1([["S-PERSON", "O", "O", "O"]], gold) == 0.0
