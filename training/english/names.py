"""Trains Stanza's tagger of named entities: ``python training/english/names.py BUILD NAME GOLD.json [SILVER.json...]``.

Where ``hints.py`` has added hints to the words, the tagger learns to tell them too, with heads that are not kept.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from bioes import spans
from fit import Schedule, fit, length_batches
from recurrence import lstm_layer, pool_dropout
from stanza.models.common.crf import viterbi_decode
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX_SIZE, CharVocab, CompositeVocab
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.vocab import WordVocab
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence
from words import MAX_LETTERS

ARGS: dict[str, Any] = {
    "lang": "en",
    "shorthand": "en_quotekit",
    "hidden_dim": 160,
    "num_layers": 1,
    "char": True,
    "char_emb_dim": 32,
    "char_hidden_dim": 50,
    "char_num_layers": 1,
    "char_rec_dropout": 0,
    "char_lowercase": False,
    "charlm": None,
    "word_emb_dim": 100,
    "emb_finetune": True,
    "emb_finetune_known_only": False,
    "input_transform": True,
    "lowercase": True,
    "pretrain": True,
    "dropout": 0.45,
    "word_dropout": 0.02,
    "locked_dropout": 0.0,
    "rec_dropout": 0,
    "scheme": "bioes",
    "train_scheme": "bioes",
    "predict_tagset": 0,
    "connect_output_layers": False,
    "bert_model": None,
    "use_peft": False,
    "batch_size": 32,
    "max_batch_words": 800,
    "optim": "sgd",
    "momentum": 0,
    "lr": 0.002,
}
WORDS = 1200
WORD_CUTOFF = 3
MAX_LENGTH = 120
HINT_WEIGHT = 0.5  # of a word's hint against its name
# As many silver sentences as annotated ones, drawn anew for each epoch.
SILVER_SHARE = 1.0

Words = list[dict[str, str]]


@dataclass(frozen=True)
class Named:
    """A sentence with names as numbers; ``forms`` are numbers of the spelled forms."""

    forms: Tensor
    word: Tensor
    delta: Tensor
    tags: Tensor
    hints: dict[str, Tensor]

    def __len__(self) -> int:
        return len(self.forms)


class Numbers:
    """Turns sentences with names to numbers."""

    def __init__(self, vocab: MultiVocab, hints: dict[str, dict[str, int]]) -> None:
        self.vocab = vocab
        self.hints = hints
        self.letters: list[list[int]] = []
        self._forms: dict[str, int] = {}

    def of(self, words: Words) -> Named:
        """The sentence as numbers; a word with a vector of the big table but none of its own has 0 there."""
        lower = [word["text"].lower() for word in words]
        word, delta = torch.tensor(self.vocab["word"].map(lower)), torch.tensor(self.vocab["delta"].map(lower))
        delta = torch.where((delta == UNK_ID) & (word != UNK_ID), PAD_ID, delta)
        tags = self.vocab["tag"].map([[one["ner"]] for one in words])
        return Named(
            torch.tensor([self._form(one["text"]) for one in words]),
            word,
            delta,
            torch.tensor([tag[0] if isinstance(tag, list) else tag for tag in tags]),
            {kind: torch.tensor([values[one[kind]] for one in words]) for kind, values in self.hints.items()},
        )

    def _form(self, form: str) -> int:
        if form not in self._forms:
            self._forms[form] = len(self.letters)
            self.letters.append(self.vocab["char"].map(list(form[:MAX_LETTERS])))
        return self._forms[form]


def hints_of(sentences: Sequence[Words]) -> dict[str, dict[str, int]]:
    """A number for each value of each hint that the words have besides text and name."""
    kinds = [kind for kind in sentences[0][0] if kind not in ("text", "ner")]
    values = {kind: sorted({word[kind] for sentence in sentences for word in sentence}) for kind in kinds}
    return {kind: {value: i for i, value in enumerate(known)} for kind, known in values.items()}


def vocabulary(sentences: Sequence[Words], vectors: Pretrain) -> MultiVocab:
    """Stanza's vocabularies for names."""
    rows = [[(word["text"], [word["ner"]]) for word in sentence] for sentence in sentences]
    return MultiVocab(
        {
            "char": CharVocab(rows, "en_quotekit"),
            "delta": WordVocab(rows, "en_quotekit", cutoff=WORD_CUTOFF, lower=True),
            "tag": CompositeVocab([[(x[1],) for x in row] for row in rows], "en_quotekit", idx=0, sep=None),
            "word": vectors.vocab,
        }
    )


def name_states(model: Any, sentences: Sequence[Named], letters: Sequence[Sequence[int]]) -> PackedSequence:
    """The states of all words, packed; the sentences' lengths must fall."""
    lengths = [len(s) for s in sentences]

    def packed(kind: str) -> PackedSequence:
        rows = nn.utils.rnn.pad_sequence([getattr(s, kind) for s in sentences], batch_first=True)
        return pack_padded_sequence(rows, lengths, batch_first=True)

    words = packed("word")
    vectors = model.word_emb(words.data) + model.delta_emb(packed("delta").data)
    spelled = _characters(model.charmodel, packed("forms").data, letters)
    given = model.input_transform(model.drop(model.worddrop(torch.cat([vectors, spelled], 1), None)))
    first = model.taggerlstm_h_init, model.taggerlstm_c_init
    states = lstm_layer(model.taggerlstm.lstm, given, words.batch_sizes.tolist(), *first)
    return PackedSequence(model.drop(states), words.batch_sizes)


def name_scores(model: Any, states: PackedSequence) -> Tensor:
    """The scores of each tag of each word, padded."""
    scores = PackedSequence(model.tag_clfs[0](states.data).float(), states.batch_sizes)
    return pad_packed_sequence(scores, batch_first=True)[0].contiguous()


