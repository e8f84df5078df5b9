"""Judges the worth of text that nobody has annotated, for ``learn.py``: a large model reads what a small one will.

python training/claims/teacher.py ../shared/data/claimbuster/train.jsonl MPNET PARSES GUM.jsonl POLNEAR/train

MPNet (``training/english/mpnet.py`` says where its folder comes from) learns the debates' sentences and then gives the
passages of ``passages.py`` their log-odds: news (PolNeAR, training part), speech, interviews and the like (GUM), and
the debates with words exchanged. PARSES keeps what takes long: the parses (``*.conllu``), what the teacher has learned
(``teacher.pt``), what it says of the passages (``judged/*.npy``) and of single words, with their vectors before MPNet
was tuned (``words.npz``). What is there is not made anew.
The teacher never sees the last fifth of the debates, on which ``learn.py`` measures and calibrates.
"""

from __future__ import annotations

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

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "english"))
from learn import VECTORS, common_words
from mpnet import PADDING, WIDTH, Encoder, WordPieces, padded
from passages import debate_sentences, other_texts, parsed, passages, seen

EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 3, 32, 5e-5, 1e-3, 100
PIECES = 80
PRODUCTS = torch.autocast("cpu", dtype=torch.bfloat16)


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
    rng = np.random.default_rng(1)
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


def word_vectors(encoder: Encoder, rows: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """The mean of the states of each row's pieces."""
    found = np.zeros((len(rows), WIDTH))
    with torch.inference_mode(), PRODUCTS:
        for batch in _of_like_length(rows):
            ids = padded([rows[i] for i in batch])
            held = (ids != PADDING).float()[..., None]
            found[batch] = ((encoder(ids).float() * held).sum(1) / held.sum(1)).numpy()
    return found


def kept_teacher(path: Path, folder: Path, given: Sequence[tuple[str, str, float]]) -> Teacher:
    """The teacher that this file keeps; one that has read these sentences where there is none."""
    if path.exists():
        model = Teacher(folder)
        model.load_state_dict(torch.load(path, weights_only=True), strict=False)
        return model.eval()
    pieces = WordPieces(folder)
    rows = [pieces.of_text(text, PIECES) for _, text, _ in given]
    model = taught(folder, rows, [worth for _, _, worth in given])
    torch.save(model.learned(), path)
    return model


def main() -> None:
    claimbuster, mpnet, parses, gum, polnear = map(Path, sys.argv[1:6])
    torch.set_num_threads(1)
    begun = time.time()

    def tell(what: str) -> None:
        print(f"{time.time() - begun:.0f} s: {what}", flush=True)

    given = debate_sentences(claimbuster)
    debates = parsed(parses / "claimbuster.conllu", lambda: [(name, text) for name, text, _ in given])
    others = parsed(parses / "others.conllu", lambda: other_texts(gum, polnear))
    tell("parsed")
    known = given[: seen(len(given))]
    model = kept_teacher(parses / "teacher.pt", mpnet, known)
    tell(f"taught by {len(known)} sentences")
    pieces = WordPieces(mpnet)

    def odds(texts: Sequence[str]) -> NDArray[np.float64]:
        return judged(model, [pieces.of_text(text, PIECES) for text in texts])

    told, words = parses / "words.npz", common_words(VECTORS)
    if not told.exists():
        vectors = word_vectors(Encoder(mpnet).eval(), [pieces.of_text(word, PIECES) for word in words])
        np.savez(told, words=np.array(words), vectors=vectors, worth=odds(words))
        tell(f"{len(words)} words judged")
    (parses / "judged").mkdir(exist_ok=True)
    for name, part in passages(debates, others):
        path = parses / "judged" / f"{name}.npy"
        if not path.exists():
            np.save(path, odds([passage.text for passage in part]))
            tell(f"{name} judged")


if __name__ == "__main__":
    main()
