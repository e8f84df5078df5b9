"""A passive cue: *is said to be ill*, *was quoted as saying*, *it was reported by two divers that …*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import (
    Source,
    clause_content,
    cue_words,
    is_passive,
    source_phrase,
    sources_of,
    trimmed,
)
from quotekit.constructions.verbal import Content, clausal_contents, infinitive_contents, nominal_contents, verbal_match
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[Q The tunnel] [C is said] [Q to run for eleven miles].",
    "It [C was reported] by [S two hikers] that [Q the hut had burned down].",
    "[Q The drug] [C was described] by [S its makers] as [Q harmless].",
)
COUNTEREXAMPLES = (
    "The hall was built by volunteers in a single summer.",
    "The gates were left to rust.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each passive verb with its agent or nobody as source; and *was quoted as saying*, whose subject is the source."""
    for head in sentence.words:
        if head.upos != "VERB" or not is_passive(head):
            continue
        contents = list(_contents(head))
        for source in sources_of(head):
            for content in contents:
                yield verbal_match("passive", head, source, content)
        yield from _patient_speaks(head)


def _contents(verb: Word) -> Iterator[Content]:
    subject = verb.child("nsubj")
    for content in clausal_contents(verb):
        yield Content(content.words, f"pass:{content.frame}")
    for clause in verb.children_by("csubj"):
        if verb.precedes(clause):
            yield Content(clause_content(clause), "pass:csubj")
    if subject is None:
        return
    words = source_phrase(subject, verb)
    yield Content(words, "pass:nsubj")
    for rest in (infinitive_contents, nominal_contents):
        for content in rest(verb):
            if content.frame == "advcl:as":  # *was quoted as saying*, below
                continue
            both = sorted({*words, *content.words}, key=lambda word: word.id)  # a subject may also follow its verb
            yield Content(tuple(both), f"pass:nsubj+{content.frame}")


def _patient_speaks(verb: Word) -> Iterator[Match]:
    """*Ruiz was quoted as saying …*, *Ruiz was asked …*, *Ruiz was worried that …*: the subject holds the content."""
    subject = verb.child("nsubj")
    if subject is None or subject.lower in ("it", "there"):
        return
    source = Source(source_phrase(subject, verb), "patient")
    for inner in verb.children_by("advcl", "xcomp", "obl"):
        marker = inner.child("mark", "case")
        if inner.upos == "VERB" and verb.precedes(inner) and marker is not None and marker.lower == "as":
            words = verb.sentence.words
            for content in (*clausal_contents(inner), *nominal_contents(inner)):
                cue = trimmed(words[cue_words(verb)[0].id - 1 : inner.id])
                yield Match("passive", inner, cue, source.words, content.words, f"as:{content.frame}", source.link)
    for contents in (clausal_contents, infinitive_contents, nominal_contents):
        for content in contents(verb):
            yield Match("passive", verb, cue_words(verb), source.words, content.words, content.frame, source.link)
