"""A tag that comments on a statement without marks, at its end or inside it: *The dam, Ruiz said, would open.*"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, sources_of, trimmed
from quotekit.constructions.verbal import MAX_TAG, NAMING, is_tag, tag_contents, usually_reports, verbal_match
from quotekit.tree import Sentence, Word

EXAMPLES = (
    "[Q The museum], [S its director] [C said], [Q would reopen in June].",
    "[Q There is no cure yet], [S the virologist] [C stressed].",
    "[Q The wall moved], [S the engineer] [C said], [V the Tribune] reported.",
)
COUNTEREXAMPLES = (
    "The old mill, built in 1822, became a school.",
    "The mast fell, the sail tore, the boat drifted.",
)


def find(sentence: Sentence, context: Context) -> Iterator[Match]:
    """Each verb that hangs as a tag on the statement it reports."""
    yield from _on_the_surface(sentence, context)
    for head in sentence.words:
        if head.upos != "VERB":
            continue
        contents = list(tag_contents(head))
        if not contents:
            continue
        for source in sources_of(head):
            if source.link in ("subject", "agent", "none"):
                for content in contents:
                    yield verbal_match("tag", head, source, content)


def _on_the_surface(sentence: Sentence, context: Context) -> Iterator[Match]:
    """A name and a verb between commas, or between a comma and the end, whatever the tree makes of them."""
    words = sentence.words
    commas = [word.id for word in words if word.form == ","]
    if not commas:
        return
    end = max((word.id for word in trimmed(words)), default=0)
    for comma, stop in pairwise([*commas, end + 1]):
        tag = words[comma : stop - 1]
        verb = _tag_verb(tag, context)
        if verb is not None:
            before, after = words[: comma - 1], words[stop:end]
            content = trimmed((*before, *(after if _goes_on(before, after, context) else ())))
            frame = f"surface:{'medial' if stop <= end else 'final'}"
            yield Match("tag", verb, cue_words(verb), _name(tag, verb), content, frame, "surface")


def _tag_verb(tag: tuple[Word, ...], context: Context) -> Word | None:
    """The verb of these words if they are a tag: *its director said*, *said the stationmaster*; else None."""
    if len(tag) > MAX_TAG + MAX_TAIL:
        return None
    end = len(_without_phrases(tag))
    if is_tag(tag[:end]):
        return tag[end - 1]
    inverted = (*tag[1:], *tag[:1])
    return tag[0] if is_tag(inverted) and usually_reports(tag[0], context) else None


# *said on Tuesday*, *told reporters last week*, *said Monday*: what may follow a tag's verb, itself without a verb.
MAX_TAIL = 5


def _without_phrases(tag: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words up to the verb that only phrases of time, place or hearer follow."""
    verb = next((index for index, word in enumerate(tag) if word.upos == "VERB" and index), None)
    if verb is None or len(tag) - verb - 1 > MAX_TAIL:
        return tag
    tail = tag[verb + 1 :]
    return tag[: verb + 1] if all(word.upos in NAMING for word in tail) else tag


def _goes_on(before: tuple[Word, ...], after: tuple[Word, ...], context: Context) -> bool:
    """Whether what follows a tag is of the statement: *The dam, Ruiz said, would open*, not *…, according to Li*."""
    opening = trimmed(after)
    if not opening or is_tag(after):
        return False
    finite = [any(word.is_finite for word in words) for words in (before, after)]
    return finite[1] or not finite[0] or context.marked_span(opening[0]) is not None


def _name(tag: tuple[Word, ...], verb: Word) -> tuple[Word, ...]:
    cue = cue_words(verb)
    if tag[0] is verb:
        return trimmed(tag[len(cue) :])
    return trimmed([word for word in tag if word.id < cue[0].id])
