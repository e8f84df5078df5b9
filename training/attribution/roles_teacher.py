"""The teacher of roles: MPNet fine-tuned on the annotated reports; what it says of other text teaches a small network.

    python training/attribution/roles_teacher.py CORPUS PARSES BUILD

BUILD is where ``training/english`` builds, of which ``mpnet`` and ``data`` are needed. Two teachers, side by side,
learn from every other text each (BUILD/roles-judge-0 and -1 are their checkpoints) and judge those of the other one,
for of what one knows by heart it only says what it was told; and both judge the treebank's mail, reviews and weblogs
(EWT), which nobody has annotated for reports. PARSES/judged-0.pt and -1.pt hold the log-odds of each role of each word.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from corpus import Sample, read_samples, read_sentences
from numpy.typing import NDArray
from roles import HALVES, KIND_WEIGHTS, labelled, precision, side_by_side

from quotekit.tree import Roles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "english"))
from names_teacher import without_names
from words_teacher import Reader, Words, WordsTeacher, judged, trained

SEED = 17
EPOCHS = 2
WEIGHTS = dict(zip(Roles._fields, KIND_WEIGHTS, strict=True))
MAX_LENGTH = 100
MEASURED_EVERY = 16  # of the texts that a teacher has not seen
NO, YES = "no", "yes"


def lessons(sample: Sample) -> list[Words]:
    """The sentences of a text with the roles of each word; whether a word within a content heads a cue is not said."""
    nothing = tuple(torch.empty(len(sentence.words), 0) for sentence in sample.tree.sentences)
    return [
        [_told(word.form, row) for word, row in zip(sentence.words, rows, strict=True)]
        for sentence, rows in zip(sample.tree.sentences, labelled(sample, nothing).labels, strict=True)
    ]


def _told(form: str, row: NDArray[np.float32]) -> dict[str, str]:
    given = {"text": form, **{kind: YES if held else NO for kind, held in zip(Roles._fields, row, strict=True)}}
    nested = given["content"] == YES and given["cue"] == NO
    return given | {"cue": ""} if nested else given


def odds(model: WordsTeacher, reader: Reader, sentences: Sequence[Words]) -> Iterator[NDArray[np.float16]]:
    """The log-odds of each role of each word of these sentences."""
    places = [(kind, model.kinds[kind].index(YES), model.kinds[kind].index(NO)) for kind in Roles._fields]
    for rows in judged(model, reader, sentences):
        yield torch.stack([rows[kind][:, yes] - rows[kind][:, no] for kind, yes, no in places], 1).half().numpy()


def judge(half: int, samples: Sequence[Sample], parses: Path, build: Path) -> None:
    """Writes PARSES/judged-HALF.pt: what a teacher of this half of the texts says of the other, and of the treebank."""
    torch.set_num_threads(1)
    others = [sample for i, sample in enumerate(samples) if i % HALVES != half]
    measured = others[::MEASURED_EVERY]

    def evaluate(model: WordsTeacher, reader: Reader) -> dict[str, float]:
        rows = [rows for sample in measured for rows in lessons(sample)]
        labels = np.array([[word[kind] == YES for kind in Roles._fields] for row in rows for word in row])
        return precision(np.concatenate(list(odds(model, reader, rows))), labels)

    known = [rows for i, sample in enumerate(samples) if i % HALVES == half for rows in lessons(sample)]
    model, reader = trained(
        build,
        [rows for rows in known if 1 < len(rows) <= MAX_LENGTH],
        WEIGHTS,
        evaluate,
        epochs=EPOCHS,
        name=f"roles-judge-{half}",
        seed=SEED,
    )
    told = odds(model, reader, [rows for sample in others for rows in lessons(sample)])
    texts = {sample.id: [next(told) for _ in sample.tree.sentences] for sample in others}
    treebank = [[{"text": form} for form in sentence.forms] for sentence in without_names(build)]
    forms = ([word["text"] for word in words] for words in treebank)
    kept = {"texts": texts, "treebank": list(zip(forms, odds(model, reader, treebank), strict=True))}
    torch.save(kept, parses / f"judged-{half}.pt")


def main() -> None:
    corpus, parses, build = map(Path, sys.argv[1:4])
    samples = [*read_samples(corpus, parses), *read_sentences(parses)]
    missing = [half for half in range(HALVES) if not (parses / f"judged-{half}.pt").exists()]
    side_by_side(judge, [(half, samples, parses, build) for half in missing])


if __name__ == "__main__":
    main()
