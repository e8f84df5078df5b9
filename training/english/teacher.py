"""The teacher: MiniLM fine-tuned to tag, parse and find names all at once; its silver news teaches the small models.

It is several times too slow to ship. ``python training/english/teacher.py BUILD`` trains it from the treebank and
names in BUILD/data; ``silver.py`` lets it annotate news.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from bioes import spans
from encoder import WIDTH, Encoder, WordPieces
from fit import Schedule, fit, length_batches
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from treebank import Sentence, read_treebank

SEED = 17
WORDS = 1500  # padded words in a batch
ENCODER_RATE, RATE = 2e-4, 2e-3
STATES = 256  # of each direction above MiniLM
ARCS, RELATIONS = 256, 128
EPOCHS = 4
# Of names alone, afterwards: few sentences, so small batches and many rounds (three rounds of large ones gave F1 74).
NAMES_WORDS, NAMES_EPOCHS = 600, 8

TAGS = ("upos", "xpos", "feats")


@dataclass(frozen=True)
class Inventory:
    """The labels of each kind, in the order of the network's outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence], names: Sequence[Any]) -> Inventory:
        kinds = [sorted({v for s in sentences for v in getattr(s, kind)}) for kind in (*TAGS, "relations")]
        return cls(*map(tuple, kinds), tuple(sorted({word["ner"] for sentence in names for word in sentence})))


class Teacher(nn.Module):
    """MiniLM, the shape of each word, a BiLSTM, and a head for each task."""

    def __init__(self, inventory: Inventory, minilm: Path) -> None:
        super().__init__()
        self.inventory = inventory
        self.pieces = WordPieces(minilm)
        self.encoder = Encoder(minilm)
        self.shapes = nn.Embedding(len(SHAPES), 24)
        self.drop = nn.Dropout(0.33)
        self.lstm = nn.LSTM(WIDTH + 24, STATES, 1, batch_first=True, bidirectional=True)
        self.root = nn.Parameter(torch.zeros(2 * STATES))
        self.tags = nn.ModuleDict({kind: _head(getattr(inventory, kind)) for kind in (*TAGS, "names")})
        self.arc_word, self.arc_head = _layer(ARCS), _layer(ARCS)
        self.arcs = nn.Parameter(torch.zeros(ARCS + 1, ARCS))
        self.relation_word, self.relation_head = _layer(RELATIONS), _layer(RELATIONS)
        self.relations = nn.Parameter(torch.zeros(RELATIONS + 1, len(inventory.relations), RELATIONS + 1))

    def states(self, forms: Sequence[Sequence[str]]) -> Tensor:
        """The states of all words, padded: (sentences, longest, 512)."""
        pieces = [self.pieces.of(words) for words in forms]
        ids = torch.zeros(len(forms), max(len(one) for one, _ in pieces), dtype=torch.long)
        firsts = torch.zeros(len(forms), max(map(len, forms)), dtype=torch.long)
        shapes = torch.zeros_like(firsts)
        for i, (one, places) in enumerate(pieces):
            ids[i, : len(one)] = torch.tensor(one)
            firsts[i, : len(places)] = torch.tensor(places)
            shapes[i, : len(places)] = torch.tensor([shape(form) for form in forms[i]])
        encoded = self.encoder(ids).gather(1, firsts.unsqueeze(2).expand(-1, -1, WIDTH))
        both = torch.cat([self.drop(encoded), self.shapes(shapes)], 2)
        lengths = [len(words) for words in forms]
        packed = pack_padded_sequence(both, lengths, batch_first=True, enforce_sorted=False)
        states: Tensor = self.drop(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])
        return states

    def arc_scores(self, states: Tensor, lengths: Tensor) -> Tensor:
        """The score of each head for each word: (sentences, longest, longest + 1), 0 being the root."""
        heads = self.arc_head(self._rooted(states))
        words = self.arc_word(states)
        words = torch.cat([words, torch.ones_like(words[..., :1])], 2)
        scores: Tensor = (words @ self.arcs @ heads.transpose(1, 2)).float()
        places = torch.arange(scores.size(2))
        scores = scores.masked_fill((places > lengths[:, None])[:, None, :], -1e4)
        own = torch.arange(scores.size(1))
        scores[:, own, own + 1] = -1e4
        return scores

    def relation_scores(self, states: Tensor, heads: Tensor) -> Tensor:
        """The score of each relation to these heads: (sentences, longest, relations)."""
        above = self.relation_head(self._rooted(states))
        above = above.gather(1, heads.unsqueeze(2).expand(-1, -1, RELATIONS))
        words = self.relation_word(states)
        one = torch.ones_like(words[..., :1])
        above, words = torch.cat([above, one], 2), torch.cat([words, one], 2)
        between = (words @ self.relations.flatten(1)).view(*words.shape[:2], -1, RELATIONS + 1)
        return (between @ above.unsqueeze(3)).squeeze(3).float()

    def _rooted(self, states: Tensor) -> Tensor:
        return torch.cat([self.root.expand(states.size(0), 1, -1).to(states.dtype), states], 1)


