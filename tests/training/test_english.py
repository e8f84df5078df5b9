"""The English recipe: its shortcuts give what PyTorch and Stanza give, and its data are what they should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.model  # not that it is loaded: PyTorch and Stanza take as long to import

GOLD = """# newdoc id = GUM_news_ferry
# newpar
# sent_id = 1
1-2\tShe'll\t_\t_\t_\t_\t_\t_\t_\t_
1\tShe\tshe\tPRON\tPRP\tCase=Nom\t3\tnsubj\t_\t_
2\t'll\twill\tAUX\tMD\tVerbForm=Fin\t3\taux\t_\t_
3\tsay\tsay\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
4\tso\tso\tADV\tRB\t_\t3\tadvmod\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = 2
1\tFerries\tferry\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\twait\twait\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No
3\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\t_
4\tsaid\tsay\tVERB\tVBD\t_\t2\tparataxis\t_\t_
5\tLund\tLund\tPROPN\tNNP\t_\t4\tnsubj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, "utf-8")
    return path


def test_a_treebank_survives_reading_and_writing(gold: Path, tmp_path: Path) -> None:
    from treebank import read_treebank, write_treebank

    sentences = read_treebank(gold)
    assert [sentence.forms for sentence in sentences] == [
        ("She", "'ll", "say", "so", "."),
        ("Ferries", "wait", ",", "said", "Lund", "."),
    ]
    assert sentences[1].heads == (2, 0, 4, 2, 4, 2)
    write_treebank(tmp_path / "copy.conllu", sentences)
    assert read_treebank(tmp_path / "copy.conllu") == sentences


def test_the_raw_text_has_the_paragraphs_and_spaces_of_the_treebank() -> None:
    from evaluate import raw_text

    assert raw_text(GOLD) == "She'll say so. \n\nFerries wait, said Lund. "


def test_frames_of_reports_are_counted_by_their_letters() -> None:
    from evaluate import frames, reported

    assert [kind for kind, _, _ in frames(GOLD)] == ["nsubj", "parataxis", "nsubj"]
    assert set(reported(GOLD, GOLD).values()) == {100.0, 0.0}  # no ccomp
    other = GOLD.replace("5\tLund\tLund\tPROPN\tNNP\t_\t4\tnsubj", "5\tLund\tLund\tPROPN\tNNP\t_\t2\tobj")
    assert reported(GOLD, other)["reporting nsubj"] == pytest.approx(66.67)


def test_a_sentence_in_another_shape_keeps_its_tree(gold: Path) -> None:
    from shapes import shaped, without_stop
    from treebank import read_treebank

    sentences = read_treebank(gold)
    assert without_stop(sentences[0]).forms == ("She", "'ll", "say", "so")
    shapes = list(shaped(sentences * 300, seed=3))
    assert {shape.forms[0] for shape in shapes} == {"SHE", "She", "she", "FERRIES", "Ferries", "ferries"}
    assert all(shape.heads in {s.heads[: len(shape)] for s in sentences} for shape in shapes)


def test_the_layer_gives_pytorchs_states_and_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    import recurrence
    import torch
    from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

    monkeypatch.setattr(recurrence, "HALF", torch.float32)
    torch.manual_seed(0)
    lstm = torch.nn.LSTM(7, 5, 1, batch_first=True, bidirectional=True)
    packed = pack_padded_sequence(torch.randn(4, 6, 7), [6, 4, 4, 1], batch_first=True)
    weights = torch.randn(15, 10)

    def gradients(own: bool) -> list[Any]:
        lstm.zero_grad()
        words, h, c = packed.data.clone().requires_grad_(), *torch.ones(2, 2, 1, 5).requires_grad_()
        h.retain_grad()
        c.retain_grad()
        if own:
            states = recurrence.lstm_layer(lstm, words, packed.batch_sizes.tolist(), h, c)
        else:
            first = (h.expand(2, 4, 5).contiguous(), c.expand(2, 4, 5).contiguous())
            states = lstm(PackedSequence(words, packed.batch_sizes), first)[0].data
        (states * weights).sum().backward()
        found = [states.detach(), words.grad, h.grad, c.grad, *(p.grad.clone() for p in lstm.parameters())]
        return [tensor.clone() for tensor in found]

    for mine, theirs in zip(gradients(True), gradients(False), strict=True):
        assert torch.allclose(mine, theirs, atol=1e-5)


