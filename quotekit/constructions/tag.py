"""A tag that comments on a statement without marks, at its end or inside it: *The dam, Ruiz said, would open.*"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import sources_of
from quotekit.constructions.verbal import tag_contents, verbal_match
from quotekit.tree import Sentence

EXAMPLES = (
    "[Q The glacier], [S Sørensen] [C said], [Q had lost nine metres].",
    "[Q The museum would close for a year], [S the curator] [C said].",
)
COUNTEREXAMPLES = ("The museum, which stands on the quay, will close.",)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb that hangs as a tag on the statement it reports."""
    for head in sentence.words:
        if head.upos != "VERB":
            continue
        contents = list(tag_contents(head))
        if not contents:
            continue
        for source in sources_of(head):
            if source.link in ("subject", "agent", "none"):
                for content in contents:
                    yield verbal_match("tag", head, source, content)
