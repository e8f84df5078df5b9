"""The teacher of sentences' ends: MPNet fine-tuned on the treebank; its judgement of news teaches a small network.

``python training/english/ends_teacher.py BUILD`` trains it into BUILD/ends-judge and lets it judge the paragraphs of
news: BUILD/silver-ends.pt holds, for each stretch of one, its words, the space before and behind each, and the
probability that a sentence ends with it. In both some marks are left out, as ends.py does.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from ends import Paragraph, f1, placed, read_paragraphs, worn
from words_teacher import Reader, Words, WordsTeacher, judged, trained

SEED = 19
EPOCHS = 2
# The teacher reads stretches of so many words.
MAX_LENGTH = 120
NEWS_EVERY = 3  # articles
ENDS = ("no", "yes")


def stretches(paragraphs: Iterable[Paragraph], seed: int) -> Iterator[Paragraph]:
    """These paragraphs, worn, in stretches that are not too long."""
    chance = random.Random(seed)
    for paragraph in (worn(one, chance) for one in paragraphs):
        for start in range(0, len(paragraph), MAX_LENGTH):
            yield paragraph[start : start + MAX_LENGTH]


def labelled(paragraph: Paragraph) -> Words:
    """The words for the teacher."""
    return [{"text": token.form, "end": ENDS[token.last]} for token in paragraph]


def main() -> None:
    build = Path(sys.argv[1])
    torch.set_num_threads(1)
    train, dev = (
        list(stretches(read_paragraphs((build / "data" / f"{part}.conllu").read_text("utf-8").split("\n")), SEED))
        for part in ("train", "dev")
    )
    held, gold = [labelled(one) for one in dev], [[token.last for token in one] for one in dev]

    def evaluate(model: WordsTeacher, reader: Reader) -> dict[str, float]:
        return {"ends": f1((row[:, 1] > row[:, 0] for row in judged(model, reader, held, "end")), gold)}

    lessons = [labelled(one) for one in train]
    model, reader = trained(build, lessons, {"end": 1.0}, evaluate, epochs=EPOCHS, name="ends-judge", seed=SEED)
    news = (
        paragraph
        for path in sorted((build / "news").glob("*.conllu"))[::NEWS_EVERY]
        for paragraph in read_paragraphs(path.read_text("utf-8").split("\n"))
    )
    silver = list(stretches(news, SEED))
    rows = judged(model, reader, [labelled(one) for one in silver], "end")
    kept = [(placed(one), row.exp()[:, 1].half()) for one, row in zip(silver, rows, strict=True)]
    torch.save([([tuple(word) for word in words], shares) for words, shares in kept], build / "silver-ends.pt")


if __name__ == "__main__":
    main()
