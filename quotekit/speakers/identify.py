"""Says who each source of a text is: one speaker for all the ways the text calls them, or none where it is open."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from quotekit.constructions import Context
from quotekit.model import Candidate, Span, Speaker, SpeakerRef
from quotekit.speakers.confidence import LEAST_SURE, confidence, scores
from quotekit.speakers.figures import Figure, Reference, Role
from quotekit.speakers.names import without_article
from quotekit.speakers.references import References
from quotekit.speakers.source import Identification, Source


def identify(context: Context, sources: Sequence[Source], *, sha256: str, author: str | None = None) -> Identification:
    """The speakers of a text, and for each source who it is and how that was found.

    A source with no words has no reference. A source whose words the text leaves open has a reference without
    identity, with the candidates. Speakers are those who say something or, as candidates, may have said it, in order
    of their first mention.
    """
    references = References(context, sources, author=author)
    found = [references.of(index) for index in range(len(sources))]
    figures = {id(figure): figure for reference in found if reference is not None for figure in _all_of(reference)}
    ordered = sorted(figures.values(), key=lambda figure: (min(figure.spans), figure.key, bool(figure.members)))
    ids = _ids(ordered, sha256)
    identity, relational = context.language.identity, context.language.words["relational_roles"]
    return Identification(
        speakers=tuple(_speaker(context.tree.text, figure, ids, relational) for figure in ordered),
        refs=tuple(_ref(reference, ids, identity) for reference in found),
    )


def _all_of(reference: Reference) -> tuple[Figure, ...]:
    if reference.figure is None:
        return tuple(one for figure in _apart(reference.candidates) for one in (figure, *figure.members))
    return (reference.figure, *reference.figure.members)


def _apart(candidates: Sequence[Figure]) -> tuple[Figure, ...]:
    """The candidates that a reader can tell apart: *the woman* and *a woman* in one list would say nothing."""
    return tuple({without_article(figure.name): figure for figure in reversed(candidates)}.values())[::-1]


def _ref(reference: Reference | None, ids: Mapping[Figure, str], identity: Mapping[str, Any]) -> SpeakerRef | None:
    if reference is None:
        return None
    if reference.figure is None:
        likely = dict(zip(reference.candidates, scores(reference), strict=True))
        candidates = (Candidate(ids[figure], figure.name, likely[figure]) for figure in _apart(reference.candidates))
        return SpeakerRef(None, None, reference.method, tuple(candidates))
    figure = reference.figure
    sure = confidence(reference, figure, identity)
    if sure < LEAST_SURE:
        return SpeakerRef(None, None, reference.method, (Candidate(ids[figure], figure.name, sure),))
    return SpeakerRef(ids[figure], figure.name, reference.method, (), sure, reference.medium)


def _speaker(text: str, figure: Figure, ids: Mapping[Figure, str], relational: Collection[str]) -> Speaker:
    roles = sorted(figure.roles, key=lambda role: role.start)
    return Speaker(
        id=ids[figure],
        name=figure.name,
        type=figure.type,
        role=_telling(roles, relational),
        affiliation=next((role.affiliation for role in roles if role.affiliation), figure.body),
        mentions=tuple(Span(start, end, text[start:end]) for start, end in sorted(figure.spans)),
        members=tuple(ids[member] for member in figure.members),
    )


def _telling(roles: Sequence[Role], relational: Collection[str]) -> str | None:
    """The first role that says more than a word, *mayor of Halvik* before *farmer*; else the first but *rival*."""
    longer = (role.text for role in roles if role.affiliation is not None or " " in role.text)
    short = (role.text for role in roles if role.noun not in relational)
    return next(longer, None) or next(short, None)


def _ids(figures: Sequence[Figure], sha256: str) -> dict[Figure, str]:
    """An id for each figure, made of its key; of namesakes the later ones also of their rank."""
    ids: dict[Figure, str] = {}
    keys: set[str] = set()
    for rank, figure in enumerate(figures):
        key = f"{figure.key}\0{rank}" if figure.key in keys else figure.key
        keys.add(figure.key)
        ids[figure] = "s-" + hashlib.sha256(f"{sha256}\0{key}".encode()).hexdigest()[:16]
    return ids
