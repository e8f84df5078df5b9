"""How a holder stands to a statement: asserts, denies, asks, predicts, hedges or concedes it, or passes it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotekit.claims.referents import first_person
from quotekit.claims.signs import Found, Sign
from quotekit.claims.statements import Statement, subject_of
from quotekit.language import Language
from quotekit.tree import Word

# In the order in which one decides over another: *said it might not rain tomorrow if …* is conditional before all else.
STANCES = (
    "unsaid",  # the text says that the holder did not say it, or only may, would or will
    "denied",  # the holder says that it is not so
    "questioned",  # the holder asks or doubts whether it is so
    "conditional",  # it is so if something else is
    "conceded",  # the holder admits it
    "predicted",  # it will be so
    "hedged",  # the holder is not sure, or only believes it
    "quoted",  # the holder passes on what another said
    "asserted",
)
# What is told besides: the clause is negative, the cue takes the statement for true, or keeps its distance.
NEGATED, FACTIVE, DISTANCING = "negated", "factive", "distancing"
FACTORS = (*STANCES, NEGATED, FACTIVE, DISTANCING)

BELIEVING = frozenset({"believes", "feels", "perceives"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a quote tells of its content: the act, whether it took place, its cue, and whether it is another's words.

    ``first_person`` says that the source is *I*, ``past`` that the cue stands in the past, ``verbatim`` that the words
    are the holder's own, ``second_hand`` that the quote stands in another holder's.
    """

    act: str
    polarity: str
    modality: str
    cue_class: str
    head: Word | None
    cue: tuple[Word, ...]
    first_person: bool
    past: bool
    verbatim: bool
    second_hand: bool


def factors(statement: Statement, report: Report, found: Found, language: Language) -> tuple[Sign, ...]:
    """All that holds of how the holder stands to the statement, the stance first, each with the words that show it."""
    signs: dict[str, Sign] = {}
    for sign in (*_of_report(statement, report, language), *_of_clause(statement, report, found, language)):
        signs.setdefault(sign.what, sign)
    if "denied" in signs and "unsaid" in signs:
        del signs["denied"]  # *did not deny*: neither said nor denied
    if not any(stance in signs for stance in STANCES):
        signs["asserted"] = Sign("asserted", ())
    return tuple(sorted(signs.values(), key=lambda sign: FACTORS.index(sign.what)))


def _of_report(statement: Statement, report: Report, language: Language) -> Iterator[Sign]:
    cue = report.cue
    doubts = report.head is not None and report.head.lemma.lower() in language.words["doubting_words"]
    raised = report.head is not None and report.head.lemma.lower() in language.words["raising_verbs"]
    raised = raised and report.modality == "actual"
    if report.polarity == "negative":
        if report.act in ("knows", "believes") and statement.form in ("question", "infinitive"):
            yield Sign("questioned", cue)
        elif raised:
            yield Sign("denied", cue)
        elif report.act == "knows" and report.first_person:
            yield Sign(FACTIVE, cue)
        elif doubts or (report.act == "believes" and report.first_person and report.modality == "possible"):
            yield Sign(FACTIVE, cue)  # *nobody doubts that it leaks*, *I cannot believe that it leaks*
        else:
            yield Sign("unsaid", cue)
    elif report.modality != "actual" and not (report.first_person and report.modality == "possible"):
        yield Sign("unsaid", cue)
    elif report.first_person and report.modality == "possible":
        yield Sign("hedged", cue)
    if doubts and report.polarity == "positive":
        yield Sign("questioned", cue)
    elif doubts:
        pass
    elif _denies(report, language):
        yield Sign("denied", cue)
    elif report.act == "asks" and not statement.presumed:
        yield Sign("questioned", cue)
    elif report.act == "admits":
        yield Sign("conceded", cue)
    elif report.act == "predicts":
        yield Sign("predicted", cue)
    elif report.act in BELIEVING and report.polarity == "positive":
        yield Sign("hedged", cue)
    if report.second_hand:
        yield Sign("quoted", cue)
    if report.cue_class == "distancing" or (
        report.head is not None and report.head.lemma.lower() in language.words["distancing_cues"]
    ):
        yield Sign(DISTANCING, cue)
    elif report.cue_class == "factive" and report.act != "asks":
        yield Sign(FACTIVE, cue)


def _denies(report: Report, language: Language) -> bool:
    """Whether the cue says that it is not so, also by a verb before its noun: *refuted the claim that*."""
    if report.act == "denies" or (report.cue_class == "negative" and report.act not in ("asks", "accuses")):
        return True
    return any(word.lemma.lower() in language.words["denies"] for word in report.cue if word is not report.head)


def _of_clause(statement: Statement, report: Report, found: Found, language: Language) -> Iterator[Sign]:
    head = statement.head
    scope = _scope(head)
    opener = statement.words[0]
    if statement.form == "question":
        yield Sign("questioned", (opener,))
    if statement.presumed:
        yield Sign(FACTIVE, ())
    condition = _condition(head, found, language)
    if condition:
        yield Sign("conditional", condition)
    backshifted = () if _habit(head, language) else _auxiliary(scope, found, "backshifted_auxiliaries")
    if backshifted and report.verbatim and not statement.presumed and not condition:
        yield Sign("conditional", backshifted)
    future = _auxiliary(scope, found, "future_auxiliaries") or _going_to(head)
    if not future and not report.verbatim and report.past:
        future = backshifted
    if future:
        yield Sign("predicted", future)
    doubt = _doubt(head, language)
    if doubt is not None or _surprises(head, language):
        yield doubt or Sign(FACTIVE, (head,))
        return
    negation = _negation(statement, found)
    hedge = _auxiliary(scope, found, "hedging_auxiliaries") or _hedge(statement, found, language)
    if hedge and not (negation and hedge[0].lower == "could"):  # *could not answer* was not able to
        yield Sign("hedged", hedge)
    if negation:
        # *I don't think it leaks* denies; *he does not think* is somebody's view of another.
        yield Sign("denied" if _raises(head, language) else NEGATED, negation)


