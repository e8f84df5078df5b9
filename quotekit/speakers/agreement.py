"""How well a figure fits a pronoun by number, kind and gender, whatever else speaks for it."""

from __future__ import annotations

from quotekit.speakers.figures import BODIES, Figure
from quotekit.speakers.names import as_acronym

GENDER_BONUS = 1.6
UNLIKELY = 0.05  # for a given name mostly borne by the other gender: enough to refuse, too little to be chosen
UNKNOWN_KIND = 0.15  # of a figure that no list calls a person: it may be one, but a known person comes first
BODY_AS_THEY = 0.2  # *The council said … They …*: near and alone a body is meant, far off it is not


def agrees(figure: Figure, kind: str) -> float:
    """How well a figure fits a pronoun of this kind; 0 where it cannot."""
    thing = figure.type == "document" or (figure.type == "unknown" and figure.described)
    if thing and kind != "neuter":
        return 0.0
    if kind in ("male", "female"):
        if not may_be_one(figure) or figure.conflicts(kind):
            return 0.0
        gender = figure.apparent_gender
        known = 1.0 if gender is None else GENDER_BONUS if gender == kind else UNLIKELY
        return known if figure.type != "unknown" else UNKNOWN_KIND * known
    if kind == "neuter":
        return 1.0 if figure.type in BODIES and not figure.plural else 0.0
    if kind == "plural":
        if figure.type == "group" or figure.plural:
            return 1.0
        return BODY_AS_THEY if figure.type == "organization" else 0.0
    return 0.0


def may_be_one(figure: Figure) -> bool:
    """Whether a figure may be one person, whom *he* or *she* may mean."""
    if figure.type == "unknown":
        # *the hall at NPH. He …*: initials of which nothing says that they are a person's
        return not figure.plural and not figure.described and as_acronym(figure.name) is None
    return not figure.plural and figure.type in ("person", "anonymous")
