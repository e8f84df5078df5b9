"""The stages of a parse, each driven the fast way where its model has the shape for it, else by Stanza itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotekit.parsing.fast import lemmas, names, plain, relations, tags, tokens
from quotekit.parsing.fast.columns import Forms, Related, Tag
from quotekit.parsing.fast.expansion import Expansions
from quotekit.parsing.sentences import Token


@dataclass(frozen=True, slots=True)
class Stages:
    """What leads from a text to trees, in this order; names only where the model has them.

    Names are those of tokens, or of words by the parser's states of them and the vectors of their forms.
    """

    tokens: Callable[[str], Iterable[list[Token]]]
    expansions: Callable[[Iterable[str]], Mapping[str, list[str]]]
    tags: Callable[[Forms], list[list[Tag]]]
    lemmas: Callable[[Forms, Sequence[Sequence[Tag]]], list[list[str]]]
    relations: Callable[[Forms, Forms, Sequence[Sequence[Tag]]], Related]
    names: Callable[[Forms], list[list[str]]]
    names_by_states: Callable[[Forms, Any], list[list[str]]] | None = None


def fast_stages(processors: Mapping[str, Any], *, exact: bool = False) -> Stages:
    """The stages of a loaded model, each the fast way where its model has the shape for it.

    Tags and relations go through whole numbers, faster still, a network over words judges what the tokeniser is less
    than sure about, and names are read off the parser's states. If ``exact``, they give what Stanza's own do.
    """
    slow = plain_stages(processors)
    tokenize, pos, lemma, depparse, ner = map(processors.get, ("tokenize", "pos", "lemma", "depparse", "ner"))
    whole = not exact
    vectors = names.FormVectors(ner) if ner and names.can_drive(ner) else None
    related = relations.FastRelations(depparse, vectors, whole=whole) if relations.can_drive(depparse) else None
    return Stages(
        tokens=tokens.FastTokens(tokenize, vectors, exact=exact) if tokens.can_drive(tokenize) else slow.tokens,
        expansions=slow.expansions,
        tags=tags.FastTags(pos, whole=whole) if tags.can_drive(pos) else slow.tags,
        lemmas=lemmas.FastLemmas(lemma) if lemmas.can_drive(lemma) else slow.lemmas,
        relations=related or slow.relations,
        names=names.FastNames(ner, vectors, whole=whole) if vectors else slow.names,
        names_by_states=names.state_names(ner, related.width, vectors) if vectors and related and whole else None,
    )


def plain_stages(processors: Mapping[str, Any]) -> Stages:
    """The stages as Stanza's own processors do them: slow, and what the fast ones are compared with."""
    return Stages(
        tokens=plain.PlainTokens(processors["tokenize"]),
        expansions=Expansions(processors.get("mwt")),
        tags=plain.PlainTags(processors["pos"]),
        lemmas=plain.PlainLemmas(processors["lemma"]),
        relations=plain.PlainRelations(processors["depparse"]),
        names=plain.PlainNames(processors["ner"]) if "ner" in processors else plain.no_names,
    )
