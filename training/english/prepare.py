"""Prepares what Stanza's own trainers read: ``python training/english/prepare.py BUILD``.

From BUILD/data/{train,dev}.conllu: the raw text, a label for each of its characters, and how tokens of several words
are written, for the tokenizer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from evaluate import raw_text
from stanza.utils.datasets.prepare_tokenizer_data import main as label


def prepare(build: Path) -> None:
    """Writes BUILD/tokens/{train,dev}.{txt,toklabels}, -mwt.json and .conllu."""
    folder = build / "tokens"
    folder.mkdir(exist_ok=True)
    for part in ("train", "dev"):
        conllu = (build / "data" / f"{part}.conllu").read_text("utf-8")
        text, copy = folder / f"{part}.txt", folder / f"{part}.conllu"
        text.write_text(raw_text(conllu), "utf-8")
        copy.write_text(conllu, "utf-8")
        labels, several = str(folder / f"{part}.toklabels"), str(folder / f"{part}-mwt.json")
        label([str(text), str(copy), "-o", labels, "-m", several])


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
