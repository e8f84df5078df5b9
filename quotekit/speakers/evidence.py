"""Gathers what a text tells of its named figures before anyone is matched: roles, titles, pronouns beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quotekit.speakers.cast import Cast
from quotekit.speakers.figures import LEAST_VOTES, VOTES_THAT_DECIDE, Figure
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import fold
from quotekit.speakers.roles import find_roles
from quotekit.tree import Tree, Word

Gendered = tuple[Word, str]  # he or she, in whatever case, with its gender
COURTESY_VOTES = 4  # Mr or Ms before the name is said of the person; a pronoun after it may be of another


def gendered(tree: Tree, lexicon: Lexicon) -> Iterator[Gendered]:
    """Every *he* and *she* of the text."""
    for word in tree.words:
        kind = lexicon.pronoun(word)
        if kind in ("male", "female"):
            yield word, kind


def gather(
    text: str, cast: Cast, mentions: Sequence[NameMention], pronouns: Iterable[Gendered], lexicon: Lexicon
) -> dict[int, NameMention]:
    """Give each figure its roles, titles and pronouns; the words of those roles, each with the name they stand for."""
    nouns: dict[int, NameMention] = {}
    for mention in mentions:
        found = list(find_roles(text, mention, lexicon))
        nouns.update({id(word): mention for _, words in found for word in words})
        figure = cast.certain(mention)
        if figure is None:
            continue
        figure.roles.extend(role for role, _ in found)
        words = (*mention.titles, *(role.noun for role, _ in found))
        if figure.type == "person":
            figure.sure_genders.update(gender for word in words if (gender := lexicon.title_gender(word)))
    names = _by_sentence(mentions)
    for pronoun, gender in pronouns:
        _count(pronoun, gender, names, cast)
    return nouns


def _count(pronoun: Word, gender: str, names: Mapping[int, Sequence[NameMention]], cast: Cast) -> None:
    """A *she* that only one person near it can mean counts as evidence for that person."""
    here = pronoun.sentence.index
    near = _people([name for name in names.get(here, ()) if name.head.id <= pronoun.id], cast)
    if not near and _opens(pronoun):
        near = _people(names.get(here - 1, ()), cast)
    if len(near) == 1:
        near.pop().pronouns[gender] += 1


def _people(names: Iterable[NameMention], cast: Cast) -> list[Figure]:
    """The persons whom these names mean for certain, each once."""
    figures = (cast.certain(name) for name in names)
    return list({id(one): one for one in figures if one is not None and one.type == "person"}.values())


def _by_sentence(mentions: Iterable[NameMention]) -> dict[int, list[NameMention]]:
    """The names of running text by the index of their sentence; of several with one head the last."""
    found: dict[int, list[NameMention]] = defaultdict(list)
    for name in {id(mention.head): mention for mention in mentions if not mention.headline}.values():
        found[name.head.sentence.index].append(name)
    return found


def surname_genders(mentions: Sequence[NameMention], pronouns: Iterable[Gendered], lexicon: Lexicon) -> dict[str, str]:
    """For each bare name the gender of its bearer, where *Mr*, *Ms* or the pronouns beside it agree on one.

    It is asked before anyone is matched: *Mr Ortega … he* is not Lucia Ortega even where no other Ortega is named.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        genders = {gender for title in mention.titles if (gender := lexicon.title_gender(title))}
        if len(mention.words) == 1 and len(genders) == 1:
            votes[fold(mention.text)][genders.pop()] += COURTESY_VOTES
    names = _by_sentence(mentions)
    for pronoun, gender in pronouns:
        before = [name for name in names.get(pronoun.sentence.index, ()) if name.head.id <= pronoun.id]
        people = {fold(name.text) for name in before if name.label in ("PERSON", "")}
        if len(people) == 1:
            votes[people.pop()][gender] += 1
    return {text: gender for text, count in votes.items() if (gender := _decided(count)) is not None}


def _decided(count: Counter[str]) -> str | None:
    gender, most = max(sorted(count.items()), key=lambda item: item[1])
    return gender if most >= max(LEAST_VOTES, VOTES_THAT_DECIDE * (sum(count.values()) - most)) else None


def _opens(word: Word) -> bool:
    """Whether the pronoun is the subject of its sentence and may go on about the person of the sentence before."""
    return word.udeprel == "nsubj" and word.parent is not None and word.parent.head == 0
