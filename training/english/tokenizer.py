"""Trains Stanza's tokenizer: ``python training/english/tokenizer.py BUILD NAME [--units N] [--teacher NAME]``.

Reads what ``prepare.py`` has written. A lesson is a stretch of a paragraph, begun at a sentence: Stanza's own trainer
cuts stretches at 100 letters by default and leaves out every longer sentence, which is every second one of a newspaper.

A small tokenizer learns more from a larger one: with a teacher, half of what is learned is how sure the teacher is of
each verdict, on the treebank and on as many paragraphs of raw news.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from evaluate import raw_text
from fit import Schedule, fit
from recurrence import lstm_layer, pool_dropout
from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS, TokenizationDataset
from stanza.models.tokenization.model import Tokenizer
from stanza.models.tokenization.vocab import Vocab
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, logsigmoid
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
ARGS: dict[str, Any] = {
    "lang": "en",
    "shorthand": "en_quotekit",
    "emb_dim": 32,
    "hidden_dim": 64,
    "rnn_layers": 1,
    "conv_res": None,
    "conv_filters": "1,9",
    "hier_conv_res": False,
    "residual": True,
    "hierarchical": True,
    "hier_invtemp": 0.5,
    "feat_funcs": FEATURES,
    "feat_dim": len(FEATURES),
    "use_dictionary": False,
    "use_mwt": True,
    "skip_newline": False,
    "dropout": 0.25,
    "feat_dropout": 0.05,
    "unit_dropout": 0.05,
    "tok_noise": 0.02,
    "max_seqlen": 300,
    "num_dict_feat": 0,
    "charlm_forward_file": None,
    # What Stanza asks of every tokenizer, also of one that only reads.
    "batch_size": 32,
    "lr0": 2e-3,
    "weight_decay": 0.0,
    "mode": "train",
    "shuffle_steps": 0,
    "last_char_drop_prob": 0.0,
    "last_char_move_prob": 0.0,
    "sent_drop_prob": 0.0,
    "augment_final_punct_prob": 0.0,
    "split_mwt_prob": 0.0,
}
STRETCH = 320  # letters
BATCH = 64
RATE = 4e-3
LETTER_DROPOUT = 0.05
# Shares of the lessons that are changed: the full stops behind its sentences dropped, or all its letters made large.
NO_STOPS, CAPITALS = 0.06, 0.03
SENTENCE_ENDS = (2, 4)
TAUGHT = 0.5  # the teacher's part in the loss on the treebank; on news it is all of it
NEWS_SHARE = 0.25  # paragraphs of raw news for each stretch of the treebank, drawn anew for each epoch
UNKNOWN = -100  # the verdict on a letter of raw text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's letters and, for each, what ends with it: 0 nothing, 1 a word, 2 a sentence, 3 and 4 if several."""

    letters: str
    labels: list[int]

    def starts(self) -> list[int]:
        """Where its sentences begin."""
        return [0, *(i + 1 for i, label in enumerate(self.labels[:-1]) if label in SENTENCE_ENDS)]


