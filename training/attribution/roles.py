"""Teaches the parser's states the roles of words in reports: ``python training/attribution/roles.py CORPUS PARSES``.

The network of ``quotekit/parsing/fast/roles.py`` learns from the annotated articles and the sentences of our own which
words head a cue, stand in a content or a source, and open or close a content. The one of all texts is kept as
``quotekit/models/en/roles/quotekit.pt``. Four others, each of three quarters of the texts, tell the roles in
the rest, PARSES/roles.json: the scorer must not learn to trust what the network knows by heart.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import Sample, read_samples, read_sentences
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from quotekit.parsing.fast.batches import distinct
from quotekit.parsing.fast.columns import Forms
from quotekit.parsing.fast.roles import LEAST, MOST, UNITS
from quotekit.parsing.stanza_parser import StanzaParser
from quotekit.tree import Roles, Word

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "english"))
from fit import Schedule, fit
from pack import keep_beside
from reading import Batch, Learner, Pair, epoch

MODELS = Path(__file__).parents[2] / "quotekit" / "models"
SEED = 17
FOLDS, EPOCHS = 4, 6
WORDS = 2500  # in a batch
DROPOUT, RATE = 0.3, 3e-3
# Of a cue inside an annotated content nothing is said: that it is none counts for less.
NESTED = 0.3
KIND_WEIGHTS = (4.0, 1.0, 1.0, 2.0, 2.0)  # cues and borders are few


@dataclass(frozen=True)
class Text:
    """One text: its sample's id, the parser's states of each sentence's words, and for each word which roles it has."""

    id: str
    states: tuple[Tensor, ...]
    labels: tuple[NDArray[np.float32], ...]


class StatesReader:
    """Stands in the place of what tells the roles, and keeps the states and forms it is given."""

    def __init__(self, parser: StanzaParser) -> None:
        self._parser = parser
        self._kept: list[Tensor] = []
        self._vectors = parser._stages.names.vectors  # type: ignore[attr-defined]
        parser._stages.relations._roles = self._keep  # type: ignore[attr-defined]

    def _keep(self, forms: Forms, states: Tensor) -> Iterator[list[None]]:
        words, rows = distinct(form for sentence in forms for form in sentence)
        both = torch.cat([states, self._vectors(words)[rows]], 1).half()
        self._kept += both.split([len(sentence) for sentence in forms])
        return ([None] * len(sentence) for sentence in forms)

    def read(self, text: str) -> tuple[Tensor, ...]:
        """The states of the words of each sentence of this text, and behind each the vector of its form."""
        self._kept = []
        self._parser.parse([text])
        return tuple(self._kept)


def labelled(sample: Sample, states: tuple[Tensor, ...]) -> Text:
    """The states of a text with the roles that its annotation gives each word."""
    words = sample.tree.words
    assert [len(sentence.words) for sentence in sample.tree.sentences] == [len(own) for own in states], sample.id
    starts = np.array([word.start for word in words])
    labels = np.zeros((len(words), len(Roles._fields)), np.float32)

    def places(spans: Sequence[tuple[int, int]]) -> list[int]:
        return [i for start, end in spans for i in range(*np.searchsorted(starts, (start, end)))]

    for gold in sample.gold:
        cue, content = places(gold.cue), [i for i in places(gold.content) if words[i].upos != "PUNCT"]
        labels[content, 1] = labels[places(gold.source), 2] = 1
        if cue:
            labels[_head(cue, words), 0] = 1
        for _, run in groupby(content, lambda place: words[place].sentence.index):
            first, *rest = run
            labels[first, 3] = labels[[first, *rest][-1], 4] = 1
    ends = np.cumsum([len(own) for own in states])
    return Text(sample.id, states, tuple(np.split(labels, ends[:-1])))


def _head(cue: Sequence[int], words: Sequence[Word]) -> int:
    """The place of the word that a cue hangs on: the first verb among those that hang on none of the others."""
    own = {id(words[i]) for i in cue}
    heads = [i for i in cue if words[i].parent is None or id(words[i].parent) not in own]
    return next((i for i in (*heads, *cue) if words[i].upos in ("VERB", "AUX")), heads[0])


