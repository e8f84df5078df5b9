"""A verb of saying or thinking with a clause as its complement, before, after or around it, with or without *that*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import Source, is_passive, neighbour, sources_of
from quotekit.constructions.verbal import clausal_contents, surface_contents, verbal_match
from quotekit.tree import Sentence, Word

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


# Of the words that follow a verb with this share of reporting uses, what was said may be taken without a clause in
# the tree: *said*, *announced* and *insisted*, not *made*.
REPORTING_SHARE = 0.25


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb or adjective of the sentence with a clause it may report and a subject who may report it."""
    for head in sentence.words:
        if head.upos not in ("VERB", "AUX", "ADJ", "NOUN") or is_passive(head):
            continue
        if head.upos == "NOUN" and head.child("cop") is None:
            continue
        contents = list(clausal_contents(head))
        if _usually_reports(head, context):
            contents += surface_contents(head)
        if contents:
            for source in _sources(head):
                for content in contents:
                    yield verbal_match("complement", head, source, content)


def _usually_reports(head: Word, context: Context) -> bool:
    entry = context.language.cues.get((head.lemma.lower(), head.upos))
    return head.upos == "VERB" and entry is not None and entry.reporting >= REPORTING_SHARE * entry.seen


def _sources(head: Word) -> Iterator[Source]:
    """The verb's own subject; where it has none, and may have lost it, the noun beside it, or nobody."""
    for source in sources_of(head):
        if source.link == "none":
            beside = neighbour(head, allowed=lambda word: word.precedes(head))
            if beside is not None:
                yield beside
        if source.link in ("subject", "none"):
            yield source
