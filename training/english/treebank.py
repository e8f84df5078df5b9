"""Sentences of a treebank: its words with tags, heads and relations, read from CoNLL-U and written to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; all sequences are as long as it has words, and a head of 0 is the root."""

    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.forms)


def read_treebank(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, in its order; ranges of tokens and empty nodes are left out."""
    return list(_sentences(path.read_text("utf-8").split("\n")))


def write_treebank(path: Path, sentences: Iterable[Sentence]) -> None:
    """Writes the sentences as CoNLL-U, one token a word."""
    with path.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            columns = zip(
                *(sentence.forms, sentence.lemmas, sentence.upos, sentence.xpos, sentence.feats),
                *(map(str, sentence.heads), sentence.relations),
                strict=True,
            )
            for number, row in enumerate(columns, 1):
                file.write("\t".join([str(number), *row, "_", "_"]) + "\n")
            file.write("\n")


def _sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    rows: list[list[str]] = []
    for line in lines:
        if line and not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield _sentence(rows)
            rows = []
    if rows:
        yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> Sentence:
    forms, lemmas, upos, xpos, feats, heads, relations = list(zip(*(row[1:8] for row in rows), strict=True))
    return Sentence(forms, lemmas, upos, xpos, feats, tuple(int(head) for head in heads), relations)
