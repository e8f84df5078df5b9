"""The fast stages give, word for word, what Stanza's own processors give, and leave to these what they cannot do."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quotekit.parsing.fast.columns import Tag
from quotekit.parsing.models import find_model
from tests.conftest import ROOT
from tests.parsing.test_stanza_parser import AWKWARD, shape

if TYPE_CHECKING:
    from quotekit.parsing.fast.stages import Stages
    from quotekit.parsing.stanza_parser import StanzaParser

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("no_gradients")]

ARTICLES = [path.read_text("utf-8") for path in sorted((ROOT / "fixtures" / "articles").glob("*.txt"))]
ODD = [  # a sentence of over 300 tokens and paragraphs that Stanza cuts into windows among them
    "No",
    "👩\u200d🚒 🚒🔥 … ❤️",
    "MAYOR ORTEGA SAYS: “THE FERRY WILL SAIL ON MONDAY, WHATEVER THE WEATHER DOES!”\n\nTHE CREW DISAGREES?!?",
    "The harbour's pumps, " + "the old crane by the mill, " * 45 + "and nothing else were listed.",
    "Write to tide.desk@harbour.example.org or see https://www.harbour-board.org/tides?day=2&view=full. She did!!!",
    "Lund met\u2003Ruiz in New York\nin 1987, they're gonna cannot wanna; it’s $4,000.50 (approx.) —“Well…”",
    "The dredger moved on past the second buoy and " * 30 + "stopped.",
    "\u0085 \u0080 \n\n \u009f",
]


@pytest.fixture(scope="module")
def processors() -> dict[str, Any]:
    from quotekit.parsing.stanza_parser import _load

    return dict(_load(find_model()).processors)


@pytest.fixture(scope="module")
def parsers() -> tuple[StanzaParser, StanzaParser]:
    from quotekit.parsing.stanza_parser import StanzaParser

    return StanzaParser(exact=True), StanzaParser(fast=False)


@pytest.mark.parametrize("texts", [ARTICLES, ODD, AWKWARD], ids=["articles", "odd", "awkward"])
def test_every_word_is_as_stanza_has_it(parsers: tuple[StanzaParser, StanzaParser], texts: list[str]) -> None:
    fast, slow = parsers
    for quick, known in zip(fast.parse(texts), slow.parse(texts), strict=True):
        assert shape(quick) == shape(known)
        assert [word.xpos for word in quick.words] == [word.xpos for word in known.words]


@pytest.mark.parametrize("text", [*ODD, *AWKWARD])
def test_every_word_of_a_text_alone_is_as_stanza_has_it(parsers: tuple[StanzaParser, StanzaParser], text: str) -> None:
    [quick], [known] = (parser.parse([text]) for parser in parsers)
    assert shape(quick) == shape(known)


def test_whole_numbers_hang_few_words_elsewhere(parsers: tuple[StanzaParser, StanzaParser]) -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    pairs = [
        (one, other)
        for whole, exact in zip(StanzaParser().parse(ARTICLES), parsers[0].parse(ARTICLES), strict=True)
        for one, other in zip(whole.words, exact.words, strict=True)
    ]
    assert all((one.start, one.end) == (other.start, other.end) for one, other in pairs)
    assert sum((one.head, one.deprel) == (other.head, other.deprel) for one, other in pairs) >= 0.99 * len(pairs)
    assert sum(one.upos == other.upos for one, other in pairs) >= 0.999 * len(pairs)


def test_whole_numbers_give_the_same_without_the_engine_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from quotekit.parsing.fast import matrices
    from quotekit.parsing.stanza_parser import StanzaParser

    with_engine = StanzaParser().parse(ARTICLES)
    monkeypatch.setattr(matrices, "can_round", lambda: False)
    without = StanzaParser().parse(ARTICLES)
    assert [shape(tree) for tree in without] == [shape(tree) for tree in with_engine]


def test_all_stages_of_the_bundled_model_are_fast(processors: dict[str, Any]) -> None:
    kinds = [kind(stages(processors), stage) for stage in ("tokens", "tags", "lemmas", "relations", "names")]
    assert kinds == ["FastTokens", "FastTags", "FastLemmas", "FastRelations", "FastNames"]


@pytest.mark.parametrize(
    ("processor", "stage", "setting"),
    [
        ("tokenize", "tokens", {"use_dictionary": True}),
        ("tokenize", "tokens", {"conv_res": "1,9"}),
        ("tokenize", "tokens", {"hierarchical": False}),
        ("tokenize", "tokens", {"feat_funcs": ["space_before", "phone_id"]}),
        ("pos", "tags", {"charlm": True}),
        ("pos", "tags", {"bert_model": "some/model"}),
        ("pos", "tags", {"share_hid": True}),
        ("depparse", "relations", {"charlm": True}),
        ("depparse", "relations", {"bert_model": "some/model"}),
        ("depparse", "relations", {"use_arc_embedding": True}),
        ("depparse", "relations", {"reversed": True}),
        ("ner", "names", {"charlm": True}),
        ("ner", "names", {"num_layers": 2}),
    ],
)
def test_what_has_another_shape_is_left_to_stanza(
    processors: dict[str, Any],
    processor: str,
    stage: str,
    setting: Mapping[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = processors[processor].trainer.model
    can_drive = import_module(f"quotekit.parsing.fast.{stage}").can_drive
    assert can_drive(processors[processor])
    monkeypatch.setattr(model, "args", {**model.args, **setting})
    assert not can_drive(processors[processor])
    assert kind(stages(processors), stage).startswith("Plain")


def test_a_lemmatiser_that_looks_at_the_sentence_is_left_to_stanza(
    processors: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processors["lemma"].trainer, "contextual_lemmatizers", [object()])
    assert kind(stages(processors), "lemmas") == "PlainLemmas"


def test_a_model_without_names_gives_none(processors: dict[str, Any]) -> None:
    some = {name: processor for name, processor in processors.items() if name not in ("ner", "mwt")}
    assert stages(some).names([["Lund", "left"]]) == [["O", "O"]]
    assert stages(some).expansions(["gonna"]) == {"gonna": ["gonna"]}


@pytest.mark.parametrize(
    "shape",
    [
        {"num_layers": 1, "hidden_dim": 48, "linearization": False},
        {"num_layers": 3, "hidden_dim": 40, "distance": False, "use_ufeats": False},
        {"num_layers": 2, "hidden_dim": 32, "deep_biaff_hidden_dim": 30, "use_xpos": False, "transformed_dim": 20},
    ],
)
def test_parsers_of_other_sizes_give_the_same(processors: dict[str, Any], shape: dict[str, Any]) -> None:
    from stanza.models.depparse.model import GraphParser

    from quotekit.parsing.fast import plain, relations

    processor = other_size(processors["depparse"], GraphParser, shape)
    assert relations.can_drive(processor)
    words = columns(processors)
    # Of a head's second objects, of which there are many here, Stanza searches slowly.
    few = tuple(column[:12] for column in words)
    for one_of_each, columns_read in ((False, words), (True, few)):
        processor._config = {**processor.config, "resolve_head_constraints": one_of_each}
        found = relations.FastRelations(processor, whole=False)(*columns_read).relations
        assert found == plain.PlainRelations(processor)(*columns_read).relations


@pytest.mark.parametrize("shape", [{"num_layers": 2, "hidden_dim": 40}, {"char_bidirectional": True, "tag_emb_dim": 9}])
def test_taggers_of_other_sizes_give_the_same(processors: dict[str, Any], shape: dict[str, Any]) -> None:
    from stanza.models.pos.model import Tagger

    from quotekit.parsing.fast import plain, tags

    processor = other_size(processors["pos"], Tagger, shape)
    assert tags.can_drive(processor)
    sentences, _, _ = columns(processors)
    assert tags.FastTags(processor, whole=False)(sentences) == plain.PlainTags(processor)(sentences)


def stages(processors: Mapping[str, Any]) -> Stages:
    from quotekit.parsing.fast.stages import fast_stages

    return fast_stages(processors, exact=True)


def kind(stages: Stages, stage: str) -> str:
    return type(getattr(stages, stage)).__name__


def other_size(processor: Any, kind: Any, shape: Mapping[str, Any]) -> Any:
    """A processor like this one whose model has this shape, and weights drawn by lot.

    In double precision, for such weights score two of three hundred heads alike to the last digit of a single float.
    """
    import torch

    torch.manual_seed(7)
    args = {**processor.trainer.args, **shape}
    model = kind(args, processor.vocab, emb_matrix=processor.pretrain.emb)
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    other = copy.copy(processor)
    other._trainer = copy.copy(processor.trainer)
    other._trainer.model, other._trainer.args = model.double().eval(), args
    return other


def columns(processors: Mapping[str, Any]) -> tuple[list[list[str]], list[list[str]], list[list[Tag]]]:
    """The words of sentences, their lemmas and their tags."""
    from quotekit.parsing.fast.stages import plain_stages

    stages = plain_stages(processors)
    found = stages.tokens("\n\n".join([*ARTICLES, *ODD[:4]]))
    sentences = [[token.text for token in sentence] for sentence in found]
    tag = stages.tags(sentences)
    return sentences, stages.lemmas(sentences, tag), tag


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_the_tree_that_stanza_finds(seed: int) -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds, chuliu_edmonds_one_root

    from quotekit.parsing.fast.trees import any_roots, one_root

    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 40))
    scores = chance.normal(size=(size, size)) * 4
    scores[:, 0] += chance.choice([-3, 0, 3])  # few roots, or many
    np.fill_diagonal(scores, -np.inf)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    assert any_roots(scores)[1:].tolist() == chuliu_edmonds(scores.copy())[1:].tolist()
    assert one_root(scores)[1:].tolist() == chuliu_edmonds_one_root(scores)[1:].tolist()
