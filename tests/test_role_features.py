"""What the parser reads of the words' roles, as features: of the words at the borders, and of what is left outside."""

from __future__ import annotations

import pytest

from quotekit.attribution import candidates
from quotekit.features import features
from quotekit.parsing.conllu import read_conllu, write_conllu
from quotekit.role_features import role_features
from quotekit.tree import Roles, Tree
from tests.gold import gold_tree
from tests.trees import context_of

TEXT = "Nadia Haddad said that the clinic would close its night ward in March."
NOTHING = Roles(cue=-6, content=-6, source=-6, opens=-6, closes=-6)


def told() -> Tree:
    """The sentence with the roles that a parser gives it which has understood all but its last two words."""
    tree = read_conllu(write_conllu(gold_tree(TEXT)))  # one of its own, for all tests share the gold trees
    roles = {
        "Nadia": Roles(-6, -5, 3, -6, -6),
        "Haddad": Roles(-6, -5, 4, -6, -6),
        "said": Roles(5, -5, -4, -6, -6),
        "the": Roles(-6, 4, -5, 3, -6),
        "in": Roles(-6, -1, -5, -4, -3),
        "March": Roles(-6, -2, -3, -6, 1),
    }
    inside = {"clinic", "would", "close", "its", "night", "ward"}
    for word in tree.words:
        word.roles = roles.get(word.form, Roles(-6, 5, -6, -6, -2) if word.form in inside else NOTHING)
    return Tree(tree.text, tree.sentences)


def found(frame: str, tree: Tree) -> set[str]:
    match = next(one for one in candidates(context_of(tree)) if one.match.frame == frame)
    return set(role_features(match.match, match.words))


def test_a_reading_as_the_parser_has_it() -> None:
    assert found("ccomp", told()) == {
        *("cue role=5", "best cue role=5", "source role=3", "least source role=3"),
        *("opening role=3", "closing role=1", "first role=4 -4", "last role=-2 end"),
        *("content role=3", "least content role=-2", "content left=-6", "source left=-6"),
    }


def test_the_reading_s_own_cue_before_the_content_is_no_loss() -> None:
    tree = told()
    that = next(word for word in tree.words if word.form == "that")
    match = next(one for one in candidates(context_of(tree)) if one.match.frame == "ccomp").match
    content = tuple(word for word in tree.words if that.start <= word.start < tree.words[-1].start)
    assert "first role=-4 own" in set(role_features(match, content))


def test_all_count_again_within_the_construction() -> None:
    context = context_of(told())
    names = features(next(iter(candidates(context))), context)
    assert "cue role=5" in names
    assert any(name.endswith("&cue role=5") and name != "cue role=5" for name in names)


@pytest.mark.parametrize("missing", [0, -1])
def test_a_tree_that_lacks_a_word_s_roles_has_none(missing: int) -> None:
    tree = told()
    assert tree.has_roles
    tree.words[missing].roles = None
    partial = Tree(tree.text, tree.sentences)
    assert not partial.has_roles
    context = context_of(partial)
    assert not any("role=" in name for name in features(next(iter(candidates(context))), context))
