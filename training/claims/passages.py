"""What nobody has annotated and the teacher judges: other kinds of text, and the debates with words exchanged.

``teacher.py`` reads these passages' texts, ``learn.py`` their words; both get them here, in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from swapped import Passage, Pool

from quotekit.parsing.conllu import read_conllu_documents, write_conllu
from quotekit.tree import Tree

FOLDS = 5
DRAWS = 8  # of other words for the debates' sentences
SHORTEST, LONGEST = 4, 60  # words of a sentence of other text

Named = Sequence[tuple[str, str]]


def seen(count: int) -> int:
    """How many of so many debate sentences the teacher learns from: all but the last fifth, which measures."""
    return count * (FOLDS - 1) // FOLDS


def passages(debates: Sequence[Tree], others: Sequence[Tree]) -> Iterator[tuple[str, Iterator[Passage]]]:
    """The passages by the name of their part; the last fifth of the debates is left out."""
    known = debates[: seen(len(debates))]
    yield "others", other_sentences(others)
    pool = Pool(sentence for tree in [*known, *others] for sentence in tree.sentences)
    for draw in range(DRAWS):
        yield f"swapped-{draw}", pool.swapped(known, draw)


def other_sentences(trees: Sequence[Tree]) -> Iterator[Passage]:
    """The sentences that are long and short enough, as they stand."""
    for tree in trees:
        for sentence in tree.sentences:
            words = sentence.words
            if SHORTEST <= len(words) <= LONGEST:
                yield Passage(tree.text[words[0].start : words[-1].end], words)


def parsed(kept: Path, texts: Callable[[], Named]) -> list[Tree]:
    """The trees of texts with names, parsed once and kept."""
    if not kept.exists():
        from quotekit.parsing.stanza_parser import StanzaParser

        kept.parent.mkdir(parents=True, exist_ok=True)
        given = texts()
        pairs = zip(given, StanzaParser().parse([text for _, text in given]), strict=True)
        kept.write_text("".join(write_conllu(tree, doc_id=name) for (name, _), tree in pairs), "utf-8")
    return [tree for _, tree in read_conllu_documents(kept.read_text("utf-8"))]


def debate_sentences(path: Path) -> list[tuple[str, str, float]]:
    """The number, text and worth of each sentence, in the order of the numbers, which is that of the debates."""
    given = sorted((json.loads(line) for line in path.read_text("utf-8").splitlines()), key=lambda item: item["id"])
    return [(str(item["id"]), item["text"], float(item["checkworthy"])) for item in given]


def other_texts(gum: Path, polnear: Path) -> Named:
    """The names and texts of the articles and transcripts that nobody has annotated for worth."""
    talk = [json.loads(line) for line in gum.read_text("utf-8").splitlines()]
    news = [(path.stem, path.read_bytes().decode("utf-8")) for path in sorted((polnear / "text").glob("*.txt"))]
    return [*((document["id"], document["text"]) for document in talk), *news]
