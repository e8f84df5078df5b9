"""Whom or what the words of a claim mean: *I*, *she*, *the company*; a name where that is safe, else none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quotekit.boundaries import Offsets
from quotekit.language import Language, either
from quotekit.model import Speaker
from quotekit.speakers.names import split_name
from quotekit.tree import Word

KINDS = ("male", "female")
THIRD_PERSON = (*KINDS, "neuter", "plural")
PERSONAL = tuple(f"pronouns_{kind}" for kind in (*THIRD_PERSON, "first_singular", "first_plural", "second"))


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks, what is known of their sex, where the words that are their own begin, and all the words they hold."""

    speaker: Speaker | None
    gender: str | None
    own: frozenset[int]
    words: tuple[Word, ...]


NOBODY = Speaking(None, None, frozenset(), ())


@dataclass(frozen=True, slots=True)
class Referents:
    """Who speaks each word, who is mentioned where, and where names of people begin."""

    language: Language
    speaking: Callable[[Word], Speaking]
    mentions: Mapping[Offsets, Speaker]
    people: Mapping[int, str]

    def name_for(self, word: Word, words: Sequence[Word]) -> tuple[str | None, str]:
        """The name to put for a word of a claim, and why (``speaker``, ``name``).

        Without a name, ``open`` where a reader would need one, else ``clear``.
        """
        lists = self.language.words
        reflexive = word.lower in lists["reflexive_pronouns"]
        holder = self.speaking(word)
        speaker = holder.speaker
        if word.lower in first_person(self.language):
            single = word.lower in lists["pronouns_first_singular"]
            body = speaker is not None and speaker.type == "organization"
            if self.speaking(words[0]) != holder:
                return None, "open"  # *my clerk wrote ‘I paid’*: the words of another inside the holder's
            if speaker is not None and word.start in holder.own and (single or body) and not reflexive:
                return speaker.name, "speaker"
            return None, "clear" if reflexive else "open"
        if reflexive or self._has_antecedent(word, words):
            return None, "clear"
        name = self._mentioned(word) or self._reported(word, holder) or self._named_before(word, holder)
        return (name, "name") if name is not None else (None, "open")

    def described(self, words: Sequence[Word]) -> Iterator[tuple[tuple[Word, ...], str]]:
        """*The company* and the like, each with its name, where the article says who that is."""
        nouns = self.language.words["calls_for_a_name"]
        for word in (word for word in words if word.upos == "NOUN" and word.lemma.lower() in nouns):
            article = word.child("det")
            if article is None or article not in words:
                continue
            bare = all(child is article or child.upos == "PUNCT" or child.udeprel == "case" for child in word.children)
            speaker = self.mentions.get((article.start, word.end))
            plain = article.lower == "the" and article.id == word.id - 1 and bare
            if plain and speaker is not None and _is_name(speaker.name):
                yield (article, word), speaker.name

    def _mentioned(self, word: Word) -> str | None:
        """The name of the speaker for whom the article has this pronoun, where nothing speaks against the sex."""
        speaker = self.mentions.get((word.start, word.end))
        if speaker is None or not _is_name(speaker.name):
            return None
        kind = self.kind(word)
        others = [span.text for span in speaker.mentions if (span.start, span.end) != (word.start, word.end)]
        return speaker.name if kind not in KINDS or gender_of(speaker.name, others, self.language) == kind else None

    def _reported(self, word: Word, holder: Speaking) -> str | None:
        """The name of who is reported, for a pronoun of the report: *Brandt said she would*."""
        speaker, kind = holder.speaker, self.kind(word)
        if speaker is None or word.start in holder.own or not _is_name(speaker.name):
            return None
        if kind == "neuter":
            fits = speaker.type == "organization" and _acts(word, self.language)
        else:
            fits = kind in KINDS and kind == holder.gender
        return speaker.name if fits and word.deprel in ("nsubj", "nsubj:pass", "nmod:poss") else None

    def _named_before(self, word: Word, holder: Speaking) -> str | None:
        """The one person whom the holder named before in the same quotation: *Trump is rich. He pays no taxes.*"""
        kind = self.kind(word)
        if kind not in KINDS:
            return None
        before = [other for other in holder.words if other.precedes(word)]
        names = [self.people[other.start] for other in before if other.start in self.people]
        if len({name.split()[-1] for name in names}) != 1:
            return None
        persons = self.language.words["person_nouns"]
        if any(other.upos == "NOUN" and other.lemma.lower() in persons for other in before):
            return None
        name = max(names, key=len)
        return name if gender_of(name, (), self.language) in (kind, None) else None

    def kind(self, word: Word) -> str | None:
        """Which pronoun of the third person the word is; None where it is none."""
        return _third_person(self.language).get(word.lower)

    def _has_antecedent(self, word: Word, words: Sequence[Word]) -> bool:
        """Whether a noun before it in the claim itself may be what a third-person pronoun means."""
        nouns = [other for other in words if other.precedes(word) and other.upos in ("NOUN", "PROPN")]
        nouns = [other for other in nouns if other.udeprel not in ("compound", "flat", "amod")]
        kind = self.kind(word)
        if kind == "neuter":
            return any(not other.has_feature("Number=Plur") and other.start not in self.people for other in nouns)
        if kind == "plural":
            return any(other.has_feature("Number=Plur") for other in nouns)
        persons = self.language.words["person_nouns"]
        return kind in KINDS and any(other.start in self.people or other.lemma.lower() in persons for other in nouns)


