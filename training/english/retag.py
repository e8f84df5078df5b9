"""Puts predicted tags into a treebank: ``python training/english/retag.py BUILD TAGGER.pt IN OUT [FOLD]``.

With FOLD only every second sentence is written, from that one on: those a tagger of the other half has not seen.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.model import Tagger
from stanza.models.pos.tag_columns import tag_columns_from_config
from stanza.models.pos.vocab import MultiVocab
from tagger import retag
from treebank import read_treebank, write_treebank
from words import Numbers


def load_tagger(path: Path, vectors: Pretrain) -> tuple[Any, Numbers]:
    """A tagger that ``tagger.py`` has saved, and the numbers of its vocabularies."""
    state = torch.load(path, weights_only=False)
    vocab = MultiVocab.load_state_dict(state["vocab"])
    args = state["config"] | {"tag_columns": tag_columns_from_config(state["config"]["tag_columns"])}
    model = Tagger(args, vocab, emb_matrix=vectors.emb)
    model.load_state_dict(state["model"], strict=False)
    model.eval()
    return model, Numbers(vocab, vectors, rooted=False)


def main() -> None:
    build, tagger, source, target = map(Path, sys.argv[1:5])
    model, numbers = load_tagger(tagger, Pretrain(str(build / "vectors.pt")))
    sentences = read_treebank(source)
    if len(sys.argv) > 5:
        sentences = sentences[int(sys.argv[5]) :: 2]
    with torch.inference_mode():
        write_treebank(target, retag(model, numbers, sentences))


if __name__ == "__main__":
    main()
