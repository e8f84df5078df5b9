"""The recipe of the words' roles: what the annotation says of each word, and batches that keep words and labels together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quotekit.notation import parse_notation
from tests.gold import gold_tree
from tests.parsing.reading import Drawn

pytestmark = pytest.mark.model  # not that it is loaded: PyTorch and Stanza take as long to import


def roles_in(written: str) -> dict[str, str]:
    """The words of a sentence in brackets that have a role, each with the first letters of its roles."""
    import torch
    from corpus import Gold, Sample
    from roles import labelled

    from quotekit.tree import Roles

    noted = parse_notation(written)
    tree = gold_tree(noted.text)
    gold = tuple(Gold(quote.content, quote.source, quote.cue) for quote in noted.quotes)
    states = tuple(torch.zeros(len(sentence.words), 4) for sentence in tree.sentences)
    labels = np.concatenate(labelled(Sample("one", tree, gold), states).labels)
    return {
        word.form: " ".join(name for name, held in zip(Roles._fields, row, strict=True) if held)
        for word, row in zip(tree.words, labels, strict=True)
        if row.any()
    }


def test_each_word_has_the_roles_of_the_annotation() -> None:
    assert roles_in("[S The nurses' union] [C called for] [Q an inquiry into the deaths].") == {
        "The": "source",
        "nurses": "source",
        "'": "source",
        "union": "source",
        "called": "cue",
        "an": "content opens",
        "inquiry": "content",
        "into": "content",
        "the": "content",
        "deaths": "content closes",
    }


def test_a_batch_has_all_first_words_then_all_second() -> None:
    import torch
    from reading import packed

    lengths = (2, 4, 1)
    pairs = [(torch.full((n, 3), n / 8), np.full((n, 5), n, np.float32)) for n in lengths]
    states, labels, sizes = packed(pairs)
    assert sizes == [3, 2, 1, 1]
    assert labels[:, 0].tolist() == [4, 2, 1, 4, 2, 4, 4]
    assert torch.equal(states[:, 0] * 8, labels[:, 0])


def test_the_learner_reads_as_the_network_that_is_kept() -> None:
    import torch
    from roles import learner

    from quotekit.parsing.fast.roles import FastRoles

    torch.manual_seed(2)
    network = learner(6 + 4).eval()
    states, vectors, forms = torch.rand(5, 6) - 0.5, Drawn(4), ["The", "mayor", "said", "the", "ferry"]
    with torch.inference_mode():
        odds = network(torch.cat([states, vectors(forms)], 1), [1] * 5)
        told = torch.tensor(next(FastRoles(network, vectors, whole=False)([forms], states)))
    assert (told - odds).abs().max() < 0.52  # its LSTM's products are in bfloat16


def test_the_mean_of_two_scorers_is_again_a_scorer() -> None:
    from mixing import ROLES_SHARE, mixed

    plain = {
        "about": "",
        "intercept": 1.0,
        "slope": 2.0,
        "offset": 0.5,
        "threshold": 0.3,
        "weights": {"a": 1.0, "b": -1.0},
    }
    roles = {
        "about": "",
        "intercept": -1.0,
        "slope": 0.5,
        "offset": 0.1,
        "threshold": 0.4,
        "weights": {"a": 2.0, "r": 3.0},
    }
    mean = mixed(plain, roles)

    def log_odds(scorer: dict[str, Any], *features: str) -> float:
        total = scorer["intercept"] + sum(scorer["weights"].get(name, 0.0) for name in features)
        return float(scorer["slope"] * total + scorer["offset"])

    for features in ((), ("a",), ("b", "r"), ("a", "b", "r")):
        wanted = (1 - ROLES_SHARE) * log_odds(plain, *features) + ROLES_SHARE * log_odds(roles, *features)
        assert log_odds(mean, *features) == pytest.approx(wanted)
    assert 0.3 < mean["threshold"] < 0.4