def hint_loss(heads: nn.ModuleDict, states: PackedSequence, sentences: Sequence[Named]) -> Tensor:
    """How far the hints are missed: summed over words, in mean over sentences, as the loss of names is."""
    total = torch.zeros(())
    for kind, head in heads.items():
        values = nn.utils.rnn.pad_sequence([s.hints[kind] for s in sentences], batch_first=True)
        lengths = [len(s) for s in sentences]
        packed = pack_padded_sequence(values, lengths, batch_first=True).data
        total = total + cross_entropy(head(states.data).float(), packed, reduction="sum")
    return HINT_WEIGHT * total / len(sentences)


def _characters(charmodel: Any, forms: Tensor, letters: Sequence[Sequence[int]]) -> Tensor:
    """The last states of both directions over each form, reading each distinct form once."""
    distinct, places = forms.unique(return_inverse=True)
    spelled = [torch.tensor(letters[i]) for i in distinct.tolist()]
    order = sorted(range(len(spelled)), key=lambda i: -len(spelled[i]))
    lengths = torch.tensor([len(spelled[i]) for i in order])
    padded = nn.utils.rnn.pad_sequence([spelled[i] for i in order], batch_first=True)
    packed = pack_padded_sequence(charmodel.dropout(charmodel.char_emb(padded)), lengths, batch_first=True)
    first = charmodel.charlstm_h_init, charmodel.charlstm_c_init
    read = lstm_layer(charmodel.charlstm.lstm, packed.data, packed.batch_sizes.tolist(), *first)
    states = pad_packed_sequence(PackedSequence(read, packed.batch_sizes), batch_first=True)[0]
    half = states.size(2) // 2
    last = torch.cat([states[torch.arange(len(order)), lengths - 1, :half], states[:, 0, half:]], 1)
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return last[back][places]


def score_names(model: Any, sentences: Sequence[Words], numbers: Numbers) -> dict[str, float]:
    """Precision, recall and F1 of whole names with their kinds."""
    right = found = there = 0
    transitions = model.crits[0]._transitions.detach().numpy()
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    for start in range(0, len(order), 32):
        chosen = [sentences[i] for i in order[start : start + 32]]
        scores = name_scores(model, name_states(model, [numbers.of(s) for s in chosen], numbers.letters))
        for sentence, row in zip(chosen, scores.detach().numpy(), strict=True):
            best = [max(tag, VOCAB_PREFIX_SIZE) for tag in viterbi_decode(row[: len(sentence)], transitions)[0]]
            tags = fix_singleton_tags([tag[0] for tag in numbers.vocab["tag"].unmap([[tag] for tag in best])])
            gold, mine = set(spans([word["ner"] for word in sentence])), set(spans(tags))
            right, found, there = right + len(gold & mine), found + len(mine), there + len(gold)
    precision, recall = right / max(1, found), right / max(1, there)
    return {
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(200 * right / max(1, found + there), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("name")
    parser.add_argument("gold", type=Path)
    parser.add_argument("silver", type=Path, nargs="*")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--steps", type=int, default=3000)
    options = parser.parse_args()
    build = options.build
    gold: list[Words] = json.loads(options.gold.read_text("utf-8"))
    dev, test = (json.loads((build / "data" / f"ner-{part}.json").read_text("utf-8")) for part in ("dev", "test"))
    silver = [sentence for path in options.silver for sentence in json.loads(path.read_text("utf-8"))]
    vectors = Pretrain(str(build / "vectors.pt"))
    vocab = vocabulary(gold, vectors)
    hints = hints_of([*gold, *silver])
    numbers, unhinted = Numbers(vocab, hints), Numbers(vocab, {})
    lessons, more = ([numbers.of(s) for s in some if len(s) <= MAX_LENGTH] for some in (gold, silver))
    torch.manual_seed(options.seed)
    model = NERTagger(ARGS, vocab, emb_matrix=vectors.emb)
    model.word_emb.weight.requires_grad_(False)
    model.hint_heads = nn.ModuleDict(
        {kind: nn.Linear(2 * ARGS["hidden_dim"], len(values)) for kind, values in hints.items()}
    )
    pool_dropout(model)

    def batches(epoch: int) -> Iterator[list[Named]]:
        drawn = random.Random(options.seed + epoch).sample(more, min(len(more), round(len(lessons) * SILVER_SHARE)))
        both = [*lessons, *drawn]
        for batch in length_batches([len(s) for s in both], words=WORDS, seed=options.seed + epoch):
            yield sorted((both[i] for i in batch), key=lambda s: -len(s))

    def loss(model: Any, batch: list[Named]) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = name_states(model, batch, numbers.letters)
            scores, hinted = name_scores(model, states), hint_loss(model.hint_heads, states, batch)
        tags = nn.utils.rnn.pad_sequence([s.tags for s in batch], batch_first=True)
        value: Tensor = model.crits[0](scores, tags == PAD_ID, tags)[0]
        return value + hinted

    fit(
        model,
        batches,
        loss,
        lambda model: score_names(model, dev, unhinted),
        schedule=Schedule(options.steps, ARGS["lr"], evaluate_every=250, clip=5.0),
        folder=build / options.name,
        seed=options.seed,
    )
    with torch.inference_mode():
        print("test", score_names(model, test, unhinted))
    left_out = ("word_emb.", "hint_heads.")
    state = {key: value for key, value in model.state_dict().items() if not key.startswith(left_out)}
    torch.save({"model": state, "vocab": vocab.state_dict(), "config": ARGS}, build / f"{options.name}.pt")


if __name__ == "__main__":
    main()
