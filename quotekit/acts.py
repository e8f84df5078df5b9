"""The act of a quote: whether somebody says it, denies it, asks it, promises, believes or plans it.

The words are data: a list for each act in ``languages/CODE/acts.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotekit.constructions.match import Context, Match

# Every act but the last belongs to one group, whose name stands for all of its acts: *speech* was uttered, the others
# were ascribed.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "speech": (
        *("says", "claims", "denies", "admits", "warns", "predicts", "accuses", "praises", "shows", "agrees"),
        *("asks", "orders", "promises"),
    ),
    "belief": ("believes", "knows", "feels"),
    "plan": ("plans", "decides"),
    "perception": ("perceives",),
}
# What is done with a cue that is in no list, where nothing shows that it is speech either.
OTHER = "other"
ACTS = (*chain.from_iterable(GROUPS.values()), OTHER)

# Constructions whose layout says that somebody speaks, whatever the cue: *The wall moved, Ruiz harrumphed.*
SPEAKING = frozenset({"quotation", "introduction", "tag", "colon", "dash", "prepositional"})


def act(match: Match, type: str, context: Context) -> str:
    """The act that the cue tells of, one of ``ACTS``; negation is polarity, *did not deny* is still ``denies``.

    A cue in no list is ``says`` where its content is in marks or its construction is one of speech, else ``other``.
    """
    lists = context.language.words
    if _is_declined(match, context):
        return "denies"
    for entry in _entries(match):
        for name in ACTS:
            if entry in lists.get(name, ()):
                return name
    return "says" if type != "indirect" or match.construction in SPEAKING else OTHER


def _is_declined(match: Match, context: Context) -> bool:
    """*refused to say whether*, *declined to confirm*: the verb before the head tells that the act was refused."""
    before = (word for word in match.cue if word.precedes(match.head) and word.upos == "VERB")
    return any(word.lemma.lower() in context.language.words["declining_verbs"] for word in before)


def _entries(match: Match) -> Iterator[str]:
    """What to look the cue up by, the longest first: *according to*, *call for*, *call*."""
    head = match.head
    lemma = head.lemma.lower()
    yield " ".join(word.lower for word in match.cue)
    if head not in match.cue:
        return  # *per the warning*: the head is the source's
    after = [word for word in match.cue if head.precedes(word)]
    if after:
        yield " ".join([lemma, *(word.lower for word in after)])
    for more in (*_completions(match), *_markers(match)):
        yield f"{lemma} {more}"
    yield lemma
    if head.lower != lemma:
        yield head.lower  # *concerned*, *worried*: adjectives that a parser may take for participles


def _completions(match: Match) -> Iterator[str]:
    """The words outside the content that make one cue with the head: *point [out]*, *make [clear]*, *take [aim]*."""
    content = {word.start for word in match.content}
    for child in match.head.children:
        outside = child.start not in content and match.head.precedes(child)
        if outside and child.udeprel in ("compound", "advmod", "obj", "xcomp"):
            yield child.lower


def _markers(match: Match) -> Iterator[str]:
    """The words that lead from the head to its content: *called [for] calm*, *asked her [to] leave*.

    An object before a preposition is a star: *asked her for help* has *ask * for*, for *called her a hero for it* calls
    for nothing. The particle of an infinitive needs none.
    """
    content = {word.start for word in match.content}
    star = ""
    for child in match.head.children:
        if not match.head.precedes(child):
            continue
        if child.start in content:
            for word in child.children:
                if word.udeprel in ("mark", "case") and word.precedes(child):
                    yield f"{star if word.upos != 'PART' else ''}{word.lower}"
        if child.udeprel in ("ccomp", "parataxis"):
            return  # what follows hangs on the cue only by the parser's leave
        if child.udeprel in ("obj", "xcomp"):
            star = "* "