@cache
def _third_person(language: Language) -> dict[str, str]:
    """The pronouns of the third person with their kinds; of those with two, the first."""
    return {word: kind for kind in reversed(THIRD_PERSON) for word in language.words[f"pronouns_{kind}"]}


def first_person(language: Language) -> frozenset[str]:
    """The forms of *I* and *we*."""
    return either(language, "pronouns_first_singular", "pronouns_first_plural")


def gender_of(name: str, mentions: Iterable[str], language: Language) -> str | None:
    """What a name and the words that stand for it tell of a person's sex; None where they tell nothing, or both."""
    words = language.words
    given = name.split()[0].lower()
    parts = {part.lower() for mention in (name, *mentions) for part in mention.split()}
    told = {
        kind
        for kind in KINDS
        if given in words[f"{kind}_given_names"]
        or not parts.isdisjoint(either(language, f"pronouns_{kind}", f"{kind}_titles", f"{kind}_nouns"))
    }
    return told.pop() if len(told) == 1 else None


def short_name(name: str) -> str:
    """The family name of a person, who has been named in full before: *Brandt* for *Lucia Brandt*; others unchanged."""
    found = split_name(name)
    written = name.split()[: len(found.parts)]
    family = " ".join(written[found.family :])
    return family if family[:1].isupper() and len(written) == len(found.parts) else name


def referring(words: Iterable[Word], language: Language) -> Iterator[Word]:
    """The words that cannot be read without knowing whom or what they mean."""
    pronouns, pointing = either(language, *PERSONAL), language.words["pointing_words"]
    for word in words:
        if word.upos == "PRON" or word.deprel == "nmod:poss":
            refers = word.lower in pronouns or (word.lower in pointing and _points(word))
            if refers and word.udeprel != "expl":
                yield word
        elif word.lower == "here" and word.upos == "ADV":
            yield word


def _points(word: Word) -> bool:
    """Whether a demonstrative stands alone: *that is wrong*, but not *the dam that leaks*."""
    if word.has_feature("PronType=Rel"):
        return False
    relative = word.parent is not None and word.parent.deprel.startswith("acl")
    return word.udeprel in ("nsubj", "obj", "obl") and not relative


def _acts(it: Word, language: Language) -> bool:
    """Whether what *it* does is what a body does: *said it has sold two cranes*, not *said it is late*."""
    deed = it.parent
    return deed is not None and it.udeprel == "nsubj" and deed.lemma.lower() in language.words["deeds_of_bodies"]


def _is_name(name: str) -> bool:
    return any(character.isupper() for character in name)
