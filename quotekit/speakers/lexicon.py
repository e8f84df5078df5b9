"""The word lists that this room reads, and the questions it asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from quotekit.language import Language
from quotekit.tree import Word

POSSESSIVES = ("'s", "’s", "'", "’")
PERSONAL_LISTS = {
    "pronouns_male": "male",
    "pronouns_female": "female",
    "pronouns_neuter": "neuter",
    "pronouns_plural": "plural",
    "pronouns_first_singular": "first",
    "pronouns_first_plural": "first_plural",
    "pronouns_second": "second",
}


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The lists of one language, ready to be asked about a word."""

    words: Mapping[str, frozenset[str]]
    short_forms: Mapping[str, str]
    pronouns: Mapping[str, str]

    def has(self, name: str, word: str) -> bool:
        """Whether the list of that name holds the word."""
        return word in self.words[name]

    def pronoun(self, word: Word) -> str | None:
        """The kind of a personal pronoun: male, female, neuter, plural, first, first_plural, second; else None."""
        kind = self.pronouns.get(word.lower)
        if kind is None or word.upos not in ("PRON", "DET"):
            return None
        # The newspaper is called *the i*.
        return None if word.form == "i" and word.sentence.words[word.id - 2].lower == "the" else kind

    def is_relative(self, word: Word) -> bool:
        """Whether the word is a relative pronoun such as *who*."""
        if len(word.form) > 1 and word.form.isupper() and not word.sentence.root.form.isupper():
            return False  # the WHO
        return word.lower in self.words["pronouns_relative"] and word.upos in ("PRON", "DET", "SCONJ")

    def title(self, word: str) -> str | None:
        """The title a word stands for, in lower case: *senator* for ``Sen.``; None where it is no title."""
        return _title(self, word)

    def title_gender(self, title: str) -> str | None:
        """Male or female, where a title or a noun tells."""
        if title in self.words["male_titles"] or title in self.words["male_nouns"]:
            return "male"
        if title in self.words["female_titles"] or title in self.words["female_nouns"]:
            return "female"
        return None

    def name_gender(self, given: str) -> str | None:
        """Male or female, where nearly all who bear a given name are."""
        if given in self.words["male_given_names"]:
            return None if given in self.words["female_given_names"] else "male"
        return "female" if given in self.words["female_given_names"] else None

    def kind(self, word: Word) -> str | None:
        """What a common noun names: person, group, organization, document, anonymous; None where no list tells."""
        return _kind(self, word.lemma, word.lower, word.feats)


@cache
def read_lexicon(language: Language) -> Lexicon:
    """The lexicon of a language."""
    pairs = (entry.partition(" ")[::2] for entry in language.words["title_short_forms"])
    return Lexicon(
        words=language.words,
        short_forms=dict(pairs),
        pronouns={word: kind for name, kind in PERSONAL_LISTS.items() for word in language.words[name]},
    )


# What follows is asked a dozen times of a word, and of the same words in every article.


@lru_cache(maxsize=1 << 15)
def _title(lexicon: Lexicon, word: str) -> str | None:
    lower = word.lower()
    if lower in lexicon.short_forms:
        return lexicon.short_forms[lower]
    if lower in lexicon.words["courtesy_titles"]:
        return lower
    if lower.endswith("s") and word[:1].isupper() and lower[:-1] in lexicon.words["person_nouns"]:
        lower = lower[:-1]  # Senators Ana Ruiz and Omar Falk
    # Guy and Dean are given names far more often than titles.
    return lower if lower in lexicon.words["person_nouns"] and lexicon.name_gender(lower) is None else None


@lru_cache(maxsize=1 << 15)
def _kind(lexicon: Lexicon, lemma: str, form: str, feats: str) -> str | None:
    words, lemma, plural = lexicon.words, lemma.lower(), "Number=Plur" in feats.split("|")
    if form in words["anonymous_nouns"] or lemma in words["anonymous_nouns"]:
        return "anonymous"
    if lemma.endswith("men") and not _is_listed(lemma, words):
        lemma = f"{lemma[:-3]}man"  # a plural that the lemmatizer did not know
    if _is_person(lemma, words):
        return "group" if plural else "person"
    if lemma in words["organization_nouns"]:
        return "group" if plural else "organization"
    if lemma in words["document_nouns"] or form in words["document_nouns"]:
        return "document"
    if form in words["group_nouns"] or lemma in words["group_nouns"]:
        return "group"
    return None


def _is_listed(lemma: str, words: Mapping[str, frozenset[str]]) -> bool:
    return any(lemma in words[name] for name in ("organization_nouns", "document_nouns", "group_nouns"))


def _is_person(lemma: str, words: Mapping[str, frozenset[str]]) -> bool:
    if lemma in words["person_nouns"]:
        return True
    return not _is_listed(lemma, words) and any(
        lemma.endswith(ending) and lemma != ending for ending in words["person_suffixes"]
    )


@lru_cache(maxsize=1 << 15)
def without_possessive(form: str) -> str:
    """The form without a possessive ending: *Ortega* for ``Ortega’s`` and ``Sanders`` for ``Sanders’``."""
    if not form.endswith(POSSESSIVES):
        return form
    for ending in POSSESSIVES:
        if form.endswith(ending) and len(form) > len(ending):
            return form[: -len(ending)]
    return form


def is_possessive(word: Word) -> bool:
    """Whether the word carries a possessive ending of its own."""
    return without_possessive(word.form) != word.form


def is_capital(word: Word) -> bool:
    """Whether the word begins with a capital letter."""
    first = word.form[:1]
    return first.isupper() or first == "@"
