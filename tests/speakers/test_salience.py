"""What brings a figure to mind, in sentences of two who fit; and the data's names, which are those of the features."""

from __future__ import annotations

import re

import pytest

from quotekit.language import load_language
from quotekit.speakers.figures import Figure
from quotekit.speakers.salience import Asked, Event, salience_features, shares
from tests.trees import written_tree

MET = "Lund PROPN 2 nsubj|met/meet VERB 0 root|Stone PROPN 2 obj|and CCONJ 6 cc|he PRON 6 nsubj|said/say VERB 2 conj"
AGAINST = "Campaigning/campaign VERB 5 advcl|against ADP 3 case|Stone PROPN 1 obl|he PRON 5 nsubj|said/say VERB 0 root"
WHEN = "When SCONJ 3 mark|Stone PROPN 3 nsubj|left/leave VERB 5 advcl|he PRON 5 nsubj|spoke/speak VERB 0 root"
TOLD = "Lund PROPN 2 nsubj|told/tell VERB 0 root|Stone PROPN 2 iobj|he PRON 5 nsubj|lied/lie VERB 2 ccomp"


def _features(sentence: str, name: str, **known: str) -> set[str]:
    """The features of the figure with this name where the sentence has *he*; ``last`` and ``speaker`` by their names."""
    words = {word.form: word for word in written_tree(sentence).words}
    figures = {form: Figure(form, form, "person") for form, word in words.items() if word.upos == "PROPN"}
    asked = Asked(words["he"], "source", *(figures.get(known.get(what, "")) for what in ("last", "speaker", "alone")))
    event = Event(figures[name], words[name], quoted=None, reported=False, source=False)
    return set(salience_features(asked, [(0, event)], again=False))


@pytest.mark.parametrize(
    ("sentence", "name", "found"),
    [
        (MET, "Lund", {"place=subject", "clause=under conj", "clause=under conj subject", "distance=same sentence"}),
        (MET, "Stone", {"place=object", "clause=under conj", "clause=under conj object"}),
        (AGAINST, "Stone", {"place=oblique", "clause=same", "clause=same oblique"}),
        (WHEN, "Stone", {"place=subject", "clause=over advcl", "clause=over advcl subject"}),
        (TOLD, "Stone", {"place=object", "clause=under ccomp", "clause=under ccomp object"}),
    ],
)
def test_how_the_clauses_stand(sentence: str, name: str, found: set[str]) -> None:
    assert found <= _features(sentence, name)


def test_who_was_spoken_of_and_spoke_last() -> None:
    assert {"last for source"} == _features(MET, "Stone", last="Stone") - _features(MET, "Stone")
    assert {"last speaker for source"} == _features(MET, "Lund", speaker="Lund") - _features(MET, "Lund")
    assert {"alone", "alone for source"} == _features(MET, "Lund", alone="Lund") - _features(MET, "Lund")


def test_shares_are_of_all_and_nobody() -> None:
    assert shares([0.0, 0.0], 0.0) == pytest.approx([1 / 3, 1 / 3])
    assert shares([800.0, -800.0], -4.0) == pytest.approx([1.0, 0.0])
    assert shares([], 0.0) == []


def test_the_weights_are_of_features_that_there_are() -> None:
    """A feature renamed without learning anew would weigh nothing, silently."""
    uses = "(other|source|tag)"
    named = re.compile(
        rf"distance=(same sentence|\d)|place=\w+|times=\d|paragraphs=\d|last for {uses}|last speaker for {uses}"
        rf"|alone( for {uses})?|led the (sentence|paragraph) before (a main|another) clause|described|goes on"
        r"|clause=(same|far|(under|over) [a-z]+)( [a-z]+)?"
    )
    weights = load_language("en").antecedents["weights"]
    assert [name for name in weights if named.fullmatch(name) is None] == []
    assert {"distance=1", "place=subject", "times=1", "paragraphs=0", "described", "goes on", "alone"} <= set(weights)


def test_a_pronoun_without_a_clause_has_no_relation() -> None:
    features = _features("Stone PROPN 2 dep|he PRON 0 root", "Stone")
    assert not any(name.startswith("clause=") for name in features)
