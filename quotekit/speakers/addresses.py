"""Whom the words of a talk address, call upon or present: *Bruno, open it*, *Mr. Falk, proceed*, *I'm Ana Ruiz*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.paragraphs import Paragraph
from quotekit.tree import Sentence, Word

CALLS = 6  # words of a sentence that calls someone: Mr. Sova, please proceed.


def addressed(paragraph: Paragraph) -> Iterator[NameMention]:
    """The names by which someone is spoken to: *Bruno, open it*; they are not the speaker's."""
    for name in paragraph.names:
        head = name.head
        while head.udeprel == "flat" and head.parent is not None:
            head = head.parent
        exclaimed = head.child("nmod:poss") is not None  # my God
        if not exclaimed and (head.udeprel == "vocative" or _is_alone(name, head)):
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
    to_you = last.words[-1].form.endswith("?") and any(lexicon.pronoun(word) == "second" for word in words)
    if len(words) <= CALLS:
        # A bare *Ana* may be an answer, a cry, an echo, or the beginning of a sentence that another ends.
        return found[0] if found[0].titles or to_you else None
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


def introduced(paragraph: Paragraph, lexicon: Lexicon, *, opening: bool = False) -> NameMention | None:
    """Who says who is speaking: *I'm Ana Ruiz*, *my name is Ana Ruiz*, *it's Ana here*, *Hello, Lena? It's Ana.*

    *This is Ana* says so at the opening of the talk or after a greeting; elsewhere it presents somebody else.
    """
    for name in paragraph.names:
        if _calls_in(name):
            return name
        head = _predicate(name)
        subject = _subject_of(head)
        if subject is None or head.child("mark") is not None:
            continue
        kind = lexicon.pronoun(subject)
        owner = subject.child("nmod:poss")
        if kind == "first" or (subject.lower == "name" and owner is not None and lexicon.pronoun(owner) == "first"):
            return name
        if subject.lower in lexicon.words["presenting_words"] and (
            _is_here(head)
            or (opening and paragraph.names[0] is name and paragraph.sentences[0] is head.sentence)
            or _greets_before(paragraph, name, lexicon)
        ):
            return name
    return None


def capacity(paragraph: Paragraph, lexicon: Lexicon) -> Word | None:
    """The noun by which a nameless speaker says what he is: *I am glad to be here as the guest of honour*.

    Only with *the* or *your*, which single out one person: *as a mother* and *as President* tell too little.
    """
    for word in paragraph.words:
        if word.udeprel not in ("obl", "advcl", "nmod") or lexicon.kind(word) != "person":
            continue
        cases = {child.lower for child in word.children if child.udeprel in ("case", "mark")}
        articles = {child.lower for child in word.children if child.deprel in ("det", "nmod:poss")}
        if cases == {"as"} and articles & {"the", "your"} and _is_of_first(word, lexicon):
            return word
    return None


def _is_of_first(word: Word, lexicon: Lexicon) -> bool:
    """Whether the nearest subject, or the one to whom something is given or done, above the word is *I*."""
    above = word.parent
    while above is not None:
        persons = [child for child in above.children if child.udeprel in ("nsubj", "obj", "iobj")]
        kinds = [lexicon.pronoun(child) for child in persons]
        if (kinds and above.udeprel != "ccomp") or "first" in kinds:
            return "first" in kinds
        above = above.parent
    return False


