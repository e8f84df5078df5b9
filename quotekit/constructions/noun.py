"""A noun of saying or thinking: *Ruiz's claim that …*, *a warning of floods from engineers*, *her fear is that …*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import (
    NOBODY,
    Source,
    clause_content,
    phrase,
    source_phrase,
    sources_of,
    trimmed,
    without_complementizer,
)
from quotekit.constructions.verbal import Content
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[S Novak's] [C claim] that [Q the bridge was sound] did not survive the inquiry.",
    "[S Her] [C fear] is that [Q the school will close].",
    "A [C warning] that [Q the river might burst its banks] kept the village awake.",
)
COUNTEREXAMPLES = (
    "There is a chance that the market will open late.",
    "The fact that the gate was open did not help the goats.",
)
CONTENT_PREPOSITIONS = frozenset({"of", "about", "for", "on", "to", "against", "over", "in", "from", "with"})
STRAY_RELATIONS = ("advcl", "parataxis", "conj", "ccomp", "dep")
SOURCE_PREPOSITIONS = frozenset({"by", "from", "of", "among"})


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each noun that the cue list knows, with its clause or oblique as content and its owner as source."""
    for noun in sentence.words:
        if noun.upos != "NOUN" or not context.is_cue(noun):
            continue
        contents = [*_contents(noun), *_apposed(noun, context)]
        for source in _sources(noun, context):
            for content in contents:
                if not set(map(id, source.words)) & set(map(id, content.words)):
                    yield Match(
                        "noun", noun, _cue(noun, source), source.words, content.words, content.frame, source.link
                    )


def _cue(noun: Word, source: Source) -> tuple[Word, ...]:
    """The noun, and the verb that carries it: *expressed concern*, *made the claim*."""
    verb = noun.parent
    if source.link.startswith("verb") and verb is not None and verb.id < noun.id:
        return verb.sentence.words[verb.id - 1 : noun.id]
    return (noun,)


def _contents(noun: Word) -> Iterator[Content]:
    for child in noun.children:
        marker = child.child("mark", "case")
        if child.udeprel in ("acl", "ccomp", "xcomp") and noun.precedes(child):
            yield Content(_clause(noun, child), f"{child.deprel}:{marker.lower if marker else ''}")
        elif (
            child.udeprel == "nmod"
            and marker is not None
            and noun.precedes(child)
            and marker.lower in CONTENT_PREPOSITIONS
        ):
            yield Content(tuple(w for w in phrase(child) if w.id > marker.id), f"nmod:{marker.lower}")
    parent = noun.parent
    if parent is not None and noun.udeprel == "nsubj":
        # *Her fear is that the bank will close*: the clause is the predicate, or a complement of the copula.
        if parent.child("cop") is not None and parent.upos in ("VERB", "ADJ", "NOUN") and parent.child("mark"):
            cop = parent.child("cop")
            yield Content(_after(without_complementizer(trimmed(parent.descendants(without=[noun]))), cop), "predicate")
        for child in parent.children_by("ccomp"):
            if parent.lemma == "be":
                yield Content(clause_content(child), "predicate")


def _clause(noun: Word, child: Word) -> tuple[Word, ...]:
    """The noun's clause, up to the verb that its sentence would else lack: *His claim that it leaks | drew laughter*.

    A parser that takes the noun for the root hangs that verb, which has no subject left, inside the clause.
    """
    words = clause_content(child)
    strays = (verb for verb in child.children_by(*STRAY_RELATIONS) if child.precedes(verb) and verb.is_finite)
    verb = next((verb for verb in strays if verb.child("nsubj", "csubj", "mark", "cc") is None), None)
    return words if verb is None or noun.udeprel != "root" else trimmed([word for word in words if word.id < verb.id])


def _apposed(noun: Word, context: Context) -> Iterator[Content]:
    """*The mayor's reply, “not today”, pleased nobody*: the quotation beside the noun."""
    for child in noun.children_by("appos"):
        if noun.precedes(child) and context.marked_span(child) is not None and context.marked_span(noun) is None:
            yield Content(phrase(child), "appos")


def _after(words: tuple[Word, ...], limit: Word | None) -> tuple[Word, ...]:
    kept = trimmed([word for word in words if limit is None or word.id > limit.id])
    return trimmed(kept[1:]) if kept and kept[0].lower == "that" else kept


def _sources(noun: Word, context: Context) -> Iterator[Source]:
    owner = noun.child("nmod:poss")
    if owner is not None and owner.lemma.lower() not in context.language.words["time_nouns"]:
        yield Source(source_phrase(owner, noun), "owner")
        return
    found = False
    for child in noun.children_by("nmod"):
        case = child.child("case")
        if case is not None and case.lower in SOURCE_PREPOSITIONS:
            found = True
            yield Source(tuple(w for w in source_phrase(child, noun) if w.id > case.id), f"nmod:{case.lower}")
    verb = noun.parent
    if verb is not None and verb.upos == "VERB" and noun.udeprel in ("obj", "obl"):
        for source in sources_of(verb):
            if source.words:
                found = True
                yield Source(source.words, f"verb:{noun.udeprel}")
    if not found:
        yield NOBODY
