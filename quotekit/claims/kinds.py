"""The types of a claim, by the names that Full Fact uses and a few more, each with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quotekit.claims.dates import numbers
from quotekit.claims.factuality import Report, inverted_auxiliary
from quotekit.claims.referents import first_person
from quotekit.claims.signs import Found, Sign, Words
from quotekit.claims.statements import Statement, subject_of
from quotekit.language import Language
from quotekit.tree import Word

FACTS = (
    "quantity",  # a number or a share
    "comparison",  # more, less, the same
    "record",  # the first, the highest, the only
    "correlation",  # one thing brings about another
    "rules",  # laws, rights, duties
    "voting",  # how somebody voted
    "support",  # who is for or against what
    "date",  # when
    "place",  # where
    "predictions",  # what will be
    "personal",  # what happened to the speaker
)
NO_FACTS = (
    "opinion",  # a judgement, or what ought to be
    "wish",
    "order",
    "promise",
    "question",  # asks for what it does not name
    "small_talk",
    "fragment",  # words without a predicate
)
OTHER = "other"
TYPES = (*FACTS, *NO_FACTS, OTHER)
# With one of these a judgement says something that can be looked up as well: *the worst year since 1990*.
CHECKABLE_OPINIONS = frozenset({"quantity", "comparison", "record", "correlation", "rules", "voting"})

_DIGIT = re.compile(r"\d")
# A year, some years (*1980s*, *1980's*, *80's*), a time of day.
_DATE = re.compile(r"(?:1[5-9]|20)\d\d(?:'?s|-\d\d)?|\d0's|\d{1,2}:\d\d")
# Words of a report without what it reports: *people say*, of which the rest stands by itself.
EMPTY = 3
DEGREES = frozenset({"JJR", "RBR", "JJS", "RBS"})
NUMBER_LINKS = frozenset({"nummod", "compound", "advmod", "nmod", "flat", "amod"})


def kinds(
    statement: Statement, report: Report, stances: Sequence[Sign], found: Found, language: Language, *, own: bool
) -> tuple[Sign, ...]:
    """The types that hold, in the order of ``TYPES``, each once; ``other`` where none does.

    ``own`` says that its subject is who reports: *Brandt said she hopes to win*.
    """
    signs: dict[str, Sign] = {}
    predicted = next((sign for sign in stances if sign.what == "predicted"), None)
    for sign in (*_facts(statement, found, language), *_acts(statement, report, predicted, found, language, own=own)):
        signs.setdefault(sign.what, sign)
    if predicted is not None and "promise" not in signs:
        signs.setdefault("predictions", Sign("predictions", predicted.words))
    return tuple(sorted(signs.values(), key=lambda sign: TYPES.index(sign.what))) or (Sign(OTHER, ()),)


def is_checkable(types: Sequence[str]) -> bool:
    """Whether a claim of these types is worth keeping by default: no mere view, wish, order, promise or small talk."""
    barred = set(types) & set(NO_FACTS)
    return not barred or (barred == {"opinion"} and bool(CHECKABLE_OPINIONS & set(types)))


def _facts(statement: Statement, found: Found, language: Language) -> Iterator[Sign]:
    yield from _numbers(statement.words, found, language)
    yield from _places(statement.words)
    yield from _comparisons(statement.words, found, language)
    for name, what in (("cause_words", "correlation"), ("rule_words", "rules"), ("voting_words", "voting")):
        for words in found.get(name, ())[:1]:
            yield Sign(what, words)
    for words in found.get("support_words", ()):
        if words[0].upos in ("VERB", "NOUN") or len(words) > 1:
            yield Sign("support", words)
    yield from _experience(statement, language)


def _numbers(words: Sequence[Word], found: Found, language: Language) -> Iterator[Sign]:
    months, weekdays = numbers(language, "months"), numbers(language, "weekdays")
    held = {word.id for word in words}
    for word in words:
        named = word.lower in weekdays or (_month(word, months) and word.upos == "PROPN")
        if named or (word.form[:1].isdigit() and _DATE.fullmatch(word.lower)):
            yield Sign("date", (word,))
        elif word.upos == "NUM" and word.xpos != "NNP" and not _is_one(word):
            near = [other for other in (word.parent, *word.children) if other is not None]
            timed = any(_month(other, months) or other.lower in language.words["clock_words"] for other in near)
            yield Sign("date" if timed else "quantity", _measured(word, held))
        elif word.upos in ("NOUN", "ADJ", "SYM") and _DIGIT.search(word.form):
            yield Sign("quantity", (word,))
    for places in found.get("quantity_words", ()):
        if not places[0].has_feature("NumType=Ord"):  # *third, it leaks*; not *a third of it leaks*
            yield Sign("quantity", places)


def _month(word: Word, months: Mapping[str, int]) -> bool:
    return word.lower in months or (word.upos == "PROPN" and word.lemma.lower() in months)  # *Sept.* is September


def _is_one(word: Word) -> bool:
    """Whether the number counts nothing: *one of them*, *no one*."""
    return not _DIGIT.search(word.form) and word.lemma.lower() == "one"


def _measured(number: Word, held: set[int]) -> Words:
    """The number with what it counts: *two million crowns*."""
    parent = number.parent
    whole = number
    while parent is not None and whole.udeprel in NUMBER_LINKS and parent.upos in ("NUM", "NOUN", "SYM"):
        whole, parent = parent, parent.parent
        if whole.upos == "NOUN" and whole.child("nummod") is not None:
            break
    words = number.sentence.words
    first = last = number
    if number.id > 1 and words[number.id - 2].upos == "SYM":
        first = words[number.id - 2]
    while last.id < len(words) and words[last.id].upos == "NUM":
        last = words[last.id]
    if last.id < whole.id <= last.id + 2:
        last = whole
    found = words[first.id - 1 : last.id]
    return found if {word.id for word in found} <= held else (number,)


def _places(words: Sequence[Word]) -> Iterator[Sign]:
    """The names of places that an adjunct tells: *in Port Ellan*."""
    for word in words:
        if word.ner.endswith("-PLACE") and word.udeprel in ("obl", "nmod") and word.child("case") is not None:
            yield Sign("place", (word,))


def _comparisons(words: Sequence[Word], found: Found, language: Language) -> Iterator[Sign]:
    compared = found.get("comparing_words", ())
    for places in compared:
        yield Sign("comparison", places)
    for places in found.get("changing_verbs", ()):
        # *Grew up* is no growth, *drop the gun* no fall.
        if places[0].upos in ("VERB", "NOUN") and places[0].child("compound:prt", "obj") is None:
            yield Sign("comparison", places)
    # English tags tell the degree of *more* and *most* even where a model leaves the feature out.
    for word in (word for word in words if word.xpos in DEGREES or "Degree=" in word.feats):
        if word.xpos in ("JJR", "RBR") or word.has_feature("Degree=Cmp"):
            if word.lower not in language.words["not_comparatives"]:
                yield Sign("comparison", (word,))
        elif (word.xpos in ("JJS", "RBS") or word.has_feature("Degree=Sup")) and (
            word.lower not in language.words["not_superlatives"]
        ):
            yield Sign("record", (word,))
    for places in found.get("record_words", ()):
        if places[0].upos == "NOUN" and not _is_set(places[0], language):
            continue
        if places[0].upos != "ADV" or len(places) > 1 or places[0].lower == "ever":
            yield Sign("record", places)


def _is_set(record: Word, language: Language) -> bool:
    """Whether a record is one that ranks, *broke the record*, *a record high*, and no file: *a criminal record*."""
    verb = record.parent
    if record.udeprel in ("compound", "amod") or verb is None:
        return True
    return record.udeprel in ("obj", "nsubj") and verb.lemma.lower() in language.words["record_verbs"]


def _experience(statement: Statement, language: Language) -> Iterator[Sign]:
    """*I worked there for nine years*: what the speaker did or met with, in the past."""
    head, subject = statement.head, subject_of(statement.head)
    words = language.words
    if subject is None or subject.lower not in first_person(language):
        return
    auxiliaries = list(head.children_by("aux"))
    past = head.xpos == "VBD" or any(aux.lemma.lower() == "have" for aux in auxiliaries)
    if (
        past
        and not any(aux.xpos == "MD" for aux in auxiliaries)
        and head.upos == "VERB"
        and head.lemma.lower() not in words["cognition_verbs"]
    ):
        yield Sign("personal", (subject, head))


def _acts(
    statement: Statement, report: Report, predicted: Sign | None, found: Found, language: Language, *, own: bool
) -> Iterator[Sign]:
    """What the speaker does with the words other than to state a fact."""
    head, subject, words = statement.head, subject_of(statement.head), language.words
    first = subject is not None and subject.lower in first_person(language)
    if statement.form == "phrase":
        yield Sign("small_talk" if _thanks(statement, found) else "fragment", ())
    elif _thanks(statement, found):
        yield Sign("small_talk", found["thanking_words"][0])
    if statement.form == "question" and _asks_for_what(statement, language):
        yield Sign("question", (statement.words[0],))
    if statement.form == "order" or report.act == "orders":
        yield Sign("order", (head,) if statement.form == "order" else report.cue)
    performed = first and head.xpos == "VBP" and head.child("aux") is None and head.child("xcomp", "ccomp") is not None
    if performed and head.lemma.lower() in words["orders"]:
        yield Sign("order", (head,))  # *I urge you to leave* orders; *I urged them to* tells of it
    if performed and head.lemma.lower() in words["promises"]:
        yield Sign("promise", (head,))
    if report.act == "promises":
        yield Sign("promise", report.cue)
    elif predicted is not None and first and predicted.words and statement.form == "clause":
        yield Sign("promise", predicted.words)
    if report.act in ("plans", "decides") and statement.form == "infinitive":
        yield Sign("wish", report.cue)
    elif report.act == "plans" or ((first or own) and head.lemma.lower() in words["wishing_verbs"]):
        yield Sign("wish", report.cue if report.act == "plans" else (head,))
    if (first or own) and head.lemma.lower() in words["feels"] and head.upos != "VERB":
        yield Sign("opinion", (head,))
    if statement.form == "clause" and _is_empty(statement, subject, language):
        yield Sign("fragment", (head,))
    if report.verbatim and statement.form in ("gerund", "infinitive") and _is_cut_off(statement, report):
        yield Sign("fragment", (head,))
    below = head.child("ccomp") if head.lemma.lower() in words["opinion_verbs"] else None
    for predicate in (head,) if below is None else (head, below):
        yield from _views(predicate, report, found, own=first)


def _is_empty(statement: Statement, subject: Word | None, language: Language) -> bool:
    """Whether the clause leads up to a statement and makes none, *people say*, *you know*, or is one word."""
    head, words = statement.head, language.words
    if len(statement.words) > EMPTY:
        return False
    if subject is None and not statement.subject:
        return len(statement.words) == 1
    if head.child("obj", "ccomp", "xcomp", "obl") is not None:
        return False
    personal = words["pronouns_first_singular"] | words["pronouns_first_plural"] | words["pronouns_second"]
    thinking = head.lemma.lower() in words["cognition_verbs"] and head.upos == "VERB"
    return head.lemma.lower() in words["says"] or (thinking and subject is not None and subject.lower in personal)


def _is_cut_off(statement: Statement, report: Report) -> bool:
    """Whether words that are a quotation of their own lack subject and verb: *Not going to say*, said Lee."""
    return report.head is None or statement.words[0].precedes(report.head)


def _thanks(statement: Statement, found: Found) -> bool:
    """Whether the statement is a formula, *thank you all*, or too short to be anything else."""
    thanks = found.get("thanking_words", ())
    return bool(thanks) and (thanks[0][0] is statement.head or len(statement.words) <= 3)


def _asks_for_what(statement: Statement, language: Language) -> bool:
    """Whether it asks for what it does not name, *what does it cost*, and not whether or why something is so."""
    wanted = statement.words
    if statement.head.lemma.lower() in language.words["knowing_verbs"] and (clause := statement.head.child("ccomp")):
        wanted = tuple(word for word in clause.descendants() if word in wanted)  # *do you know what it costs*
    opener = next((word for word in wanted if word.upos not in ("ADP", "CCONJ", "INTJ", "PUNCT")), None)
    return opener is not None and opener.lower in language.words["question_words"]


def _views(head: Word, report: Report, found: Found, *, own: bool) -> Iterator[Sign]:
    """The words that judge, where the predicate rests on them: *is a disgrace*; not *the good doctor left*.

    ``own`` says that the subject is *I* or *we*.
    """
    for words in found.get("needing_verbs", ()):
        # *We need a bridge*, *she needs to go*; not *the boat needs an engine*, nor *we needed it*.
        if words[0] is head and head.xpos in ("VBP", "VBZ") and (own or head.child("xcomp") is not None):
            yield Sign("opinion", words)
    for words in found.get("duty_auxiliaries", ()):
        if words[0].parent is head and words[0].udeprel == "aux" and words[0] is not inverted_auxiliary(head):
            yield Sign("opinion", words)
    judging = found.get("praise_and_blame", ())
    for words in judging:
        word = words[0]
        predicative = word is head and (head.upos != "VERB" or head.child("ccomp", "xcomp", "obj") is not None)
        attributive = word.parent is head and word.udeprel == "amod" and head.child("cop") is not None
        secondary = word.parent is head and word.udeprel == "xcomp"
        if predicative or attributive or secondary or report.act in ("praises", "accuses"):
            yield Sign("opinion", words)
