"""Finds the word that a source hangs on, the words joined to it, and the word that a relative pronoun stands for."""

from __future__ import annotations

from quotekit.speakers.source import Source
from quotekit.tree import Word


def head_of(source: Source) -> Word | None:
    """The word of a source on which its others hang."""
    if not source.words and source.head is None:
        return None
    last = source.words[-1] if source.words else None
    personal = last is not None and last.has_feature("PronType=Prs") and not last.has_feature("Reflex=Yes")
    if last is not None and personal and last.udeprel == "nsubj":
        return last  # *all in all, | I*
    first = source.words[0] if source.words else None
    if first is not None and first.has_feature("Case=Nom") and first.has_feature("PronType=Prs"):
        return first  # *he | notes that the panel*: what follows a subject pronoun is no part of its phrase
    return _last_of_several(source.head if source.head is not None else _top(source))


def _top(source: Source) -> Word:
    inside = {id(word) for word in source.words}
    tops = [word for word in source.words if word.parent is None or id(word.parent) not in inside]
    named = [word for word in tops if word.upos in ("PROPN", "NOUN", "PRON")]
    numeral = [word for word in tops if word.upos in ("NUM", "ADJ")]
    nominal = [word for word in source.words if word.upos in ("PROPN", "NOUN")]
    subjects = [word for word in named if word.udeprel == "nsubj"]  # *in a survey | Ortega found*
    return (subjects or named or numeral or nominal[-1:] or tops)[0]


def _last_of_several(head: Word) -> Word:
    """The last of the words that the parser gave one place, as in *the port* | *official* said: the true head."""
    words = head.sentence.words
    for sibling in head.parent.children if head.parent is not None and head.udeprel == "nsubj" else ():
        if sibling.id > head.id and sibling.udeprel == "nsubj":
            between = words[head.id : sibling.id - 1]
            if all(sibling in word.ancestors() or head in word.ancestors() for word in between) and not any(
                word.upos in ("PUNCT", "ADP", "PRON", "DET", "VERB") for word in (*between, sibling)
            ):
                head = sibling
    return head


def conjuncts(word: Word) -> list[Word]:
    """The words joined to this one by *and* or a comma, in text order, however the tree chains them."""
    found = [other for child in word.children_by("conj") for other in (child, *conjuncts(child))]
    return sorted(found, key=lambda other: other.id)


def antecedent_of(word: Word) -> Word | None:
    """The word that a relative clause with this pronoun hangs on."""
    above: Word | None = word
    while above is not None and above.deprel != "acl:relcl":
        above = above.parent
    return above.parent if above is not None else None
