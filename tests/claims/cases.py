"""The tables of ``fixtures/claims`` and their hand-checked trees in ``fixtures/trees/claims``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quotekit import Extraction, Extractor
from quotekit.notation import NotedText, parse_notation
from quotekit.parsing.conllu import read_conllu_documents
from quotekit.tree import Tree
from tests.gold import FIXTURES, PARAGRAPH, XFAIL, article


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A line of a table: what is expected of it, its claims in brackets, and why it is a known miss."""

    line: int
    expected: tuple[str, ...]
    marked: str
    xfail: str | None = None

    @property
    def noted(self) -> NotedText:
        return parse_notation(self.marked.replace(PARAGRAPH, "\n\n"))


def claim_cases(topic: str, *, labelled: bool) -> Iterator[ClaimCase]:
    """The cases of ``fixtures/claims/TOPIC.txt``; ``labelled`` ones begin with words, two spaces or more before the rest."""
    xfail = None
    for number, line in enumerate((FIXTURES / "claims" / f"{topic}.txt").read_text("utf-8").splitlines(), start=1):
        if line.startswith(XFAIL):
            xfail = line.removeprefix(XFAIL).strip()
        elif line.strip() and not line.startswith("#"):
            labels, _, rest = line.partition("  ") if labelled else ("", "", line)
            marked, _, text = rest.partition("||")
            yield ClaimCase(number, (text.strip(),) if text else tuple(labels.split()), marked.strip(), xfail)
            xfail = None


@cache
def claim_trees() -> dict[str, Tree]:
    """The hand-checked trees by the text they parse."""
    paths = sorted((FIXTURES / "trees" / "claims").glob("*.conllu"))
    return {tree.text: tree for path in paths for _, tree in read_conllu_documents(path.read_text("utf-8"))}


@cache
def extractor(*, all_claims: bool = False) -> Extractor:
    """One extractor for all cases; it loads no model."""
    return Extractor(all_claims=all_claims)


def extracted(text: str, *, all_claims: bool = False, **metadata: str) -> Extraction:
    """What is found in a text with a hand-checked tree."""
    from dataclasses import replace

    return extractor(all_claims=all_claims).extract_tree(replace(article(text), **metadata), claim_trees()[text])