def paragraphs(folder: Path, part: str) -> list[Paragraph]:
    """The paragraphs of this part, white space as Stanza makes it."""
    files = {"txt": str(folder / f"{part}.txt"), "label": str(folder / f"{part}.toklabels")}
    args = {"skip_newline": False}
    data = TokenizationDataset(args, files).data
    return [Paragraph("".join(letter for letter, _ in one), [label for _, label in one]) for one in data]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a paragraph as numbers."""

    letters: Tensor
    features: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.letters)


def stretch(paragraph: Paragraph, start: int, vocab: Vocab, chance: random.Random | None, size: int) -> Stretch:
    """The numbers of up to ``size`` letters from ``start`` on, changed at random where a chance is given."""
    letters = list(paragraph.letters[start : start + size])
    labels = list(paragraph.labels[start : start + size])
    if chance and chance.random() < CAPITALS:
        letters = [letter.upper() if len(letter.upper()) == 1 else letter for letter in letters]
    if chance and chance.random() < NO_STOPS:
        letters, labels = without_stops(letters, labels)
    last = len(letters) - 1
    ends = start + size >= len(paragraph.letters)
    functions = [PER_CHAR_FEAT_FUNCS[name] for name in FEATURES if name in PER_CHAR_FEAT_FUNCS]
    features = [
        [*(function(letter) for function in functions), int(ends and i == last), int(start == 0 and i == 0)]
        for i, letter in enumerate(letters)
    ]
    numbers = torch.tensor([vocab.unit2id(letter) for letter in letters])
    if chance:
        numbers[torch.rand(len(numbers)) < LETTER_DROPOUT] = 1
    return Stretch(numbers, torch.tensor(features, dtype=torch.float), torch.tensor(labels))


def without_stops(letters: list[str], labels: list[int]) -> tuple[list[str], list[int]]:
    """The stretch without the full stops that end its sentences; the word before each ends them then."""
    keep = [True] * len(letters)
    labels = list(labels)
    for i in range(1, len(letters)):
        if letters[i] == "." and labels[i] == 2 and labels[i - 1] in (1, 3):
            labels[i - 1] += 1
            keep[i] = False
    kept = [i for i in range(len(letters)) if keep[i]]
    return [letters[i] for i in kept], [labels[i] for i in kept]


def verdict_scores(model: Any, batch: Sequence[Stretch]) -> tuple[Tensor, Tensor]:
    """The scores of the five verdicts on all letters, packed, and the labels; stretches must be longest first."""
    lengths = [len(one) for one in batch]

    def packed(rows: Sequence[Tensor]) -> PackedSequence:
        return pack_padded_sequence(nn.utils.rnn.pad_sequence(list(rows), batch_first=True), lengths, batch_first=True)

    letters, labels = packed([one.letters for one in batch]), packed([one.labels for one in batch]).data
    features = packed([one.features for one in batch]).data
    sizes = letters.batch_sizes.tolist()
    given = torch.cat([model.dropout(model.embeddings(letters.data)), model.dropout_feat(features)], 1)
    nothing = torch.zeros(2, 1, model.rnn.hidden_size)
    states = model.dropout(lstm_layer(model.rnn, given, sizes, nothing, nothing))
    scores = [classifier(states).float() for classifier in (model.tok_clf, model.sent_clf, model.mwt_clf)]
    doubt = model.toknoise(torch.sigmoid(-scores[0] * ARGS["hier_invtemp"]))
    states = model.dropout(lstm_layer(model.rnn2, states * (1 - doubt), sizes, nothing, nothing))
    second = (model.tok_clf2, model.sent_clf2, model.mwt_clf2)
    token, sentence, several = (a + b(states).float() for a, b in zip(scores, second, strict=True))
    yes, no = map(logsigmoid, (token, sentence, several)), map(logsigmoid, (-token, -sentence, -several))
    (tok, sent, mwt), (nontok, nonsent, nonmwt) = yes, no
    both = [nontok, tok + nonsent + nonmwt, tok + sent + nonmwt, tok + nonsent + mwt, tok + sent + mwt]
    return torch.cat(both, 1), labels


def score_tokens(model: Any, whole: Sequence[Paragraph], vocab: Vocab) -> dict[str, float]:
    """F1 of tokens and of sentences, both by their ends and beginnings."""
    counts = {"tokens": [0, 0, 0], "sentences": [0, 0, 0]}
    order = sorted(whole, key=lambda paragraph: -len(paragraph.letters))
    for first in range(0, len(order), BATCH):
        chosen = order[first : first + BATCH]
        batch = [stretch(paragraph, 0, vocab, None, len(paragraph.letters)) for paragraph in chosen]
        scores, labels = verdict_scores(model, batch)
        sizes = torch.tensor([sum(len(s) > i for s in batch) for i in range(len(batch[0]))])
        rows = pad_packed_sequence(PackedSequence(torch.stack([scores.argmax(1), labels], 1), sizes), batch_first=True)
        for row, one in zip(rows[0], batch, strict=True):
            mine, gold = row[: len(one), 0].clone(), row[: len(one), 1]
            mine[-1] = 2
            for kind, ends in (("tokens", (1, 2, 3, 4)), ("sentences", SENTENCE_ENDS)):
                found, there = _spans(mine, ends), _spans(gold, ends)
                for i, many in enumerate((len(found & there), len(found), len(there))):
                    counts[kind][i] += many
    return {kind: round(200 * right / (found + there), 2) for kind, (right, found, there) in counts.items()}


def _spans(verdicts: Tensor, ends: tuple[int, ...]) -> set[tuple[int, int]]:
    places = [-1, *(i for i, verdict in enumerate(verdicts.tolist()) if verdict in ends)]
    return set(pairwise(places))


def raw_paragraphs(folder: Path) -> Iterator[Paragraph]:
    """The paragraphs of parsed news, whose verdicts are not known."""
    for path in sorted(folder.glob("*.conllu")):
        for block in raw_text(path.read_text("utf-8")).split("\n\n"):
            letters = " ".join(block.split())
            if letters:
                yield Paragraph(letters, [UNKNOWN] * len(letters))


def load_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that has been trained, ready to judge."""
    state = torch.load(path, weights_only=False)
    model = _tokenizer(state["config"])
    model.load_state_dict(state["model"])
    return model.eval()


