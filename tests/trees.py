"""Trees for tests that need no hand-checked one: written word by word, or made of any text without a parser."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from quotekit.constructions import Context
from quotekit.language import load_language
from quotekit.marks import find_marks
from quotekit.tree import Sentence, Tree, Word
from tests.gold import gold_tree

_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n|\r\n\s*\n).)+", re.DOTALL)
_SENTENCE_ENDS = frozenset(".?!")
_CLOSING = frozenset("”’\"'»)")
RELATIONS = (
    *("nsubj", "nsubj", "obj", "obl", "ccomp", "xcomp", "parataxis", "advcl", "acl", "conj", "nmod", "appos", "mark"),
    *("case", "dep", "aux", "cc", "nsubj:pass", "aux:pass", "nmod:poss", "cop", "det", "advmod"),
)


def context_of(tree: Tree) -> Context:
    """What the constructions see of this tree."""
    return Context(tree, find_marks(tree.text), load_language("en"))


def gold_context(text: str) -> Context:
    """What the constructions see of a text with a hand-checked tree."""
    return context_of(gold_tree(text))


def words_of(context: Context, stretch: str) -> tuple[Word, ...]:
    """The words of a stretch of the text; the first stretch that reads like this."""
    start = context.tree.text.index(stretch)
    return tuple(word for word in context.tree.words if start <= word.start and word.end <= start + len(stretch))


def written_tree(rows: str) -> Tree:
    """A sentence written as *form PART_OF_SPEECH head relation feature*, its words parted by bars.

    The lemma is the form in lower case, or stands behind it: ``said/say VERB 0 root``.
    """
    text, words = "", []
    for number, row in enumerate(rows.split("|"), start=1):
        written, upos, head, deprel, *feats = row.split()
        form, _, lemma = written.partition("/")
        text += form if upos == "PUNCT" or not text else f" {form}"
        place = (len(text) - len(form), len(text))
        words.append(Word(number, form, lemma or form.lower(), upos, "", "|".join(feats), int(head), deprel, *place))
    return Tree(text, (Sentence(tuple(words)),))


def flat_tree(text: str) -> Tree:
    """A tree of words and punctuation in which every word of a sentence hangs on its first."""
    return _tree(text, _flat)


def random_tree(text: str) -> Tree:
    """A tree with relations and parts of speech at random; the same words always get the same ones."""
    return _tree(text, _random)


class RandomParser:
    """A parser that knows no grammar, and keeps what it was given to parse."""

    name = "random 1"
    model = "none"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        self.batches.append(list(texts))
        return [random_tree(text) for text in texts]


Place = tuple[int, int]


def _tree(text: str, parse: Callable[[Sequence[str], Sequence[Place]], list[Word]]) -> Tree:
    sentences: list[Sentence] = []
    paragraph = -1
    for found in _PARAGRAPH.finditer(text):
        places = [match.span() for match in _WORD.finditer(text, *found.span())]
        paragraph += bool(places)
        for sentence in _sentences(text, places):
            words = parse([text[start:end] for start, end in sentence], sentence)
            sentences.append(Sentence(tuple(words), paragraph, len(sentences)))
    return Tree(text, tuple(sentences))


def _sentences(text: str, places: Sequence[Place]) -> Iterator[list[Place]]:
    sentence: list[Place] = []
    ended = False
    for start, end in places:
        if ended and text[start:end] not in _CLOSING:
            yield sentence
            sentence, ended = [], False
        sentence.append((start, end))
        ended = ended or text[start:end] in _SENTENCE_ENDS
    if sentence:
        yield sentence


def _flat(forms: Sequence[str], places: Sequence[Place]) -> list[Word]:
    first = next((number for number, form in enumerate(forms, start=1) if form[0].isalnum()), 1)
    return [
        _word(number, form, place, "X" if form[0].isalnum() else "PUNCT", 0 if number == first else first)
        for number, (form, place) in enumerate(zip(forms, places, strict=True), start=1)
    ]


def _random(forms: Sequence[str], places: Sequence[Place]) -> list[Word]:
    chance = random.Random(" ".join(forms))
    order = list(range(1, len(forms) + 1))
    chance.shuffle(order)
    heads = {number: chance.choice(order[:rank]) if rank else 0 for rank, number in enumerate(order)}
    parts = ("NOUN", "PROPN", "VERB", "PRON", "ADP", "SCONJ", "AUX", "ADJ", "DET")
    return [
        _word(number, form, place, chance.choice(parts) if form[0].isalnum() else "PUNCT", heads[number], chance)
        for number, (form, place) in enumerate(zip(forms, places, strict=True), start=1)
    ]


LEMMAS = {"said": "say", "told": "tell", "asked": "ask", "claims": "claim"}


def _word(number: int, form: str, place: Place, upos: str, head: int, chance: random.Random | None = None) -> Word:
    lemma = LEMMAS.get(form.lower(), form.lower())
    upos = "VERB" if lemma in LEMMAS.values() else upos
    feats = "Mood=Ind|VerbForm=Fin" if upos in ("VERB", "AUX") else ""
    deprel = "root" if not head else chance.choice(RELATIONS) if chance is not None else "dep"
    return Word(number, form, lemma, upos, upos, feats, head, "punct" if upos == "PUNCT" and head else deprel, *place)
