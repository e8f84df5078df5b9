"""Teaches the parser's states the names: ``python training/english/names_network.py BUILD MODELS``.

MODELS is a packed model whose parser and tagger of names are there. The network of ``quotekit/parsing/fast/names.py``
learns from the annotated names and, for each such sentence, two of those that the teacher has judged. It is kept as
MODELS/en/names/quotekit.pt and named in MODELS/resources.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from bioes import best_path, f1
from fit import Schedule, fit
from pack import keep_beside
from reading import Batch, Learner, Pair, epoch
from torch import Tensor

from quotekit.parsing.fast.batches import distinct
from quotekit.parsing.stanza_parser import StanzaParser

SEED = 1
UNITS, DROPOUT, RATE = 128, 0.4, 3e-3
WORDS, EPOCHS = 1200, 12
# As many judged sentences as this for each annotated one, drawn anew for each epoch.
SILVER_SHARE = 2.0
MAX_LENGTH = 120
CHUNK = 1000  # sentences read at once
PARTS = ("train", "dev", "test")


class Inputs:
    """What a word brings: the parser's state of it, and the vector of its form."""

    def __init__(self, models: Path) -> None:
        self._stages = StanzaParser(models)._stages
        self._vectors = self._stages.names.vectors  # type: ignore[attr-defined]

    @torch.inference_mode()
    def of(self, sentences: Sequence[Sequence[str]]) -> Iterator[Tensor]:
        """The inputs of the words of each sentence."""
        for start in range(0, len(sentences), CHUNK):
            forms = sentences[start : start + CHUNK]
            tags = self._stages.tags(forms)
            states = self._stages.relations(forms, self._stages.lemmas(forms, tags), tags).states
            words, rows = distinct(form for sentence in forms for form in sentence)
            inputs = torch.cat([states, self._vectors(words)[rows]], 1).half()
            yield from (own.clone() for own in inputs.split([len(sentence) for sentence in forms]))


def annotated(sentences: Sequence[Sequence[Mapping[str, str]]], inputs: Inputs, labels: Sequence[str]) -> list[Pair]:
    """The sentences with their tags, each of which is certain."""
    certain = np.eye(len(labels), dtype=np.float32)
    read = inputs.of([[word["text"] for word in words] for words in sentences])
    tags = ([labels.index(word["ner"]) for word in words] for words in sentences)
    return [(own, certain[numbers]) for own, numbers in zip(read, tags, strict=True)]


def judged(sentences: Sequence[tuple[list[str], Tensor]], inputs: Inputs) -> list[Pair]:
    """The sentences with the probability that the teacher gave each tag."""
    read = inputs.of([forms for forms, _ in sentences])
    return [(own, shares.float().exp().numpy()) for own, (_, shares) in zip(read, sentences, strict=True)]


def loss(model: Any, batch: Batch) -> Tensor:
    """How far the tags are missed, in the mean over words."""
    inputs, shares, sizes = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(inputs, sizes)
    return -(shares * torch.log_softmax(scores, 1)).sum() / len(shares)


@torch.inference_mode()
def found(model: Any, pairs: Sequence[Pair], labels: Sequence[str]) -> list[list[str]]:
    """The tags of the words of each sentence."""
    return [best_path(model(own.float(), [1] * len(own)).numpy(), labels) for own, _ in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("models", type=Path)
    options = parser.parse_args()
    build: Path = options.build
    torch.set_num_threads(1)
    train, dev, test = (json.loads((build / "data" / f"ner-{part}.json").read_text("utf-8")) for part in PARTS)
    inputs, silver = Inputs(options.models), torch.load(build / "silver-names.pt")
    labels: list[str] = silver["labels"]
    lessons, held, unseen = (annotated(part, inputs, labels) for part in (train, dev, test))
    others = judged(silver["sentences"], inputs)
    lessons = [pair for pair in lessons if len(pair[0]) <= MAX_LENGTH]
    torch.manual_seed(SEED)
    model = Learner(lessons[0][0].shape[1], UNITS, len(labels), DROPOUT)

    def batches(number: int) -> Iterator[Batch]:
        drawn = random.Random(SEED + number).sample(others, min(len(others), round(len(lessons) * SILVER_SHARE)))
        return epoch([*lessons, *drawn], words=WORDS, seed=SEED + number)

    steps = sum(1 for _ in batches(0))
    schedule = Schedule(steps * EPOCHS, RATE, warmup=100, averaging=0.99, evaluate_every=steps)
    folder = build / "names-network"
    fit(
        *(model, batches, loss, lambda m: {"names": f1(found(m, held, labels), dev)}),
        schedule=schedule,
        folder=folder,
        seed=SEED,
    )
    print(f"test {f1(found(model, unseen, labels), test)}", flush=True)
    keep_beside(options.models, "ner", "names", {"labels": labels, "network": model.state_dict()})


if __name__ == "__main__":
    main()
