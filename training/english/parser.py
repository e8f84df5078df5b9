"""Trains Stanza's graph parser: ``python training/english/parser.py BUILD NAME TRAIN.conllu... [--silver FILE] ...``.

TRAIN holds predicted tags and lemmas with the treebank's heads and relations: a parser that learned from the
treebank's own tags trusts them more than they deserve.
"""

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
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.model import GraphParser
from torch import Tensor
from torch.nn.functional import cross_entropy, logsigmoid, softplus
from torch.nn.utils.rnn import pad_packed_sequence
from treebank import read_treebank
from words import Batch, Numbered, Numbers, batch_of, states, vocabulary

ARGS: dict[str, Any] = {
    "lang": "en",
    "shorthand": "en_quotekit",
    "model_type": "graph",
    "hidden_dim": 240,
    "num_layers": 2,
    "char": True,
    "char_emb_dim": 40,
    "char_hidden_dim": 100,
    "char_num_layers": 1,
    "char_rec_dropout": 0,
    "charlm": False,
    "word_emb_dim": 75,
    "word_cutoff": 7,
    "tag_emb_dim": 50,
    "use_upos": True,
    "use_xpos": True,
    "use_ufeats": False,  # Stanza 1.15 embeds them and leaves them out
    "transformed_dim": 125,
    "deep_biaff_hidden_dim": 128,
    "deep_biaff_output_dim": 100,
    "linearization": True,
    "distance": True,
    "pretrain": True,
    "dropout": 0.33,
    "word_dropout": 0.2,
    "rec_dropout": 0,
    "bert_model": None,
    "use_peft": False,
    "batch_size": 5000,
    "optim": "adam",
    "lr": 0.003,
    "beta2": 0.95,
}
WORDS = 1500
SILVER_WEIGHT, SILVER_SHARE = 0.5, 0.5  # the share is drawn anew for each epoch
MAX_LENGTH = 120  # longer sentences are few, and their pairs many


