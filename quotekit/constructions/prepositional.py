"""A phrase that names the source: *according to Ruiz*, *per the agency*, *in her view*, *in the words of one diver*."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import source_phrase, trimmed, without_complementizer
from quotekit.language import openers
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[C According to] [S the coastguard], [Q the trawler sank within minutes].",
    "[Q Passengers will need a second form of identification], [C per] [S the airline].",
    "[C In [S her] view], [Q the court has no choice].",
)
COUNTEREXAMPLES = (
    "The books are arranged according to size.",
    "In view of the storm, the parade began an hour late.",
    "The ferry makes six crossings per day.",
)


# What may name a source behind its preposition.
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "VERB", "X", "DET"})
# *To the people of the upper valley, …*: longer phrases before a comma are of other kinds.
MAX_VIEWPOINT = 8


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each phrase of the sentence that names a source, with the clause it frames as content."""
    for word in sentence.words:
        # Each of the three needs a word that leads to the noun; most words have none.
        if word.upos in NAMING and word.child("case", "mark", "advmod") is not None:
            yield from _after_preposition(word, context)
            yield from _view_of(word, context)
            yield from _findings(word, context)
    yield from _on_the_surface(sentence, context)
    yield from _point_of_view(sentence, context)


def _after_preposition(noun: Word, context: Context) -> Iterator[Match]:
    cue = _preposition(noun, context)
    if cue:
        words = tuple(word for word in source_phrase(noun, cue[-1]) if word.id > cue[-1].id)
        yield from _framed(noun, cue, trimmed(words), "prepositional")


def _preposition(noun: Word, context: Context) -> tuple[Word, ...]:
    """The words of a prepositional cue before this noun, such as *according to*, or nothing."""
    cues, first = context.language.words["prepositional_cues"], openers(context.language, "prepositional_cues")
    for case in noun.children:
        if case.udeprel in ("case", "mark", "advmod") and case.precedes(noun) and not _is_name(case):
            fixed = sorted((case, *case.children_by("fixed")), key=lambda word: word.id) if case.children else [case]
            if fixed[0].lower in first and " ".join(word.lower for word in fixed) in cues:
                return () if _is_measure(noun, fixed[0], context) else tuple(fixed)
    return ()


def _is_name(case: Word) -> bool:
    """*Finance chief Per Holm*: a capital within a sentence makes a name of a preposition."""
    return case.form[:1].isupper() and case.id > 2


def _is_measure(noun: Word, case: Word, context: Context) -> bool:
    """*five per cent*, *ten euros per ticket*, *sorted according to size*."""
    if noun.lemma.lower() in context.language.words["measures"]:
        return True
    bare = noun.upos == "NOUN" and noun.child("det", "nmod:poss", "amod", "compound") is None
    return case.lower == "per" and bare and noun.has_feature("Number=Sing")


def _on_the_surface(sentence: Sentence, context: Context) -> Iterator[Match]:
    """*According to X, …* and *…, according to X*, cut at the commas: trees often give the phrase no clear place."""
    words, cues = sentence.words, context.language.words["prepositional_cues"]
    opening_words = openers(context.language, "prepositional_cues")
    for first, second in pairwise(words):
        if first.lower not in opening_words or f"{first.lower} {second.lower}" not in cues:
            continue
        cue, opening, following = (first, second), trimmed(words[: first.id - 1]), words[second.id :]
        named = next((word for word in following if word.upos in ("NOUN", "PROPN")), None)
        if named is None or named.lemma.lower() in context.language.words["measures"]:
            continue
        comma = next((word.id for word in following if word.form in {",", ";", "–", "—"}), None)
        if not opening and comma is not None:
            source, content = words[second.id : comma - 1], trimmed(words[comma:])
            yield Match("prepositional", second, cue, trimmed(source), content, "surface:before", "surface")
        elif opening:
            for name, end in (("end", len(words)), ("comma", (comma or 0) - 1)):
                if end > second.id:
                    source = trimmed(words[second.id : end])
                    yield Match("prepositional", second, cue, source, opening, f"surface:{name}", "surface")


def _point_of_view(sentence: Sentence, context: Context) -> Iterator[Match]:
    """*To the rowers, the lake is home.*: an opening phrase of viewpoint, up to its comma."""
    words = sentence.words
    comma = next((word.id for word in words[: MAX_VIEWPOINT + 2] if word.form == ","), None)
    if comma is None or words[0].lower not in context.language.words["viewpoint_prepositions"]:
        return
    source = trimmed(words[1 : comma - 1])
    if source and all(word.upos not in ("VERB", "AUX", "NUM") for word in source):
        yield Match("prepositional", words[0], words[:1], source, trimmed(words[comma:]), "viewpoint", "surface")


def _view_of(noun: Word, context: Context) -> Iterator[Match]:
    """*in her view*, *in the words of one diver*, *by their account*."""
    if noun.lemma.lower() not in context.language.words["view_nouns"] or noun.child("case") is None:
        return
    if noun.child("det", "nmod:poss") is None:  # *in view of the storm* is no view
        return
    owner = noun.child("nmod:poss")
    if owner is None:
        owner = next((c for c in noun.children_by("nmod") if (case := c.child("case")) and case.lower == "of"), None)
    if owner is None:
        return
    words = source_phrase(owner, noun)
    case = owner.child("case")
    if case is not None and case.precedes(owner):
        words = tuple(word for word in words if word.id > case.id)
    yield from _framed(noun, (noun,), words, "view")


def _findings(noun: Word, context: Context) -> Iterator[Match]:
    """*The bridge is safe in both surveys*: what each of several measurements says."""
    case, every = noun.child("case"), noun.child("det")
    if case is None or case.lower != "in" or every is None or every.lower not in QUANTIFIERS:
        return
    if noun.lemma.lower() in context.language.words["finding_nouns"]:
        words = tuple(word for word in source_phrase(noun, case) if word.id > case.id)
        yield from _framed(noun, (case,), words, "prepositional")


QUANTIFIERS = frozenset({"all", "both", "each", "every"})


def _framed(noun: Word, cue: tuple[Word, ...], source: tuple[Word, ...], frame: str) -> Iterator[Match]:
    """The clauses above the phrase, nearest first: each may be what the source said."""
    seen: set[int] = set()
    for step, governor in enumerate(noun.ancestors()):
        clausal = governor.upos in ("VERB", "AUX", "ADJ") or governor.child("cop", "nsubj") is not None
        if governor.parent is not None and not clausal:
            continue
        words = without_complementizer(trimmed(governor.descendants(without=[noun])))
        if words and len(words) not in seen:
            seen.add(len(words))
            kind = "root" if governor.parent is None else governor.udeprel
            yield Match("prepositional", noun, cue, source, words, f"{frame}:{kind}", f"step{min(step, 3)}")
