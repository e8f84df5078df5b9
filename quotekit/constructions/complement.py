"""A verb of saying or thinking with a clause as its complement, before, after or around it, with or without *that*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import NOBODY, Source, cue_words, is_passive, neighbour, sources_of, trimmed
from quotekit.constructions.verbal import Content, clausal_contents, surface_contents, usually_reports, verbal_match
from quotekit.marks import MarkedSpan
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[S Nadia Haddad] [C said] that [Q the clinic would close its night ward in March].",
    "[S He] [C asked] [Q whether the bridge could carry a second tram line].",
    "[S The finance ministry's X account] [C posted] that [Q refunds would be paid in October].",
)
COUNTEREXAMPLES = (
    "The committee spent four hours on the budget and went home.",
    "The new turbine produced enough power for a small village.",
)
# *Computer scientist Rana Iqbal, a pioneer of the field who left the firm in May, warned …*
MAX_SOURCE = 25
# A source that opens its sentence has at most a title before what the parser took for it: *Computer scientist Rana*.
MAX_OPENING = 4


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb or adjective of the sentence with a clause it may report and a subject who may report it."""
    quotation = context.speech.bare_after(sentence)
    for head in sentence.words:
        if head.upos not in ("VERB", "AUX", "ADJ", "NOUN") or is_passive(head):
            continue
        if head.upos == "NOUN" and head.child("cop") is None:
            continue
        contents = list(clausal_contents(head))
        if contents and _reports_again(head, context):
            contents = [content for content in contents if content.frame != "ccomp+end"]
        if usually_reports(head, context):
            contents += surface_contents(head)
        if contents and quotation is not None:
            contents += list(_continued(sentence, contents, quotation, context))
        if contents:
            for source in _sources(head, context):
                for content in contents:
                    yield verbal_match("complement", head, source, content)


def _reports_again(head: Word, context: Context) -> bool:
    """Whether a second report is joined to this one: *said it would open and warned that …*, *…, and Li says …*."""
    joined = [other for other in head.children_by("conj") if head.precedes(other)]
    return any(usually_reports(other, context) and other.child("ccomp", "xcomp") is not None for other in joined)


def _continued(
    sentence: Sentence, contents: Sequence[Content], quotation: MarkedSpan, context: Context
) -> Iterator[Content]:
    """The contents that end their sentence with the bare quotation after it: *said it took hours. “We had to.”*"""
    last = trimmed(sentence.words)[-1]
    for content in contents:
        if content.words and content.words[-1] is last:
            # The run may begin before the cue, where the content itself ends in marks.
            run = context.speech.run(quotation, right=None, tagged=sentence)
            later = (word for word in run if last.precedes(word))
            yield Content((*content.words, *later), f"{content.frame}+quotation")


def _sources(head: Word, context: Context) -> Iterator[Source]:
    """The verb's own subject; where it has none, and may have lost it, the noun beside it, or nobody."""
    for source in sources_of(head):
        if _is_impersonal(head, source, context):
            yield NOBODY
            return
        if source.link == "none":
            beside = neighbour(head, allowed=lambda word: word.precedes(head))
            if beside is not None:
                yield beside
        if source.link in ("subject", "none"):
            yield source
        if source.link in ("subject", "conj") and source.words:
            wide = _wide(head, source)
            if len(wide) > len(source.words):
                yield Source(wide, "wide")


def _is_impersonal(head: Word, source: Source, context: Context) -> bool:
    """*It seems that …*, *it turns out that …*: nobody is named."""
    words = [word.lower for word in source.words]
    return words == ["it"] and head.lemma in context.language.words["impersonal_verbs"]


def _wide(head: Word, source: Source) -> tuple[Word, ...]:
    """All from the sentence's first word to the cue, where that is a name with an apposition the parser cut off."""
    words = trimmed(head.sentence.words[: cue_words(head)[0].id - 1])
    if not words or len(words) > MAX_SOURCE or source.words[0].id > MAX_OPENING:
        return ()
    return words if words[0].upos in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON") else ()
