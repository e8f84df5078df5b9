"""A tag that comments on a statement without marks, at its end or inside it: *The dam, Ruiz said, would open.*"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import cue_words, sources_of, trimmed
from quotekit.constructions.verbal import is_tag, tag_contents, verbal_match
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
    yield from _on_the_surface(sentence)
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


def _on_the_surface(sentence: Sentence) -> Iterator[Match]:
    """A name and a verb between commas, or between a comma and the end, whatever the tree makes of them."""
    words = sentence.words
    commas = [word.id for word in words if word.form == ","]
    end = len(trimmed(words))
    for comma in commas:
        stop = next((later for later in (*commas, end + 1) if later > comma), end + 1)
        tag = words[comma : stop - 1]
        if is_tag(tag):
            after = words[stop:end] if stop <= end else ()
            before = words[: comma - 1]
            content = (*before, *(after if _goes_on(before, after) else ()))
            yield Match("tag", tag[-1], cue_words(tag[-1]), _name(tag), trimmed(content), _place(stop, end), "surface")


def _goes_on(before: tuple[Word, ...], after: tuple[Word, ...]) -> bool:
    """Whether what follows a tag is of the statement: *The dam, Ruiz said, would open*, not *…, according to Li*."""
    finite = [any(word.has_feature("VerbForm=Fin") for word in words) for words in (before, after)]
    return not is_tag(after) and (finite[1] or not finite[0])


def _name(tag: tuple[Word, ...]) -> tuple[Word, ...]:
    first_cue_word = cue_words(tag[-1])[0]
    return trimmed([word for word in tag if word.id < first_cue_word.id])


def _place(stop: int, end: int) -> str:
    return "surface:medial" if stop <= end else "surface:final"
