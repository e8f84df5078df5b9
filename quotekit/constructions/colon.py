"""A colon as the cue: *Ruiz: the gates stay shut.* and, in headlines, *Gates stay shut: Ruiz*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import source_phrase, trimmed
from quotekit.constructions.turns import MAX_LABEL
from quotekit.tree import Sentence, Word

EXAMPLES = (
    '[S Mayor Lindqvist][C :] "[Q The pool stays open]."',
    'And from [S the tenants][C :] "[Q We are not leaving]."',
)
COUNTEREXAMPLES = (
    "The recipe needs three things: flour, water and patience.",
    "The train leaves at 3:57 and arrives at 6:10.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """The colon of the sentence, with a short verbless label on one side of it as source."""
    words = sentence.words
    turn = context.turns.get(sentence.index)
    if turn is not None:
        cue = (turn.sign,) if turn.sign is not None else ()
        if turn.words:
            yield Match("colon", turn.sign or turn.label[-1], cue, turn.label, turn.words, "turn", "before")
        return
    for colon in words[1:]:
        if colon.form != ":":
            continue
        before, after = trimmed(words[: colon.id - 1]), trimmed(words[colon.id :])
        if context.marked_span(colon) is not None:
            continue
        after = _whole_quotation(after, context) if after else _next_quotation(sentence, context)
        if _is_label(before) and before[-1].lemma.lower() in context.language.words["rubrics"]:
            return
        if _is_label(before) and after:
            yield _labelled(colon, before, after, context)
        if _is_label(after) and before and after[0].sentence is sentence:
            yield Match("colon", colon, (colon,), after, before, "label", "after")
        return


def _labelled(colon: Word, label: tuple[Word, ...], content: tuple[Word, ...], context: Context) -> Match:
    """The match of a label before a colon: a name, *And from the tenants*, or the owner of a cue noun, *Her order*."""
    noun = label[-1]
    owner = noun.child("nmod:poss")
    if owner is not None and context.is_cue(noun):
        return Match("colon", noun, (noun,), source_phrase(owner, noun), content, "owner", "before")
    while len(label) > 1 and label[0].upos in ("CCONJ", "ADP"):
        label = label[1:]
    return Match("colon", colon, (colon,), label, content, "label", "before")


def _is_label(words: tuple[Word, ...]) -> bool:
    return 0 < len(words) <= MAX_LABEL and not any(word.upos in ("VERB", "AUX", "SCONJ") for word in words)


def _whole_quotation(words: tuple[Word, ...], context: Context) -> tuple[Word, ...]:
    """The words after the colon; all of a quotation that opens there, also past the sentence's end."""
    span = context.marked_span(words[0]) if words else None
    return words if span is None else context.words_in.get(span.index, words)


def _next_quotation(sentence: Sentence, context: Context) -> tuple[Word, ...]:
    """The quotation that fills the sentences after a lead-in: *And from the tenants: ¶ “We are not leaving.”*"""
    span = context.speech.bare_after(sentence)
    return context.speech.run(span, right=None, tagged=sentence) if span is not None else ()
