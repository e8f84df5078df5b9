"""What a name seems to name, by its shape and its place: a person, a body, several people."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.speakers.bodies import top_of
from quotekit.speakers.lexicon import Lexicon, is_capital, without_possessive
from quotekit.tree import Word


def speaks_like_a_person(word: Word, lexicon: Lexicon) -> bool:
    """Whether a subject that was marked as a place bears a given name: *Lucia said*."""
    return word.udeprel == "nsubj" and word.child("case") is None and lexicon.name_gender(word.lower) is not None


def ends_in_body(run: list[Word], lexicon: Lexicon) -> bool:
    """Whether a run marked as a person is a body after all: *the Roper Center*, but not *Emily Post*."""
    last = run[-1]
    if without_possessive(last.lower) not in lexicon.words["organization_nouns"]:
        return False
    return last.ner == "O" or (len(run) > 1 and top_of(run).child("det") is not None)


def label_by_shape(words: tuple[Word, ...], head: Word, lexicon: Lexicon) -> str:
    """What a name seems to be where no entity says: a body by its noun or article, else two parts are a person."""
    if any(word.lemma.lower() in lexicon.words["organization_nouns"] for word in (*words[1:], head)):
        return "ORG"
    if head.child("det") is not None:
        return "ORG"
    parts = [word for word in words if is_capital(word)]
    return "PERSON" if 2 <= len(parts) <= 4 and all(part.upos == "PROPN" for part in parts) else ""


def is_one_person(words: Sequence[Word], label: str) -> bool:
    """Whether a name in the plural is a person's all the same: *Kathryn Waters*, *Waters*, but not *the Clintons*."""
    return label == "PERSON" and (len(words) > 1 or words[-1].child("det") is None)


def is_plural(words: Sequence[Word]) -> bool:
    return words[-1].has_feature("Number=Plur") and len(words[-1].form) > 3 and words[-1].lower.endswith(("s", "men"))


def follows_office(word: Word, lexicon: Lexicon) -> bool:
    """Whether a capital office of this name stands before it: *the Mayor of Westlake*, whom nothing else names."""
    office = word.parent
    if word.udeprel != "nmod" or office is None or word.child("case") is None or not is_capital(office):
        return False
    return lexicon.title(office.form) is not None and office.child("det") is not None
