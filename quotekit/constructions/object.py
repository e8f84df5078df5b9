"""A verb whose object or oblique is what was said: *denied the report*, *warned of floods*, *accused them of fraud*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import is_passive, sources_of
from quotekit.constructions.verbal import nominal_contents, verbal_match
from quotekit.tree import Sentence

EXAMPLES = (
    "[S The museum] [C denied] [Q the report].",
    "[S The nurses' union] [C called for] [Q an inquiry into the deaths].",
    "[S Fishermen] [C blame] [Q the dredging for the empty nets].",
)
COUNTEREXAMPLES = (
    "The tailor pressed the suit twice.",
    "The museum holds nine of her letters.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb of the sentence with a nominal content and a subject of its own."""
    for head in sentence.words:
        if head.upos != "VERB" or is_passive(head):
            continue
        contents = list(nominal_contents(head))
        if not contents:
            continue
        for source in sources_of(head):
            if source.link in ("subject", "none"):
                for content in contents:
                    yield verbal_match("object", head, source, content)
