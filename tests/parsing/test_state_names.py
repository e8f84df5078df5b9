"""Names read off the parser's states: the best tags that fit one another, whatever stands beside a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

from quotekit import Extractor
from tests.parsing.reading import Drawn, drawn_network, plain_reading

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("no_gradients")]

WIDTH, BESIDE = 9, 4
LABELS = ("O", "S-PLACE", "B-PLACE", "I-PLACE", "E-PLACE", "S-ORG")
SENTENCES = (["Lund", "left", "Oslo"], [], ["It", "rained"], ["New", "Lund", "Bay", "flooded"], ["Lund"])


@pytest.fixture(scope="module")
def network() -> Any:
    return drawn_network(WIDTH + BESIDE, 8, len(LABELS))


@pytest.fixture(scope="module")
def states() -> Any:
    import torch

    torch.manual_seed(6)
    return torch.rand(sum(map(len, SENTENCES)), WIDTH) * 2 - 1


def fit(tags: Sequence[str]) -> bool:
    """Whether these tags, with nothing around them, are those of whole names."""
    inside = ""
    for tag in tags:
        position, _, kind = tag.partition("-")
        if (position in "IE") != bool(inside) or (inside and kind != inside):
            return False
        inside = kind if position in "BI" else ""
    return not inside


def best_tags(network: Any, states: Any, forms: Sequence[str]) -> list[str]:
    """The likeliest tags of one sentence among all that fit, by PyTorch's own layers and by trying every way."""
    import torch

    scores = plain_reading(network, torch.cat([states, Drawn(BESIDE)(forms)], 1)).tolist()
    ways = (way for way in product(range(len(LABELS)), repeat=len(forms)) if fit([LABELS[i] for i in way]))
    best = max(ways, key=lambda way: sum(row[i] for row, i in zip(scores, way, strict=True)))
    return [LABELS[i] for i in best]


def test_names_are_the_likeliest_that_fit(network: Any, states: Any) -> None:
    from quotekit.parsing.fast.names import StateNames

    found = StateNames(network, LABELS, Drawn(BESIDE), whole=False)(SENTENCES, states)
    own = states.split(list(map(len, SENTENCES)))
    assert found == [
        best_tags(network, part, forms) if forms else [] for part, forms in zip(own, SENTENCES, strict=True)
    ]
    assert len({tag for tags in found for tag in tags}) > 2


@pytest.mark.parametrize("whole", [True, False])
def test_a_sentence_s_names_depend_on_no_other(network: Any, states: Any, whole: bool) -> None:
    from quotekit.parsing.fast.names import StateNames

    names = StateNames(network, LABELS, Drawn(BESIDE), whole=whole)
    own = states.split(list(map(len, SENTENCES)))
    alone = [names([forms], part)[0] if forms else [] for part, forms in zip(own, SENTENCES, strict=True)]
    assert names(SENTENCES, states) == alone


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Astrid Lund flew from Oslo to Berlin.", ["B-PERSON E-PERSON", "S-PLACE", "S-PLACE"]),
        ("Dr. Ruiz of the World Health Organization didn't agree.", ["B-PERSON E-PERSON", "B-ORG I-ORG E-ORG"]),
    ],
)
def test_the_bundled_model_names_whole_words(extractor: Extractor, text: str, names: list[str]) -> None:
    [tree] = extractor._parser.parse([text])
    tags = [word.ner for word in tree.words]
    assert "didn't" not in [word.form for word in tree.words]
    assert " ".join(tag for tag in tags if tag != "O") == " ".join(names)
    assert fit(tags)


def test_stanza_s_own_tagger_finds_names_where_trees_are_to_be_exact() -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    assert StanzaParser(exact=True)._stages.names_by_states is None
    assert StanzaParser(fast=False)._stages.names_by_states is None
