"""A claim as it can be read without its article: names for pronouns, dates for *yesterday*, the subject left out.

Nothing is reworded beyond that, every edit is listed, and where it is unsure whom a word means the word stays.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.boundaries import Offsets
from quotekit.claims.agreement import in_full, third_person
from quotekit.claims.dates import date_text, nearest_weekday, relative_times, weekday_number
from quotekit.claims.referents import Referents, referring, short_name
from quotekit.language import Language, openers
from quotekit.model import Edit
from quotekit.tree import Word

_LINE_END = re.compile(r"[^\S\n\r]*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a claim is read against: the text, who is spoken of in it, and the day of printing.

    ``day`` is None where it is not known, or where the report tells a time of its own from which the words count.
    """

    text: str
    referents: Referents
    day: datetime.date | None

    @property
    def language(self) -> Language:
        return self.referents.language


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
    named: set[str] = set()
    done: set[int] = set()
    for mention, described in setting.referents.described(words):
        edits.append(_edit(mention[0].start, mention[-1].end, _name_at(mention[0], described), "name", setting))
        done |= {word.id for word in mention}
    for time, to in _times(words, setting, past=past):
        done |= {word.id for word in time}
        if to is None:
            unresolved.append(time)
        else:
            edits.append(_edit(time[0].start, time[-1].end, _name_at(time[0], to), "date", setting))
    for word in referring(words, setting.language):
        if word.id in done:
            continue
        kind = setting.referents.kind(word)
        if kind in named:
            continue  # *Brandt said she sold her boat*: the name that was put for *she* explains *her*
        name, why = setting.referents.name_for(word, words)
        if name is not None and kind is not None:
            named.add(kind)
        if why == "speaker" and name is not None:
            again = name in named and word.lower in setting.language.words["pronouns_first_singular"]
            named.add(name)
            name = short_name(name) if again else name
        if name is None:
            if why == "open":
                unresolved.append((word,))
            continue
        if word.lower in setting.language.words["possessive_pronouns"] and word.udeprel != "obj":
            name = _possessive(name)
        edits.append(_edit(word.start, word.end, _name_at(word, name), why, setting))
        if why == "speaker" and word.udeprel == "nsubj":
            renamed.append(word)
        elif word.udeprel == "nsubj":
            edits += _written_out(word, words, setting)
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


# -- times -----------------------------------------------------------------------------------------------------------


def _times(words: Sequence[Word], setting: Setting, *, past: bool) -> Iterator[tuple[tuple[Word, ...], str | None]]:
    """The words that tell a time from the day of speaking, each with a date for it, or None where that is open."""
    language, day = setting.language, setting.day
    found = list(relative_times(words, language))
    taken = {word.id for phrase, _, _ in found for word in phrase}
    for phrase, unit, count in found:
        head = phrase[-1]
        if len(phrase) == 1 and head.child("det", "amod") is not None:
            continue  # *a brighter tomorrow* is no day
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
        direction = _direction(word, past=past)
        if day is None or modified or direction is None:
            yield (word,), None
        else:
            date = nearest_weekday(day, number, past=direction == "past")
            yield (word,), f"{word.form} {date_text(date, 'day', 0, language, bare=True)}"
    first = openers(language, "open_times")
    for place, word in ((place, word) for place, word in enumerate(words) if word.lower in first):
        for entry in (word.lower, " ".join(other.lower for other in words[place : place + 2])):
            if entry in language.words["open_times"] and word.id not in taken:
                yield tuple(words[place : place + len(entry.split())]), None
                break


def _direction(weekday: Word, *, past: bool) -> str | None:
    """Whether the day lies behind or ahead, as its verb tells; *plans to come on Friday* does not."""
    verb = weekday.parent
    if (
        verb is None
        or verb.upos not in ("VERB", "AUX", "ADJ", "NOUN")
        or weekday.udeprel not in ("obl", "advmod", "nmod")
    ):
        return None
    tenses = {word.xpos for word in (verb, *verb.children_by("aux", "cop"))}
    if verb.upos in ("VERB", "AUX") and tenses & {"VBD", "VBN"} and "MD" not in tenses:
        return "past"
    if "VBD" in tenses:
        return "past"
    return "future" if "MD" in tenses and not past else None


# -- agreement -------------------------------------------------------------------------------------------------------


def _written_out(subject: Word, words: Sequence[Word], setting: Setting) -> Iterator[Edit]:
    """The short form behind a name put for *she*: *Brandt's sold it* would read as a possessive at first."""
    for verb in words:
        if verb.start == subject.end and verb.upos == "AUX" and (to := in_full(verb, setting.language)) is not None:
            yield _edit(verb.start, verb.end, to, "agreement", setting)


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
