"""A participle or infinitive that reports for the subject above it: *…, adding that …*, *…, citing …*, *a letter saying …*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, is_passive, sources_of
from quotekit.constructions.verbal import clausal_contents, infinitive_contents, nominal_contents
from quotekit.tree import Sentence

EXAMPLES = (
    "[S The pilot] landed in a field, [C saying] [Q the engine had failed].",
    "[S Residents] left the hall, [C citing] [Q a lack of answers].",
)
COUNTEREXAMPLES = (
    "The pilot landed in a field, breaking a fence.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb without a subject of its own that inherits one other than by coordination."""
    for head in sentence.words:
        if head.upos != "VERB" or is_passive(head) or head.child("nsubj") is not None:
            continue
        for source in sources_of(head):
            if source.link not in ("subject", "none", "conj", "agent"):
                for contents in (clausal_contents, infinitive_contents, nominal_contents):
                    for content in contents(head):
                        yield Match(
                            "participle", head, cue_words(head), source.words, content.words, content.frame, source.link
                        )