SHAPES = ("lower", "upper", "title", "mixed", "digits", "other", "letter")


def shape(form: str) -> int:
    if form.isdigit():
        return 4
    if not any(c.isalpha() for c in form):
        return 5
    if form.islower():
        return 0
    if form.isupper():
        return 6 if len(form) == 1 else 1
    return 2 if form[0].isupper() and form[1:].islower() else 3


def _layer(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(2 * STATES, width), nn.GELU(), nn.Dropout(0.33))


def _head(labels: Sequence[str]) -> nn.Sequential:
    return nn.Sequential(_layer(128), nn.Linear(128, len(labels)))


@dataclass(frozen=True)
class Lesson:
    """A batch: words, and per kind the padded numbers of the labels, -100 where there is none."""

    forms: list[tuple[str, ...]]
    lengths: Tensor
    labels: dict[str, Tensor]


def lesson(sentences: Sequence[Sentence], numbers: dict[str, dict[str, int]]) -> Lesson:
    """The batch of these sentences of the treebank."""
    labels = {
        kind: _padded([[numbers[kind][value] for value in getattr(s, kind)] for s in sentences])
        for kind in (*TAGS, "relations")
    }
    labels["heads"] = _padded([s.heads for s in sentences])
    return Lesson([s.forms for s in sentences], torch.tensor([len(s) for s in sentences]), labels)


def names_lesson(sentences: Sequence[Any], numbers: dict[str, dict[str, int]]) -> Lesson:
    """The batch of these sentences with names."""
    forms = [tuple(word["text"] for word in sentence) for sentence in sentences]
    labels = {"names": _padded([[numbers["names"][word["ner"]] for word in sentence] for sentence in sentences])}
    return Lesson(forms, torch.tensor([len(sentence) for sentence in sentences]), labels)


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    padded = torch.full((len(rows), max(map(len, rows))), -100)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = torch.tensor(row)
    return padded


def teacher_loss(model: nn.Module, batch: Lesson) -> Tensor:
    """The sum of the tasks' mean losses over the batch's words."""
    assert isinstance(model, Teacher)
    # Of short sentences the plain products are twice as fast backwards as the fused attention.
    with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        states = model.states(batch.forms)
        total = torch.zeros(())
        for kind, labels in batch.labels.items():
            if kind in model.tags:
                total = total + cross_entropy(model.tags[kind](states).float().flatten(0, 1), labels.flatten())
        if "heads" in batch.labels:
            heads = batch.labels["heads"]
            arcs = model.arc_scores(states, batch.lengths)
            total = total + cross_entropy(arcs.flatten(0, 1), heads.flatten())
            relations = model.relation_scores(states, heads.clamp(min=0))
            total = total + cross_entropy(relations.flatten(0, 1), batch.labels["relations"].flatten())
    return total


def predict(model: Teacher, forms: Sequence[tuple[str, ...]]) -> dict[str, Tensor]:
    """The scores of each kind for these sentences, padded; relations are those to the best head of each word."""
    lengths = torch.tensor([len(words) for words in forms])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states(forms)
        arcs = model.arc_scores(states, lengths)
        scores = {kind: head(states).float() for kind, head in model.tags.items()}
        return scores | {"arcs": arcs, "relations": model.relation_scores(states, arcs.argmax(2))}


def numbers_of(inventory: Inventory) -> dict[str, dict[str, int]]:
    """The number of each label of each kind."""
    kinds = (*TAGS, "relations", "names")
    return {kind: {label: i for i, label in enumerate(getattr(inventory, kind))} for kind in kinds}


def load_teacher(build: Path, name: str = "teacher") -> Teacher:
    """The trained teacher of this build; ``teacher-names`` is the one for names."""
    state = torch.load(build / name / "teacher.pt", weights_only=False)
    model = Teacher(Inventory(**state["inventory"]), build / "minilm")
    model.load_state_dict(state["model"])
    model.eval()
    return model


