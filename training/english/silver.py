"""Silver: news that the teacher has annotated. ``python training/english/silver.py BUILD PARSES NAME``.

PARSES is a folder of CoNLL-U files, as ``training/parse.py`` writes them: their words and lemmas are kept, tags,
trees and names are the teacher's. Writes BUILD/NAME.conllu and BUILD/NAME-names.json. Nothing of it is shipped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from bioes import best_path
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from teacher import Teacher, load_teacher
from treebank import Sentence, read_treebank, write_treebank

MAX_LENGTH = 120
BATCH = 32


def annotate(model: Teacher, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, list[str]]]:
    """Each sentence with the teacher's tags and tree, and the tags of its names."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    found: list[tuple[Sentence, list[str]] | None] = [None] * len(sentences)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        for place, result in zip(chosen, _annotate([sentences[i] for i in chosen], model), strict=True):
            found[place] = result
    return (result for result in found if result is not None)


@torch.inference_mode()
def _annotate(sentences: Sequence[Sentence], model: Teacher) -> Iterator[tuple[Sentence, list[str]]]:
    lengths = torch.tensor([len(s) for s in sentences])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states([s.forms for s in sentences])
        arcs = torch.log_softmax(model.arc_scores(states, lengths), 2).numpy()
        tags = {kind: head(states).float() for kind, head in model.tags.items()}
        heads = torch.zeros(len(sentences), states.size(1), dtype=torch.long)
        for i, sentence in enumerate(sentences):
            heads[i, : len(sentence)] = torch.tensor(_tree(arcs[i, : len(sentence), : len(sentence) + 1]))
        relations = model.relation_scores(states, heads)
    root = model.inventory.relations.index("root")
    relations[..., root] = torch.where(heads == 0, 1e4, -1e4)
    for i, s in enumerate(sentences):
        length = len(s)
        labels = {
            kind: tuple(getattr(model.inventory, kind)[j] for j in tags[kind][i, :length].argmax(1).tolist())
            for kind in ("upos", "xpos", "feats")
        }
        named = tuple(model.inventory.relations[j] for j in relations[i, :length].argmax(1).tolist())
        tree = Sentence(s.forms, s.lemmas, **labels, heads=tuple(heads[i, :length].tolist()), relations=named)
        yield tree, best_path(tags["names"][i, :length].numpy(), model.inventory.names)


def _tree(arcs: np.ndarray) -> list[int]:
    scores = np.full((len(arcs) + 1, len(arcs) + 1), -1e9, dtype=np.float64)
    scores[1:] = arcs
    return [int(head) for head in chuliu_edmonds_one_root(scores)[1:]]


def main() -> None:
    build, parses, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    model = load_teacher(build)
    sentences = [
        sentence
        for path in sorted(parses.glob("*.conllu"))
        for sentence in read_treebank(path)
        if 1 < len(sentence) <= MAX_LENGTH
    ]
    pairs = list(annotate(model, sentences))
    write_treebank(build / f"{name}.conllu", [tree for tree, _ in pairs])
    named = [[{"text": form, "ner": tag} for form, tag in zip(tree.forms, tags, strict=True)] for tree, tags in pairs]
    (build / f"{name}-names.json").write_text(json.dumps(named), "utf-8")


if __name__ == "__main__":
    main()
