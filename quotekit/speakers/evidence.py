"""Gathers what a text tells of its named figures before anyone is matched: roles, titles, pronouns beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from quotekit.speakers.cast import Cast
from quotekit.speakers.figures import LEAST_VOTES, VOTES_THAT_DECIDE, Figure
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import fold
from quotekit.speakers.roles import find_roles
from quotekit.tree import Tree, Word

COURTESY_VOTES = 4  # Mr or Ms before the name is said of the person; a pronoun after it may be of another


def gather(tree: Tree, cast: Cast, mentions: Sequence[NameMention], lexicon: Lexicon) -> dict[int, NameMention]:
    """Give each figure its roles, titles and pronouns; the words of those roles, each with the name they stand for."""
    nouns: dict[int, NameMention] = {}
    for mention in mentions:
        found = list(find_roles(tree.text, mention, lexicon))
        nouns.update({id(word): mention for _, words in found for word in words})
        figure = cast.certain(mention)
        if figure is None:
            continue
        figure.roles.extend(role for role, _ in found)
        words = (*mention.titles, *(role.noun for role, _ in found))
        if figure.type == "person":
            figure.sure_genders.update(gender for word in words if (gender := lexicon.title_gender(word)))
    _count_pronouns(tree, {id(mention.head): mention for mention in mentions}, cast, lexicon)
    return nouns


def _count_pronouns(tree: Tree, heads: Mapping[int, NameMention], cast: Cast, lexicon: Lexicon) -> None:
    """A *she* that only one person near it can mean counts as evidence for that person."""
    before: dict[int, Figure] = {}
    for sentence in tree.sentences:
        people: dict[int, Figure] = {}
        for word in sentence.words:
            mention = heads.get(id(word))
            if mention is not None and not mention.headline:
                figure = cast.certain(mention)
                if figure is not None and figure.type == "person":
                    people[id(figure)] = figure
            kind = lexicon.pronoun(word)
            if kind in ("male", "female"):
                near = people or (before if _opens(word) else {})
                if len(near) == 1:
                    next(iter(near.values())).pronouns[kind] += 1
        before = people


def surname_genders(tree: Tree, mentions: Sequence[NameMention], lexicon: Lexicon) -> dict[str, str]:
    """For each bare name the gender of its bearer, where *Mr*, *Ms* or the pronouns beside it agree on one.

    It is asked before anyone is matched: *Mr Ortega … he* is not Lucia Ortega even where no other Ortega is named.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    heads = {id(mention.head): mention for mention in mentions if not mention.headline}
    for mention in mentions:
        genders = {gender for title in mention.titles if (gender := lexicon.title_gender(title))}
        if len(mention.words) == 1 and len(genders) == 1:
            votes[fold(mention.text)][genders.pop()] += COURTESY_VOTES
    for sentence in tree.sentences:
        names: set[str] = set()
        for word in sentence.words:
            name = heads.get(id(word))
            if name is not None and name.label in ("PERSON", ""):
                names.add(fold(name.text))
            kind = lexicon.pronoun(word)
            if kind in ("male", "female") and len(names) == 1:
                votes[next(iter(names))][kind] += 1
    return {text: gender for text, count in votes.items() if (gender := _decided(count)) is not None}


def _decided(count: Counter[str]) -> str | None:
    gender, most = max(sorted(count.items()), key=lambda item: item[1])
    return gender if most >= max(LEAST_VOTES, VOTES_THAT_DECIDE * (sum(count.values()) - most)) else None


def _opens(word: Word) -> bool:
    """Whether the pronoun is the subject of its sentence and may go on about the person of the sentence before."""
    return word.udeprel == "nsubj" and word.parent is not None and word.parent.head == 0
