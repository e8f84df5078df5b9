"""A claim as it can be read without its article: names for pronouns, dates for *yesterday*, the subject left out.

Nothing is reworded beyond that, every edit is listed, and where it is unsure whom a word means the word stays.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.boundaries import Offsets
from quotekit.claims.agreement import in_full, third_person
from quotekit.claims.dates import date_text, nearest_weekday, relative_times, weekday_number
from quotekit.language import Language
from quotekit.model import Edit, Speaker
from quotekit.tree import Word

_LINE_END = re.compile(r"[^\S\n\r]*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks, what the words that name them tell of their sex, and where the words that are their own begin."""

    speaker: Speaker | None
    gender: str | None
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a claim is read against: the text, who speaks each word, who is mentioned where, and the day of printing.

    ``day`` is None where it is not known, or where the report tells a time of its own from which the words count.
    """

    text: str
    language: Language
    speaking: Callable[[Word], Speaking]
    mentions: dict[Offsets, Speaker]
    people: frozenset[int]
    day: datetime.date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim's text, the edits that made it, in text order, and the words that cannot be read without the article."""

    text: str
    edits: tuple[Edit, ...]
    unresolved: tuple[tuple[Word, ...], ...]


def read_alone(
    words: Sequence[Word],
    spans: Sequence[Offsets],
    subject: Sequence[Word],
    named: str | None,
    setting: Setting,
    *,
    past: bool,
) -> Reading:
    """The claim that these words make, over these stretches of the text.

    ``subject`` are words of the text that it takes its subject from, ``named`` is a subject given by name; ``past``
    says that its weekdays lie behind, not ahead.
    """
    edits, unresolved = _edits(words, setting, past=past)
    start = spans[0][0]
    if subject:
        inserted = read_alone(subject, [(subject[0].start, subject[-1].end)], (), None, setting, past=past)
        named = inserted.text
        unresolved = [*inserted.unresolved, *unresolved]
    if named:
        edits.append(Edit(start, start, "", f"{named} ", "ellipsis"))
    edits += [
        Edit(before[1], after[0], setting.text[before[1] : after[0]], " ", "gap") for before, after in pairwise(spans)
    ]
    inside = [edit for edit in edits if _within(edit, spans) or edit.why in ("gap", "ellipsis")]
    for first, last in spans:
        for found in _LINE_END.finditer(setting.text, first, last):
            inside.append(Edit(*found.span(), found.group(), " ", "space"))
    ordered = tuple(sorted(inside, key=lambda edit: (edit.start, edit.end)))
    places = tuple(phrase for phrase in unresolved if phrase[0] in subject or _within(phrase[0], spans))
    return Reading(apply_edits(setting.text[start : spans[-1][1]], start, ordered), ordered, places)


def apply_edits(stretch: str, start: int, edits: Iterable[Edit]) -> str:
    """The stretch of text, which begins at this offset, with the edits made."""
    pieces, position = [], start
    for edit in edits:
        pieces += [stretch[position - start : edit.start - start], edit.to]
        position = edit.end
    return "".join([*pieces, stretch[position - start :]])


def undo_edits(text: str, start: int, edits: Iterable[Edit]) -> str:
    """The stretch of the article from which a claim's text was made; it began at this offset."""
    pieces, place, position = [], 0, start
    for edit in edits:
        kept = edit.start - position
        pieces += [text[place : place + kept], edit.replaced]
        place += kept + len(edit.to)
        position = edit.end
    return "".join([*pieces, text[place:]])


def _within(item: Edit | Word, spans: Sequence[Offsets]) -> bool:
    return any(start <= item.start and item.end <= end for start, end in spans)


def _edits(words: Sequence[Word], setting: Setting, *, past: bool) -> tuple[list[Edit], list[tuple[Word, ...]]]:
    """The edits that words of one statement need, and the words for which none can be told."""
    edits: list[Edit] = []
    unresolved: list[tuple[Word, ...]] = []
    renamed: list[Word] = []
    done: set[int] = set()
    for mention, speaker in _described(words, setting):
        edits.append(_edit(mention[0].start, mention[-1].end, _name_at(mention[0], speaker.name), "name", setting))
        done |= {word.id for word in mention}
    for time, to in _times(words, setting, past=past):
        done |= {word.id for word in time}
        if to is None:
            unresolved.append(time)
        else:
            edits.append(_edit(time[0].start, time[-1].end, _name_at(time[0], to), "date", setting))
    for word in words:
        if word.id in done or not _refers(word, setting.language):
            continue
        name, why = _name_for(word, words, setting)
        if name is None:
            if why == "open":
                unresolved.append((word,))
            continue
        if word.lower in setting.language.words["possessive_pronouns"] and word.udeprel != "obj":
            name = _possessive(name)
        edits.append(_edit(word.start, word.end, _name_at(word, name), why, setting))
        if why == "speaker" and word.udeprel == "nsubj":
            renamed.append(word)
    for word in renamed:
        edits += _agreement(word, words, setting)
    return edits, sorted(unresolved, key=lambda phrase: phrase[0].id)


