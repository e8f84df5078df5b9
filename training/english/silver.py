"""Silver: news that a teacher has annotated. ``python training/english/silver.py BUILD PARSES trees|names``.

PARSES is a folder of CoNLL-U files, as ``training/attribution/parse.py`` writes them: their words and lemmas are
kept, tags and trees are the teacher's, names those of the teacher of names, which annotates EWT too. Writes
BUILD/silver.conllu or BUILD/silver-names.json. Nothing of it is shipped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from bioes import best_path
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from teacher import TAGS, Teacher, load_teacher
from treebank import Sentence, read_treebank, write_treebank

_T = TypeVar("_T")
MAX_LENGTH = 120
BATCH = 32
NAMES_EVERY = 3  # of the news, so that the names of mail, reviews and weblogs weigh as much


def annotate(sentences: Sequence[Sentence], annotate_batch: Callable[[Sequence[Sentence]], Iterator[_T]]) -> list[_T]:
    """What is found of each sentence, worked out in batches of sentences of about equal length."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    found: dict[int, _T] = {}
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        found |= zip(chosen, annotate_batch([sentences[i] for i in chosen]), strict=True)
    return [found[i] for i in range(len(sentences))]


@torch.inference_mode()
def parsed(model: Teacher, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences with the teacher's tags and trees."""
    lengths = torch.tensor([len(s) for s in sentences])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states([s.forms for s in sentences])
        arcs = torch.log_softmax(model.arc_scores(states, lengths), 2).numpy()
        tags = {kind: model.tags[kind](states).argmax(2) for kind in TAGS}
        heads = torch.zeros(len(sentences), states.size(1), dtype=torch.long)
        for i, sentence in enumerate(sentences):
            heads[i, : len(sentence)] = torch.tensor(_tree(arcs[i, : len(sentence), : len(sentence) + 1]))
        relations = model.relation_scores(states, heads)
    root = model.inventory.relations.index("root")
    relations[..., root] = torch.where(heads == 0, 1e4, -1e4)
    for i, s in enumerate(sentences):
        length = len(s)
        labels = {
            kind: tuple(getattr(model.inventory, kind)[j] for j in tags[kind][i, :length].tolist()) for kind in TAGS
        }
        relation = tuple(model.inventory.relations[j] for j in relations[i, :length].argmax(1).tolist())
        yield Sentence(s.forms, s.lemmas, **labels, heads=tuple(heads[i, :length].tolist()), relations=relation)


@torch.inference_mode()
def named(model: Teacher, sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """The tags of the names in the sentences."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model.tags["names"](model.states([s.forms for s in sentences])).float()
    for i, sentence in enumerate(sentences):
        yield best_path(scores[i, : len(sentence)].numpy(), model.inventory.names)


def _tree(arcs: np.ndarray) -> list[int]:
    scores = np.full((len(arcs) + 1, len(arcs) + 1), -1e9, dtype=np.float64)
    scores[1:] = arcs
    return [int(head) for head in chuliu_edmonds_one_root(scores)[1:]]


def _without_names(build: Path) -> list[Sentence]:
    """The sentences of the treebank whose names nobody has annotated: those of EWT."""
    data = build / "data"
    known = {
        tuple(word["text"] for word in sentence)
        for part in ("train", "dev", "test")
        for sentence in json.loads((data / f"ner-{part}.json").read_text("utf-8"))
    }
    treebank = (sentence for sentence in read_treebank(data / "train.conllu") if 1 < len(sentence) <= MAX_LENGTH)
    return [sentence for sentence in treebank if sentence.forms not in known]


def main() -> None:
    build, parses, kind = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    sentences = [
        sentence
        for path in sorted(parses.glob("*.conllu"))
        for sentence in read_treebank(path)
        if 1 < len(sentence) <= MAX_LENGTH
    ]
    if kind == "trees":
        write_treebank(build / "silver.conllu", annotate(sentences, partial(parsed, load_teacher(build))))
        return
    chosen = [*sentences[::NAMES_EVERY], *_without_names(build)]
    tags = annotate(chosen, partial(named, load_teacher(build, "teacher-names")))
    words = [
        [{"text": form, "ner": tag} for form, tag in zip(sentence.forms, row, strict=True)]
        for sentence, row in zip(chosen, tags, strict=True)
    ]
    (build / "silver-names.json").write_text(json.dumps(words), "utf-8")


if __name__ == "__main__":
    main()
