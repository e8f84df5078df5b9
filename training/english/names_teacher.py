"""The teacher of names: MPNet fine-tuned on the annotated ones; its judgement of other text teaches small networks.

It is a hundred times too slow to ship. ``python training/english/names_teacher.py BUILD`` trains it into
BUILD/teacher-names and lets it judge news and the treebank's sentences that nobody has annotated: BUILD/silver-names.pt
holds, for each sentence, its words and the probability of each tag of each word.
What it learns beside names, as hints.py says why, are both kinds of tags and what spaCy's small model calls a name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from bioes import best_path, spans
from fit import Schedule, fit, length_batches
from mpnet import PADDING, WIDTH, Encoder, WordPieces, padded
from teacher import SHAPES, shape
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from treebank import Sentence, read_treebank

SEED = 17
# Few sentences, so small batches; on dev nothing was gained after the fourth round.
WORDS, EPOCHS = 600, 4
ENCODER_RATE, RATE = 1e-4, 2e-3
STATES = 256  # of each direction above MPNet
DROPOUT = 0.33
HINT_WEIGHT = 0.5  # of a word's hints against its name
MAX_LENGTH = 120
NAMES_EVERY = 3  # of the news, so that the names of mail, reviews and weblogs weigh as much
BATCH = 32  # sentences judged at once

Words = Sequence[dict[str, str]]


@dataclass(frozen=True)
class Lesson:
    """A sentence: its forms, its pieces' ids and what the frozen layers make of them, and its labels as numbers."""

    forms: tuple[str, ...]
    ids: list[int]
    firsts: list[int]
    lower: Tensor
    labels: dict[str, Tensor]

    def __len__(self) -> int:
        return len(self.forms)


class NamesTeacher(nn.Module):
    """MPNet, the shape of each word, a BiLSTM, and a head for each kind of label."""

    def __init__(self, folder: Path, kinds: dict[str, list[str]]) -> None:
        super().__init__()
        self.kinds = kinds
        self.encoder = Encoder(folder)
        self.shapes = nn.Embedding(len(SHAPES), 24)
        self.drop = nn.Dropout(DROPOUT)
        self.lstm = nn.LSTM(WIDTH + 24, STATES, batch_first=True, bidirectional=True)
        self.heads = nn.ModuleDict(
            {
                kind: nn.Sequential(nn.Linear(2 * STATES, 128), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(128, len(of)))
                for kind, of in kinds.items()
            }
        )

    def states(self, batch: Sequence[Lesson]) -> Tensor:
        """The states of all words, padded: (sentences, longest, 512)."""
        ids = padded([one.ids for one in batch])
        lower = pad_sequence([one.lower.float() for one in batch], batch_first=True)
        firsts = pad_sequence([torch.tensor(one.firsts) for one in batch], batch_first=True)
        shapes = pad_sequence([torch.tensor([shape(form) for form in one.forms]) for one in batch], batch_first=True)
        encoded = self.encoder.upper(lower, ids).gather(1, firsts[..., None].expand(-1, -1, WIDTH))
        both = torch.cat([self.drop(encoded), self.shapes(shapes)], 2)
        packed = pack_padded_sequence(both, [len(one) for one in batch], batch_first=True, enforce_sorted=False)
        found: Tensor = self.drop(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])
        return found


class Reader:
    """Turns sentences to lessons."""

    def __init__(self, folder: Path, encoder: Encoder, kinds: dict[str, list[str]]) -> None:
        self._pieces, self._encoder = WordPieces(folder), encoder
        self._numbers = {kind: {label: i for i, label in enumerate(labels)} for kind, labels in kinds.items()}

    def lessons(self, sentences: Sequence[Words]) -> list[Lesson]:
        """These sentences, in the same order; a label that is not known is not learned from."""
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        found: dict[int, Lesson] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            forms = {i: tuple(word["text"] for word in sentences[i]) for i in chosen}
            pieces = {i: self._pieces.of(forms[i]) for i in chosen}
            ids = padded([pieces[i][0] for i in chosen])
            with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
                lower = self._encoder.lower(ids).to(torch.bfloat16)
            for i, states, held in zip(chosen, lower, ids != PADDING, strict=True):
                labels = {
                    kind: torch.tensor([numbers.get(word.get(kind, ""), -100) for word in sentences[i]])
                    for kind, numbers in self._numbers.items()
                }
                found[i] = Lesson(forms[i], *pieces[i], states[held].clone(), labels)
        return [found[i] for i in range(len(sentences))]


def loss(model: Any, batch: Sequence[Lesson]) -> Tensor:
    """How far the names and, at half weight, the hints are missed, in the mean over words."""
    total = torch.zeros(())
    # Of short sentences the plain products are twice as fast backwards as the fused attention.
    with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        states = model.states(batch)
        for kind, head in model.heads.items():
            labels = pad_sequence([one.labels[kind] for one in batch], batch_first=True, padding_value=-100)
            missed = cross_entropy(head(states).float().flatten(0, 1), labels.flatten())
            total = total + missed * (1 if kind == "ner" else HINT_WEIGHT)
    return total