def _edit(start: int, end: int, to: str, why: str, setting: Setting) -> Edit:
    return Edit(start, end, setting.text[start:end], to, why)


def _name_at(word: Word, name: str) -> str:
    """The name with a capital where the word it replaces opened a sentence."""
    opens = word.form[:1].isupper() and word.lower != "i"
    return name[:1].upper() + name[1:] if opens else name


def _possessive(name: str) -> str:
    return f"{name}’s"


# -- whom a word means -----------------------------------------------------------------------------------------------


def _refers(word: Word, language: Language) -> bool:
    """Whether the word cannot be read without knowing whom or what it means."""
    words = language.words
    if word.upos == "PRON" or word.udeprel == "nmod:poss" or word.deprel == "nmod:poss":
        pronouns = ("male", "female", "neuter", "plural", "first_singular", "first_plural", "second")
        return word.udeprel != "expl" and (
            any(word.lower in words[f"pronouns_{kind}"] for kind in pronouns) or _points(word, words["pointing_words"])
        )
    return word.lower == "here" and word.upos == "ADV"


def _points(word: Word, pointing: Iterable[str]) -> bool:
    """Whether a demonstrative stands alone: *that is wrong*, but not *the dam that leaks*."""
    if word.lower not in pointing or word.has_feature("PronType=Rel"):
        return False
    relative = word.parent is not None and word.parent.deprel.startswith("acl")
    return word.udeprel in ("nsubj", "obj", "obl") and not relative


def _name_for(word: Word, words: Sequence[Word], setting: Setting) -> tuple[str | None, str]:
    """The name to put for a word, and why; without a name, ``open`` where a reader would need one, else ``clear``."""
    lists = setting.language.words
    holder = setting.speaking(word)
    speaker = holder.speaker
    if word.lower in lists["pronouns_first_singular"] | lists["pronouns_first_plural"]:
        single = word.lower in lists["pronouns_first_singular"]
        body = speaker is not None and speaker.type == "organization"
        reflexive = word.lower in lists["reflexive_pronouns"]
        if speaker is not None and word.start in holder.own and (single or body) and not reflexive:
            return speaker.name, "speaker"
        return None, "clear" if reflexive else "open"
    mentioned = setting.mentions.get((word.start, word.end))
    if mentioned is not None and _is_name(mentioned.name) and not _conflicts(word, mentioned, setting.language):
        return mentioned.name, "name"
    if _has_antecedent(word, words, setting):
        return None, "clear"
    if speaker is not None and word.start not in holder.own and _means_speaker(word, holder, speaker, words, setting):
        return speaker.name, "name"
    return None, "clear" if word.lower in lists["reflexive_pronouns"] else "open"


def _is_name(name: str) -> bool:
    return any(character.isupper() for character in name)


def _conflicts(word: Word, speaker: Speaker, language: Language) -> bool:
    """Whether a pronoun does not fit the given name of whom it was taken for."""
    given = speaker.name.split()[0].lower()
    kinds = (("male", "female"), ("female", "male"))
    return any(
        word.lower in language.words[f"pronouns_{one}"] and given in language.words[f"{other}_given_names"]
        for one, other in kinds
    )


def _has_antecedent(word: Word, words: Sequence[Word], setting: Setting) -> bool:
    """Whether a noun before it in the claim itself may be what a third-person pronoun means."""
    lists = setting.language.words
    before = [other for other in words if other.id < word.id and other.upos in ("NOUN", "PROPN")]
    before = [other for other in before if other.udeprel not in ("compound", "flat", "amod")]
    if word.lower in lists["pronouns_neuter"]:
        return any(not other.has_feature("Number=Plur") and other.start not in setting.people for other in before)
    if word.lower in lists["pronouns_plural"]:
        return any(other.has_feature("Number=Plur") for other in before)
    persons = lists["person_nouns"]
    return word.lower in lists["pronouns_male"] | lists["pronouns_female"] and any(
        other.start in setting.people or other.lemma.lower() in persons for other in before
    )


