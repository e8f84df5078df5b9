"""Words to spans: where a content begins and ends in the text, what of it stands in marks, and so which type it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import trimmed
from quotekit.constructions.verbal import is_tag, usually_reports
from quotekit.marks import MarkedSpan
from quotekit.tree import Word

Offsets = tuple[int, int]
# Marks that belong to what was said, other than a comma or a full stop: *He asked, was the dam safe?*
SPOKEN_MARKS = "?!…"
# A quotation is finished where the tree's content holds at least this share of its words; else the content only
# touches it: *the “repair” took nine years* stays whole, a clause that ends inside a quotation is carried to its end.
OWN_SHARE = 0.5


def bounded(match: Match, context: Context) -> tuple[Word, ...]:
    """The words of the match's content, carried to the end of every quotation that it is the larger part of.

    The marks own the boundaries of direct speech: a tree cuts *said “it holds. It will hold.”* at the first full stop.
    """
    opening = context.turn_opening(match.head.sentence)  # of *VALE: It is safe, Ruiz said* only *It is safe* is Ruiz's
    own = {*match.cue, *match.source, *opening}
    words: Sequence[Word] = match.content
    if not own.isdisjoint(words):
        words = [word for word in words if word not in own]
    if not context.holds_marked(words):
        return _without_that(_without_final_tag(trimmed(words), context))
    held = set(words)
    head_span = context.marked_span(match.head)
    spans = {span.index: span for word in words if (span := context.marked_span(word)) is not None}
    added: list[Word] = []
    for span in spans.values():
        inside = context.words_in.get(span.index, ())
        if span is head_span or len(inside) < 2:
            continue
        missing = [word for word in inside if word not in held and word not in own]
        if missing and len(missing) <= len(inside) * (1 - OWN_SHARE):
            added += missing
        elif missing and words[-1].start < span.inner_end and words[0].start >= span.inner_start - 2:
            added += [word for word in missing if word.start > words[0].start]
    if added:
        words = sorted((*words, *added), key=lambda word: word.start)
    found = _without_final_tag(trimmed(words), context)
    return found if found and context.marked_span(found[0]) is not None else _without_that(found)


def _without_final_tag(words: tuple[Word, ...], context: Context) -> tuple[Word, ...]:
    """The words without a second holder's tag at the end of the sentence: *Ruiz said it would, Li reported.*"""
    verb = words[-1] if words else None
    if verb is None or not usually_reports(verb, context) or context.marked_span(verb) is not None:
        return words
    comma = next((index for index in range(len(words) - 1, 0, -1) if words[index].form == ","), None)
    if comma is None or not is_tag(words[comma + 1 :]) or trimmed(verb.sentence.words)[-1] is not verb:
        return words
    return trimmed(words[:comma])