def _tokenizer(args: dict[str, Any]) -> Tokenizer:
    sizes = (args["vocab_size"], args["emb_dim"], args["hidden_dim"])
    return Tokenizer(args, *sizes, dropout=args["dropout"], feat_dropout=args["feat_dropout"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("name")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--units", type=int, default=ARGS["hidden_dim"])
    parser.add_argument("--dropout", type=float, default=ARGS["dropout"])
    parser.add_argument("--teacher", help="a larger tokenizer of this build")
    parser.add_argument("--start", help="a tokenizer of this size to go on from")
    parser.add_argument("--rate", type=float, default=RATE)
    options = parser.parse_args()
    train, dev = (paragraphs(options.build / "tokens", part) for part in ("train", "dev"))
    vocab = Vocab([[(letter, 0) for letter in one.letters] for one in train], lang="en")
    args = ARGS | {"vocab_size": len(vocab), "hidden_dim": options.units, "dropout": options.dropout}
    torch.manual_seed(options.seed)
    model = _tokenizer(args)
    if options.start:
        model.load_state_dict(load_tokenizer(options.build / f"{options.start}.pt").state_dict())
    pool_dropout(model)
    teacher = load_tokenizer(options.build / f"{options.teacher}.pt") if options.teacher else None
    places = [(one, start) for one in train for start in one.starts()]
    news = list(raw_paragraphs(options.build / "news")) if teacher else []

    def batches(epoch: int) -> Iterator[list[Stretch]]:
        chance = random.Random(options.seed + epoch)
        torch.manual_seed(options.seed + epoch)
        raw = [(one, 0) for one in chance.sample(news, min(len(news), round(NEWS_SHARE * len(places))))]
        chosen = chance.sample(both := [*places, *raw], len(both))
        for first in range(0, len(chosen), BATCH):
            batch = [stretch(one, start, vocab, chance, STRETCH) for one, start in chosen[first : first + BATCH]]
            yield sorted(batch, key=lambda one: -len(one))

    def loss(model: nn.Module, batch: list[Stretch]) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores, labels = verdict_scores(model, batch)
            if teacher is None:
                return cross_entropy(scores, labels)
            with torch.no_grad():
                taught = verdict_scores(teacher, batch)[0].softmax(1)
        own = cross_entropy(scores, labels, ignore_index=UNKNOWN, reduction="none")
        share = torch.where(labels == UNKNOWN, 1.0, TAUGHT)
        return (share * cross_entropy(scores, taught, reduction="none") + (1 - share) * own).mean()

    fit(
        model,
        batches,
        loss,
        lambda model: score_tokens(model, dev, vocab),
        schedule=Schedule(options.steps, options.rate, evaluate_every=250),
        folder=options.build / options.name,
        seed=options.seed,
    )
    state = {"model": model.state_dict(), "vocab": vocab.state_dict(), "lexicon": None, "external_dict": None}
    torch.save(state | {"config": args}, options.build / f"{options.name}.pt")


if __name__ == "__main__":
    main()