def test_pooled_dropout_drops_the_share_and_keeps_the_mean() -> None:
    import torch
    from recurrence import Dropout

    layer = Dropout(0.25)
    values = torch.ones(200, 300)
    dropped = layer(values)
    assert (dropped == 0).float().mean().item() == pytest.approx(0.25, abs=0.01)
    assert dropped.mean().item() == pytest.approx(1.0, abs=0.02)
    assert layer.eval()(values) is values


def test_the_best_path_has_no_name_half_open() -> None:
    from bioes import best_path, spans

    labels = ["B-ORG", "E-ORG", "I-ORG", "O", "S-ORG", "S-PERSON"]
    scores = np.array([[3, 0, 0, 2, 1, 0], [0, 0, 0, 4, 0, 0], [0, 2, 0, 0, 1.5, 0.0]])
    path = best_path(scores, labels)
    assert path == ["O", "O", "S-ORG"]
    assert list(spans(path)) == [(2, 3, "ORG")]
    assert list(spans(["B-ORG", "E-ORG", "S-PERSON", "O", "B-ORG", "I-ORG"])) == [
        (0, 2, "ORG"),
        (2, 3, "PERSON"),
        (4, 6, "ORG"),
    ]


def test_a_stretch_without_full_stops_ends_its_sentences_with_words() -> None:
    from tokenizer import without_stops

    letters, labels = list("No. Go."), [0, 1, 2, 0, 0, 1, 2]
    assert without_stops(letters, labels) == (list("No Go"), [0, 2, 0, 0, 2])


def test_batches_hold_all_sentences_once_and_are_the_same_for_a_seed() -> None:
    from fit import length_batches

    lengths = [3, 50, 7, 7, 21, 120, 1, 9] * 9
    batches = length_batches(lengths, words=150, seed=4)
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    assert batches == length_batches(lengths, words=150, seed=4) != length_batches(lengths, words=150, seed=5)
    assert all(len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= 150 for batch in batches)


def test_learning_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    import torch
    from fit import Schedule, fit

    def run(folder: Path, stop: int) -> tuple[float, int]:
        model = torch.nn.Linear(1, 1, bias=False)
        torch.nn.init.zeros_(model.weight)
        seen = []

        def loss(model: Any, batch: int) -> Any:
            seen.append(batch)
            if len(seen) > stop:
                raise KeyboardInterrupt
            return (model(torch.ones(1, 1)) - 1).pow(2).sum()

        schedule = Schedule(20, 0.1, warmup=2, evaluate_every=10, averaging=0.5)
        fit(model, lambda epoch: iter(range(7)), loss, lambda m: {}, schedule=schedule, folder=folder, seed=1)
        return float(model.weight.detach()), len(seen)

    whole, steps = run(tmp_path / "whole", 99)
    assert steps == 20
    import fit as module

    module.CHECKPOINT_SECONDS = 0
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "broken", 8)
    resumed, rest = run(tmp_path / "broken", 99)
    assert rest == 12
    assert resumed == pytest.approx(whole)


def test_packing_halves_weights_and_cuts_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    import pack
    import torch

    monkeypatch.setattr(pack, "VECTORS", 2)
    halved = pack.halved({"model": {"w": torch.ones(2), "n": torch.tensor([1])}, "config": {"lr": 0.1}})
    assert halved["model"]["w"].dtype == torch.float16
    assert halved["model"]["n"].dtype == torch.int64
    assert halved["config"] == {"lr": 0.1}
    units = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", "the", "dam", "gate"]
    cut = pack.cut({"_id2unit": units, "_unit2id": {unit: i for i, unit in enumerate(units)}, "lower": True})
    assert cut["_id2unit"] == units[:6]
    assert "gate" not in cut["_unit2id"]
