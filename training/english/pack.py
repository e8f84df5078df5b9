"""Packs trained models into Stanza's resources layout: ``python training/english/pack.py BUILD TARGET``.

Weights are stored in half precision, which costs no tree (Stanza copies them into full precision as it loads them).
The vectors stay in full precision, for Stanza takes those as they are; their values are rounded to half precision, so
that the wheel, a zip file, has half of their bytes to store.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import torch

PACKAGE = "quotekit"
# The first words of the table, the most frequent ones; the rest of the 80,000 would add 0.5% of running words.
VECTORS = 43_000
# Where each processor's model lies in a build.
PARTS = {
    "tokenize": "tokenizer.pt",
    "mwt": "mwt.pt",
    "pos": "tagger.pt",
    "lemma": "lemmatizer.pt",
    "depparse": "parser.pt",
    "ner": "names.pt",
}
# What a processor's model needs besides itself.
NEEDS = {processor: [{"model": "pretrain", "package": PACKAGE}] for processor in ("pos", "depparse", "ner")}


def pack(build: Path, target: Path) -> None:
    """Writes the models of ``build`` and their resources.json to ``target``."""
    for processor, name in PARTS.items():
        state = torch.load(build / name, map_location="cpu", weights_only=False)
        if processor == "ner":
            state["vocab"]["word"] = cut(state["vocab"]["word"])
        save(halved(state), target / "en" / processor / f"{PACKAGE}.pt")
    vectors = torch.load(build / "vectors.pt", weights_only=False)
    rounded = vectors["emb"][: VECTORS + 4].half().float()
    save({"vocab": cut(vectors["vocab"]), "emb": rounded.clone()}, target / "en" / "pretrain" / f"{PACKAGE}.pt")
    (target / "resources.json").write_text(json.dumps({"en": resources(target / "en")}, indent=1) + "\n", "utf-8")


def cut(vocabulary: dict[str, Any]) -> dict[str, Any]:
    """The vocabulary of the vectors that are kept."""
    kept = vocabulary["_id2unit"][: VECTORS + 4]
    return {**vocabulary, "_id2unit": kept, "_unit2id": {word: i for i, word in enumerate(kept)}}


def halved(state: Any) -> Any:
    """The state with its floats in half precision."""
    if isinstance(state, torch.Tensor):
        return state.half() if state.is_floating_point() else state
    if isinstance(state, dict):
        return type(state)((key, halved(value)) for key, value in state.items())
    return state


def save(state: Any, path: Path) -> None:
    """Writes the state as Stanza does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path, _use_new_zipfile_serialization=False)


def resources(folder: Path) -> dict[str, Any]:
    """What resources.json says of the models in this folder."""
    processors = dict.fromkeys(PARTS, PACKAGE)
    entries: dict[str, Any] = {
        "lang_name": "English",
        "packages": {PACKAGE: processors, "default": processors},
        "default_processors": processors,
        "default_dependencies": NEEDS,
    }
    for processor in (*PARTS, "pretrain"):
        dependencies = {"dependencies": NEEDS[processor]} if processor in NEEDS else {}
        entries[processor] = {PACKAGE: {"md5": checksum(folder / processor / f"{PACKAGE}.pt")} | dependencies}
    return entries


def keep_beside(models: Path, processor: str, need: str, state: Any) -> None:
    """Puts a network among packed models, in half precision, as what this processor's model needs besides itself.

    It is MODELS/en/NEED/quotekit.pt, and named in MODELS/resources.json.
    """
    path = models / "en" / need / f"{PACKAGE}.pt"
    path.parent.mkdir(exist_ok=True)
    torch.save(halved(state), path)
    catalogue = json.loads((models / "resources.json").read_text("utf-8"))
    english = catalogue["en"]
    english[need] = {PACKAGE: {"md5": checksum(path)}}
    item = {"model": need, "package": PACKAGE}
    for holder, key in ((english[processor][PACKAGE], "dependencies"), (english["default_dependencies"], processor)):
        if item not in holder.setdefault(key, []):
            holder[key].append(item)
    (models / "resources.json").write_text(json.dumps(catalogue, indent=1) + "\n", "utf-8")


def checksum(path: Path) -> str:
    """The file's sum, by which Stanza tells whether a model is the one of its list."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
