"""A teacher of words: MPNet fine-tuned to label them; its judgement of other text teaches small networks.

It is a hundred times too slow to ship. The lower half of its layers is frozen, and read once for each sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from fit import Schedule, fit, length_batches
from mpnet import PADDING, WIDTH, Encoder, WordPieces, padded
from teacher import SHAPES, shape
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

WORDS = 600  # in a batch
ENCODER_RATE, RATE = 1e-4, 2e-3
STATES = 256  # of each direction above MPNet
DROPOUT = 0.33
BATCH = 32  # sentences judged at once
CHUNK = 2000  # and read at once

# A word has its "text", and labels of several kinds.
Words = Sequence[Mapping[str, str]]


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


class WordsTeacher(nn.Module):
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


def trained(
    build: Path,
    train: Sequence[Words],
    weights: Mapping[str, float],
    evaluate: Any,
    *,
    epochs: int,
    name: str,
    seed: int,
) -> tuple[WordsTeacher, Reader]:
    """The teacher that has learned the kinds of labels with these weights, and what reads sentences for it.

    ``evaluate(model, reader)`` tells how good it is; BUILD/NAME holds its checkpoint.
    """
    torch.manual_seed(seed)
    kinds = {kind: sorted({word[kind] for words in train for word in words} - {""}) for kind in weights}
    model = WordsTeacher(build / "mpnet", kinds)
    reader = Reader(build / "mpnet", model.encoder, kinds)
    lessons = reader.lessons(train)
    lengths = [len(one) for one in lessons]

    def batches(epoch: int) -> Iterator[list[Lesson]]:
        for batch in length_batches(lengths, words=WORDS, seed=seed + epoch):
            yield [lessons[i] for i in batch]

    def loss(model: Any, batch: Sequence[Lesson]) -> Tensor:
        total = torch.zeros(())
        # Of short sentences the plain products are twice as fast backwards as the fused attention.
        with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            states = model.states(batch)
            for kind, head in model.heads.items():
                labels = pad_sequence([one.labels[kind] for one in batch], batch_first=True, padding_value=-100)
                missed = cross_entropy(head(states).float().flatten(0, 1), labels.flatten())
                total = total + missed * weights[kind]
        return total

    def groups(model: Any) -> list[dict[str, Any]]:
        own = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
        return [{"params": model.encoder.trained(), "lr": ENCODER_RATE}, {"params": own, "lr": RATE}]

    steps = len(length_batches(lengths, words=WORDS, seed=seed))
    schedule = Schedule(steps * epochs, RATE, evaluate_every=steps, averaging=0.995)
    fit(
        *(model, batches, loss, lambda m: evaluate(m, reader)),
        schedule=schedule,
        folder=build / name,
        seed=seed,
        groups=groups,
    )
    return model, reader


@torch.inference_mode()
def judged(model: WordsTeacher, reader: Reader, sentences: Sequence[Words], kind: str) -> Iterator[Tensor]:
    """For each sentence the logarithm of the probability of each label of this kind of each word."""
    for start in range(0, len(sentences), CHUNK):
        yield from shares(model, reader.lessons(sentences[start : start + CHUNK]), kind)


@torch.inference_mode()
def shares(model: WordsTeacher, lessons: Sequence[Lesson], kind: str) -> list[Tensor]:
    """The same of sentences that have been read."""
    order = sorted(range(len(lessons)), key=lambda i: len(lessons[i]))
    found: dict[int, Tensor] = {}
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model.heads[kind](model.states([lessons[i] for i in chosen])).float()
        for i, row in zip(chosen, torch.log_softmax(scores, 2), strict=True):
            found[i] = row[: len(lessons[i])].clone()
    return [found[i] for i in range(len(lessons))]
