"""The act of reporting itself: whether it took place, or will, may, would, is asked about or ordered."""

from __future__ import annotations

from quotekit.constructions.match import Context, Match
from quotekit.tree import Word


def polarity(match: Match, context: Context) -> str:
    """``negative`` where the report is denied (*did not say*, *nobody claimed*), else ``positive``."""
    negations = context.language.words["negations"]
    around = (*match.head.children, *match.cue)
    if any(word.lower in negations and word.udeprel in ("advmod", "det", "cc", "mark") for word in around):
        return "negative"
    opening = match.source[0].lower if match.source else ""
    return "negative" if opening in context.language.words["negative_subjects"] else "positive"


def modality(match: Match, context: Context) -> str:
    """``actual``, or instead ``future``, ``conditional``, ``possible``, ``question`` or ``command``."""
    head, words = match.head, context.language.words
    governor = _governor(head)
    around = (*head.children, *governor.children)
    if any(child.udeprel == "mark" and child.lower in words["conditional_marks"] for child in around):
        return "conditional"
    if _is_question(governor):
        return "question"
    auxiliaries = {child.lower for child in around if child.udeprel == "aux"}
    if auxiliaries & words["future_auxiliaries"]:
        return "future"
    if auxiliaries & words["possible_auxiliaries"]:
        return "possible"
    if not match.source and head.upos == "VERB" and head.has_feature("Mood=Imp"):
        return "command"
    return "actual"


def _governor(head: Word) -> Word:
    """The verb whose auxiliaries count for the head too: of *will hear and say* the first, of *heard her say* none."""
    if head.udeprel in ("conj", "xcomp") and head.parent is not None and head.child("aux") is None:
        return head.parent
    return head


def _is_question(head: Word) -> bool:
    """*Did Ruiz say it leaks?*: a question mark ends the sentence, and an auxiliary stands before the subject."""
    subject = head.child("nsubj")
    auxiliary = head.child("aux")
    if subject is None or auxiliary is None or not auxiliary.precedes(subject):
        return False
    return any(word.form == "?" for word in head.sentence.words[-2:])
