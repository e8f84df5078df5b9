"""One subject and one object for each head: where a tree has two, all but one give way, as in Stanza's own parser.

Stanza scores all relations of all pairs of words of such a sentence, one in seven of news, and searches a new tree word
by word for each choice of who may stay: a fifth of the parser's time. Here only the words that move are scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from stanza.models.depparse.head_constraints import DEPREL_TO_GROUP

from quotekit.parsing.fast.trees import one_root_tree

ROUNDS = 5  # as Stanza; a sentence with three heads of two subjects is rare

LogProbabilities = Callable[[int], Any]  # of a word: head × relation


def groups_of(names: list[str]) -> Any:
    """For each relation the number of the group of which a head has one at most, or -1."""
    groups = sorted(set(DEPREL_TO_GROUP.values()))
    return np.array([groups.index(DEPREL_TO_GROUP[name]) if name in DEPREL_TO_GROUP else -1 for name in names])


@dataclass(frozen=True, eq=False)
class Choice:
    """A sentence's heads and relations, by word; word 0 is the root."""

    heads: Any
    labels: Any


class Singletons:
    """Mends one sentence; ``scores[word, head]`` and what ``relations`` gives are logarithms of probabilities."""

    def __init__(self, scores: Any, relations: LogProbabilities, groups: Any) -> None:
        self._scores = scores
        self._relations = relations
        self._groups = groups
        self._barred: defaultdict[tuple[int, int], set[int]] = defaultdict(set)  # groups of a word at a head

    def mend(self, choice: Choice) -> Choice:
        """The best heads and relations found that give no head two subjects or two objects."""
        for _ in range(ROUNDS):
            double = self._double(choice)
            if double is None:
                break
            head, group, rivals = double
            trials = [self._without(choice, head, group, [word for word in rivals if word != kept]) for kept in rivals]
            gains = [self._gain(choice, trial) for trial in trials]
            best = int(np.argmax(gains))
            for word in rivals:
                if word != rivals[best]:
                    self._barred[word, head].add(group)
            choice = trials[best]
        return choice

    def _double(self, choice: Choice) -> tuple[int, int, list[int]] | None:
        """The first head with two words of one group, that group, and those words."""
        found: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for word, group in enumerate(self._groups[choice.labels[1:]].tolist(), start=1):
            if group >= 0:
                found[int(choice.heads[word])][group].append(word)
        doubles = (
            (head, group, words) for head, groups in found.items() for group, words in groups.items() if len(words) > 1
        )
        return next(doubles, None)

    def _without(self, choice: Choice, head: int, group: int, yielding: list[int]) -> Choice:
        """The best tree where these words are no longer this group's at this head."""
        scores = self._scores.copy()
        for word in yielding:
            best = self._relations(word).max(axis=1)
            for place in {head, *(place for barred, place in self._barred if barred == word)}:
                best[place] = self._allowed(word, place, {group} if place == head else set()).max()
            scores[word] += best
        heads, labels = one_root_tree(scores), choice.labels.copy()
        for word in {*yielding, *(np.nonzero(heads[1:] != choice.heads[1:])[0] + 1).tolist()}:
            barred = {group} if word in yielding and heads[word] == head else set()
            labels[word] = self._allowed(word, int(heads[word]), barred).argmax()
        return Choice(heads, labels)

    def _allowed(self, word: int, head: int, barred: set[int]) -> Any:
        """The relations of this word to this head, without those of groups it may not have there."""
        row = self._relations(word)[head]
        barred = barred | self._barred.get((word, head), set())
        return np.where(np.isin(self._groups, list(barred)), -np.inf, row) if barred else row

    def _gain(self, before: Choice, after: Choice) -> float:
        """What is gained or lost by all words that have another head or relation."""
        changed = (before.heads != after.heads) | (before.labels != after.labels)
        changed[0] = False
        words = np.nonzero(changed)[0].tolist()
        return float(sum(self._score(after, word) - self._score(before, word) for word in words))

    def _score(self, choice: Choice, word: int) -> float:
        head = int(choice.heads[word])
        return float(self._scores[word, head] + self._relations(word)[head, choice.labels[word]])
