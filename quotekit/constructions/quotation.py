"""Marked speech with a tag: *“…,” said Ruiz*, *Ruiz told them: “…”*, *“…,” Ruiz said, “…”*, and what continues it.

The marks own the content, the tree names the source. A quotation goes on past its tag while whole sentences stand in
marks, in the same paragraph and in paragraphs that hold nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import NOBODY, Source, cue_words, neighbour, sources_of, trimmed
from quotekit.constructions.speech import Speech
from quotekit.tree import Sentence, Word

EXAMPLES = (
    '"[Q The harvest is in]," [C said] [S Pavel Novotny].',
    '"[Q The bridge]," [S Anneke Visser] [C said], "[Q was never meant for lorries]."',
    '"[Q The well is dry]," [S Amina Diallo] [C said]. "[Q We walk nine kilometres for water]."',
    '"[Q The roof leaks]," [S she] [C said]. ¶ "[Q The cellar floods too]."',
    '[S Tomasz Zielinski] [C said], "[Q My knee gave way before the whistle]."',
)
COUNTEREXAMPLES = (
    'Viktor "Hammer" Sokolov lost his last fight.',
    'The word "dam" comes from Middle Dutch.',
)
# Between a quotation and the verb of its tag stand at most a long name with its apposition.
MAX_DISTANCE = 30


# What goes on with a name: *said Ruiz, who runs the port*, *said Ruiz (Lisbon)*, *said Ruiz of the port authority*.
APPOSING = frozenset({",", "(", "–", "—", "of", "and", "for"})


# A quotation inside a quotation is short, and so is its tag: *He told me at the gate to ‘run’*.
NEAR = 6


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb outside the marks, with the quotation before, after or around it."""
    yield from _nested(sentence, context)
    speech = context.speech
    if not speech.spans_of(sentence) and speech.before(sentence.words[0]) is None:
        return
    for verb in sentence.words:
        if verb.upos not in ("VERB", "AUX") or context.marked_span(verb) is not None:
            continue
        if verb.upos == "AUX" and verb.udeprel in ("aux", "cop"):
            continue
        for frame, content in _contents(verb, speech, context):
            for source in _sources(verb, context):
                yield Match(
                    "quotation", verb, _outside(cue_words(verb), context), source.words, content, frame, source.link
                )


def _nested(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each quotation inside a quotation, with the verbs before and after it in the outer one: *“He told me ‘run’.”*"""
    for span in context.marks.nested_in(sentence.start, sentence.end):
        outer = context.marks.outermost_at(span.start)
        inside = trimmed([word for word in sentence.words if span.inner_start <= word.start < span.inner_end])
        if outer is None or not inside:
            continue
        for verb in sentence.words[max(0, inside[0].id - 1 - NEAR) : inside[-1].id + NEAR]:
            if verb.upos == "VERB" and verb not in inside and context.marked_span(verb) is outer:
                frame = "nested before" if verb.precedes(inside[0]) else "nested after"
                for source in sources_of(verb):
                    yield Match("quotation", verb, cue_words(verb), source.words, inside, frame, source.link)


def _contents(verb: Word, speech: Speech, context: Context) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The quotations this verb may tag, with the side on which they stand."""
    left, right = speech.before(verb), speech.after(verb)
    if left is not None and verb.id - speech.last_id(left, verb.sentence) > MAX_DISTANCE:
        left = None
    if right is not None and speech.first_id(right, verb.sentence) - verb.id > MAX_DISTANCE:
        right = None
    if left is not None:
        yield "after", speech.run(left, right=None, tagged=verb.sentence)
        lead = speech.lead(left, verb)
        if lead:
            yield "after+lead", lead
    if right is not None:
        yield "before", speech.run(right, right=None, tagged=verb.sentence)
    if left is not None and right is not None:
        yield "around", speech.run(left, right=right, tagged=verb.sentence)


def _sources(verb: Word, context: Context) -> Iterator[Source]:
    """The verb's sources outside the marks; where the tree gives none, the noun next to the verb."""
    first: Source | None = None
    for source in sources_of(verb):
        words = _outside(source.words, context)
        if words:
            first = first or Source(words, source.link)
            yield Source(words, source.link)
    if first is None:
        beside = neighbour(verb, allowed=lambda word: context.marked_span(word) is None)
        words = _outside(beside.words, context) if beside is not None else ()
        first = Source(words, "neighbour") if words else None
        yield first or NOBODY
    if first is not None and first.words[0].sentence is verb.sentence:
        wide = _wide(verb, first, context)
        if len(wide) > len(first.words):
            yield Source(wide, "wide")


def _wide(verb: Word, source: Source, context: Context) -> tuple[Word, ...]:
    """The source with all that stands between it and the verb, or after it up to the next mark: a long apposition."""
    words = verb.sentence.words
    start, end = source.words[0].id - 1, source.words[-1].id
    if start >= verb.id:
        if end == len(words) or words[end].form not in APPOSING:  # *testified Ruiz on Monday*
            return source.words
        while end < len(words) and not (context.marked_span(words[end]) or context.marks.is_mark(words[end].start)):
            end += 1
    else:
        left = context.speech.before(verb)
        end = cue_words(verb)[0].id - 1
        if left is not None:  # *“…,” Ana Ruiz, a member of the board, said*: the parser may take the member alone
            start = min(start, max(context.speech.last_id(left, verb.sentence), end - MAX_DISTANCE))
    return trimmed(words[start:end])


def _outside(words: tuple[Word, ...], context: Context) -> tuple[Word, ...]:
    """The stretch of the words that stands outside quotations (a nickname in marks does not cut a name)."""
    if not words or not any(context.marked_span(word) for word in words):
        return words
    if context.marked_span(words[0]) is None and context.marked_span(words[-1]) is None:
        spans = {span.index for word in words if (span := context.marked_span(word))}
        if all(len(context.words_in.get(index, ())) <= 3 for index in spans):
            return words
    return trimmed([word for word in words if context.marked_span(word) is None])
