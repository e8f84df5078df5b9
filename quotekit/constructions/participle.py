"""A participle or infinitive that reports for the subject above it: *…, adding that …*, *a letter saying …*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import is_passive, sources_of
from quotekit.constructions.verbal import all_contents, usually_reports, verbal_match
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[S The coastguard] closed the beach, [C warning] that [Q the current was deadly].",
    "[S The airline] cancelled forty flights, [C citing] [Q a shortage of crew].",
)
COUNTEREXAMPLES = (
    "The factory closed in 2009, leaving four hundred people without work.",
    "The truck reversed slowly, beeping twice.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb without a subject of its own that inherits one other than by coordination."""
    for head in sentence.words:
        if head.upos != "VERB" or is_passive(head) or head.child("nsubj") is not None or _is_as_saying(head):
            continue
        if head.udeprel == "xcomp" and not usually_reports(head, context):
            continue  # *decided to replay the match*: what was decided is the whole infinitive
        sources = [source for source in sources_of(head) if source.link not in ("subject", "none", "conj", "agent")]
        contents = all_contents(head, context) if sources else []
        for source in sources:
            for content in contents:
                yield verbal_match("participle", head, source, content)


def _is_as_saying(head: Word) -> bool:
    """*was quoted as saying*: one cue, which the passive construction finds."""
    marker = head.child("mark", "case")
    return marker is not None and marker.lower == "as" and head.parent is not None and is_passive(head.parent)
