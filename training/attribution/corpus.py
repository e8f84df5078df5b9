"""Reads the training corpus: PolNeAR's brat standoff, and the parses that ``parse.py`` keeps beside it.

The corpus itself never enters the repository; only counts and weights learned from it do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotekit.notation import parse_notation
from quotekit.parsing.conllu import read_conllu, read_conllu_documents, write_conllu
from quotekit.parsing.stanza_parser import StanzaParser
from quotekit.tree import Tree

Offsets = tuple[int, int]
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Gold:
    """One annotated attribution: the offsets of its content, source and cue."""

    content: tuple[Offsets, ...]
    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]


@dataclass(frozen=True)
class Sample:
    """An annotated text with its parse; ``outermost_only`` says that what is nested in a content is not annotated."""

    id: str
    tree: Tree
    gold: tuple[Gold, ...]
    outermost_only: bool = True


def read_samples(corpus: Path, parses: Path) -> Iterator[Sample]:
    """The articles of a corpus folder (``text/``, ``attributions/``) with the trees in ``parses/ID.conllu``."""
    for path in sorted((corpus / "text").glob("*.txt")):
        notes = sorted((corpus / "attributions").glob(f"{path.stem}_*.ann"))
        parse = parses / f"{path.stem}.conllu"
        if notes and parse.exists():
            text = path.read_bytes().decode("utf-8")
            tree = read_conllu(parse.read_text("utf-8"), text)
            yield Sample(path.stem, tree, tuple(read_brat(notes[0].read_text("utf-8"))))


def read_sentences(parses: Path) -> list[Sample]:
    """The sentences written for training, in bracket notation, with the trees in ``parses/sentences.conllu``."""
    lines = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()
    noted = [parse_notation(line.replace(" ¶ ", "\n\n")) for line in lines if line and not line.startswith("#")]
    path = parses / "sentences.conllu"
    if not path.exists():
        trees = StanzaParser().parse([note.text for note in noted])
        path.write_text("".join(write_conllu(tree, doc_id=str(i)) for i, tree in enumerate(trees)), "utf-8")
    trees = [tree for _, tree in read_conllu_documents(path.read_text("utf-8"))]
    return [
        Sample(
            f"sentence {number}",
            tree,
            tuple(Gold(quote.content, quote.source, quote.cue) for quote in note.quotes),
            outermost_only=False,
        )
        for number, (note, tree) in enumerate(zip(noted, trees, strict=True))
    ]


def read_brat(notes: str) -> Iterator[Gold]:
    """The attributions of one ``.ann`` file that have a content."""
    rows = [line.split("\t") for line in notes.splitlines()]
    spans = {
        row[0]: [(int(start), int(end)) for start, end in re.findall(r"(\d+) (\d+)", row[1])]
        for row in rows
        if row[0].startswith("T") and len(row) > 1
    }
    for row in rows:
        if not row[0].startswith("E") or len(row) < 2:
            continue
        roles: dict[str, list[Offsets]] = defaultdict(list)
        for item in row[1].split():
            role, _, reference = item.partition(":")
            roles[role.rstrip("0123456789")] += spans.get(reference, []) if role != "Attribution" else []
        if roles["Content"]:
            yield Gold(*(tuple(sorted(roles[name])) for name in ("Content", "Source", "Cue")))


def word_starts(text: str, spans: tuple[Offsets, ...]) -> frozenset[int]:
    """Where the words inside these spans start; two spans are compared by these, as the corpus's scorer does."""
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """The Jaccard overlap of two sets of words; two empty sets are the same."""
    return len(a & b) / len(a | b) if a or b else 1.0
