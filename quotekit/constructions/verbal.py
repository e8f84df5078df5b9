"""What a verb may report: the clauses, objects and obliques that stand as its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import (
    COMPLEMENTIZERS,
    Source,
    clause_content,
    cue_words,
    phrase,
    trimmed,
    without_complementizer,
)
from quotekit.frozen import frozen
from quotekit.tree import Word, once_a_word

# *told the members of the committee on Friday that …*
REACH_OF_THAT = 12


@frozen
class Content:
    """The words a verb may report and the frame they stand in (``ccomp``, ``obj``, ``obl:of``, ``tag`` …)."""

    words: tuple[Word, ...]
    frame: str


def verbal_match(construction: str, verb: Word, source: Source, content: Content) -> Match:
    """The match of a verb with a source it has and a content it may report."""
    return Match(construction, verb, cue_words(verb), source.words, content.words, content.frame, source.link)


# Prepositions that lead from a reporting verb to its content: *warned of*, *called for*, *agreed on*, *talked about*.
CONTENT_PREPOSITIONS = frozenset(
    {
        "of",
        "for",
        "to",
        "about",
        "on",
        "with",
        "in",
        "against",
        "as",
        "over",
        "at",
        "from",
        "into",
        "by",
        "upon",
        "toward",
    }
)
NOMINAL_PARTS = ("obj", "xcomp", "obl", "advcl", "ccomp", "iobj")


@once_a_word
def clausal_contents(verb: Word) -> tuple[Content, ...]:
    """The complement clauses of the verb: *said that …*, *said …*, *asked whether …*, each with its possible ends."""
    return tuple(_clausal_contents(verb))


def _clausal_contents(verb: Word) -> Iterator[Content]:
    for child in verb.children:
        if child.udeprel == "ccomp":
            words = clause_content(child)
            yield Content(words, "ccomp")
            if words and verb.precedes(child):
                yield from _to_the_end(words, "ccomp+end", verb)
                yield from _without_tail(words, "ccomp-tail")
        elif child.udeprel == "parataxis" and verb.precedes(child) and child.child("nsubj", "csubj", "expl"):
            yield Content(clause_content(child), "parataxis")
        elif (
            child.udeprel in ("advcl", "dep")
            and verb.precedes(child)
            and child.child("nsubj", "expl")
            and not child.child("mark")
        ):
            yield Content(clause_content(child), "advcl")


@once_a_word
def surface_contents(verb: Word) -> tuple[Content, ...]:
    """All that follows the verb, from *that* on if it comes soon, for where the tree has lost the complement."""
    return tuple(_surface_contents(verb))


def _surface_contents(verb: Word) -> Iterator[Content]:
    words = verb.sentence.words
    start = verb.id
    for index in range(verb.id, min(verb.id + REACH_OF_THAT, len(words))):
        if words[index].lower in COMPLEMENTIZERS:
            start = index + 1
            break
    rest = trimmed(words[start:])
    if len(rest) > 1 and _is_statement(rest):
        yield Content(rest, "surface" if start == verb.id else "surface:that")
        yield from _without_tail(rest, "surface-tail")


def all_contents(verb: Word, context: Context) -> list[Content]:
    """Every content the verb may report: clauses, infinitives, nominals, and what follows a usual cue."""
    surface = surface_contents(verb) if usually_reports(verb, context) else ()
    return [*clausal_contents(verb), *surface, *infinitive_contents(verb), *nominal_contents(verb)]


# Of the words that follow a verb with this share of reporting uses, what was said may be taken without a clause in
# the tree: *said*, *announced* and *insisted*, not *made*.
REPORTING_SHARE = 0.25


def usually_reports(head: Word, context: Context) -> bool:
    """Whether the verb reports often enough that what follows it may be taken as what was said."""
    if head.upos != "VERB":
        return False
    entry = context.language.cues.get((head.lemma.lower(), head.upos))
    return entry is not None and entry.reporting >= REPORTING_SHARE * entry.seen


def _is_statement(words: tuple[Word, ...]) -> bool:
    """Whether these words have a finite verb and a subject before it."""
    subject = next((word.id for word in words if word.upos in ("NOUN", "PROPN", "PRON", "DET", "NUM")), None)
    return subject is not None and any(word.is_finite and word.id > subject for word in words)


def _to_the_end(words: tuple[Word, ...], frame: str, verb: Word) -> Iterator[Content]:
    """The content with all that follows it in the sentence: a parser may hang a coordinated clause on the cue.

    What follows a dash is the author's: *said she was ready – her train had been late*.
    """
    sentence = words[0].sentence
    whole = trimmed(sentence.words[words[0].id - 1 :])
    if whole[-1] is words[-1] or sentence.words[words[-1].id].form in ASIDES:
        return
    yield Content(whole, frame)


ASIDES = frozenset({"-", "–", "—", "--"})


def _without_tail(words: tuple[Word, ...], frame: str) -> Iterator[Content]:
    """The content up to a comma that opens a clause of its own, which may be the author's: *…, which locals doubt*."""
    for index in range(len(words) - 2, 2, -1):
        if words[index].form in {",", ";", "–", "—", "-"}:
            if is_tag(words[index + 1 :]):
                frame = frame.replace("tail", "tag")
            elif not _opens_clause(words[index + 1]):
                continue
            yield Content(trimmed(words[:index]), frame)
            return


