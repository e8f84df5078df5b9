"""Reads several named together: *shipping company Oddline and battery firm Voltera* are Oddline and Voltera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotekit.speakers.figures import Figure, Reference
from quotekit.speakers.heads import conjuncts
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.source import Source
from quotekit.tree import Word

NOMINALS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM")
BEFORE_A_NAME = ("NOUN", "PROPN", "ADJ", "VERB", "DET", "X", "NUM")  # upos of what may say what a name names
INDEFINITE = ("a", "an")
LEAST_TOGETHER = 2


class Groups:
    """The groups of a text that are several figures named together, each once."""

    def __init__(self) -> None:
        self._joined: dict[str, Figure] = {}

    def together(self, references: Sequence[Reference], conjunction: str) -> Reference:
        """Whom several references mean together; nobody, with those that are known, where one of them is open."""
        figures = [reference.figure for reference in references if reference.figure is not None]
        if len(figures) < len(references):
            return Reference(None, "coordination", tuple(figures))
        unique = list({id(figure): figure for figure in figures}.values())
        if len(unique) == 1:
            return Reference(unique[0], references[0].method)
        if all(figure.described and figure.type == "unknown" for figure in unique):
            return Reference(None, "coordination")  # *protests and the shutdown*
        return Reference(self.join(unique, conjunction), "coordination")

    def join(self, figures: Sequence[Figure], conjunction: str) -> Figure:
        """The group of these figures: *Lucia Ortega and Bruno Medina*."""
        key = "group:" + "+".join(figure.key for figure in figures)
        if key not in self._joined:
            *first, last = (figure.name for figure in figures)
            self._joined[key] = Figure(
                key=key,
                name=f"{', '.join(first)} {conjunction} {last}",
                type="group",
                plural=True,
                start=figures[0].start,
                members=tuple(figures),
            )
        return self._joined[key]


def named_together(
    source: Source, mention_of: Mapping[int, NameMention], role_of: Mapping[int, NameMention]
) -> list[NameMention]:
    """The names of a source that is names in a row, each perhaps with what it is beside it; else none.

    Commas and *and* show this more safely than the tree, in which parsers hang a name on the company beside it.
    """
    found: list[NameMention] = []
    roles: list[NameMention] = []
    for part in _parts(source.words, mention_of):
        name = _name_at_end(part, mention_of)
        role = next((role_of[id(word)] for word in part if id(word) in role_of), None)
        if name is not None:
            found.append(name)
        elif role is not None:
            roles.append(role)
        else:
            return []
    ends = {name.end for name in found}
    if len(found) < LEAST_TOGETHER or any(role.end not in ends for role in roles):
        return []
    places = [name.label == "PLACE" for name in found]
    return found if _last_joined(source.words, found, mention_of) and (all(places) or not any(places[1:-1])) else []


def joined_words(source: Source, head: Word, mention: NameMention | None, lexicon: Lexicon) -> tuple[list[Word], str]:
    """The words that the tree joins to a source's head, and their conjunction; none where they only describe it."""
    inside = {id(word) for word in source.words}
    own = {id(word) for word in mention.words} if mention is not None else set()
    top = mention.head if mention is not None else head
    others = [word for word in conjuncts(top) if id(word) in inside - own and word.upos in NOMINALS]
    if mention is not None:
        if any(child.udeprel == "appos" for word in mention.words for child in word.children):
            others = [word for word in others if lexicon.kind(word) != "person"]
        described = [word for word in others if only_describes(word, lexicon)]
        others = [word for word in others if not any(noun in (word, *word.ancestors()) for noun in described)]
    others = [word for word in others if not _shares_person(word, head, lexicon)]
    if not others:
        return [], ""
    between = top.sentence.words[top.id : max(word.id for word in others)]
    joined = any(word.upos == "CCONJ" and word.id < others[0].id for word in between)
    if mention is not None and not joined and lexicon.kind(others[0]) == "person":
        return [], ""
    return others, last_conjunction(between)


def last_conjunction(words: Sequence[Word]) -> str:
    """The last *and* or *or* among the words; empty where there is none."""
    return next((word.form for word in reversed(words) if word.upos == "CCONJ"), "")


def only_describes(noun: Word, lexicon: Lexicon) -> bool:
    """Whether a noun joined to a name by a comma, *Kowal, an economist and tax adviser*, only says who that is."""
    article = next((child for child in noun.children_by("det") if child.lower in INDEFINITE), None)
    if article is None or article.id < 2 or lexicon.kind(noun) not in ("person", "organization"):
        return False
    return noun.sentence.words[article.id - 2].form == ","


def _shares_person(noun: Word, head: Word, lexicon: Lexicon) -> bool:
    """Whether two singular nouns under one article are one person's offices: *the mayor and former union leader*."""
    if any(lexicon.kind(word) != "person" for word in (noun, head)) or head.child("det") is None:
        return False
    if noun.lemma == head.lemma or noun.child("det", "nmod:poss") is not None:
        return False
    return any(child.lower in lexicon.words["office_times"] for child in noun.children_by("amod", "advmod"))


def _parts(words: Sequence[Word], mention_of: Mapping[int, NameMention]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    depth = 0  # within brackets: Brown (D-Ohio)
    for word in words:
        depth = max(depth + (word.form == "(") - (word.form == ")"), 0)
        if depth or word.form == ")":
            continue
        if (word.upos == "CCONJ" or word.form == ",") and id(word) not in mention_of:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _name_at_end(part: Sequence[Word], mention_of: Mapping[int, NameMention]) -> NameMention | None:
    name = mention_of.get(id(part[-1]))
    if name is None or name.plural or name.words[-1] is not part[-1] or name.headline:
        return None
    inside = {id(word) for word in name.words}
    rest = [word for word in part if id(word) not in inside]
    if any(word.upos not in BEFORE_A_NAME and word.form not in (".", "-", "–") for word in rest):
        return None
    return name if all(word.id < name.words[0].id for word in rest) else None


def _last_joined(words: Sequence[Word], names: Sequence[NameMention], mention_of: Mapping[int, NameMention]) -> bool:
    """Whether a conjunction, and none earlier or later, stands before the last name."""
    joints = [word.start for word in words if word.upos == "CCONJ" and id(word) not in mention_of]
    return len(joints) == 1 and names[-2].end <= joints[0] < names[-1].start
