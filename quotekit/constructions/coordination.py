"""A further cue that shares the subject of the first: *The court heard both sides and said …*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import is_passive, sources_of
from quotekit.constructions.verbal import all_contents, verbal_match
from quotekit.tree import Sentence

EXAMPLES = (
    "[S The witness] stood up and [C said] [Q she had lied].",
    "[S The ombudsman] [C said and repeated] that [Q the files were lost].",
)
COUNTEREXAMPLES = (
    "The mason cut the stone and carried it up the tower.",
    "The council bought the mill and turned it into flats.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each coordinated verb without a subject of its own, with the subject of the verb it is joined to."""
    for head in sentence.words:
        if head.upos not in ("VERB", "ADJ") or is_passive(head) or head.child("nsubj") is not None:
            continue
        sources = [source for source in sources_of(head) if source.link == "conj"]
        contents = all_contents(head, context) if sources else []
        for source in sources:
            for content in contents:
                yield verbal_match("coordination", head, source, content)