def arc_scores(model: Any, states: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The scores of each head for each word, and what their order and their distance say: (sentences, words, heads)."""
    drop = model.drop
    places = torch.arange(states.size(1))
    offset = places[None, None, :] - places[None, :, None]
    arcs = model.unlabeled(drop(states), drop(states)).squeeze(3).float()
    order = model.linearization(drop(states), drop(states)).squeeze(3).float()
    arcs = arcs + logsigmoid(order * offset.sign()).detach()
    apart = 1 + softplus(model.distance(drop(states), drop(states)).squeeze(3).float())
    apart = -torch.log((offset.abs() - apart) ** 2 / 2 + 1)
    arcs = arcs + apart.detach()
    beyond = places[None, :] >= lengths[:, None]
    arcs = arcs.masked_fill(beyond[:, None, :] | (offset == 0), -1e4)
    return arcs, order, apart


def relation_scores(model: Any, states: Tensor, heads: Tensor) -> Tensor:
    """The score of each relation of each word to its head here: (sentences, words, relations)."""
    scorer = model.deprel
    words = scorer.dropout(torch.relu(scorer.W1(model.drop(states))))
    above = scorer.dropout(torch.relu(scorer.W2(model.drop(states))))
    above = above.gather(1, heads.unsqueeze(2).expand(-1, -1, above.size(2)))
    one = torch.ones_like(words[..., :1])
    words, above = torch.cat([words, one], 2), torch.cat([above, one], 2)
    weight = scorer.scorer.W_bilin.weight  # word, head, relation
    between = (words @ weight.flatten(1)).view(*words.shape[:2], weight.size(1), -1)
    return (above.unsqueeze(2) @ between).squeeze(2).float() + scorer.scorer.W_bilin.bias


def parser_loss(model: Any, batch: Batch, letters: Sequence[Sequence[int]]) -> Tensor:
    """Stanza's loss of a batch, by word; silver sentences by their weight."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = pad_packed_sequence(states(model, "parserlstm", batch, letters), batch_first=True)[0]
        arcs, order, apart = arc_scores(model, found, torch.tensor(batch.lengths))
        heads = batch.padded("heads")
        rooted = torch.cat([heads.new_zeros(len(heads), 1), heads], 1)
        relations = relation_scores(model, found, rooted)[:, 1:]
    there = torch.arange(heads.size(1))[None, :] < torch.tensor(batch.lengths)[:, None] - 1
    weight = torch.tensor([s.weight for s in batch.sentences])[:, None].expand_as(heads)[there]
    arcs, order, apart = (scores[:, 1:] for scores in (arcs, order, apart))
    target = heads[there]
    each = cross_entropy(arcs[there], target, reduction="none")
    each = each + cross_entropy(
        relations[there], batch.padded("relations")[there] - VOCAB_PREFIX_SIZE, reduction="none"
    )
    own = torch.arange(1, heads.size(1) + 1)[None, :].expand_as(heads)
    side = order.gather(2, heads.unsqueeze(2)).squeeze(2) * (heads - own).sign()
    each = each - logsigmoid(side[there]) - apart.gather(2, heads.unsqueeze(2)).squeeze(2)[there]
    return (each * weight).mean()


def score_trees(model: Any, sentences: Sequence[Numbered], letters: Sequence[Sequence[int]]) -> dict[str, float]:
    """UAS and LAS of each word's best head, in percent, without the search for a tree."""
    heads_right = both_right = 0
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for start in range(0, len(order), 32):
        batch = batch_of([sentences[i] for i in order[start : start + 32]])
        found = pad_packed_sequence(states(model, "parserlstm", batch, letters), batch_first=True)[0]
        best = arc_scores(model, found, torch.tensor(batch.lengths))[0].argmax(2)
        relations = relation_scores(model, found, best).argmax(2)[:, 1:] + VOCAB_PREFIX_SIZE
        heads = batch.padded("heads")
        there = torch.arange(heads.size(1))[None, :] < torch.tensor(batch.lengths)[:, None] - 1
        same = (best[:, 1:] == heads) & there
        heads_right += int(same.sum())
        both_right += int((same & (relations == batch.padded("relations"))).sum())
    total = sum(len(s) - 1 for s in sentences)
    return {"uas": round(100 * heads_right / total, 2), "las": round(100 * both_right / total, 2)}


def save_parser(model: Any, args: dict[str, Any], vocab: Any, target: Path) -> None:
    """Writes the parser as Stanza's own trainer does."""
    state = {key: value for key, value in model.state_dict().items() if not key.startswith("pretrained_emb.")}
    torch.save(
        {
            "model": state,
            "vocab": vocab.state_dict(),
            "config": args,
            "global_step": 0,
            "last_best_step": 0,
            "dev_score_history": [],
            "model_type": "graph",
        },
        target,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("name")
    parser.add_argument("gold", type=Path)
    parser.add_argument("silver", type=Path, nargs="*")
    parser.add_argument("--words", type=Path, nargs="*", default=[], help="have words counted here, not in SILVER")
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=ARGS["lr"])
    parser.add_argument("--start", type=Path, help="the checkpoint of a parser of the same size and words")
    options = parser.parse_args()
    build = options.build
    gold = read_treebank(options.gold)
    silver = [s for path in options.silver for s in read_treebank(path)]
    more = [s for path in options.words for s in read_treebank(path)]
    vectors = Pretrain(str(build / "vectors.pt"))
    vocab = vocabulary([*gold, *(more or silver)])
    numbers = Numbers(vocab, vectors, rooted=True)
    gold += shaped(gold, options.seed)
    lessons = [numbers.of(s) for s in gold if len(s) < MAX_LENGTH]
    extra = [numbers.of(s, SILVER_WEIGHT) for s in silver if len(s) < MAX_LENGTH]
    dev = [numbers.of(s) for s in read_treebank(options.dev)]
    torch.manual_seed(options.seed)
    model = GraphParser(ARGS, vocab, emb_matrix=vectors.emb)
    pool_dropout(model)
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=False)["average"], strict=False)

    def batches(epoch: int) -> Iterator[Batch]:
        drawn = random.Random(options.seed + epoch).sample(extra, round(SILVER_SHARE * len(extra)))
        chosen = lessons + drawn
        for batch in length_batches([len(s) for s in chosen], words=WORDS, seed=options.seed + epoch):
            yield batch_of([chosen[i] for i in batch])

    fit(
        model,
        batches,
        lambda model, batch: parser_loss(model, batch, numbers.letters),
        lambda model: score_trees(model, dev, numbers.letters),
        schedule=Schedule(options.steps, options.rate, evaluate_every=500),
        folder=build / options.name,
        seed=options.seed,
    )
    save_parser(model, ARGS, vocab, build / f"{options.name}.pt")


if __name__ == "__main__":
    main()