def speaks_to_court(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether the paragraph addresses a court: *Your Honor, …*, *…, Justice Falk.*, *may it please the Court*."""
    forms = lexicon.words["bench_forms"]
    court = [form for form in lexicon.words["salutations"] if not lexicon.words["court_words"].isdisjoint(form.split())]
    if any(_opens_with(sentence, court) for sentence in paragraph.sentences):
        return True
    for word in paragraph.words:
        if word.udeprel == "vocative" or (word.udeprel == "root" and len(word.sentence.words) <= CALLS):
            printed = [other.lower for other in word.descendants()]
            pairs = (" ".join(pair) for pair in pairwise(printed))
            if any(form in forms for form in (*printed, *pairs)):
                return True
    return False


def is_titled_party(name: NameMention, lexicon: Lexicon) -> bool:
    """Whether the name is addressed as one who pleads, *Mr. Falk*, and not as one of the bench, *Justice Falk*."""
    return bool(name.titles) and lexicon.words["bench_forms"].isdisjoint(name.titles)


def _predicate(name: NameMention) -> Word:
    """The head of the name, or of what the parser took it for a part of: *Ana Way* as a way, *your neighbour Ana*."""
    head = name.head
    while head.udeprel in ("compound", "flat") and head.parent is not None:
        head = head.parent
    above = head.parent
    if above is not None and name.words[0].id == above.id + 1 and above.child("cop") is not None:
        return above
    return head


def _subject_of(head: Word) -> Word | None:
    """The subject of a name that is a predicate, whether the tree has the name or its verb above."""
    if head.child("cop") is not None:
        return head.child("nsubj")
    if (owner := head.child("nmod:poss")) is not None and owner.lower == "name":
        return owner  # *my name's Ana*, read as the name's Ana
    verb = head.parent
    if head.udeprel in ("xcomp", "obj") and verb is not None and verb.lemma == "be":
        return verb.child("nsubj")
    return None


def _greets_before(paragraph: Paragraph, name: NameMention, lexicon: Lexicon) -> bool:
    """Whether someone is greeted or called before the name, in its sentence or the one before."""
    if any(other.start < name.start for other in addressed(paragraph)):
        return True
    near = name.head.sentence.index - 1
    openings = (sentence for sentence in paragraph.sentences if near <= sentence.index <= near + 1)
    return any(greets(sentence, lexicon) for sentence in openings)


def greets(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence begins as a speaker greets listeners: *Good morning*, *Madam Speaker*."""
    return _opens_with(sentence, lexicon.words["salutations"])


def _opens_with(sentence: Sentence, forms: Iterable[str]) -> bool:
    printed = " ".join(" ".join(word.form.lower() for word in sentence.words).split()) + " "
    return any(printed.startswith(form) and not printed[len(form)].isalnum() for form in forms)


def faces_listeners(word: Word, lexicon: Lexicon) -> bool:
    """Whether the word is said to people in the same room: *Mr. President*, *in this hall*."""
    if word.udeprel == "vocative":
        return " ".join(other.lower for other in word.descendants()) in lexicon.words["salutations"]
    here = word.lower in lexicon.words["venue_nouns"]
    return here and any(child.lower == "this" for child in word.children_by("det"))


def is_spoken_to(subject: Word, lexicon: Lexicon) -> bool:
    """Whether the subject, an office, is whom the words before it address: *My Lord the Chief Justice may recall …*."""
    verb, first = subject.parent, subject.descendants()[0]
    if verb is None or lexicon.kind(subject) is None or first.lower != "the":
        return False
    return any(one.id == first.id - 1 for one in verb.children_by("vocative"))


def _is_here(head: Word) -> bool:
    return any(child.lower == "here" for child in head.children_by("advmod"))


def _calls_in(name: NameMention) -> bool:
    """Whether the name and *here* make a sentence without a verb, or its first half: *Hi all, Ana here!*, *Ana here and
    welcome*; not *Is Ana here?* and *Ana here says no*."""
    words = [word for word in name.head.sentence.words if word.form != ","]
    after = [word for word in words if word.id > name.words[-1].id]
    if len(after) < 2 or after[0].lower != "here" or words[-1].form == "?":
        return False
    before = [word for word in words if word.id < name.words[0].id]
    return after[1].upos in ("PUNCT", "CCONJ") and not any(word.upos in ("VERB", "AUX") for word in before)


def _is_alone(name: NameMention, head: Word) -> bool:
    """Whether the name is a sentence of its own."""
    ids = {word.id for word in name.words}
    rest = [word for word in head.sentence.words if word.id not in ids and word.upos != "PUNCT"]
    return head.udeprel == "root" and len(rest) <= len(name.titles) + 1 and all(word.id < min(ids) for word in rest)
