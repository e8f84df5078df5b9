"""Judges the worth of text that nobody has annotated, for ``learn.py``: a large model reads what a small one will.

python training/claims/teacher.py ../shared/data/claimbuster/train.jsonl MINILM PARSES GUM.jsonl POLNEAR/train

MiniLM (``training/english/encoder.py`` says where its folder comes from) learns the debates' sentences and then gives
sentences of other kinds of text a probability: news (PolNeAR, training part) and speech, interviews and the like (GUM).
What it has learned is kept in PARSES/teacher.pt, what it says in PARSES/taught.json beside their parse,
PARSES/others.conllu, and of single words in PARSES/words.npz, with their vectors before it was tuned; delete what is to
be made anew. It never sees the last fifth of the debates, on which ``learn.py`` measures and calibrates. A quarter of
an hour on one core, products in bfloat16.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.utils.rnn import pad_sequence

from quotekit.parsing.conllu import read_conllu_documents, write_conllu
from quotekit.tree import Tree, Word

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "english"))
from mpnet import PADDING, WIDTH, Encoder, WordPieces, padded
from learn import VECTORS, common_words

EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 3, 32, 5e-5, 1e-3, 100
PIECES = 80
FOLDS = 5
PRODUCTS = torch.autocast("cpu", dtype=torch.bfloat16)
# Of the news every fourth article in order of name; of every text the sentences of such a length.
EVERY = 1
SHORTEST, LONGEST = 4, 60


class Teacher(nn.Module):
    """The mean of MPNet's states, and a linear model over it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder(folder, dropout=0.1)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(WIDTH, 1)

    def forward(self, states: Tensor, ids: Tensor) -> Tensor:
        """The log-odds of sentences whose pieces the frozen layers made these states of."""
        held = (ids != PADDING).float()[..., None]
        found: Tensor = self.out(self.drop((self.encoder.upper(states, ids) * held).sum(1) / held.sum(1)))[:, 0]
        return found

    def learned(self) -> dict[str, Tensor]:
        """The weights that are not MPNet's own."""
        frozen = {name for name, weight in self.named_parameters() if not weight.requires_grad}
        return {name: weight for name, weight in self.state_dict().items() if name not in frozen}


def taught(folder: Path, rows: Sequence[Sequence[int]], worth: Sequence[float]) -> Teacher:
    """A teacher that has read these sentences."""
    torch.manual_seed(1)
    rng = np.random.default_rng(0)
    model, steps = Teacher(folder), EPOCHS * len(rows) // BATCH
    groups = [
        {"params": model.encoder.trained(), "lr": RATE},
        {"params": model.out.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (steps - step) / steps))
    )
    kept = lower_states(model, rows)
    for epoch in range(EPOCHS):
        model.train()
        for batch in _batches(rng.permutation(len(rows)), rows, rng):
            gold = torch.tensor([worth[i] for i in batch])
            states = pad_sequence([kept[i] for i in batch], batch_first=True)
            with PRODUCTS, sdpa_kernel(SDPBackend.MATH):  # the quick kernels are the slower ones at learning
                found = model(states, padded([rows[i] for i in batch]))
            loss = nn.functional.binary_cross_entropy_with_logits(found.float(), gold)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}", flush=True)
    return model.eval()


def lower_states(model: Teacher, rows: Sequence[Sequence[int]]) -> list[Tensor]:
    """What the frozen layers make of each sentence's pieces."""
    found: list[Tensor] = [torch.empty(0)] * len(rows)
    with torch.no_grad(), PRODUCTS:
        for batch in _of_like_length(rows):
            states = model.encoder.lower(padded([rows[i] for i in batch])).bfloat16()
            for i, own in zip(batch, states, strict=True):
                found[i] = own[: len(rows[i])].clone()
    return found


