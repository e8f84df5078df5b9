"""The teacher of names: MPNet fine-tuned on the annotated ones; its judgement of other text teaches a small network.

``python training/english/names_teacher.py BUILD`` trains it into BUILD/names-judge and lets it judge news and the
treebank's sentences that nobody has annotated: BUILD/silver-names.pt holds, for each sentence, its words and the
probability of each tag of each word.
What it learns beside names, as hints.py says why, are both kinds of tags and what spaCy's small model calls a name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from bioes import best_path, f1
from treebank import Sentence, read_treebank
from words_teacher import Reader, Words, WordsTeacher, judged, trained

SEED = 17
# On dev nothing was gained after the fourth round.
EPOCHS = 4
# The kinds of labels, and how much a word's hints count against its name.
WEIGHTS = {"ner": 1.0, "upos": 0.5, "xpos": 0.5, "spacy": 0.5}
MAX_LENGTH = 120
NAMES_EVERY = 3  # of the news, so that the names of mail, reviews and weblogs weigh as much


def without_names(build: Path) -> list[Sentence]:
    """The sentences of the treebank whose names nobody has annotated: those of EWT."""
    data = build / "data"
    known = {
        tuple(word["text"] for word in sentence)
        for part in ("train", "dev", "test")
        for sentence in json.loads((data / f"ner-{part}.json").read_text("utf-8"))
    }
    treebank = (sentence for sentence in read_treebank(data / "train.conllu") if 1 < len(sentence) <= MAX_LENGTH)
    return [sentence for sentence in treebank if sentence.forms not in known]


def others(build: Path) -> list[Words]:
    """The sentences to judge: every third of the news, and those of the treebank without names."""
    news = (s for path in sorted((build / "news").glob("*.conllu")) for s in read_treebank(path))
    chosen = [sentence for sentence in news if 1 < len(sentence) <= MAX_LENGTH][::NAMES_EVERY]
    return [[{"text": form} for form in sentence.forms] for sentence in [*chosen, *without_names(build)]]


def tagged(model: WordsTeacher, reader: Reader, sentences: Sequence[Words]) -> list[list[str]]:
    """The tags of the words of each sentence."""
    return [best_path(row.numpy(), model.kinds["ner"]) for row in judged(model, reader, sentences, "ner")]


def main() -> None:
    build = Path(sys.argv[1])
    train = json.loads((build / "names-train.json").read_text("utf-8"))
    dev, test = (json.loads((build / "data" / f"ner-{part}.json").read_text("utf-8")) for part in ("dev", "test"))
    torch.set_num_threads(1)

    def evaluate(model: WordsTeacher, reader: Reader) -> dict[str, float]:
        return {"names": f1(tagged(model, reader, dev), dev)}

    lessons = [words for words in train if len(words) <= MAX_LENGTH]
    model, reader = trained(build, lessons, WEIGHTS, evaluate, epochs=EPOCHS, name="names-judge", seed=SEED)
    print(f"test {f1(tagged(model, reader, test), test)}", flush=True)
    sentences = others(build)
    forms = ([word["text"] for word in words] for words in sentences)
    rows = (row.half() for row in judged(model, reader, sentences, "ner"))
    kept = {"labels": model.kinds["ner"], "sentences": list(zip(forms, rows, strict=True))}
    torch.save(kept, build / "silver-names.pt")


if __name__ == "__main__":
    main()
