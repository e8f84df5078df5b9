"""The paragraphs of a text as turns of talk: which ask, whom they name and address, who introduces himself in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.speakers.capitals import is_headline
from quotekit.speakers.figures import Figure
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.tree import Sentence, Tree, Word

CLOSERS = ("”", '"', "’", "'", ")", "]")
STOPS = (".", "!", "?", "—", "–", "-")  # at the end of a short reply, *Right here.*, and of no heading
HEAD = 12  # paragraphs within which an interview or a speech is announced
SALUTED = 3  # paragraphs of a speech, after its headings, within which the audience is greeted
CALLS = 6  # words of a sentence that calls someone: Mr. Sova, please proceed.

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


def addressed(paragraph: Paragraph) -> Iterator[NameMention]:
    """The names by which someone is spoken to: *Bruno, open it*; they are not the speaker's."""
    for name in paragraph.names:
        head = name.head
        while head.udeprel == "flat" and head.parent is not None:
            head = head.parent
        if head.udeprel == "vocative" or _is_alone(name, head):
            yield name


def called(paragraph: Paragraph, lexicon: Lexicon) -> NameMention | None:
    """Whom its end calls upon to speak: *General Ortega.*, *Mr. Falk, please proceed.*, *And you, Ana, will you go?*

    Whoever speaks may choose who speaks next, by a form of address and a question or an invitation (Sacks, Schegloff
    and Jefferson 1974, A simplest systematics for the organization of turn-taking for conversation).
    """
    last = paragraph.sentences[-1]
    words = [word for word in last.words if word.upos != "PUNCT"]
    found = [name for name in addressed(paragraph) if name.head.sentence is last]
    if len(found) != 1:
        return None
    asks = last.words[-1].form.endswith("?")
    if len(words) <= CALLS:
        # A bare *Ana* may be an answer, a cry, or the beginning of a sentence that another ends.
        return found[0] if found[0].titles or asks else None
    to_you = asks and any(lexicon.pronoun(word) == "second" for word in words)
    return found[0] if to_you or any(_invites(word, lexicon) for word in words) else None


def _invites(verb: Word, lexicon: Lexicon) -> bool:
    """Whether it asks *you* to speak: *please proceed*, *why don't you go ahead*; not *your argument will go first*."""
    if verb.upos != "VERB" or verb.lemma.lower() not in lexicon.words["invitation_verbs"]:
        return False
    subject = verb.child("nsubj")
    if subject is None:
        return verb.has_feature("Mood=Imp")
    return lexicon.pronoun(subject) == "second"


def entitled(paragraph: Paragraph) -> NameMention | None:
    """The name that is a sentence of its own before others, as a call or a label: *Senator Ruiz. Thank you, …*."""
    if len(paragraph.sentences) == 1:
        return None
    first = paragraph.sentences[0]
    return next(
        (name for name in addressed(paragraph) if name.head.sentence is first and name.head.udeprel == "root"), None
    )


def introduced(paragraph: Paragraph, lexicon: Lexicon) -> NameMention | None:
    """Who says who is speaking: *I'm Ana Ruiz*, *my name is Ana Ruiz*, *it's Ana here*."""
    for name in paragraph.names:
        head = _predicate(name)
        subject = _subject_of(head)
        if subject is None or head.child("mark") is not None:
            continue
        kind = lexicon.pronoun(subject)
        owner = subject.child("nmod:poss")
        if kind == "first" or (subject.lower == "name" and owner is not None and lexicon.pronoun(owner) == "first"):
            return name
        presents = subject.lower in lexicon.words["presenting_words"] and paragraph.names[0] is name
        if presents and (_is_here(head) or paragraph.sentences[0] is head.sentence):
            return name
    return None


def speaks_to_court(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether the paragraph addresses a court: *Your Honor, …*, *…, Justice Falk.*, *may it please the Court*."""
    forms = lexicon.words["bench_forms"]
    for word in paragraph.words:
        if word.udeprel == "vocative" or (word.udeprel == "root" and len(word.sentence.words) <= CALLS):
            printed = [other.lower for other in word.descendants()]
            pairs = (" ".join(pair) for pair in pairwise(printed))
            if any(form in forms for form in (*printed, *pairs)):
                return True
    return False


def _predicate(name: NameMention) -> Word:
    """The head of the name, or of what the parser took it for a part of: *Ana Way* as a way."""
    head = name.head
    while head.udeprel in ("compound", "flat") and head.parent is not None:
        head = head.parent
    return head


def _subject_of(head: Word) -> Word | None:
    """The subject of a name that is a predicate, whether the tree has the name or its verb above."""
    if head.child("cop") is not None:
        return head.child("nsubj")
    verb = head.parent
    if head.udeprel in ("xcomp", "obj") and verb is not None and verb.lemma == "be":
        return verb.child("nsubj")
    return None


def _is_here(head: Word) -> bool:
    return any(child.lower == "here" for child in head.children_by("advmod"))


def _is_alone(name: NameMention, head: Word) -> bool:
    """Whether the name is a sentence of its own."""
    ids = {word.id for word in name.words}
    rest = [word for word in head.sentence.words if word.id not in ids and word.upos != "PUNCT"]
    return head.udeprel == "root" and len(rest) <= len(name.titles) + 1 and all(word.id < min(ids) for word in rest)


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
    if verb.lemma.lower() not in lexicon.words["inquiry_verbs"] or verb.upos != "VERB":
        return False
    wish = verb.parent if verb.udeprel == "xcomp" else None
    if (wish is None or wish.lemma.lower() not in lexicon.words["wish_verbs"]) and verb.lemma != "wonder":
        return False
    subject = (wish or verb).child("nsubj")
    asked = verb.child("ccomp")
    if subject is None or asked is None or lexicon.pronoun(subject) != "first":
        return False
    return any(lexicon.pronoun(word) == "second" for word in asked.descendants())
