"""A verb of saying or thinking with a clause as its complement, before, after or around it, with or without *that*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, is_passive, sources_of
from quotekit.constructions.verbal import clausal_contents
from quotekit.tree import Sentence

EXAMPLES = (
    "[S The harbour master] [C said] that [Q the ferry would sail at noon].",
    "[S Amina Diallo] [C believes] [Q the orchard can be saved].",
    "[S Nurses] [C warned] that [Q the ward had run out of masks].",
    "[S The mayor] [C asked] [Q whether the bridge was safe].",
)
COUNTEREXAMPLES = (
    "The rain made the river rise.",
    "The crew added two pumps on Monday.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb or adjective of the sentence with a clause it may report and a subject who may report it."""
    for head in sentence.words:
        if head.upos not in ("VERB", "AUX", "ADJ", "NOUN") or is_passive(head):
            continue
        if head.upos == "NOUN" and head.child("cop") is None:
            continue
        contents = list(clausal_contents(head))
        if not contents:
            continue
        for source in sources_of(head):
            if source.link in ("subject", "none"):
                for content in contents:
                    yield Match("complement", head, cue_words(head), source.words, content.words, content.frame, source.link)
