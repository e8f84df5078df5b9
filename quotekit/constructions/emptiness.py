"""Matches that say nothing, whatever the scorer makes of them: no content, no source, a name given, a cue cut."""

from __future__ import annotations

from itertools import islice

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import trimmed
from quotekit.stance import modality, polarity
from quotekit.tree import Word


def is_empty(match: Match, content: tuple[Word, ...], context: Context) -> bool:
    """Whether a match reports nothing: *doubt it*, *did not respond to a request*, *said nothing*."""
    return (
        _is_bare_pronoun(content, context)
        or _is_nobody(match.source)
        or _is_forbidden(match, context)
        or _is_no_comment(match, content, context)
        or _crosses_mark(match.cue, context)
        or _is_hearer(match, context)
        or _is_told(match, context)
        or (match.frame == "obj" and match.head.lemma.lower() in context.language.words["advising_verbs"])
        or _is_naming(match, context)
        or _is_joining(match)
        or _is_question_asked(match, content)
        or _is_work(match, content, context)
        or _is_reading(match, content, context)
    )


def _is_bare_pronoun(content: tuple[Word, ...], context: Context) -> bool:
    spoken = list(islice((word for word in content if word.upos != "PUNCT"), 2))
    return len(spoken) == 1 and spoken[0].upos == "PRON" and context.marked_span(spoken[0]) is None


def _is_nobody(source: tuple[Word, ...]) -> bool:
    return len(source) == 1 and source[0].lower in ("nothing", "anything", "something", "everything", "there")


def _is_forbidden(match: Match, context: Context) -> bool:
    """*Nobody should shout “Shark!”*, *you cannot cry “Thief!” in a market*: what none may say, nobody said."""
    source = match.source
    generic = len(source) == 1 and source[0].lower in context.language.words["generic_subjects"]
    return generic and polarity(match, context) == "negative" and modality(match, context) == "possible"


def _is_no_comment(match: Match, content: tuple[Word, ...], context: Context) -> bool:
    """*declined to comment further*, *did not respond to a request*: an answer that was not given."""
    words = context.language.words
    cue = {word.lemma.lower() for word in match.cue}
    silent = not cue.isdisjoint(words["declining_verbs"])
    if not cue.isdisjoint(words["empty_contents"]):
        return silent or any(word.lower in words["negations"] for word in match.cue)
    opening = next((word.lemma.lower() for word in content if word.upos == "VERB"), "") if silent else ""
    return opening in words["empty_contents"]


def _crosses_mark(cue: tuple[Word, ...], context: Context) -> bool:
    """*described as ‘the longest argument*: a cue stands on one side of a mark."""
    if len(cue) < 2:
        return False
    spans = {id(context.marked_span(word)) for word in cue if not context.marks.is_mark(word.start)}
    return len(spans) > 1


def _is_hearer(match: Match, context: Context) -> bool:
    """*‘He emptied the account’, court told*: who is told, or hears, did not say it."""
    head = match.head
    if head.lemma.lower() not in context.language.words["hearing_verbs"] or not match.source:
        return False
    last = trimmed(head.sentence.words)[-1:] == (head,)
    return last and match.source[-1].precedes(head) and head.child("obj", "iobj") is None


def _is_told(match: Match, context: Context) -> bool:
    """*The ovens were cold, the baker told reporters*: who is told is no content."""
    words = context.language.words
    if match.frame != "obj" or match.head.lemma.lower() not in words["hearing_verbs"]:
        return False
    told = match.head.child("obj")
    if told is None or told not in match.content:
        return False
    lemma = told.lemma.lower()
    return lemma in words["person_nouns"] or lemma in words["tag_objects"] or told.lower in words["tag_objects"]


def _is_naming(match: Match, context: Context) -> bool:
    """*Her essay is titled “On Salt”*: a name that a thing has; *was titled a fraud by two critics* has a source."""
    return not match.source and match.head.lemma.lower() in context.language.words["naming_verbs"]


def _is_joining(match: Match) -> bool:
    """*added sand to the soil*: one thing is put to another, and nothing is said; *added that …* has a clause."""
    head = match.head
    if head.lemma.lower() != "add" or head.child("obj") is None or head.child("ccomp", "parataxis") is not None:
        return False
    return any((case := child.child("case")) is not None and case.lower == "to" for child in head.children_by("obl"))


def _is_question_asked(match: Match, content: tuple[Word, ...]) -> bool:
    """*answered every question*, *asked a simple question*: of 47 such acts in PolNeAR's articles two are annotated."""
    if match.head.lemma.lower() not in ("ask", "answer") or any(word.upos in ("VERB", "AUX") for word in content):
        return False
    return any(word.lemma.lower() == "question" and word.parent is match.head for word in content)


def _is_work(match: Match, content: tuple[Word, ...], context: Context) -> bool:
    """*read “The Frozen Lake” to her class*: a title in marks, with a verb of what is done with books and songs."""
    span = context.marked_span(content[0])
    if span is None or match.head.lemma.lower() not in context.language.words["performing_verbs"]:
        return False
    title = context.words_in.get(span.index, ())
    return len(title) > 1 and all(word.form[:1].isupper() for word in title if word.upos not in ("ADP", "DET", "PUNCT"))


def _is_reading(match: Match, content: tuple[Word, ...], context: Context) -> bool:
    """*read the chart twice*: nobody said what was read; of 102 *read* in PolNeAR's articles three are annotated so."""
    if match.frame != "obj" or match.head.lemma.lower() != "read" or context.marked_span(content[0]) is not None:
        return False
    return not any(word.upos in ("VERB", "AUX") for word in content)
