"""Teaches where sentences end: ``python training/english/ends.py BUILD MODELS``.

MODELS is a packed model whose tagger of names is there, for its vectors of forms. The network of
``quotekit/parsing/fast/ends.py`` learns from the paragraphs of the treebank and from news that a teacher has judged
(``ends_teacher.py``); in some, the mark that ends a sentence is left out, or capitals are. It is kept as
MODELS/en/ends/quotekit.pt and named in MODELS/resources.json.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from fit import Schedule, fit
from pack import keep_beside
from reading import Batch, Learner, Pair, epoch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from quotekit.parsing.fast import ends
from quotekit.parsing.fast.ends import Placed
from quotekit.parsing.stanza_parser import StanzaParser

SEED = 1
UNITS, DROPOUT, RATE = 128, 0.3, 3e-3
WORDS, EPOCHS = 2500, 10
CHUNK = 200  # paragraphs whose forms are looked up at once
# Of the marks that end a sentence inside a paragraph as many are left out, and of the paragraphs as many lose capitals.
MARKS_LEFT_OUT, WITHOUT_CAPITALS = 0.2, 0.05
MARKS = ".?!:"


class Token(NamedTuple):
    """A token of a paragraph, whether white space stands behind it, and whether a sentence ends with it."""

    form: str
    space: bool
    last: bool


Paragraph = Sequence[Token]
# Gives forms their rows: their vectors and signs.
Known = Callable[[Sequence[str]], Tensor]


def read_paragraphs(lines: Iterable[str]) -> list[list[Token]]:
    """The paragraphs of a treebank in CoNLL-U."""
    found: list[list[Token]] = []
    covered = 0  # the last word of a token of several, which stands before its words
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if line.startswith(("# newdoc", "# newpar")):
            found += [[]] if not found or found[-1] else []
        elif len(columns) == 1 and found and found[-1] and not line.startswith("#"):
            found[-1][-1], covered = found[-1][-1]._replace(last=True), 0
        elif "." not in columns[0] and len(columns) > 1:
            first, _, last = columns[0].partition("-")
            if last or int(first) > covered:
                covered = int(last or covered)
                found[-1].append(Token(columns[1], "SpaceAfter=No" not in columns[9], False))
    return found


def worn(paragraph: Paragraph, chance: random.Random) -> Paragraph:
    """The paragraph as one writes in haste: without some of the marks that end a sentence, perhaps without capitals."""
    left: list[Token] = []
    for token in paragraph:
        follows = bool(left) and not left[-1].last
        if token.last and token.form in MARKS and follows and chance.random() < MARKS_LEFT_OUT:
            left[-1] = Token(left[-1].form, True, True)
        else:
            left.append(token)
    small = chance.random() < WITHOUT_CAPITALS
    return [token._replace(form=token.form.lower()) for token in left] if small else left


def placed(paragraph: Paragraph) -> list[Placed]:
    """The words of a paragraph for the network."""
    before = [True, *(token.space for token in paragraph[:-1])]
    behind = [*before[1:], True]
    return [Placed(token.form, *spaces) for token, *spaces in zip(paragraph, before, behind, strict=True)]


def pairs(paragraphs: Iterable[Paragraph], known: Known) -> list[Pair]:
    """The stretches of these paragraphs: what the network knows of each word, and whether a sentence ends with it."""
    found: list[Pair] = []
    for paragraph in paragraphs:
        inputs = inputs_of(placed(paragraph), known)
        labels = np.array([[token.last] for token in paragraph], np.float32)
        cuts = range(ends.MOST_WORDS, len(inputs), ends.MOST_WORDS)
        found += zip(inputs.tensor_split(list(cuts)), np.split(labels, cuts), strict=True)
    return found


def silver(build: Path, known: Known) -> list[Pair]:
    """The stretches of news with the probability of a sentence's end that the teacher gave each word."""
    judged = torch.load(build / "silver-ends.pt")
    return [
        (inputs_of([Placed(*word) for word in words], known), shares.float()[:, None].numpy())
        for words, shares in judged
    ]


def inputs_of(words: Sequence[Placed], known: Known) -> Tensor:
    """What the network knows of these words: the space around them, and their forms."""
    spaces = torch.tensor([word[1:] for word in words]).half()
    return torch.cat([spaces, known([word.form[: ends.MOST_LETTERS] for word in words])], 1)


def loss(model: Any, batch: Batch) -> Tensor:
    """How far the ends are missed, in the mean over words."""
    inputs, labels, sizes = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = model(inputs, sizes)
    return binary_cross_entropy_with_logits(odds, labels)


@torch.inference_mode()
def found(model: Any, held: Sequence[Pair]) -> list[Any]:
    """Whether a sentence ends with each word of these stretches."""
    return [model(inputs.float(), [1] * len(inputs))[:, 0].numpy() > 0 for inputs, _ in held]


def f1(found: Iterable[Any], gold: Iterable[Any]) -> float:
    """Per cent of whole sentences within the stretches, as F1; both say of each word whether one ends with it."""
    pairs = [tuple(map(_sentences, both)) for both in zip(found, gold, strict=True)]
    right, both = sum(len(mine & own) for mine, own in pairs), sum(len(mine) + len(own) for mine, own in pairs)
    return round(200 * right / max(1, both), 2)


def _sentences(last: Any) -> set[tuple[int, int]]:
    stops = sorted({*(np.nonzero(np.asarray(last))[0] + 1).tolist(), len(last)})
    return set(pairwise([0, *stops]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("models", type=Path)
    options = parser.parse_args()
    build: Path = options.build
    torch.set_num_threads(1)
    vectors = ends.Signed(StanzaParser(options.models)._stages.names.vectors)  # type: ignore[attr-defined]
    remembered: dict[str, Tensor] = {}

    @torch.inference_mode()
    def known(forms: Sequence[str]) -> Tensor:
        new = [form for form in dict.fromkeys(forms) if form not in remembered]
        remembered.update(zip(new, vectors(new).half().clone() if new else [], strict=True))
        return torch.stack([remembered[form] for form in forms])

    train, held = (
        read_paragraphs((build / "data" / f"{part}.conllu").read_text("utf-8").split("\n")) for part in ("train", "dev")
    )
    for start in range(0, len(train), CHUNK):
        known([token.form[: ends.MOST_LETTERS] for paragraph in train[start : start + CHUNK] for token in paragraph])
    torch.manual_seed(SEED)
    unseen, judged = pairs(held, known), silver(build, known)
    gold = [labels[:, 0] > 0 for _, labels in unseen]
    model = Learner(unseen[0][0].shape[1], UNITS, 1, DROPOUT)

    def batches(number: int) -> Iterator[Batch]:
        chance = random.Random(1000 * SEED + number)
        lessons = pairs((worn(one, chance) for one in train), known)
        return epoch([*lessons, *judged], words=WORDS, seed=SEED + number)

    steps = sum(1 for _ in batches(0))
    schedule = Schedule(steps * EPOCHS, RATE, warmup=100, averaging=0.99, evaluate_every=steps)
    folder = build / "ends"
    fit(
        model, batches, loss, lambda m: {"dev": f1(found(m, unseen), gold)}, schedule=schedule, folder=folder, seed=SEED
    )
    keep_beside(options.models, "tokenize", "ends", model.state_dict())


if __name__ == "__main__":
    main()
