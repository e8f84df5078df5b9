"""Words, sentences and the parsed text: a read-only tree with the navigation words of udapi.

Every word knows its place in the article: ``text[word.start:word.end] == word.form``, in code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from typing import Any, NamedTuple, TypeVar

_T = TypeVar("_T")


@cache
def _features(feats: str) -> frozenset[str]:
    return frozenset(feats.split("|"))


class Roles(NamedTuple):
    """How likely a word has each part in a report, as whole log-odds; a parser that was taught reports tells."""

    cue: int  # the head of a cue
    content: int
    source: int
    opens: int  # the first word of a content in its sentence
    closes: int  # the last


@dataclass(slots=True, eq=False)
class Word:
    """One syntactic word. ``id`` and ``head`` count from 1 within the sentence, as in CoNLL-U; head 0 is the root."""

    id: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    start: int
    end: int
    ner: str = "O"
    roles: Roles | None = None
    sentence: Sentence = None  # type: ignore[assignment]  # this and the next two are set once, by Sentence
    children: tuple[Word, ...] = ()
    parent: Word | None = None  # the word this one depends on, or None for the root
    # What comes after the parse reads these some twenty times a word, so they are worked out once.
    udeprel: str = field(init=False)  # the universal relation without its subtype: nsubj for nsubj:pass
    lower: str = field(init=False)  # the form in lower case, with a straight apostrophe
    is_finite: bool = field(init=False)  # a verb with a tense or a mood of its own: *opens*, not *to open*, *opening*

    def __post_init__(self) -> None:
        self.udeprel = self.deprel.partition(":")[0]
        self.lower = self.form.lower().replace("’", "'")
        self.is_finite = self.has_feature("VerbForm=Fin")

    def child(self, *relations: str) -> Word | None:
        """The first child with one of these relations (``udeprel`` or full ``deprel``), or None."""
        for child in self.children:
            if child.udeprel in relations or child.deprel in relations:
                return child
        return None

    def children_by(self, *relations: str) -> Iterator[Word]:
        """The children with one of these relations, in text order."""
        return (child for child in self.children if child.udeprel in relations or child.deprel in relations)

    def descendants(self, *, add_self: bool = True, without: Iterable[Word] = ()) -> list[Word]:
        """The words of this subtree in text order, leaving out the subtrees of ``without``, words of the sentence."""
        words, subtrees = self.sentence.words, self.sentence.subtrees
        held = subtrees[self.id]
        for word in without:
            if held >> word.id & 1 and word is not self:
                held &= ~subtrees[word.id]
        if not add_self:
            held &= ~(1 << self.id)
        if not held:
            return []
        first, last = (held & -held).bit_length() - 1, held.bit_length() - 1
        stretch = words[first - 1 : last]
        if held >> first == (1 << len(stretch)) - 1:  # unbroken, as most are
            return list(stretch)
        return [word for word in stretch if held >> word.id & 1]

    def ancestors(self) -> Iterator[Word]:
        """The words above this one, nearest first."""
        word = self.parent
        while word is not None:
            yield word
            word = word.parent

    def precedes(self, other: Word) -> bool:
        """Whether this word stands before the other in the text."""
        return self.start < other.start

    def has_feature(self, feature: str) -> bool:
        """Whether a feature such as ``VerbForm=Part`` is among the word's features."""
        return feature in _features(self.feats)

    def __repr__(self) -> str:
        return f"<{self.id} {self.form} {self.upos} {self.deprel}→{self.head}>"


@dataclass(slots=True, eq=False)
class Sentence:
    """The words of one sentence in text order. ``paragraph`` counts from 0 within the article."""

    words: tuple[Word, ...]
    paragraph: int = 0
    index: int = 0
    known: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, repr=False)  # see once_a_word below
    _subtrees: list[int] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        children: list[list[Word]] = [[] for _ in range(len(self.words) + 1)]
        for word in self.words:
            word.sentence = self
            word.parent = self.words[word.head - 1] if word.head else None
            children[word.head].append(word)
        for word in self.words:
            word.children = tuple(children[word.id])

    @property
    def subtrees(self) -> list[int]:
        """For each word, by its id, the words of its subtree: a number whose bits are their ids."""
        if not self._subtrees:
            subtrees = [1 << place for place in range(len(self.words) + 1)]
            order = [word for word in self.words if word.parent is None]
            for word in order:
                order += word.children
            for word in reversed(order):
                subtrees[word.head] |= subtrees[word.id]
            self._subtrees = subtrees
        return self._subtrees

    @property
    def root(self) -> Word:
        """The word that depends on nothing."""
        return next(word for word in self.words if word.head == 0)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def once_a_word(function: Callable[[Word], _T]) -> Callable[[Word], _T]:
    """The function, which must look at nothing but the word and its sentence, worked out once for each word."""
    name = function.__qualname__

    @wraps(function)
    def known(word: Word) -> _T:
        key = (name, word.id)
        found: dict[tuple[str, int], _T] = word.sentence.known
        if (result := found.get(key)) is None:
            result = found[key] = function(word)
        return result

    return known


def once_a_sentence(function: Callable[[Sentence], _T]) -> Callable[[Sentence], _T]:
    """The function, which must look at nothing but the sentence, worked out once for each."""
    key = (function.__qualname__, 0)  # the words' ids count from 1

    @wraps(function)
    def known(sentence: Sentence) -> _T:
        found: dict[tuple[str, int], _T] = sentence.known
        if key not in found:
            found[key] = function(sentence)
        return found[key]

    return known


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: its words, in text order, and its type (PERSON, ORG, PLACE, MISC …)."""

    words: tuple[Word, ...]
    type: str

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, eq=False)
class Tree:
    """A parsed article: its text, never altered, and its sentences in order."""

    text: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words of the article in text order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @cached_property
    def has_roles(self) -> bool:
        """Whether the parser has told the roles of all words."""
        return bool(self.words) and all(word.roles is not None for word in self.words)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All named entities in text order, read from the words' ``ner`` tags (BIOES or BIO)."""
        return tuple(entity for sentence in self.sentences for entity in _entities(sentence.words))


def _entities(words: Sequence[Word]) -> Iterator[Entity]:
    open_words: list[Word] = []
    open_type = ""
    for word in words:
        position, _, label = word.ner.partition("-")
        if open_words and (position in "OBS" or label != open_type):
            yield Entity(tuple(open_words), open_type)
            open_words = []
        if position != "O":
            open_words.append(word)
            open_type = label
    if open_words:
        yield Entity(tuple(open_words), open_type)
