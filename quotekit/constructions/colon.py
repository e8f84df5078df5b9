"""A colon as the cue: *Ruiz: the gates stay shut.* and, in headlines, *Gates stay shut: Ruiz*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import BRACKETS, source_phrase, trimmed
from quotekit.tree import Sentence, Word

EXAMPLES = (
    '[S Mayor Lindqvist][C :] "[Q The pool stays open]."',
    'And from [S the tenants][C :] "[Q We are not leaving]."',
)
COUNTEREXAMPLES = (
    "The recipe needs three things: flour, water and patience.",
    "The train leaves at 3:57 and arrives at 6:10.",
)
# A label is a name, perhaps with a title or a place: longer stretches before a colon are clauses.
MAX_LABEL = 8


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """The colon of the sentence, with a short verbless label on one side of it as source."""
    words = sentence.words
    for colon in words[1:]:
        if colon.form != ":":
            continue
        before, after = trimmed(words[: colon.id - 1]), trimmed(words[colon.id :])
        label = _turn_label(before, context)
        if label:
            yield Match("colon", colon, (colon,), label, _turn(sentence, after, context), "turn", "before")
            return
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


def _turn_label(words: Sequence[Word], context: Context) -> tuple[Word, ...]:
    """The speaker named by these words if they are a label in a transcript: *WALLACE*, *MS. OKAFOR*; else nothing.

    A time before the name and a remark behind it are no part of it: *[00:12:31] OKAFOR (voice-over)*.
    """
    name = _without_remarks(words)
    letters = "".join(word.form for word in name)
    if not 0 < len(name) <= MAX_LABEL or not letters.isupper() or len(letters) < 3 or words[0].id > 2:
        return ()
    return () if name[-1].lower in context.language.words["rubrics"] else name


def _without_remarks(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words outside brackets, without times such as *00:12:31*."""
    found, depth = [], 0
    for word in words:
        depth += word.form in BRACKETS
        if not depth and not (word.upos == "NUM" and ":" in word.form):
            found.append(word)
        depth -= depth > 0 and word.form in BRACKETS.values()
    return tuple(found)


def _turn(sentence: Sentence, opening: tuple[Word, ...], context: Context) -> tuple[Word, ...]:
    """The words of a speaker's turn: what follows the label, to the end of its paragraph."""
    found = list(opening)
    for following in context.tree.sentences[sentence.index + 1 :]:
        if following.paragraph != sentence.paragraph or _opens_turn(following, context):
            break
        found += following.words
    return trimmed(found)


def _opens_turn(sentence: Sentence, context: Context) -> bool:
    """Whether another speaker's label opens this sentence."""
    colon = next((word for word in sentence.words[: MAX_LABEL + 2] if word.form == ":"), None)
    return colon is not None and bool(_turn_label(trimmed(sentence.words[: colon.id - 1]), context))


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
