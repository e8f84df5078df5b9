"""Finds the names in a text: runs of name words joined by the tree, with their titles and a guess at what they name.

Named entities help where the parse has them; without them, capitals and the tree's own joints must do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from quotekit.speakers.bodies import top_of, whole_body
from quotekit.speakers.labels import (
    ends_in_body,
    follows_office,
    is_one_person,
    is_plural,
    label_by_shape,
    speaks_like_a_person,
)
from quotekit.speakers.lexicon import Lexicon, is_capital, is_possessive, without_possessive
from quotekit.speakers.names import NICKNAME_MARKS, acronyms
from quotekit.tree import Sentence, Tree, Word

PARTY = re.compile(r"[A-Z]{1,4}[-–][A-Z][\w.]*")  # SPD-Bremen
JOINED_WORDS = re.compile(r"[A-Z][a-z]{4,}[A-Z][a-z]")  # WaterWatch; MacArthur and FitzGerald have shorter beginnings
MISTAKEN = ("NOUN", "ADJ", "VERB", "X", "PROPN")  # parts of speech that a name was taken for
NAME_RELATIONS = ("compound", "flat", "amod")


@dataclass(frozen=True, slots=True, eq=False)
class NameMention:
    """A name where it stands: its words without titles, the titles before it, and what it seems to name."""

    words: tuple[Word, ...]
    head: Word
    titles: tuple[str, ...]
    label: str
    text: str
    plural: bool
    headline: bool
    definite: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        """The end of the name, without a possessive ending."""
        return self.words[-1].start + len(without_possessive(self.words[-1].form))


def find_names(tree: Tree, lexicon: Lexicon, headlines: Container[int]) -> list[NameMention]:
    """The names of the text in text order; ``headlines`` are the indexes of the sentences set in capitals."""
    found = [
        mention
        for sentence in tree.sentences
        for mention in _in_sentence(tree.text, sentence, lexicon, headline=sentence.index in headlines)
    ]
    found = _without_roles(found, lexicon)
    return sorted([*found, *_missed(tree, found, headlines)], key=lambda mention: mention.start)


def names_in(names: Sequence[NameMention], spans: Iterable[tuple[int, int]]) -> Iterator[NameMention]:
    """Those of the names, which are in text order, that begin in one of these stretches."""
    for start, end in spans:
        first = bisect_left(names, start, key=lambda name: name.start)
        last = bisect_left(names, end, key=lambda name: name.start)
        yield from names[first:last]


def _without_roles(found: Sequence[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """The mentions without a lone *Senator* or *Judge*, unless that is a part of a person's name in the text."""
    parts = {
        without_possessive(word.lower)
        for mention in found
        if len(mention.words) > 1 and mention.label == "PERSON"
        for word in (mention.words[0], mention.words[-1])
    }
    roles = lexicon.words["person_nouns"] - parts - lexicon.words["male_given_names"]
    return [
        mention
        for mention in found
        if len(mention.words) > 1 or mention.titles or mention.label != "PERSON" or mention.text.lower() not in roles
    ]


def _missed(tree: Tree, found: Sequence[NameMention], headlines: Container[int]) -> Iterator[NameMention]:
    """Words that the parser took for something else although the text has them as part of a person's name."""
    people = [mention for mention in found if mention.label == "PERSON" and not mention.headline]
    parts = {without_possessive(word.form) for mention in people for word in (mention.words[0], mention.words[-1])}
    initials = {letters for mention in found if mention.label == "ORG" for letters in acronyms(mention.text)}
    inside = {id(word) for mention in found for word in mention.words}
    for word in tree.words:
        known = initials if word.upos == "PRON" else parts if word.upos in MISTAKEN and is_capital(word) else ()
        if known and (form := without_possessive(word.form)) in known and id(word) not in inside:
            headline, label = (False, "ORG") if word.upos == "PRON" else (word.sentence.index in headlines, "")
            yield NameMention((word,), word, (), label, form, False, headline, False)


