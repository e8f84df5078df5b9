"""A dash as the cue, after a quotation: *“Open the gates now.” — Lucia Ruiz, harbour master*."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import trimmed
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "“[Q We will rebuild].” [C –] [S Samir Khoury, baker]",
    '"[Q The sea gives and the sea takes]." [C -] [S Captain Moana Tamahori]',
)
COUNTEREXAMPLES = (
    "The house – all nine rooms of it – was sold in a day.",
    "The Oslo–Bergen line is closed until May.",
)
DASHES = frozenset({"-", "–", "—", "―", "--", "~"})
# *Lucia Ruiz, director of the harbour authority of the islands*: longer stretches are clauses.
MAX_NAME = 12


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each dash that follows a quotation and leads to a name without a verb at the end of the sentence."""
    words = context.tree.words
    for word in sentence.words:
        if word.form not in DASHES or context.marked_span(word) is not None:
            continue
        before = _word_before(words, context.position(word), context)
        span = context.marked_span(before) if before is not None else None
        name = trimmed(
            [other for other in sentence.words[word.id :] if other.id > word.id + 1 or other.upos != "CCONJ"]
        )
        if span is None or not 0 < len(name) <= MAX_NAME or any(w.upos in ("VERB", "AUX") for w in name[:4]):
            continue
        content = context.words_in.get(span.index, ())
        if _is_title(content) and not any(other.upos == "PROPN" for other in name):
            continue
        yield Match("dash", word, (word,), name, content, "dash", "after")


def _word_before(words: tuple[Word, ...], index: int, context: Context) -> Word | None:
    """The nearest word before this one that is no mark and no full stop."""
    index -= 1
    while index >= 0 and (context.marks.is_mark(words[index].start) or words[index].form in {".", ","}):
        index -= 1
    return words[index] if index >= 0 else None


def _is_title(words: tuple[Word, ...]) -> bool:
    """Whether these words are written as a title is: *“Winter Light” – the smallest of her canvases*."""
    return len(words) > 1 and all(word.form[:1].isupper() for word in words if word.upos not in ("PUNCT", "ADP", "DET"))