def train_teacher(build: Path) -> None:
    """Trains the teacher of all tasks into BUILD/teacher."""
    data = build / "data"
    train, dev = read_treebank(data / "train.conllu"), read_treebank(data / "dev.conllu")
    names = json.loads((data / "ner-train.json").read_text("utf-8"))
    inventory = Inventory.of(train, names)
    numbers = numbers_of(inventory)
    train = [sentence for sentence in train if len(sentence) <= 150]
    torch.manual_seed(SEED)

    def batches(epoch: int) -> Iterator[Lesson]:
        for batch in length_batches([len(s) for s in train], words=WORDS, seed=SEED + epoch):
            yield lesson([train[i] for i in batch], numbers)

    def evaluate(model: nn.Module) -> dict[str, float]:
        assert isinstance(model, Teacher)
        return _score(model, dev, numbers)

    per_epoch = len(length_batches([len(s) for s in train], words=WORDS, seed=SEED))
    _fit(Teacher(inventory, build / "minilm"), batches, evaluate, steps=per_epoch * EPOCHS, folder=build / "teacher")


def train_names_teacher(build: Path) -> None:
    """Trains the teacher on, with names alone, into BUILD/teacher-names."""
    data = build / "data"
    names, dev = (json.loads((data / f"ner-{part}.json").read_text("utf-8")) for part in ("train", "dev"))
    model = load_teacher(build)
    numbers = numbers_of(model.inventory)
    torch.manual_seed(SEED)

    def batches(epoch: int) -> Iterator[Lesson]:
        for batch in length_batches([len(s) for s in names], words=NAMES_WORDS, seed=SEED + epoch):
            yield names_lesson([names[i] for i in batch], numbers)

    def evaluate(model: nn.Module) -> dict[str, float]:
        assert isinstance(model, Teacher)
        return _score_names(model, dev)

    per_epoch = len(length_batches([len(s) for s in names], words=NAMES_WORDS, seed=SEED))
    _fit(model, batches, evaluate, steps=per_epoch * NAMES_EPOCHS, folder=build / "teacher-names")


def _fit(
    model: Teacher,
    batches: Callable[[int], Iterator[Lesson]],
    evaluate: Callable[[nn.Module], dict[str, float]],
    *,
    steps: int,
    folder: Path,
) -> None:
    """Trains the teacher, the encoder at a rate of its own, and saves it as FOLDER/teacher.pt."""

    def groups(model: nn.Module) -> list[dict[str, Any]]:
        assert isinstance(model, Teacher)
        own = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
        return [{"params": list(model.encoder.parameters()), "lr": ENCODER_RATE}, {"params": own, "lr": RATE}]

    schedule = Schedule(steps, RATE, evaluate_every=max(1, steps // EPOCHS), averaging=0.995)
    fit(model, batches, teacher_loss, evaluate, schedule=schedule, folder=folder, seed=SEED, groups=groups)
    torch.save({"model": model.state_dict(), "inventory": asdict(model.inventory)}, folder / "teacher.pt")


def _score(model: Teacher, sentences: Sequence[Sentence], numbers: dict[str, dict[str, int]]) -> dict[str, float]:
    right = {"upos": 0, "xpos": 0, "feats": 0, "uas": 0, "las": 0}
    total = 0
    for start in range(0, len(sentences), 32):
        batch = lesson(sentences[start : start + 32], numbers_or_none(numbers))
        scores = predict(model, batch.forms)
        there = batch.labels["heads"] >= 0
        total += int(there.sum())
        for kind in TAGS:
            right[kind] += int((scores[kind].argmax(2) == batch.labels[kind])[there].sum())
        heads = (scores["arcs"].argmax(2) == batch.labels["heads"]) & there
        relations = scores["relations"].argmax(2) == batch.labels["relations"]
        right["uas"] += int(heads.sum())
        right["las"] += int((heads & relations).sum())
    return {kind: round(100 * count / total, 2) for kind, count in right.items()}


class _Else(dict[str, int]):
    """Numbers of labels; a label that training has not shown has none."""

    def __missing__(self, key: str) -> int:
        return -1


def numbers_or_none(numbers: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The numbers, with -1 for labels not among them."""
    return {kind: _Else(labels) for kind, labels in numbers.items()}


def _score_names(model: Teacher, sentences: Sequence[Any]) -> dict[str, float]:
    labels = model.inventory.names
    right = found = there = 0
    for start in range(0, len(sentences), 32):
        some = sentences[start : start + 32]
        scores = predict(model, [tuple(word["text"] for word in s) for s in some])["names"].argmax(2)
        for sentence, row in zip(some, scores, strict=True):
            gold = set(spans([word["ner"] for word in sentence]))
            mine = set(spans([labels[int(i)] for i in row[: len(sentence)]]))
            right, found, there = right + len(gold & mine), found + len(mine), there + len(gold)
    return {"names": round(200 * right / max(1, found + there), 2)}


if __name__ == "__main__":
    (train_names_teacher if "names" in sys.argv[2:] else train_teacher)(Path(sys.argv[1]))
