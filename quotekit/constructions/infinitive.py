"""A verb with an infinitive that says what is wanted, promised or asked: *vowed to sue*, *urged them to leave*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import is_passive, sources_of
from quotekit.constructions.verbal import infinitive_contents, verbal_match
from quotekit.tree import Sentence

EXAMPLES = (
    "[S Abdul Karim] [C promised] [Q to return the medals].",
    "[S The judge] [C ordered] [Q the firm to pay damages].",
)
COUNTEREXAMPLES = (
    "The nurse helped the patient to stand.",
    "The spokesman declined to comment.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb of the sentence with an open clause and a subject of its own."""
    for head in sentence.words:
        if head.upos not in ("VERB", "ADJ") or is_passive(head):
            continue
        for content in infinitive_contents(head):
            for source in sources_of(head):
                if source.link in ("subject", "none"):
                    yield verbal_match("infinitive", head, source, content)
