"""How speech is reported: one construction a file, each a docstring, examples, and one generator of matches."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from quotekit.constructions import (
    colon,
    complement,
    coordination,
    dash,
    infinitive,
    introduction,
    noun,
    object,  # the grammatical object: the construction's name in output and docs
    participle,
    passive,
    prepositional,
    quotation,
    tag,
)
from quotekit.constructions.match import Construction, Context, Match

__all__ = ["CONSTRUCTIONS", "Construction", "Context", "Match", "find_matches"]


def _construction(module: ModuleType) -> Construction:
    return Construction(
        name=module.__name__.rpartition(".")[2],
        summary=(module.__doc__ or "").partition("\n")[0],
        examples=module.EXAMPLES,
        counterexamples=module.COUNTEREXAMPLES,
        find=module.find,
    )


CONSTRUCTIONS: tuple[Construction, ...] = tuple(
    map(
        _construction,
        (
            quotation,
            introduction,
            complement,
            tag,
            infinitive,
            object,
            coordination,
            participle,
            passive,
            prepositional,
            noun,
            colon,
            dash,
        ),
    )
)


def find_matches(context: Context) -> Iterator[Match]:
    """Every candidate of every construction, sentence by sentence."""
    for sentence in context.tree.sentences:
        for construction in CONSTRUCTIONS:
            for match in construction.find(sentence, context):
                if match.content:
                    yield match
