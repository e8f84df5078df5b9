"""Finds the name behind a noun that a parser made its head: *panel chair* Ana Ruiz, *head of the Port* Ivo Brandt."""

from __future__ import annotations

from collections.abc import Mapping

from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.phrases import Phrase
from quotekit.speakers.source import Source
from quotekit.tree import Word

DESCRIBING = ("NOUN", "PROPN", "ADJ", "ADP", "PUNCT", "PART")
MARKS = ("”", '"', "’", "'")


def name_behind(
    word: Word, source: Source | None, mention_of: Mapping[int, NameMention], lexicon: Lexicon
) -> NameMention | None:
    """The name that follows the word within the source and says who that is."""
    if source is None or lexicon.kind(word) not in (None, "person", "organization"):
        return None
    for other in source.words:
        mention = mention_of.get(id(other))
        if mention is None or other.start <= word.end:
            continue
        if source.words[-1] is mention.words[-1] and _behind_body(word, mention, lexicon):
            return mention
        follows = mention.words[0].id == word.id + 1
        if mention.label == "PERSON" or (follows and lexicon.kind(word) == "organization"):
            between = word.sentence.words[word.id : mention.words[0].id - 1]
            abbreviated = lexicon.title(f"{word.form}.") is not None  # a parser may part *Rep* from its stop
            if all(sign.form in MARKS or (abbreviated and sign.form == ".") for sign in between):
                return mention
            if mention.label != "PERSON" or not _may_be_behind(between):
                return None
    return None


def named_at_end(word: Word, source: Source | None, mention_of: Mapping[int, NameMention]) -> NameMention | None:
    """The person whom a source names behind a comma at its end: *the head of the Port, Ivo Brandt*, as a parse has it.

    Not where another person is spoken of before the comma: of *the driver of the mayor, Ivo Brandt* either may be he.
    """
    last = mention_of.get(id(source.words[-1])) if source is not None else None
    if source is None or last is None or last.label != "PERSON" or last.plural:
        return None
    start = last.words[0].id
    before = [one for one in source.words if word.id <= one.id < start]
    commas = [one for one in before if one.form == ","]
    if not commas or any(one.sentence is not word.sentence for one in source.words):
        return None
    described = [one for one in before if one.id > commas[0].id]
    others = [one for one in before[1:] if one.id < commas[0].id]
    people = [one for one in others if one.has_feature("PronType=Prs") or _names_person(one, mention_of)]
    plain = all(one.upos in DESCRIBING for one in described)
    return last if len(commas) == 1 and plain and not people else None


def _names_person(word: Word, mention_of: Mapping[int, NameMention]) -> bool:
    mention = mention_of.get(id(word))
    return mention is not None and mention.label == "PERSON"


def writer_of(
    phrase: Phrase, mention_of: Mapping[int, NameMention], role_of: Mapping[int, NameMention]
) -> NameMention | None:
    """The person by whom a document is: *the report, by the auditor Lena Falk*."""
    for child in phrase.head.children_by("nmod"):
        case = child.child("case")
        if case is not None and case.lower == "by":
            found = role_of.get(id(child)) or mention_of.get(id(child))
            return found if found is not None and found.label == "PERSON" else None
    return None


def held_by(
    phrase: Phrase, mention_of: Mapping[int, NameMention], role_of: Mapping[int, NameMention], lexicon: Lexicon
) -> NameMention | None:
    """Whose words a quotation is said to be: *a line attributed to Falk*."""
    for clause in phrase.head.children_by("acl"):
        if clause.lemma.lower() not in lexicon.words["ascribing_verbs"]:
            continue
        for child in clause.children_by("obl"):
            case = child.child("case")
            if case is not None and case.lower == "to":
                return role_of.get(id(child)) or mention_of.get(id(child))
    return None


def _may_be_behind(between: tuple[Word, ...]) -> bool:
    """Whether a later word may still be the name: the words between are *of* and a body."""
    return bool(between) and between[0].lower == "of"


def _behind_body(word: Word, mention: NameMention, lexicon: Lexicon) -> bool:
    """Whether the name follows the body of an office before it, with nothing between."""
    words, first = word.sentence.words, mention.words[0].id
    if mention.label != "PERSON" or first < 4 or word.child("det") is not None or words[word.id].lower != "of":
        return False
    last = words[first - 2]
    field = last.lower in lexicon.words["office_fields"]  # Secretary of State, whom a parse may call one name
    return last.upos == "PROPN" and (field or not last.ner.endswith("-PERSON")) and word in last.ancestors()