@torch.inference_mode()
def shares(model: NamesTeacher, lessons: Sequence[Lesson]) -> list[Tensor]:
    """The logarithm of the probability of each tag of each word of each sentence."""
    order = sorted(range(len(lessons)), key=lambda i: len(lessons[i]))
    found: dict[int, Tensor] = {}
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model.heads["ner"](model.states([lessons[i] for i in chosen])).float()
        for i, row in zip(chosen, torch.log_softmax(scores, 2), strict=True):
            found[i] = row[: len(lessons[i])].clone()
    return [found[i] for i in range(len(lessons))]


def f1(found: Sequence[Sequence[str]], sentences: Sequence[Words]) -> float:
    """Per cent of whole names with their kinds, as F1."""
    pairs = [
        (set(spans([word["ner"] for word in sentence])), set(spans(tags)))
        for sentence, tags in zip(sentences, found, strict=True)
    ]
    right, both = sum(len(gold & mine) for gold, mine in pairs), sum(len(gold) + len(mine) for gold, mine in pairs)
    return round(200 * right / max(1, both), 2)


def without_names(build: Path) -> list[Sentence]:
    """The sentences of the treebank whose names nobody has annotated: those of EWT."""
    data = build / "data"
    known = {
        tuple(word["text"] for word in sentence)
        for part in ("train", "dev", "test")
        for sentence in json.loads((data / f"ner-{part}.json").read_text("utf-8"))
    }
    treebank = (sentence for sentence in read_treebank(data / "train.conllu") if 1 < len(sentence) <= MAX_LENGTH)
    return [sentence for sentence in treebank if sentence.forms not in known]


def others(build: Path) -> list[Words]:
    """The sentences to judge: every third of the news, and those of the treebank without names."""
    news = (s for path in sorted((build / "news").glob("*.conllu")) for s in read_treebank(path))
    chosen = [sentence for sentence in news if 1 < len(sentence) <= MAX_LENGTH][::NAMES_EVERY]
    return [[{"text": form} for form in sentence.forms] for sentence in [*chosen, *without_names(build)]]


def trained(build: Path, train: Sequence[Words], dev: Sequence[Words]) -> tuple[NamesTeacher, Reader]:
    """The teacher, and what reads sentences for it."""
    torch.manual_seed(SEED)
    kinds = {kind: sorted({word[kind] for words in train for word in words} - {""}) for kind in train[0][0]}
    del kinds["text"]
    model = NamesTeacher(build / "mpnet", kinds)
    reader = Reader(build / "mpnet", model.encoder, kinds)
    lessons, held = reader.lessons([words for words in train if len(words) <= MAX_LENGTH]), reader.lessons(dev)
    labels = kinds["ner"]

    def batches(epoch: int) -> Iterator[list[Lesson]]:
        for batch in length_batches([len(one) for one in lessons], words=WORDS, seed=SEED + epoch):
            yield [lessons[i] for i in batch]

    def evaluate(model: Any) -> dict[str, float]:
        return {"names": f1([best_path(row.numpy(), labels) for row in shares(model, held)], dev)}

    def groups(model: Any) -> list[dict[str, Any]]:
        own = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
        return [{"params": model.encoder.trained(), "lr": ENCODER_RATE}, {"params": own, "lr": RATE}]

    steps = len(length_batches([len(one) for one in lessons], words=WORDS, seed=SEED))
    schedule = Schedule(steps * EPOCHS, RATE, evaluate_every=steps, averaging=0.995)
    fit(model, batches, loss, evaluate, schedule=schedule, folder=build / "teacher-names", seed=SEED, groups=groups)
    return model, reader


def main() -> None:
    build = Path(sys.argv[1])
    train = json.loads((build / "names-train.json").read_text("utf-8"))
    dev, test = (json.loads((build / "data" / f"ner-{part}.json").read_text("utf-8")) for part in ("dev", "test"))
    torch.set_num_threads(1)
    model, reader = trained(build, train, dev)
    labels = model.kinds["ner"]
    tags = [best_path(row.numpy(), labels) for row in shares(model, reader.lessons(test))]
    print(f"test {f1(tags, test)}", flush=True)
    sentences = others(build)
    judged = [
        ([word["text"] for word in words], row.half())
        for start in range(0, len(sentences), 2000)
        for part in [sentences[start : start + 2000]]
        for words, row in zip(part, shares(model, reader.lessons(part)), strict=True)
    ]
    torch.save({"labels": labels, "sentences": judged}, build / "silver-names.pt")


if __name__ == "__main__":
    main()
