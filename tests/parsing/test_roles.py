"""The roles of words in reports: what the network tells is PyTorch's own sum, whatever stands beside a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quotekit import Extractor
from tests.parsing.reading import Drawn, drawn_network, plain_reading

pytestmark = pytest.mark.model

WIDTH, BESIDE = 12, 5
SENTENCES = (["Ruiz", "said", "so"], [], ["The", "mayor", "said", "the", "ferry", "would", "sail"], ["No"], ["so"] * 4)


@pytest.fixture(scope="module")
def network() -> Any:
    from quotekit.parsing.fast.roles import UNITS
    from quotekit.tree import Roles

    return drawn_network(WIDTH + BESIDE, UNITS, len(Roles._fields))


@pytest.fixture(scope="module")
def states() -> Any:
    import torch

    torch.manual_seed(4)
    return torch.rand(sum(map(len, SENTENCES)), WIDTH) * 2 - 1


def test_the_roles_are_those_of_pytorch_s_own_layers(network: Any, states: Any) -> None:
    import torch

    from quotekit.parsing.fast.roles import LEAST, MOST, FastRoles

    vectors = Drawn(BESIDE)
    with torch.inference_mode():
        found = list(FastRoles(network, vectors, whole=False)(SENTENCES, states))
        parts = zip(SENTENCES, states.split(list(map(len, SENTENCES))), strict=True)
        inputs = (torch.cat([part, vectors(forms)], 1) for forms, part in parts if forms)
        wanted = [plain_reading(network, one).clamp(LEAST - 0.4, MOST + 0.4) for one in inputs]
    assert [len(sentence) for sentence in found] == [len(forms) for forms in SENTENCES]
    told = torch.tensor([one for sentence in found for one in sentence])
    odds = torch.cat(wanted)
    assert (told - odds).abs().max() < 0.501
    assert told.unique().numel() > 3


@pytest.mark.parametrize("whole", [True, False])
def test_a_sentence_s_roles_depend_on_no_other(network: Any, states: Any, whole: bool) -> None:
    import torch

    from quotekit.parsing.fast.roles import FastRoles

    roles = FastRoles(network, Drawn(BESIDE), whole=whole)
    parts = states.split(list(map(len, SENTENCES)))
    with torch.inference_mode():
        together = list(roles(SENTENCES, states))
        alone = [next(roles([forms], part)) for forms, part in zip(SENTENCES, parts, strict=True) if forms]
    assert [sentence for sentence in together if sentence] == alone


def test_what_was_kept_in_half_precision_loads(network: Any, tmp_path: Path) -> None:
    import torch

    from quotekit.parsing.fast.roles import load_network

    torch.save({name: value.half() for name, value in network.state_dict().items()}, tmp_path / "roles.pt")
    loaded = load_network(tmp_path / "roles.pt")
    assert loaded.width == WIDTH + BESIDE
    assert torch.allclose(loaded.entry.weight, network.entry.weight, atol=1e-3)


def test_the_bundled_parser_tells_roles_that_make_sense(extractor: Extractor) -> None:
    """Of a plain report the verb is likeliest the cue, its subject the source, and the clause the content."""
    tree = extractor._parser.parse(["The harbour is old. The mayor said the new ferry would sail in June."])[0]
    assert tree.has_roles
    roles = {word.form: word.roles for word in tree.words if word.roles is not None}
    assert max(roles, key=lambda form: roles[form].cue) == "said"
    assert roles["said"].cue > 0
    assert roles["mayor"].source > 0 > roles["ferry"].source
    assert roles["ferry"].content > 0 > roles["old"].content
    assert roles["June"].closes > 0


def test_the_stages_of_stanza_itself_tell_no_roles() -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    assert not StanzaParser(fast=False).parse(["Ruiz said it leaks."])[0].has_roles