def _of_like_length(rows: Sequence[Sequence[int]], size: int = 64) -> Iterator[list[int]]:
    """The places of all rows in batches, the shortest first."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    return (order[k : k + size] for k in range(0, len(order), size))


def _batches(order: NDArray[np.int64], rows: Sequence[Sequence[int]], rng: np.random.Generator) -> Iterator[list[int]]:
    """Batches of sentences of like length, in a random order."""
    for begin in range(0, len(order), BATCH * 20):
        near = sorted(order[begin : begin + BATCH * 20].tolist(), key=lambda i: len(rows[i]))
        batches = [near[k : k + BATCH] for k in range(0, len(near), BATCH)]
        yield from (batches[i] for i in rng.permutation(len(batches)))


def judged(model: Teacher, rows: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """The teacher's log-odds of each sentence."""
    found = np.zeros(len(rows))
    with torch.inference_mode(), PRODUCTS:
        for batch in _of_like_length(rows):
            ids = padded([rows[i] for i in batch])
            found[batch] = model(model.encoder.lower(ids), ids).float().numpy()
    return found


def other_texts(gum: Path, polnear: Path) -> Iterator[tuple[str, str]]:
    """The names and texts of the articles and transcripts that nobody has annotated for worth."""
    for line in gum.read_text("utf-8").splitlines():
        document = json.loads(line)
        yield document["id"], document["text"]
    for path in sorted((polnear / "text").glob("*.txt"))[::EVERY]:
        yield path.stem, path.read_bytes().decode("utf-8")


def parsed(texts: Sequence[tuple[str, str]], kept: Path) -> list[tuple[str, Tree]]:
    """The trees of the texts by name, parsed once and kept."""
    if not kept.exists():
        from quotekit.parsing.stanza_parser import StanzaParser

        trees = StanzaParser().parse([text for _, text in texts])
        pairs = zip(texts, trees, strict=True)
        kept.write_text("".join(write_conllu(tree, doc_id=name) for (name, _), tree in pairs), "utf-8")
    return list(read_conllu_documents(kept.read_text("utf-8")))


def other_sentences(trees: Sequence[tuple[str, Tree]]) -> Iterator[tuple[str, int, tuple[Word, ...]]]:
    """The sentences that are long and short enough, each with the name of its text and its number there."""
    for name, tree in trees:
        for sentence in tree.sentences:
            if SHORTEST <= len(sentence.words) <= LONGEST:
                yield name, sentence.index, tuple(sentence.words)


def main() -> None:
    claimbuster, minilm, parses, gum, polnear = map(Path, sys.argv[1:6])
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES)
    lines = claimbuster.read_text("utf-8").splitlines()
    given = sorted(map(json.loads, lines), key=lambda one: one["id"])
    given = given[: len(given) * (FOLDS - 1) // FOLDS]
    begun = time.time()
    rows = [tokenizer.encode(one["text"]).ids for one in given]
    kept = parses / "teacher.pt"
    if kept.exists():
        model = Teacher(minilm).eval()
        model.load_state_dict(torch.load(kept, weights_only=True))
    else:
        model = taught(minilm, rows, [float(one["checkworthy"]) for one in given])
        torch.save(model.state_dict(), kept)
    print(f"taught by {len(rows)} sentences in {time.time() - begun:.0f} s", flush=True)
    words = common_words(VECTORS)
    told = judged_words(Teacher(minilm).eval(), model, [tokenizer.encode(word).ids for word in words])
    np.savez(parses / "words.npz", words=np.array(words), **told)
    trees = parsed(list(other_texts(gum, polnear)), parses / "others.conllu")
    texts = {name: tree.text for name, tree in trees}
    others = list(other_sentences(trees))
    worth = judged(model, [tokenizer.encode(texts[name][w[0].start : w[-1].end]).ids for name, _, w in others])
    found = [[name, index, round(float(p), 4)] for (name, index, _), p in zip(others, worth, strict=True)]
    (parses / "taught.json").write_text(json.dumps(found), "utf-8")
    print(f"{len(found)} sentences judged, {worth.mean():.3f} in the mean, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
