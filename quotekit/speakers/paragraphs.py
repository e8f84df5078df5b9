"""The paragraphs of a text as turns of talk: which ask, whom they name and address, who introduces himself in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quotekit.speakers.capitals import is_headline
from quotekit.speakers.figures import Figure
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.tree import Sentence, Tree, Word

CLOSERS = ("”", '"', "’", "'", ")", "]")
STOPS = (".", "!", "?", "—", "–", "-")  # at the end of a short reply, *Right here.*, and of no heading
HEAD = 12  # paragraphs within which an interview or a speech is announced
SALUTED = 3  # paragraphs of a speech, after its headings, within which the audience is greeted

Known = Callable[[NameMention | None], Figure | None]  # the person whom a name means, if it means one


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The sentences of one paragraph and the names in them."""

    sentences: tuple[Sentence, ...]
    names: tuple[NameMention, ...]

    @property
    def start(self) -> int:
        """Where the paragraph begins."""
        return self.sentences[0].start

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words in text order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @property
    def asks(self) -> bool:
        """Whether it ends with a question."""
        last = next((word for word in reversed(self.sentences[-1].words) if word.form not in CLOSERS), None)
        return last is not None and last.form.endswith("?")

    @property
    def has_question(self) -> bool:
        """Whether any of its sentences is a question."""
        return any(sentence.words[-1].form.endswith("?") for sentence in self.sentences)

    @property
    def is_heading(self) -> bool:
        """Whether it is a title, a date or another line without a verb."""
        if all(is_headline(sentence) for sentence in self.sentences):
            return True
        verbless = len(self.sentences) == 1 and not any(word.upos in ("VERB", "AUX", "INTJ") for word in self.words)
        return verbless and not self.words[-1].form.endswith(STOPS)


def paragraphs_of(tree: Tree, names: Sequence[NameMention]) -> list[Paragraph]:
    """The paragraphs of a text in order."""
    sentences: dict[int, list[Sentence]] = {}
    named: dict[int, list[NameMention]] = {}
    for sentence in tree.sentences:
        sentences.setdefault(sentence.paragraph, []).append(sentence)
    for name in names:
        named.setdefault(name.head.sentence.paragraph, []).append(name)
    return [Paragraph(tuple(found), tuple(named.get(place, ()))) for place, found in sentences.items()]


def kinds_of(paragraph: Paragraph, lexicon: Lexicon) -> set[str]:
    """The kinds of personal pronouns in the paragraph."""
    return {kind for word in paragraph.words if (kind := lexicon.pronoun(word)) is not None}


def people_of(names: Iterable[NameMention], known: Known) -> list[Figure]:
    """The persons of these names, each once."""
    found = (known(name) for name in names)
    return list({id(figure): figure for figure in found if figure is not None}.values())


def announces(word: Word, lexicon: Lexicon) -> bool:
    """Whether the word announces an interview: *an interview with*, *spoke to*."""
    if word.lower in lexicon.words["interview_words"]:
        return True
    if word.upos != "VERB" or word.lemma.lower() not in lexicon.words["interview_verbs"]:
        return False
    cases = (case for child in word.children_by("obl") for case in child.children_by("case"))
    subject = word.child("nsubj")
    ours = subject is not None and lexicon.pronoun(subject) in ("first", "first_plural")
    return any(case.lower in ("with", "to") for case in cases) or (ours and word.child("obj") is not None)


def inquires(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether it puts a question to *you* as a statement: *I wanted to know if you saw it*."""
    return any(_inquires(word, lexicon) for word in paragraph.words)


def _inquires(verb: Word, lexicon: Lexicon) -> bool:
    if verb.upos != "VERB" or verb.lemma.lower() not in lexicon.words["inquiry_verbs"]:
        return False
    wish = verb.parent if verb.udeprel == "xcomp" else None
    if (wish is None or wish.lemma.lower() not in lexicon.words["wish_verbs"]) and verb.lemma != "wonder":
        return False
    subject = (wish or verb).child("nsubj")
    asked = verb.child("ccomp")
    if subject is None or asked is None or lexicon.pronoun(subject) != "first":
        return False
    return any(lexicon.pronoun(word) == "second" for word in asked.descendants())