def _in_sentence(text: str, sentence: Sentence, lexicon: Lexicon, *, headline: bool) -> Iterator[NameMention]:
    done = 0
    for run in _runs(sentence, lexicon):
        if run[0].id <= done:
            continue
        mention = _mention(text, run, lexicon, headline=headline)
        if mention is not None:
            done = mention.words[-1].id
            yield mention


def _runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[list[Word]]:
    """Stretches of neighbouring name words that the tree joins."""
    end = 0
    for first in sentence.words:
        if first.id > end and _is_name_word(first, lexicon):
            run = [first]
            for word, following in zip_longest(sentence.words[first.id :], sentence.words[first.id + 1 :]):
                if word.id <= run[-1].id:
                    continue
                if nickname := _nickname(run, word):
                    run += nickname
                    continue
                if not _continues(run, word, following, lexicon):
                    break
                run.append(word)
            end = run[-1].id
            yield run


def _nickname(run: Sequence[Word], mark: Word) -> tuple[Word, ...]:
    """The nickname in marks that begins here, with them and the name behind it: *Robert “Bobby” Scott*."""
    words = mark.sentence.words[mark.id - 1 : mark.id + 3]
    if mark.form not in tuple(NICKNAME_MARKS) or len(words) < 4 or not run[-1].ner.endswith("PERSON"):
        return ()
    opening, nickname, closing, name = words
    apart = run[-1].end < opening.start and closing.end < name.start
    held = opening.end == nickname.start and nickname.end == closing.start and closing.form in tuple(NICKNAME_MARKS)
    named = nickname.upos == name.upos == "PROPN" and is_capital(nickname) and is_capital(name)
    return words if apart and held and named else ()


def _is_name_word(word: Word, lexicon: Lexicon) -> bool:
    if word.upos != "PROPN" and (word.ner == "O" or word.upos not in ("NOUN", "ADJ", "X")):
        return False
    return is_capital(word) and not _is_date(word, lexicon)


def _is_date(word: Word, lexicon: Lexicon) -> bool:
    """Whether the word is a month or a weekday, and no part of a name such as *Ana May*."""
    return without_possessive(word.lower) in lexicon.words["calendar_words"] and word.ner not in (
        "I-PERSON",
        "E-PERSON",
    )


def _continues(run: list[Word], word: Word, following: Word | None, lexicon: Lexicon) -> bool:
    last = run[-1]
    touching = last.end == word.start
    if is_possessive(last):
        return False
    if (_is_suffix(word, lexicon) and word.id == last.id + 1) or _second_half(word, last):
        return True
    particle = word.form.islower() and word.lower in lexicon.words["name_particles"] and word.upos != "CCONJ"
    if following is None:
        joiner = False
    elif particle and following.form.islower() and following.lower in lexicon.words["name_particles"]:
        joiner = True
    elif not _is_name_word(following, lexicon):
        joiner = touching and word.form in ("-", "‐") and _second_half(following, word)
    elif word.form in ("-", "‐", "–"):
        joiner = touching and word.end == following.start
    elif word.form == "," and _is_suffix(following, lexicon):
        joiner = True
    else:
        joiner = particle
    if joiner:
        return True
    if not _is_name_word(word, lexicon):
        return False
    return touching or last.form == "," or last.form.islower() or _joined(run, word, lexicon)


def _second_half(word: Word, last: Word) -> bool:
    """Whether a word without capital ends a hyphenated name: *woo* of *Ji-woo*."""
    return (
        word.form.islower()
        and word.start == last.end
        and last.form.endswith(("-", "‐"))
        and word.upos == "PROPN"
        and word.udeprel in ("flat", "compound")
    )


def _is_suffix(word: Word, lexicon: Lexicon) -> bool:
    return is_capital(word) and without_possessive(word.lower) in lexicon.words["name_suffixes"]