def _means_speaker(word: Word, holder: Speaking, speaker: Speaker, words: Sequence[Word], setting: Setting) -> bool:
    """Whether a pronoun of a report means who said it, being of the same sex: *Brandt said she would*."""
    lists = setting.language.words
    if not _is_name(speaker.name):
        return False
    kind = next((kind for kind in ("male", "female", "neuter") if word.lower in lists[f"pronouns_{kind}"]), None)
    if kind == "neuter":
        return speaker.type == "organization" and word.deprel in ("nsubj", "nmod:poss")
    return kind is not None and kind == holder.gender and word.deprel in ("nsubj", "nsubj:pass", "nmod:poss")


def _described(words: Sequence[Word], setting: Setting) -> Iterator[tuple[tuple[Word, ...], Speaker]]:
    """*The company* and the like, where the article says who that is."""
    nouns = setting.language.words["calls_for_a_name"]
    for word in words:
        if word.lemma.lower() not in nouns or word.upos != "NOUN":
            continue
        article = word.child("det")
        plain = (
            article is not None
            and article.lower == "the"
            and all(child is article or child.upos == "PUNCT" or child.udeprel == "case" for child in word.children)
        )
        if plain and article is not None and article.id == word.id - 1 and article in words:
            speaker = setting.mentions.get((article.start, word.end))
            if speaker is not None and _is_name(speaker.name):
                yield (article, word), speaker


# -- times -----------------------------------------------------------------------------------------------------------


def _times(words: Sequence[Word], setting: Setting, *, past: bool) -> Iterator[tuple[tuple[Word, ...], str | None]]:
    """The words that tell a time from the day of speaking, each with a date for it, or None where that is open."""
    language, day = setting.language, setting.day
    found = list(relative_times(words, language))
    taken = {word.id for phrase, _, _ in found for word in phrase}
    for phrase, unit, count in found:
        head = phrase[-1]
        owner = head.child("case") is not None and head.id < head.child("case").id  # type: ignore[union-attr]
        if day is None or head.udeprel == "compound" or (owner and unit in ("day", "week")):
            yield phrase, None
            continue
        bare = head.child("case") is not None or head.udeprel in ("nsubj", "obj") or head.deprel == "nmod:poss"
        yield phrase, date_text(day, unit, count, language, bare=bare)
    for word in words:
        number = weekday_number(word, language)
        if number is None or word.id in taken or word.upos not in ("PROPN", "NOUN"):
            continue
        modified = any(child.udeprel in ("amod", "compound", "nmod", "nummod") for child in word.children)
        if day is None or modified or word.udeprel in ("compound", "nmod"):
            yield (word,), None
        else:
            date = nearest_weekday(day, number, past=past)
            yield (word,), f"{word.form} {date_text(date, 'day', 0, language, bare=True)}"
    for place, word in enumerate(words):
        for entry in (word.lower, " ".join(other.lower for other in words[place : place + 2])):
            if entry in language.words["open_times"] and word.id not in taken:
                yield tuple(words[place : place + len(entry.split())]), None
                break


# -- agreement -------------------------------------------------------------------------------------------------------


def _agreement(subject: Word, words: Sequence[Word], setting: Setting) -> Iterator[Edit]:
    """The verbs that a name in the place of *I* or *we* changes: *I am, I go* and *see*."""
    head = subject.parent
    if head is None or any(child.udeprel == "conj" for child in subject.children):
        return
    predicates = [head, *(child for child in head.children_by("conj") if child.child("nsubj") is None)]
    for predicate in predicates:
        for verb in sorted((predicate, *predicate.children_by("aux", "cop")), key=lambda word: word.id):
            if verb not in words or verb.upos not in ("VERB", "AUX"):
                continue
            to = in_full(verb, setting.language) or third_person(verb, setting.language)
            if to is not None and to != verb.form:
                yield _edit(verb.start, verb.end, to, "agreement", setting)
            if verb.has_feature("VerbForm=Fin") or verb.xpos in ("VBP", "VBZ", "VBD", "MD"):
                break
