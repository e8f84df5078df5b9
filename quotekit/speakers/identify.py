"""Says who each source of a text is: one speaker for all the ways the text calls them, or none where it is open."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from quotekit.language import Language
from quotekit.model import Candidate, Span, Speaker, SpeakerRef
from quotekit.speakers.figures import Figure, Reference
from quotekit.speakers.lexicon import read_lexicon
from quotekit.speakers.references import References
from quotekit.speakers.source import Identification, Source
from quotekit.tree import Tree


def identify(
    tree: Tree, sources: Sequence[Source], language: Language, *, sha256: str, author: str | None = None
) -> Identification:
    """The speakers of a text, and for each source who it is and how that was found.

    A source with no words has no reference. A source whose words the text leaves open has a reference without
    identity, with the candidates. Speakers are those who say something or, as candidates, may have said it, in order
    of their first mention.
    """
    references = References(tree, sources, read_lexicon(language), author=author)
    found = [references.of(index) for index in range(len(sources))]
    figures = {id(figure): figure for reference in found if reference is not None for figure in _all_of(reference)}
    ordered = sorted(figures.values(), key=lambda figure: (min(figure.spans), figure.key))
    return Identification(
        speakers=tuple(_speaker(tree.text, figure, sha256) for figure in ordered),
        refs=tuple(_ref(reference, sha256) for reference in found),
    )


def _all_of(reference: Reference) -> tuple[Figure, ...]:
    return reference.candidates if reference.figure is None else (reference.figure,)


def _ref(reference: Reference | None, sha256: str) -> SpeakerRef | None:
    if reference is None:
        return None
    candidates = tuple(Candidate(_id(figure, sha256), figure.name) for figure in reference.candidates)
    if reference.figure is None:
        return SpeakerRef(None, None, reference.method, candidates)
    return SpeakerRef(_id(reference.figure, sha256), reference.figure.name, reference.method)


def _speaker(text: str, figure: Figure, sha256: str) -> Speaker:
    roles = sorted(figure.roles, key=lambda role: role.start)
    return Speaker(
        id=_id(figure, sha256),
        name=figure.name,
        type=figure.type,
        role=next((role.text for role in roles), None),
        affiliation=next((role.affiliation for role in roles if role.affiliation), None),
        mentions=tuple(Span(start, end, text[start:end]) for start, end in sorted(figure.spans)),
    )


def _id(figure: Figure, sha256: str) -> str:
    return "s-" + hashlib.sha256(f"{sha256}\0{figure.key}".encode()).hexdigest()[:16]
