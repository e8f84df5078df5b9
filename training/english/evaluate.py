"""Measures a model from raw text: ``python training/english/evaluate.py MODELS GOLD.conllu... [--genres] [--plain]``.

MODELS is a folder in Stanza's resources layout, read by quotekit's parser or, if plain, by Stanza's own pipeline. The
raw text is the treebank's own: sentences with a space between them, paragraphs with a blank line. The figures are those
of the CoNLL 2018 shared task's script (``udtools.udeval``).
"""

from __future__ import annotations

import argparse
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import stanza
import torch
from udtools.udeval import evaluate, load_conllu

from quotekit.parsing.conllu import write_conllu
from quotekit.parsing.stanza_parser import StanzaParser

# Verbs whose arguments carry an attribution, the commonest of the treebanks and of news.
_VERBS = """say tell ask think know believe claim add write note argue suggest report announce explain warn insist
admit deny reply answer hope feel agree confirm state declare mention reveal call see find show"""
REPORTING = frozenset(_VERBS.split())
METRICS = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")


def raw_text(conllu: str) -> str:
    """The text of a treebank's file, from its words and the spaces behind them."""
    pieces: list[str] = []
    covered = 0
    for line in conllu.split("\n"):
        if line.startswith(("# newpar", "# newdoc")) and not line.startswith("# newpar_block"):
            if pieces and not pieces[-1].endswith("\n\n"):
                pieces.append("\n\n")
        elif line and line[0].isdigit():
            columns = line.split("\t")
            if "." in columns[0]:
                continue
            first, _, last = columns[0].partition("-")
            if last:
                covered = int(last)
            elif int(first) <= covered:
                continue
            pieces.append(columns[1] + ("" if "SpaceAfter=No" in columns[9] else " "))
        elif not line:
            covered = 0
    return "".join(pieces)


def genres(conllu: str) -> dict[str, str]:
    """The parts of a treebank's file by genre, told by the names of its documents."""
    parts: dict[str, list[str]] = defaultdict(list)
    genre = ""
    for block in conllu.strip().split("\n\n"):
        for line in block.split("\n"):
            if line.startswith("# newdoc id = "):
                name = line.removeprefix("# newdoc id = ")
                genre = "gum " + name.split("_")[1] if name.startswith("GUM_") else "ewt " + name.split("-")[0]
        parts[genre].append(block)
    return {name: "\n\n".join(blocks) + "\n\n" for name, blocks in sorted(parts.items())}


def measure(parse: Callable[[str], str], conllu: str) -> dict[str, float]:
    """F1 in percent of each metric for this part of a treebank."""
    found = parse(raw_text(conllu))
    gold = load_conllu(io.StringIO(_plain(conllu)), "gold", {"no_empty_nodes": False})
    mine = load_conllu(io.StringIO(_plain(found)), "found", {"no_empty_nodes": False})
    scores = evaluate(gold, mine)
    return {metric: round(100 * scores[metric].f1, 2) for metric in METRICS} | reported(conllu, found)


def reported(gold: str, found: str) -> dict[str, float]:
    """F1 in percent of the relations that carry attributions: subjects and clauses of reporting verbs, and tags."""
    annotated, mine = set(frames(gold)), set(frames(found))
    return {
        f"reporting {kind}": round(200 * len(both) / max(1, len(left) + len(right)), 2)
        for kind in ("nsubj", "ccomp", "parataxis")
        for left, right in [({a for a in annotated if a[0] == kind}, {b for b in mine if b[0] == kind})]
        for both in [left & right]
    }


def frames(conllu: str) -> Iterator[tuple[str, int, int]]:
    """Relation, dependent and head of the frames of reported speech; words are told by their place in the letters."""
    start = 0
    for block in conllu.strip().split("\n\n"):
        rows: list[list[str]] = []
        places: list[int] = []
        covered = end = 0  # the last word of a token of several words, and where the token ends
        for line in block.split("\n"):
            columns = line.split("\t")
            if line.startswith("#") or "." in columns[0]:
                continue
            size = len("".join(columns[1].split()))
            if "-" in columns[0]:
                covered, end = int(columns[0].partition("-")[2]), start + size
                continue
            rows.append(columns)
            places.append(start)
            # The words of a token may have other letters than it has: what is behind it starts at its end.
            start = end if int(columns[0]) == covered else start + size
        for row, place in zip(rows, places, strict=True):
            head, relation = int(row[6]), row[7].partition(":")[0]
            if not head:
                continue
            if relation in ("nsubj", "ccomp") and rows[head - 1][2] in REPORTING:
                yield relation, place, places[head - 1]
            if relation == "parataxis" and row[2] in REPORTING:
                yield relation, place, places[head - 1]


def _plain(conllu: str) -> str:
    return "\n".join(line for line in conllu.split("\n") if not line.startswith("#"))


def own_parse(models: Path) -> Callable[[str], str]:
    """What quotekit's parser makes of a text with this model, as CoNLL-U."""
    parser = StanzaParser(models)
    return lambda text: write_conllu(parser.parse([text])[0])


def plain_parse(models: Path, package: str = "quotekit") -> Callable[[str], str]:
    """What Stanza's own pipeline makes of a text with this model, as CoNLL-U."""
    processors = "tokenize,mwt,pos,lemma,depparse"
    options: dict[str, Any] = {"download_method": None, "use_gpu": False, "verbose": False, "package": package}
    pipeline = stanza.Pipeline("en", dir=str(models), processors=processors, **options)

    def parse(text: str) -> str:
        document = pipeline(text)
        for sentence in document.sentences:
            for token in sentence.tokens:
                if token.text == "<UNK>":  # what Stanza makes of an address of many letters
                    token.text = token.words[0].text = text[token.start_char : token.end_char]
        return f"{document:C}\n\n"

    return parse


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--genres", action="store_true")
    parser.add_argument("--plain", action="store_true", help="by Stanza's own pipeline")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    torch.set_num_threads(1)
    parse = (plain_parse if options.plain else own_parse)(options.models)
    lines: list[str] = []
    for path in options.gold:
        conllu = path.read_text("utf-8")
        parts = {path.stem: conllu} | (genres(conllu) if options.genres else {})
        for name, part in parts.items():
            lines.append(f"{name} {json.dumps(measure(parse, part))}\n")
            print(lines[-1], end="", flush=True)
    if options.write:
        options.write.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
