"""Finds what the text says a named person or body is: before the name, in apposition, after *is*, in a *who* clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotekit.speakers.coordination import only_describes
from quotekit.speakers.figures import Role
from quotekit.speakers.lexicon import Lexicon, is_capital, is_possessive, without_possessive
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.phrases import Phrase, body_before, read_phrase
from quotekit.tree import Word

BODY_KINDS = ("organization", "document", "group")


def find_roles(text: str, mention: NameMention, lexicon: Lexicon) -> Iterator[tuple[Role, list[Word]]]:
    """The roles told beside one mention of a name, in text order, each with the words that only stand for that name."""
    if mention.headline:
        return
    before = _before(text, mention, lexicon)
    if before is not None:
        yield before
    for noun in _beside(mention, lexicon):
        yield role_of(read_phrase(text, noun, lexicon)), [noun]
    clause = _in_clause(text, mention, lexicon)
    if clause is not None:
        yield clause


def role_of(phrase: Phrase) -> Role:
    """The role that a phrase such as *the dam’s director* gives."""
    return Role(phrase.role, phrase.noun, phrase.modifiers, phrase.affiliation, phrase.head.start)


def _before(text: str, mention: NameMention, lexicon: Lexicon) -> tuple[Role, list[Word]] | None:
    """The words before the name in its own phrase: *former Florida Gov.* Jeb Ortega."""
    words = mention.head.sentence.words
    first = mention.words[0].id - 1
    place = first
    phrase = {word.id: word for word in mention.words}
    while place > 0 and _may_precede(words, place - 1, phrase):
        place -= 1
        phrase[words[place].id] = words[place]
    before = list(words[place:first])
    while before and (before[0].upos in ("PUNCT", "ADP", "DET") or _courtesy(before[0], lexicon)):
        before.pop(0)
    nouns = [word for word in before if _can_precede(word, mention, lexicon) and not _courtesy(word, lexicon)]
    if not nouns:
        return None
    noun = nouns[-1]
    body = body_before(text, [word for word in before if not _names_role(word, lexicon)])
    modifiers = frozenset(word.lower for word in before if word is not noun and word.form[0].isalnum())
    lemma = lexicon.short_forms.get(noun.lower, noun.lemma.lower())
    return Role(_written(text, before, nouns, lexicon), lemma, modifiers, body, before[0].start), before


def _written(text: str, before: Sequence[Word], nouns: Sequence[Word], lexicon: Lexicon) -> str:
    """The words before a name without a title that another role precedes: *deputy-mayoral nominee* Dr. Ana Ruiz.

    Of *retired Lt. Gen.* both short forms are the title.
    """
    shorter = len(nouns) > 1 and before[-1].lower in lexicon.short_forms and nouns[-2].lower not in lexicon.short_forms
    return text[before[0].start : before[-2 if shorter else -1].end]


def _may_precede(words: tuple[Word, ...], place: int, phrase: Mapping[int, Word]) -> bool:
    word = words[place]
    if is_possessive(word) or word.lower in ("'s", "'") or word.udeprel == "nmod:poss":
        return False
    after = words[place + 1]
    if word.udeprel == "conj" and not (after.udeprel == "conj" and after.head == word.head):
        return False  # *and fire spokesman Tom Okafor*, whose two nouns a parser may join to the name before
    if word.upos in ("NOUN", "PROPN", "ADJ") or (word.upos == "X" and is_capital(word)) or _participle(word):
        return _same_phrase(word, phrase)
    if word.form in ("-", "–"):
        return words[place + 1].start == word.end
    return word.lower == "of" and place > 0 and is_capital(words[place - 1]) and is_capital(words[place + 1])


def _participle(word: Word) -> bool:
    """Whether the word is the *running* of *running mate*, without which the phrase would start in its middle."""
    return word.upos == "VERB" and word.udeprel in ("amod", "compound")


def _same_phrase(word: Word, phrase: Mapping[int, Word]) -> bool:
    """Whether the tree holds the word and the phrase after it together, whichever it made the head.

    Parsers often give a title and a name the same place (two subjects of one verb): that holds them together too.
    """
    if word.head in phrase:
        return word.udeprel not in ("acl", "appos", "parataxis", "nsubj", "obl", "ccomp", "nmod:poss")
    return any(
        (other.head == word.id and other.udeprel in ("flat", "compound", "appos", "nmod", "amod"))
        or (other.head == word.head and (other.udeprel == word.udeprel or word.udeprel in ("compound", "amod", "flat")))
        or (other.id == word.id + 1 and other.udeprel == word.udeprel == "nsubj")
        for other in phrase.values()
    )


def _names_role(word: Word, lexicon: Lexicon) -> bool:
    return lexicon.title(without_possessive(word.form)) is not None or lexicon.kind(word) == "person"


def _can_precede(word: Word, mention: NameMention, lexicon: Lexicon) -> bool:
    """Whether the word before a name says what it names: *minister* of a person, *shipping company* of a body."""
    if mention.label in ("PERSON", ""):
        return _names_role(word, lexicon)
    return word.upos == "NOUN" and lexicon.kind(word) == "organization"


def _courtesy(word: Word, lexicon: Lexicon) -> bool:
    return word.lower in lexicon.words["courtesy_titles"]


def _beside(mention: NameMention, lexicon: Lexicon) -> Iterator[Word]:
    """The nouns in apposition to the name, on either side, and the predicate of *Ortega is the director*."""
    ids = {word.id for word in mention.words}
    for word in (word for word in mention.words if word.children):
        for child in word.children_by("appos"):
            if child.id not in ids and _can_be_role(child, mention, lexicon):
                yield child
                # *a developer and spokeswoman for the group* is one person; *the mayor and a diver* are two.
                bare = (noun for noun in child.children_by("conj") if noun.child("det") is None)
                yield from (noun for noun in bare if _can_be_role(noun, mention, lexicon))
        for child in word.children_by("conj"):
            if only_describes(child, lexicon) and _can_be_role(child, mention, lexicon):
                yield child
    yield from _second_subject(mention, lexicon)
    yield from _between_commas(mention, lexicon)
    head = _outer_head(mention)
    noun = _apposed(head, mention, lexicon) or head.parent
    if noun is None or noun.id in ids or not _can_be_role(noun, mention, lexicon):
        return
    if any(word.form == ":" for word in mention.head.sentence.words[noun.id : noun.id + 1]):
        return  # *MODERATOR: Mayor Vale, …* speaks to Vale
    if head.udeprel == "appos" or _is_predicate(noun, mention.head) or _split_by_marks(noun, mention):
        yield noun


def _outer_head(mention: NameMention) -> Word:
    """The head of the name with its title, which parsers often make the head: *Colonel* of ``Colonel Omar Yusuf``."""
    head = mention.head
    while head.udeprel == "flat" and head.parent is not None and head.parent.id < mention.words[0].id:
        head = head.parent
    return head


def _apposed(head: Word, mention: NameMention, lexicon: Lexicon) -> Word | None:
    """The noun that the name stands in apposition to: *a spokeswoman for the port, Lena Abara*.

    Parsers like to hang the name on the nearer noun, *port*; the person beside it is meant.
    """
    noun = head.parent if head.udeprel == "appos" else None
    while noun is not None and not _can_be_role(noun, mention, lexicon):
        noun = noun.parent if noun.udeprel == "nmod" else None
    return noun


def _second_subject(mention: NameMention, lexicon: Lexicon) -> Iterator[Word]:
    """The noun at a comma beside the name that a parser made a second subject of the same verb, not an apposition."""
    words, head = mention.head.sentence.words, mention.head
    before, after = mention.words[0].id - 1, mention.words[-1].id
    for noun in head.parent.children_by("nsubj") if head.parent is not None and head.udeprel == "nsubj" else ():
        if noun.upos != "NOUN" or not _can_be_role(noun, mention, lexicon):
            continue
        follows = noun.id > after and words[after].form == ","
        precedes = noun.id < before and words[before - 1].form == ","
        between = words[noun.id : before - 1] if precedes else ()
        if follows or (precedes and all(noun in word.ancestors() for word in between)):
            yield noun


def _between_commas(mention: NameMention, lexicon: Lexicon) -> Iterator[Word]:
    """The noun between commas after a name that a parser made a subject, *Ana Ruiz, the chair of the panel, said*, or
    hung on the thing before the name: *a dispute with Ana Ruiz, now the chair*."""
    words, after = mention.head.sentence.words, mention.words[-1].id
    if mention.label != "PERSON" or after >= len(words) or words[after].form != ",":
        return
    if after + 1 < len(words) and words[after + 1].upos == "ADV":
        after += 1  # now
    if after + 1 >= len(words) or words[after + 1].upos != "DET":
        return
    noun = words[after + 1].parent
    if noun is None or noun.id <= after + 2 or mention.head in noun.ancestors():
        return
    thing = noun.parent if noun.udeprel == "appos" else None
    if thing is not None and thing in mention.head.ancestors() and lexicon.kind(thing) in (None, "document"):
        if _can_be_role(noun, mention, lexicon):
            yield noun
        return
    if noun.udeprel != "nsubj":
        return
    end = max(word.id for word in noun.descendants() if word.upos != "PUNCT")
    closed = end < len(words) and words[end].form == ","
    if closed and noun.parent is not None and noun.parent.id > end and _can_be_role(noun, mention, lexicon):
        yield noun


def _is_predicate(noun: Word, subject: Word) -> bool:
    """Whether the text says that the subject is this: *Ortega is the director*."""
    if subject.deprel != "nsubj" or noun.child("cop") is None or not noun.has_feature("Number=Sing"):
        return False
    if any(child.udeprel == "mark" or (child.udeprel == "aux" and child.upos == "AUX") for child in noun.children):
        return False  # *if Ortega were a woman*, *Ortega would be the director*
    return all("Polarity=Neg" not in child.feats for child in noun.children)


def _split_by_marks(noun: Word, mention: NameMention) -> bool:
    """Whether something such as a mark parts the noun from its name; without it, it was read as the words before."""
    joined = mention.head.udeprel in ("flat", "compound") and noun.id < mention.head.id
    return joined and mention.words[0].id - noun.id > 1


def _can_be_role(noun: Word, mention: NameMention, lexicon: Lexicon) -> bool:
    if noun.upos not in ("NOUN", "PROPN", "ADJ") or noun.ner.endswith("-PERSON"):
        return False
    kind = lexicon.kind(noun)
    if mention.label == "PERSON":
        return kind == "person"
    return mention.label != "" and kind in BODY_KINDS


def _in_clause(text: str, mention: NameMention, lexicon: Lexicon) -> tuple[Role, list[Word]] | None:
    """The role of *who runs the dam* and *who is the director*."""
    clauses = [verb for word in mention.words for verb in word.children if verb.deprel in ("acl:relcl", "acl")]
    for verb in clauses:
        if not any(child.lower == "who" and child.udeprel == "nsubj" for child in verb.children):
            continue
        if verb.child("cop") is not None and _can_be_role(verb, mention, lexicon):
            return role_of(read_phrase(text, verb, lexicon)), []
        if verb.lemma in lexicon.words["role_verbs"] and verb.has_feature("Tense=Pres"):
            thing = verb.child("obj")
            if thing is not None and thing.id > verb.id:
                phrase = read_phrase(text, thing, lexicon)
                body = phrase.text if any(is_capital(word) for word in phrase.words) else None
                end = phrase.words[-1].end
                who = next(child for child in verb.children if child.lower == "who")
                return Role(text[who.start : end], verb.lemma, frozenset(), body, verb.start), []
    return None