def _without_that(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without an opening *that* before a clause, whatever the tree calls it; *that mistake* stays."""
    if len(words) < 2 or words[0].lower != "that":
        return words
    clause = len(words) > 3 and any(word.is_finite for word in words)
    opens = words[0].udeprel == "mark" or (clause and words[0].udeprel in ("det", "cc", "advmod", "obj"))
    if words[0].udeprel == "nsubj":  # a parser's slip where the clause has a subject of its own: *that divers will go*
        opens = any(word.udeprel == "nsubj" and word.head == words[0].head for word in words[1:])
    return trimmed(words[1:]) if opens else words


def content_spans(words: Sequence[Word], context: Context, *, asked: bool = False) -> tuple[Offsets, ...]:
    """The stretches of text these words cover, without enclosing marks, and with ``?`` or ``!`` where they end.

    ``asked`` says that the report itself is a question, *Did Ruiz say it leaks?*, whose mark is no part of the content.
    """
    runs: list[list[Word]] = []
    for word in words:
        if runs and _joined(runs[-1][-1], word, context):
            runs[-1].append(word)
        else:
            runs.append([word])
    plain = [(run[0].start, run[-1].end) for run in map(trimmed, runs) if run]
    return _apart([_balanced(start, end, context, asked=asked) for start, end in plain], plain)


def _apart(spans: Sequence[Offsets], plain: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The stretches; one that its marks emptied or carried into another goes as far as its words."""
    ends = list(accumulate((end for _, end in spans), max, initial=0))
    starts = list(accumulate((start for start, _ in reversed(spans)), min, initial=sys.maxsize))[::-1]
    sound = [ends[rank] <= start < end <= starts[rank + 1] for rank, (start, end) in enumerate(spans)]
    return tuple(span if good else own for span, own, good in zip(spans, plain, sound, strict=True))


def phrase_span(words: Sequence[Word], context: Context) -> Offsets | None:
    """The stretch of text that a source covers, with the marks that close inside it; None where it has no words."""
    return _balanced(words[0].start, words[-1].end, context, asked=True) if words else None


def _joined(left: Word, right: Word, context: Context) -> bool:
    """Whether two words of a content belong to one stretch: nothing between them, or only marks inside a sentence."""
    touching = right.sentence is left.sentence and right.id == left.id + 1  # as nearly all are
    if not touching and any(word.upos != "PUNCT" for word in context.between(left, right)):
        return False
    if left.sentence.paragraph != right.sentence.paragraph:
        return False
    before, after = context.marked_span(left), context.marked_span(right)
    return before is None or after is None or before is after


def _balanced(start: int, end: int, context: Context, *, asked: bool) -> Offsets:
    """The stretch with the marks that open or close inside it, so that none is left without its partner."""
    text, marks = context.tree.text, context.marks
    while end < len(text) and text[end] in SPOKEN_MARKS and (not asked or marks.outermost_at(end) is not None):
        end += 1
    last = marks.at(end - 1)
    while last is not None and last.closed and last.start >= start:
        end = max(end, last.end)
        last = None if last.parent is None else marks.spans[last.parent]
    first = marks.at(start)
    while first is not None and first.closed and first.end <= end:
        start = min(start, first.start)
        first = None if first.parent is None else marks.spans[first.parent]
    return _unwrapped(start, end, context)


def _unwrapped(start: int, end: int, context: Context) -> Offsets:
    """The stretch without marks that enclose all of it."""
    span = context.marks.outermost_at(start) or _opening_at(start, context)
    if span is not None and span.start <= start and span.end == end:
        text = context.tree.text
        start, end = max(start, span.inner_start), span.inner_end
        while end > start and (text[end - 1] in ".,;" or text[end - 1].isspace()):
            end -= 1
    return start, end


def _opening_at(start: int, context: Context) -> MarkedSpan | None:
    found = context.marks.in_paragraph(start, start + 1)
    return found[0] if found else None


def quoted_spans(content: Sequence[Offsets], context: Context) -> tuple[Offsets, ...]:
    """The stretches of the content that stand inside marks."""
    found = []
    for start, end in content:
        span = context.marks.outermost_at(start)
        inside = [span] if span is not None else []
        inside += [other for other in context.marks.in_paragraph(start, end) if other is not span]
        for marked in inside:
            left, right = max(start, marked.inner_start), min(end, marked.inner_end)
            while right > left and (context.tree.text[right - 1] in ",." or context.tree.text[right - 1].isspace()):
                right -= 1
            if left < right:
                found.append((left, right))
    return tuple(found)


def quote_type(words: Sequence[Word], context: Context) -> str:
    """*direct* where all words of the content stand in marks, *mixed* where a part does, *indirect* where none."""
    if not context.holds_marked(words):
        return "indirect"
    spoken = [word for word in words if word.upos != "PUNCT"]
    marked = sum(context.marked_span(word) is not None for word in spoken)
    if marked == 0:
        return "indirect"
    return "direct" if marked == len(spoken) else "mixed"
