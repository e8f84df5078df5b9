"""A model of another size, in a folder of its own, goes through the same code as the bundled one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quotekit.cli import main
from quotekit.parsing.models import bundled_folder
from tests.conftest import ROOT

pytestmark = pytest.mark.model

PARTS = ("tokenize", "mwt", "pos", "lemma", "depparse", "pretrain")  # no names: many languages have none
HARBOUR = ROOT / "fixtures" / "articles" / "harbour.txt"


@pytest.fixture(scope="module")
def second_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `quotekit models install` leaves it: the bundled parts, and a small parser that has learned nothing."""
    folder = tmp_path_factory.mktemp("models")
    for part in PARTS:
        (folder / "en" / part).mkdir(parents=True)
        shutil.copy(bundled_folder() / "en" / part / "quotekit.pt", folder / "en" / part / "default.pt")
    own = json.loads((bundled_folder() / "resources.json").read_text("utf-8"))["en"]
    needs = [{"model": "pretrain", "package": "default"}]
    names: dict[str, Any] = {
        "packages": {"default": {part: "default" for part in PARTS if part != "pretrain"}},
        "default_dependencies": {"pos": needs, "depparse": needs},
    }
    for part in PARTS:
        names[part] = {"default": {"md5": own[part]["quotekit"]["md5"]}}  # without what helps the tokeniser
        if part in ("pos", "depparse"):
            names[part]["default"]["dependencies"] = needs
    (folder / "resources.json").write_text(json.dumps({"en": names | {"lang_name": "English"}}), "utf-8")
    replace_parser(folder / "en" / "depparse" / "default.pt")
    return folder


def replace_parser(path: Path) -> None:
    """Puts a parser of one layer with weights drawn by lot in the place of this one."""
    import torch
    from stanza.models.depparse.model import GraphParser
    from stanza.models.pos.vocab import MultiVocab

    torch.manual_seed(5)
    state = torch.load(path, map_location="cpu", weights_only=True)
    state["config"] |= {"num_layers": 1, "hidden_dim": 24, "deep_biaff_hidden_dim": 12}
    width = state["model"]["trans_pretrained.weight"].shape[1]
    model = GraphParser(state["config"], MultiVocab.load_state_dict(state["vocab"]), emb_matrix=torch.zeros(9, width))
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=0.2)
    weights = {name: value for name, value in model.state_dict().items() if not name.startswith("pretrained_emb")}
    torch.save(state | {"model": weights}, path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_second_model_extracts_by_its_own_trees(second_model: Path, tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    run("extract", "--model", str(second_model), "-o", str(target), str(HARBOUR))
    record = json.loads(target.read_text("utf-8"))
    assert record["generator"]["model"].startswith("default ")
    assert record["document"]["text"] == HARBOUR.read_bytes().decode("utf-8")
    run("validate", str(target))


def test_a_second_model_tags_alike_and_parses_otherwise(second_model: Path) -> None:
    from quotekit.parsing.stanza_parser import StanzaParser

    text = HARBOUR.read_text("utf-8")
    [bundled], [second] = StanzaParser().parse([text]), StanzaParser(second_model).parse([text])
    assert [(word.form, word.upos, word.lemma) for word in second.words] == [
        (word.form, word.upos, word.lemma) for word in bundled.words
    ]
    assert [word.head for word in second.words] != [word.head for word in bundled.words]
    assert {word.ner for word in second.words} == {"O"}
    assert any(word.ner != "O" for word in bundled.words)
