"""What a pronoun's own sentence says of whom it means: that somebody goes on, that others are, or a name behind it."""

from __future__ import annotations

from quotekit.speakers.figures import Figure, Reference
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.memory import LIKELY
from quotekit.tree import Word

NAMED_LATER = 0.8  # how likely *he* is whom the sentence names as its subject behind it


def goes_on(word: Word, lexicon: Lexicon) -> bool:
    """Whether the verb of this subject says that somebody goes on speaking: *she also said*, *he added*."""
    verb = word.parent
    if word.udeprel != "nsubj" or verb is None:
        return False
    also = any(child.lower in lexicon.words["additive_adverbs"] for child in verb.children_by("advmod"))
    return also or verb.lemma.lower() in lexicon.words["additive_verbs"]


def before_name(reference: Reference, later: Figure) -> Reference:
    """Whom a pronoun means whose sentence names its subject only later: that one, unless another one is in mind."""
    if reference.figure is later:
        return reference
    known = reference.figure or next(iter(reference.candidates), None)
    if known is None or (reference.figure is None and (known is later or reference.shares[0] < LIKELY)):
        return Reference(later, "pronoun", (), (NAMED_LATER,))
    return Reference(None, "pronoun", (known, later), stand_in=reference.stand_in)


def shows(word: Word, lexicon: Lexicon) -> bool:
    """Whether a pronoun is what shows or reveals something, as papers and films do."""
    verb = word.parent
    return verb is not None and word.udeprel == "nsubj" and verb.lemma.lower() in lexicon.words["showing_verbs"]


def means_others(word: Word, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether a *they* may mean a plural of its own sentence that no list knows: *stokers were late, but they …*.

    A *they* that shows or reveals may also mean a thing: *she released the papers, though they showed no tax*.
    """
    showing = shows(word, lexicon)
    places = ("nsubj", "obj") if showing else ("nsubj",)
    kinds = (None, "document") if showing else (None,)
    if not showing and not reference.distance:
        return False
    return any(
        other.upos == "NOUN"
        and other.udeprel in places
        and other.has_feature("Number=Plur")
        and lexicon.kind(other) in kinds
        for other in word.sentence.words[: word.id - 1]
    )
