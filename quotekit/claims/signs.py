"""The words that show something: list entries found in a statement, single words by form or lemma, phrases in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from quotekit.frozen import frozen
from quotekit.language import Language
from quotekit.tree import Word

Words = tuple[Word, ...]
Found = Mapping[str, tuple[Words, ...]]

# The lists of ``claims.toml`` that are looked up in every statement, in one pass.
LISTS = (
    *("question_words", "reason_questions", "opinion_verbs", "hedging_words", "hedging_verbs", "hedging_auxiliaries"),
    *("backshifted_auxiliaries", "duty_auxiliaries", "needing_verbs", "open_conditions", "negating_words"),
    *("cause_words", "comparing_words"),
    *("changing_verbs", "record_words", "quantity_words", "vague_words", "rule_words", "voting_words", "support_words"),
    *("praise_and_blame", "wishing_verbs", "thanking_words", "open_times", "future_auxiliaries", "set_phrases"),
)


@frozen
class Sign:
    """Words of the text and what they show: a type, a stance."""

    what: str
    words: Words

    @property
    def text(self) -> str:
        """The words, spaced as they are in the text."""
        return _written(self.words)

    @property
    def in_full(self) -> str:
        """The words, of an auxiliary with what it is written together with: *won't* for *wo*, *she'd* for *'d*."""
        if len(self.words) != 1 or self.words[0].upos != "AUX":
            return self.text
        word = self.words[0]
        row = word.sentence.words
        first = last = word.id - 1
        while first and row[first - 1].end == row[first].start and row[first - 1].upos != "PUNCT":
            first -= 1
        while last + 1 < len(row) and row[last].end == row[last + 1].start and row[last + 1].upos != "PUNCT":
            last += 1
        return _written(row[first : last + 1])


def _written(words: Sequence[Word]) -> str:
    pairs = zip((None, *words), words, strict=False)
    spaces = ("" if before is None or before.end == word.start else " " for before, word in pairs)
    return "".join(space + word.form for space, word in zip(spaces, words, strict=True))


def found_in(words: Sequence[Word], language: Language) -> Found:
    """The words of each list that stand among these, in text order; of entries that begin alike the longest.

    What stands in a set phrase, the *law* of *law firm*, is in no other list.
    """
    entries = _entries(language)
    found: dict[str, list[Words]] = {}
    for place, word in enumerate(words):
        lemma = word.lemma.lower()
        taken: set[str] = set()
        for rest, name in entries.get(word.lower, ()) + (entries.get(lemma, ()) if lemma != word.lower else ()):
            if name not in taken and _follows(rest, words, place):
                taken.add(name)
                found.setdefault(name, []).append(tuple(words[place : place + 1 + len(rest)]))
    fixed = {word.start for phrase in found.get("set_phrases", ()) for word in phrase}
    return {
        name: tuple(words for words in places if words[0].start not in fixed or name == "set_phrases")
        for name, places in found.items()
    }


def _follows(rest: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    if place + len(rest) >= len(words):
        return False
    return all(
        token in (words[place + n].lower, words[place + n].lemma.lower()) for n, token in enumerate(rest, start=1)
    )


@cache
def _entries(language: Language) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The lists' entries by their first word, the longest first."""
    entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in LISTS:
        for entry in sorted(language.words[name]):
            first, *rest = entry.split()
            entries.setdefault(first, []).append((tuple(rest), name))
    return {first: tuple(sorted(listed, key=lambda item: -len(item[0]))) for first, listed in entries.items()}
