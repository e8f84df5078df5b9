"""A bare quotation or a list after a sentence that introduces it: *The keeper wrote on the door: “The lamp is lit.”*"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, sources_of, trimmed
from quotekit.tree import Sentence, Word

EXAMPLES = ("[S The keeper] [C wrote] on the door: ¶ “[Q The lamp is lit at six].”",)
COUNTEREXAMPLES = ('The shop opens at nine. It sells "seconds" and little else.',)


# What opens an item of a list, or a line of a letter that is answered.
BULLETS = frozenset({"-", "–", "—", "•", "·", "*", ">", "‣"})


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """The bare quotation after this sentence, with this sentence's main verb as cue and its subject as source."""
    if _in_marks(sentence, context):
        return
    span = context.speech.bare_after(sentence)
    listed = _listed(sentence, context) if span is None else ()
    content = context.speech.run(span, right=None, tagged=sentence) if span is not None else listed
    if not content:
        return
    near = context.tree.sentences[sentence.index + 1].paragraph == sentence.paragraph
    colon = sentence.words[-1].form == ":"
    frame = f"{'colon' if colon else 'stop'}:{'paragraph' if near else 'next'}"
    for verb in _verbs(sentence, context):
        if not listed or context.is_cue(verb):
            for source in sources_of(verb):
                yield Match("introduction", verb, cue_words(verb), source.words, content, frame, source.link)


def _listed(sentence: Sentence, context: Context) -> tuple[Word, ...]:
    """The paragraphs after a colon that open with a list's sign: *Ruiz said: ¶ - The well is dry. ¶ - …*"""
    if sentence.words[-1].form != ":":
        return ()
    found: list[Word] = []
    paragraph = sentence.paragraph
    for following in context.tree.sentences[sentence.index + 1 :]:
        opens = following.paragraph == paragraph + 1 and following.words[0].form in BULLETS
        if not opens and (not found or following.paragraph != paragraph):
            break
        paragraph = following.paragraph
        found += following.words
    return trimmed(found)


def _verbs(sentence: Sentence, context: Context) -> Iterator[Word]:
    """The main verb, and the verbs joined to it or last in the sentence."""
    root = sentence.root
    for word in sentence.words:
        predicate = word.upos == "VERB" or (word is root and word.child("cop") is not None)
        if predicate and context.marked_span(word) is None and (word is root or word.parent is root):
            yield word


def _in_marks(sentence: Sentence, context: Context) -> bool:
    return all(word.upos == "PUNCT" or context.marked_span(word) is not None for word in sentence.words)
