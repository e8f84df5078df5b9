"""A bare quotation after a sentence that introduces it: *The keeper wrote on the door: “The lamp is lit at six.”*"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, sources_of
from quotekit.tree import Sentence, Word

EXAMPLES = ("[S The keeper] [C wrote] on the door: ¶ “[Q The lamp is lit at six].”",)
COUNTEREXAMPLES = ('The shop opens at nine. It sells "seconds" and little else.',)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """The bare quotation after this sentence, with this sentence's main verb as cue and its subject as source."""
    span = None if _in_marks(sentence, context) else context.speech.bare_after(sentence)
    if span is None:
        return
    near = context.tree.sentences[sentence.index + 1].paragraph == sentence.paragraph
    colon = sentence.words[-1].form == ":"
    content = context.speech.run(span, right=None, tagged=sentence)
    for verb in _verbs(sentence, context):
        for source in sources_of(verb):
            frame = f"{'colon' if colon else 'stop'}:{'paragraph' if near else 'next'}"
            yield Match("introduction", verb, cue_words(verb), source.words, content, frame, source.link)


def _verbs(sentence: Sentence, context: Context) -> Iterator[Word]:
    """The main verb, and the verbs joined to it or last in the sentence."""
    root = sentence.root
    for word in sentence.words:
        predicate = word.upos == "VERB" or (word is root and word.child("cop") is not None)
        if predicate and context.marked_span(word) is None and (word is root or word.parent is root):
            yield word


def _in_marks(sentence: Sentence, context: Context) -> bool:
    return all(word.upos == "PUNCT" or context.marked_span(word) is not None for word in sentence.words)