# *, the agency's spokesman in Lagos said*: longer stretches before a last verb are clauses with contents of their own.
MAX_TAG = 9
NAMING = frozenset({"PROPN", "NOUN", "DET", "ADJ", "ADP", "PRON", "NUM", "PART", "ADV", "AUX", "CCONJ", "PUNCT", "SYM"})


def is_tag(words: Sequence[Word]) -> bool:
    """Whether these words are a name and a finite verb, and nothing else: *the Harbour Times reported*."""
    if not 2 <= len(words) <= MAX_TAG or words[-1].upos != "VERB" or not words[-1].is_finite:
        return False
    if words[0].upos in ("ADP", "ADV", "CCONJ") or not all(word.upos in NAMING for word in words[:-1]):
        return False
    return any(word.upos != "PUNCT" for word in words[:-1])


def _opens_clause(word: Word) -> bool:
    if word.upos in ("CCONJ", "SCONJ") or word.lower in ("who", "which", "where", "when"):
        return True
    return word.upos in ("VERB", "ADP") and word.udeprel in ("advcl", "acl", "case", "mark", "conj")


@once_a_word
def infinitive_contents(verb: Word) -> tuple[Content, ...]:
    """The open clauses of the verb: *vowed to sue*, *urged them to leave* (with and without *them*)."""
    return tuple(_infinitive_contents(verb))


def _infinitive_contents(verb: Word) -> Iterator[Content]:
    for child in verb.children_by("xcomp"):
        words = phrase(child)
        yield Content(words, "xcomp")
        for obj in verb.children_by("obj", "iobj"):
            if verb.precedes(obj) and obj.precedes(child):
                yield Content(_stretch(obj, words), "obj+xcomp")


def _stretch(first: Word, rest: tuple[Word, ...]) -> tuple[Word, ...]:
    """From the first word of a phrase to the end of another."""
    start = min(word.id for word in first.descendants())
    end = max((word.id for word in rest), default=start)
    return trimmed(first.sentence.words[start - 1 : end])


@once_a_word
def nominal_contents(verb: Word) -> tuple[Content, ...]:
    """The nominal contents of the verb: *denied the report*, *warned of floods*, *called it a lie*."""
    return tuple(_nominal_contents(verb))


def _nominal_contents(verb: Word) -> Iterator[Content]:
    objects = list(verb.children_by("obj"))
    for obj in objects:
        yield Content(without_complementizer(phrase(obj)), "obj")
        if any(obj.precedes(clause) and clause.child("mark") for clause in verb.children_by("ccomp")):
            continue  # *told the court that he had not seen it*: the object hears what the clause says
        end = _last_part(verb, obj)
        if end is not None:
            yield Content(trimmed(verb.sentence.words[min(w.id for w in obj.descendants()) - 1 : end]), "obj+rest")
    for child in verb.children_by("obl", "advcl"):
        marker = child.child("case", "mark")
        if marker is not None and verb.precedes(child) and marker.lower in CONTENT_PREPOSITIONS:
            words = tuple(word for word in phrase(child) if word.id > marker.id)
            if words and words[0].upos != "PUNCT":  # *chimed in, warning that …* has no content after *in*
                yield Content(words, f"{child.udeprel}:{marker.lower}")


def _last_part(verb: Word, obj: Word) -> int | None:
    """Where the predicate ends after an object: *called Rui [a liar]*, *blamed Rui [for the leak]*."""
    following = [child for child in verb.children_by(*NOMINAL_PARTS) if obj.precedes(child) and child is not obj]
    if not following:
        return None
    return max(word.id for child in following for word in child.descendants())


def tag_contents(verb: Word) -> Iterator[Content]:
    """What a tag comments on, after or inside which it stands: *The dam, Ruiz said, would open* (without marks)."""
    parent = verb.parent
    if parent is not None and verb.udeprel in ("parataxis", "advcl", "appos", "dep", "conj", "acl"):
        # Of two tags the second comments on the first too: *The wall moved, Ruiz said, the Tribune reported.*
        later = [child for child in parent.children_by("parataxis") if verb.precedes(child)]
        words = trimmed(parent.descendants(without=[verb, *later]))
        if words:
            yield Content(words, f"tag:{verb.udeprel}")
            if parent.parent is not None and parent.udeprel in ("conj", "parataxis", "ccomp", "advcl"):
                whole = trimmed(parent.parent.descendants(without=[verb]))
                yield Content(whole, "tag:above")
    for child in verb.children_by("ccomp", "parataxis", "advcl", "dep"):
        if child.precedes(verb) and child.udeprel != "ccomp":
            yield Content(clause_content(child), f"fronted:{child.udeprel}")
