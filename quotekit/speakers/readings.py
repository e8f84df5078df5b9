"""Whether a phrase means anyone: what the parse broke, what denies, a piece of a clause, whose name is kept back."""

from __future__ import annotations

from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.phrases import Phrase

SPEECH_PERSONS = ("first", "first_plural", "second")


def is_broken(phrase: Phrase) -> bool:
    """Whether the parse cut a phrase that is none out of a clause: *whose efforts*, *has aides*, *the so-*."""
    clause = any(word.has_feature("VerbForm=Fin") or word.has_feature("PronType=Rel") for word in phrase.words)
    return clause or phrase.words[0].has_feature("PronType=Int") or phrase.words[-1].form.endswith(("-", "–"))


def names_nobody(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether no one in particular is meant: *no official*, *many of them*, *my Lord*, a piece of a clause."""
    first, last = phrase.words[0], phrase.words[-1]
    if any(child.lower == "no" for child in phrase.head.children_by("det")):
        return True
    if phrase.head.lower in lexicon.words["anyone_words"] or phrase.text.lower() in ("that one", "this one", "the one"):
        return True
    if last is not phrase.head and lexicon.pronoun(last) is not None:
        return True
    if phrase.head.lower in lexicon.words["address_offices"] and first.lower in lexicon.words["courtesy_titles"]:
        return True  # Mr President
    owned = phrase.owner is not None and lexicon.pronoun(phrase.owner) in SPEECH_PERSONS
    return (owned and phrase.noun in lexicon.words["bench_forms"]) or (
        first.upos == "PRON" and first.udeprel == "nsubj"
    )


def kind_of(phrase: Phrase, text: str, lexicon: Lexicon, *, is_source: bool) -> str:
    """The phrase's kind; of a source anonymous where its sentence says that the name is kept back."""
    if not is_source or phrase.kind not in ("person", "group"):
        return phrase.kind
    sentence = phrase.head.sentence
    printed = " ".join(text[sentence.start : sentence.end].lower().split())
    hidden = any(words in printed for words in lexicon.words["anonymous_phrases"])
    return "anonymous" if hidden else phrase.kind