def lessons(texts: Sequence[Text]) -> list[Pair]:
    """The sentences of these texts."""
    return [pair for text in texts for pair in zip(text.states, text.labels, strict=True)]


def loss(model: Any, batch: Batch) -> Tensor:
    """How far the roles are missed, in the mean over words."""
    states, labels, sizes = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = model(states, sizes)
    missed = binary_cross_entropy_with_logits(odds, labels, reduction="none") * torch.tensor(KIND_WEIGHTS)
    nested = (labels[:, 1] > 0) & (labels[:, 0] == 0)
    missed[:, 0] = torch.where(nested, missed[:, 0] * NESTED, missed[:, 0])
    return missed.sum() / len(labels)


def precision(model: Any, held: Sequence[Pair]) -> dict[str, float]:
    """The average precision of each role in these sentences."""
    from sklearn.metrics import average_precision_score  # only training has it, and the tests need the rest

    batches = list(epoch(held, words=WORDS, seed=SEED))
    odds = torch.cat([model(states, sizes) for states, _, sizes in batches]).numpy()
    labels = torch.cat([labels for _, labels, _ in batches]).numpy()
    return {
        name: round(float(average_precision_score(labels[:, i], odds[:, i])), 4) for i, name in enumerate(Roles._fields)
    }


def learner(width: int) -> Learner:
    """The network before it has learned."""
    return Learner(width, UNITS, len(Roles._fields), DROPOUT)


def learned(texts: Sequence[Text], held: Sequence[Text], folder: Path) -> Learner:
    """The network that these texts teach, measured on those held out."""
    torch.manual_seed(SEED)
    pairs, unseen = lessons(texts), lessons(held)
    model = learner(texts[0].states[0].shape[1])

    def batches(number: int) -> Iterator[Batch]:
        return epoch(pairs, words=WORDS, seed=SEED + number)

    count = sum(1 for _ in batches(0))
    schedule = Schedule(count * EPOCHS, RATE, warmup=100, averaging=0.99, evaluate_every=count)
    fit(model, batches, loss, lambda m: precision(m, unseen), schedule=schedule, folder=folder, seed=SEED)
    return model


@torch.inference_mode()
def told(model: Learner, text: Text) -> list[list[int]]:
    """The roles of each word of a text, as whole log-odds."""
    found = []
    for states in text.states:
        odds = model(states.float(), [1] * len(states))
        found += odds.round().clamp(LEAST, MOST).int().tolist()
    return found


def tell_unseen(texts: Sequence[Text], fold: int, folder: Path) -> None:
    """Writes FOLDER.json: the roles in every fourth text from this one on, told by a network of the others."""
    held = texts[fold::FOLDS]
    model = learned([text for i, text in enumerate(texts) if i % FOLDS != fold], held, folder)
    folder.with_suffix(".json").write_text(json.dumps({text.id: told(model, text) for text in held}), "utf-8")


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    torch.set_num_threads(1)
    reader = StatesReader(StanzaParser())
    samples = [*read_samples(corpus, parses), *read_sentences(parses)]
    texts = [labelled(sample, reader.read(sample.tree.text)) for sample in samples]
    print(f"{len(texts)} texts read", flush=True)
    folders = [parses / f"roles-{fold}" for fold in range(FOLDS)]
    # Two at a time, which takes 9 minutes instead of 13; forked, they share the gigabyte of the texts.
    fork = multiprocessing.get_context("fork")
    for folds in (range(0, FOLDS, 2), range(1, FOLDS, 2)):
        processes = [fork.Process(target=tell_unseen, args=(texts, fold, folders[fold])) for fold in folds]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            if process.exitcode:
                sys.exit(f"roles.py: a network of three quarters of the texts ended with {process.exitcode}")
    roles: dict[str, list[list[int]]] = {}
    for folder in folders:
        roles |= json.loads(folder.with_suffix(".json").read_text("utf-8"))
    (parses / "roles.json").write_text(json.dumps(roles), "utf-8")
    model = learned(texts, texts[::FOLDS], parses / "roles")
    keep_beside(MODELS, "depparse", "roles", model.state_dict())


if __name__ == "__main__":
    main()