def inverted_auxiliary(head: Word) -> Word | None:
    """The auxiliary that stands before the subject: *should* she lose, *had* he known."""
    subject = subject_of(head)
    auxiliary = head.child("aux", "cop")
    return auxiliary if subject is not None and auxiliary is not None and auxiliary.precedes(subject) else None


def _habit(head: Word, language: Language) -> bool:
    """Whether *would* tells what used to be, *would often touch it*, and neither what will be nor what might."""
    return any(child.lower in language.words["habit_words"] for child in head.children_by("advmod"))


def _doubt(head: Word, language: Language) -> Sign | None:
    """What *there is no doubt that* and *I doubt that* say of their clause: that it is so, or that it is questioned."""
    for word in (head, *head.children_by("nsubj", "obj")):
        if word.lemma.lower() not in language.words["doubting_words"] or word.child("ccomp", "acl") is None:
            continue
        around = [*word.children, *head.children]
        dismissed = any(other.lower in language.words["dismissing_words"] for other in around)
        return Sign(FACTIVE if dismissed else "questioned", (word,))
    return None


def _surprises(head: Word, language: Language) -> bool:
    """Whether *I cannot believe that it leaks* wonders at what is so."""
    modal = any(auxiliary.xpos == "MD" for auxiliary in head.children_by("aux"))
    negated = any(child.lower in language.words["negating_words"] for child in head.children_by("advmod"))
    wondering = head.lemma.lower() in language.words["wondering_verbs"] and head.child("ccomp") is not None
    return wondering and modal and negated and _is_first(head, language)


def _raises(head: Word, language: Language) -> bool:
    """Whether *I don't think* denies the clause below."""
    modal = any(auxiliary.xpos == "MD" for auxiliary in head.children_by("aux"))
    raising = head.lemma.lower() in language.words["raising_verbs"] and not modal
    return raising and _is_first(head, language) and head.child("ccomp") is not None


def _scope(head: Word) -> frozenset[int]:
    """The places of the predicate, of what hangs on it and, of *is likely to fall*, on the verb below."""
    near = [head, *head.children]
    for child in head.children_by("xcomp"):
        near += child.children_by("aux", "advmod")
    return frozenset(word.start for word in near)


def _auxiliary(scope: frozenset[int], found: Found, name: str) -> tuple[Word, ...]:
    return next((words for words in found.get(name, ()) if words[0].start in scope and words[0].udeprel == "aux"), ())


def _going_to(head: Word) -> tuple[Word, ...]:
    """*is going to*: the verb *go* over another, in the present."""
    if head.lower != "going" or head.child("xcomp") is None or head.child("aux") is None:
        return ()
    return (head,)


def _condition(head: Word, found: Found, language: Language) -> tuple[Word, ...]:
    """The word that makes the statement depend on another clause: *if it rains*, *should it rain*, it fills."""
    for child in head.children_by("advcl"):
        inverted = inverted_auxiliary(child)
        if inverted is not None and inverted.lower in language.words["inverting_conditions"]:
            return (inverted,)
        places = {word.start for word in child.children}
        for words in found.get("open_conditions", ()):
            if words[0].start in places:
                return words
    return ()


def _hedge(statement: Statement, found: Found, language: Language) -> tuple[Word, ...]:
    """The adverb, verb or aside that makes the statement less sure: *perhaps*, *seems to*, *I think*."""
    head = statement.head
    near = {head.start, *(child.start for child in head.children)}
    for words in found.get("hedging_words", ()):
        if words[0].start in near or words[0].parent is head:
            return words
    if head.lemma.lower() in language.words["hedging_verbs"] and head.child("xcomp", "ccomp") is not None:
        return (head,)
    for words in found.get("opinion_verbs", ()):
        verb = words[0]
        own = verb is head and verb.child("ccomp") is not None
        if (own or verb.udeprel == "parataxis") and _is_first(verb, language):
            return words
    return ()


def _is_first(verb: Word, language: Language) -> bool:
    subject = subject_of(verb)
    return subject is not None and subject.lower in first_person(language)


def _negation(statement: Statement, found: Found) -> tuple[Word, ...]:
    """The word that denies the clause: on its predicate, or *no* on its subject."""
    head, subjects = statement.head, list(statement.head.children_by("nsubj", "csubj"))
    for words in found.get("negating_words", ()):
        word = words[0]
        if word.parent is head and word.udeprel in ("advmod", "cc", "obj", "nsubj"):
            return words
        if word in subjects or (word.parent in subjects and word.udeprel == "det"):
            return words
        if (
            word.parent is not None
            and word.parent.parent is head
            and word.udeprel == "det"
            and word.parent.udeprel == "obj"
        ):
            return words
    return ()
