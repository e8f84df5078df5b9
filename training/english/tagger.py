"""Trains Stanza's tagger: ``python training/english/tagger.py BUILD NAME TRAIN.conllu... [--seed N] [--steps N]``."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from fit import Schedule, fit, length_batches
from recurrence import pool_dropout
from shapes import shaped
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.model import Tagger
from stanza.models.pos.tag_columns import tag_columns_from_config, tag_columns_to_config
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from treebank import Sentence, read_treebank
from words import Batch, Numbered, Numbers, batch_of, states, vocabulary

ARGS: dict[str, Any] = {
    "lang": "en",
    "shorthand": "en_quotekit",
    "hidden_dim": 160,
    "num_layers": 2,
    "char": True,
    "char_emb_dim": 40,
    "char_hidden_dim": 100,
    "char_num_layers": 1,
    "char_rec_dropout": 0,
    "char_bidirectional": False,
    "charlm": False,
    "word_emb_dim": 75,
    "word_cutoff": 7,
    "tag_emb_dim": 25,
    "transformed_dim": 125,
    "deep_biaff_hidden_dim": 64,
    "composite_deep_biaff_hidden_dim": 25,
    "pretrain": True,
    "dropout": 0.33,
    "word_dropout": 0.2,
    "rec_dropout": 0,
    "share_hid": False,
    "bert_model": None,
    "use_peft": False,
    "batch_size": 250,
    "batch_maximum_tokens": 5000,
    "optim": "adam",
    "lr": 0.003,
    "beta2": 0.95,
}
WORDS = 1500
MAX_LENGTH = 120
# Of the silver a third is drawn anew for each epoch: with all of it, two thirds of what the tagger saw were news with
# the teacher's mistakes, and it was no better on dev (96.0) than a tagger of half of the treebank alone (95.95).
SILVER_WEIGHT, SILVER_SHARE = 0.5, 0.33
# Twenty columns of features next to two of tags: in full they would drown the tags that the parser reads.
FEATURES_WEIGHT = 0.1


def tag_scores(model: Any, states: Tensor, upos: Tensor | None) -> dict[str, Any]:
    """The scores of each column for packed states; xpos and features see the given tags, or those found."""
    drop = model.drop
    found = model.upos_clf(drop(torch.relu(model.upos_hid(drop(states))))).float()
    given = found.argmax(1) if upos is None else upos
    parent = drop(model.upos_emb(given))
    parent = torch.cat([parent, torch.ones_like(parent[:, :1])], 1)
    scores: dict[str, Any] = {"upos": found}
    for column in ("xpos", "feats"):
        hidden = drop(torch.relu(model.tag_hid[column](drop(states))))
        hidden = torch.cat([hidden, torch.ones_like(hidden[:, :1])], 1)
        heads = [model.tag_clf[column]] if column == "xpos" else list(model.tag_clf[column])
        weights = torch.cat([head.W_bilin.weight for head in heads]).permute(1, 0, 2)  # in, out, parent
        between = (hidden @ weights.flatten(1)).view(len(hidden), -1, parent.size(1))
        bias = torch.cat([head.W_bilin.bias for head in heads])
        every = (between @ parent.unsqueeze(2)).squeeze(2).float() + bias
        sizes = [len(head.W_bilin.bias) for head in heads]
        scores[column] = every if column == "xpos" else every.split(sizes, 1)
    return scores


def tagger_loss(model: Any, batch: Batch, letters: Sequence[Sequence[int]]) -> Tensor:
    """The loss of a batch: upos and xpos in full, features lightly; silver sentences by their weight."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = states(model, "taggerlstm", batch, letters).data
        upos = batch.packed("upos")
        scores = tag_scores(model, found, upos)
    weight = _weights(batch)
    loss = _mean(scores["upos"], upos, weight) + _mean(scores["xpos"], batch.packed("xpos"), weight)
    feats = batch.packed("feats")
    for i, column in enumerate(scores["feats"]):
        loss = loss + FEATURES_WEIGHT * _mean(column, feats[:, i], weight)
    return loss