def _joined(run: Sequence[Word], word: Word, lexicon: Lexicon) -> bool:
    """Whether the tree ties the word to the run: one hangs on the other, or both name the same following noun."""
    if _same_entity(run[-1], word) or (lexicon.title(run[-1].form) is not None and word.ner[2:] == "PERSON"):
        return True
    ids = {other.id for other in run}
    if word.head in ids:
        return word.udeprel in (*NAME_RELATIONS, "nummod", "appos")
    return any(
        (other.head == word.id and other.udeprel in (*NAME_RELATIONS, "nmod"))
        or (other.head == word.head and {other.udeprel, word.udeprel} <= set(NAME_RELATIONS))
        or (other.head == word.head and other.udeprel in NAME_RELATIONS and word.head > word.id)
        for other in run
    )


def _same_entity(left: Word, right: Word) -> bool:
    return right.ner[:2] in ("I-", "E-") and left.ner[:2] in ("B-", "I-") and right.ner[2:] == left.ner[2:]


def _mention(text: str, run: list[Word], lexicon: Lexicon, *, headline: bool) -> NameMention | None:
    if _is_party(text, run):
        return None
    label = next((word.ner[2:] for word in reversed(run) if word.ner != "O"), "")
    if label == "PERSON" and ends_in_body(run, lexicon):
        label = ""
    if label == "PERSON" and len(run) == 1 and JOINED_WORDS.match(run[0].form):
        label = "ORG"
    if label == "PLACE" and len(run) == 1 and speaks_like_a_person(run[0], lexicon):
        label = "PERSON"
    if label == "PERSON" and len(run) == 1 and follows_office(run[0], lexicon):
        label = "PLACE"
    if label == "PERSON":
        run = _without_talk(_person_stretch(run, lexicon), lexicon)
    if label == "ORG" and without_possessive(run[-1].lower) in lexicon.words["organization_nouns"]:
        titles: tuple[str, ...] = ()  # the Refugee Processing Center
    else:
        run, titles = _split_titles(*_after_office(run, lexicon), lexicon, headline=headline)
    if not run or _names_nobody(run, titles, lexicon, headline=headline):
        return None
    if not titles and label not in ("ORG", "PLACE") and len(run) == 1 and is_plural(run):
        return None
    if titles:
        label = "PERSON"
    elif label != "PERSON":
        run = whole_body(run, lexicon)
        label = "ORG" if any(word.upos == "CCONJ" for word in run) else label
    words = tuple(run)
    head = top_of(words)
    return NameMention(
        words=words,
        head=head,
        titles=titles,
        label=label or label_by_shape(words, head, lexicon),
        text=text[words[0].start : words[-1].start + len(without_possessive(words[-1].form))],
        plural=label not in ("ORG", "PLACE") and not titles and is_plural(words) and not is_one_person(words, label),
        headline=headline,
        definite=head.child("det") is not None or (head.parent is not None and head.parent.child("det") is not None),
    )


def _is_party(text: str, run: Sequence[Word]) -> bool:
    """Whether the run is a party and its place in brackets, *(D-Ohio)*, and so nobody's name."""
    start, end = run[0].start, run[-1].end
    return text.startswith("(", max(start - 1, 0)) and PARTY.fullmatch(text, start, end) is not None


def _person_stretch(run: list[Word], lexicon: Lexicon) -> list[Word]:
    """The person at the end of a run: places and bodies before it (*Vermont Senator …*) are left out."""
    start = len(run) - 1
    while (
        start > 0
        and not _ends_other_body(run[start - 1], run[start], lexicon)
        and (
            run[start - 1].ner.endswith("-PERSON")
            or (run[start - 1].ner == "O" and _may_be_name(run[start - 1], run[start], lexicon))
            or lexicon.title(run[start - 1].form) is not None
        )
    ):
        start -= 1
    return run[start:]


