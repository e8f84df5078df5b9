"""Tells sentences whose capitals say nothing about names: headlines in Title Case or CAPITALS."""

from __future__ import annotations

from quotekit.speakers.lexicon import is_capital
from quotekit.tree import Sentence

HEADLINE_SHARE = 0.75  # of the longer words that are capitalized; running news text stays below 0.4

SMALL_IN_TEXT = ("VERB", "AUX", "ADV", "ADP", "NOUN", "CCONJ", "SCONJ")  # that running text does not capitalize


def is_headline(sentence: Sentence) -> bool:
    """Whether the sentence is set in Title Case or CAPITALS: its capitals tell nothing about names."""
    longer = [form[0].isupper() for word in sentence.words if len(form := word.form) > 3 and form[0].isalpha()]
    if len(longer) < 3 or sum(longer) < HEADLINE_SHARE * len(longer):
        return False
    if all(word.ner.endswith("-PERSON") for word in sentence.words if word.upos != "PUNCT"):
        return False  # *― Ana Ruiz Falk*, below her letter
    common = any(
        is_capital(word) and word.upos in SMALL_IN_TEXT and word.ner == "O" and word.id > 1 for word in sentence.words
    )
    return common or sentence.words[-1].form not in (".", "!", "?")