def _mean(scores: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    return (cross_entropy(scores, labels, reduction="none", ignore_index=0) * weight).mean()


def _weights(batch: Batch) -> Tensor:
    each = torch.tensor([s.weight for s in batch.sentences])
    return torch.cat([each[:size] for size in batch.sizes.tolist()])


def predict_tags(
    model: Any, sentences: Sequence[Numbered], letters: Sequence[Sequence[int]]
) -> list[dict[str, Tensor]]:
    """The numbers of the tags of each sentence."""
    results: list[dict[str, Tensor]] = [{}] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for start in range(0, len(order), 64):
        chosen = order[start : start + 64]
        batch = batch_of([sentences[i] for i in chosen])
        scores = tag_scores(model, states(model, "taggerlstm", batch, letters).data, None)
        best = {kind: scores[kind].argmax(1) for kind in ("upos", "xpos")}
        best["feats"] = torch.stack([column.argmax(1) for column in scores["feats"]], 1)
        unpacked = {
            kind: nn.utils.rnn.pad_packed_sequence(nn.utils.rnn.PackedSequence(values, batch.sizes), batch_first=True)[
                0
            ]
            for kind, values in best.items()
        }
        for row, place in enumerate(batch.order):
            length = batch.lengths[row]
            results[chosen[place]] = {kind: values[row, :length] for kind, values in unpacked.items()}
    return results


def score_tags(model: Any, sentences: Sequence[Numbered], letters: Sequence[Sequence[int]]) -> dict[str, float]:
    """The accuracy of each kind of tag; features count where all of a word's are right."""
    right = {"upos": 0, "xpos": 0, "feats": 0}
    for gold, found in zip(sentences, predict_tags(model, sentences, letters), strict=True):
        for kind in right:
            same = found[kind] == getattr(gold, kind)
            right[kind] += int((same.all(1) if kind == "feats" else same).sum())
    total = sum(map(len, sentences))
    return {kind: round(100 * count / total, 2) for kind, count in right.items()}


def retag(model: Any, numbers: Numbers, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with the tags that the model finds."""
    found = predict_tags(model, [numbers.of(s) for s in sentences], numbers.letters)
    vocab = numbers.vocab
    return [
        Sentence(
            s.forms,
            s.lemmas,
            *(tuple(vocab[kind].unmap(tags[kind].tolist())) for kind in ("upos", "xpos", "feats")),
            s.heads,
            s.relations,
        )
        for s, tags in zip(sentences, found, strict=True)
    ]


def train_tagger(
    build: Path, name: str, gold: Sequence[Sentence], silver: Sequence[Sentence], *, seed: int, steps: int
) -> None:
    """Trains a tagger and saves it as BUILD/NAME.pt in Stanza's format."""
    vectors = Pretrain(str(build / "vectors.pt"))
    vocab = vocabulary([*gold, *silver])
    numbers = Numbers(vocab, vectors, rooted=False)
    gold = [*gold, *shaped(gold, seed)]
    lessons = [numbers.of(s) for s in gold if len(s) <= MAX_LENGTH]
    more = [numbers.of(s, SILVER_WEIGHT) for s in silver if len(s) <= MAX_LENGTH]
    dev = [numbers.of(s) for s in read_treebank(build / "data" / "dev.conllu")]
    torch.manual_seed(seed)
    args = ARGS | {"tag_columns": tag_columns_from_config(None)}
    model = Tagger(args, vocab, emb_matrix=vectors.emb)
    pool_dropout(model)

    def batches(epoch: int) -> Iterator[Batch]:
        chosen = lessons + random.Random(seed + epoch).sample(more, round(SILVER_SHARE * len(more)))
        for batch in length_batches([len(s) for s in chosen], words=WORDS, seed=seed + epoch):
            yield batch_of([chosen[i] for i in batch])

    fit(
        model,
        batches,
        lambda model, batch: tagger_loss(model, batch, numbers.letters),
        lambda model: score_tags(model, dev, numbers.letters),
        schedule=Schedule(steps, ARGS["lr"], evaluate_every=500),
        folder=build / name,
        seed=seed,
    )
    save_tagger(model, args, vocab, build / f"{name}.pt")


def save_tagger(model: Any, args: dict[str, Any], vocab: Any, target: Path) -> None:
    """Writes the tagger as Stanza's own trainer does."""
    state = {key: value for key, value in model.state_dict().items() if not key.startswith("pretrained_emb.")}
    config = args | {"tag_columns": tag_columns_to_config(args["tag_columns"])}
    torch.save({"model": state, "vocab": vocab.state_dict(), "config": config}, target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("name")
    parser.add_argument("gold", type=Path)
    parser.add_argument("silver", type=Path, nargs="*")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--fold", type=int, choices=(0, 1), help="learn from this half of GOLD only")
    options = parser.parse_args()
    gold = read_treebank(options.gold)
    silver = [s for path in options.silver for s in read_treebank(path)]
    if options.fold is not None:
        gold = gold[options.fold :: 2]
    train_tagger(options.build, options.name, gold, silver, seed=options.seed, steps=options.steps)


if __name__ == "__main__":
    main()