def _ends_other_body(word: Word, following: Word, lexicon: Lexicon) -> bool:
    """Whether a body ends where a person's name begins: *at the board of the Norvik Post* | *Ruiz said*."""
    apart = following.head != word.id and word.head not in (following.id, following.head)
    return apart and word.lower in lexicon.words["organization_nouns"] and word.child("compound") is not None


def _without_talk(run: list[Word], lexicon: Lexicon) -> list[Word]:
    """The person without the talk that a heading names after them: *Video: President Obama* *Speech at Norbank*."""
    last = run[-1]
    named = len(run) > 1 and run[-2].udeprel == "compound" and run[-2].head == last.id
    return run[:-1] if named and last.lower in lexicon.words["speech_words"] else run


def _may_be_name(word: Word, following: Word, lexicon: Lexicon) -> bool:
    """Whether a word that no entity holds belongs to the name after it: *de* la Cruz, a missed given name."""
    if not is_capital(word):
        return True
    return following.deprel.startswith("flat") and lexicon.kind(word) is None


def _after_office(run: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[str]]:
    """The name without the field of an office, and that office: *Secretary of State* Ana Ortega."""
    words, first = run[0].sentence.words, run[0].id - 1
    if first < 2 or words[first - 1].lower != "of" or (title := lexicon.title(words[first - 2].form)) is None:
        return run, []
    start = 0
    while start + 1 < len(run) and run[start].lower in lexicon.words["office_fields"]:
        start += 1
    return run[start:], [title] if start and is_capital(run[start]) else []


def _split_titles(
    run: list[Word], titles: list[str], lexicon: Lexicon, *, headline: bool
) -> tuple[list[Word], tuple[str, ...]]:
    """The name without what stands before it: *Homeland Security Secretary* Ana Ortega, *Ms* Ortega."""
    for place in () if headline else range(len(run) - 3, 0, -1):
        if is_capital(run[place + 1]) and (title := lexicon.title(run[place].form)) is not None:
            titles.append(title)
            run = run[place + 1 :]
            break
    if len(run) > 2 and run[0].lower == "miss" and run[1].lower in lexicon.words["pageants"]:
        return run[2:], ("miss",)
    while len(run) > 1 and is_capital(run[1]) and (title := lexicon.title(run[0].form)) is not None:
        titles.append(title)
        run = run[1:]
    return run, tuple(titles)


def _names_nobody(run: list[Word], titles: tuple[str, ...], lexicon: Lexicon, *, headline: bool) -> bool:
    """Whether the run is a capitalized description (*the President*, *Trump Supporter*) or a stray sign."""
    last = run[-1]
    if not any(character.isalpha() for character in last.form) or len(last.form) < 2 or last.form[-1] in "-–—":
        return True
    if titles and len(run) == 1 and last.lower in lexicon.words["address_offices"]:
        return True  # Mr President, Madam Chair: forms of address
    if last.lower in lexicon.words["honorifics"] and last.child("nmod:poss") is not None:
        return True  # Your Honor
    courtesy = any(title in lexicon.words["courtesy_titles"] for title in titles)
    role = lexicon.kind(last) in ("person", "group") and last.lemma.lower() in lexicon.words["person_nouns"]
    if len(run) == 1:
        if last.lower in lexicon.short_forms or f"{last.lower}." in lexicon.short_forms:
            return True  # Sens, of which a parser may part the stop
        article = any(child.udeprel in ("det", "nummod", "amod") for child in last.children)
        common = lexicon.kind(last) is not None and (headline or last.ner == "O")
        return (common and not courtesy) or (role and not courtesy and (bool(titles) or article))
    return last.lower in lexicon.short_forms or (role and (headline or _is_office(run, lexicon)))


def _is_office(run: list[Word], lexicon: Lexicon) -> bool:
    """Whether every word of the run belongs to a title: *Prime Minister*, *Attorney General*."""
    modifiers = lexicon.words["title_modifiers"]
    return all(lexicon.title(word.form) is not None or word.lower in modifiers for word in run)
