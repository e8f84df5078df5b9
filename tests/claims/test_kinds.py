"""The types of a claim, and the words that show them."""

from __future__ import annotations

import pytest

from quotekit.claims.kinds import TYPES, is_checkable
from quotekit.model import Claim
from tests.claims.cases import claim_trees, extracted

# A sentence with a hand-checked tree, a type that its claim must have, and the words that show it.
CASES = [
    ("Mayor Okafor said the ferry carries nine hundred people a day.", "quantity", "nine hundred people"),
    ("Officials warned that the ice is only four centimetres thick.", "quantity", "four centimetres"),
    ("Lindqvist argued that the bridge costs more than the tunnel.", "comparison", "than"),
    ("The bakers agreed that flour prices have doubled.", "comparison", "doubled"),
    ("According to the harbour master, the crane was built in 1962.", "date", "1962"),
    ("The pilot said ice might have caused the crash.", "correlation", "caused"),
    ("“If the price rises again, the bakery loses its licence,” the baker said.", "rules", "licence"),
    ("“I voted against the tunnel,” said Lucia Brandt.", "voting", "voted"),
    ("“I voted against the tunnel,” said Lucia Brandt.", "personal", "I voted"),
    ("“The tunnel will open in 2031,” said Lindqvist.", "predictions", "will"),
    ("“It was the worst flood since 1953,” the mayor said.", "record", "worst"),
    ("“I've lived in Port Ellan since 1990,” said Lucia Brandt.", "date", "1990"),
    ("The pilot denied that the engine had failed.", "other", None),
    ("Lindqvist said the crane broke a record.", "record", "record"),
    ("The guard said the fire started at 3 a.m.", "date", "3"),
    ("The mayor said the market burned on Sept. 11.", "date", "Sept."),
    ("Lucia Brandt said the 1980's ended the mill.", "date", "1980's"),
    ("“This town needs a bridge,” the baker said.", "other", None),
    ("“This town needs forty nurses,” the baker said.", "quantity", "forty nurses"),
]
# Words that show a type elsewhere show nothing here.
UNSHOWN = [
    ("Lindqvist said the builder has a criminal record.", "record"),
    ("The nurse said first responders slept in the hall.", "record"),
    ("The mayor said the law firm employs a guard.", "rules"),
    ("The pilot said the ferry left later.", "comparison"),
    ("The guard said the fire started at 3 a.m.", "quantity"),
    ("The mayor said the market burned on Sept. 11.", "quantity"),
    ("Okafor said the plan may change should she lose the vote.", "opinion"),
    ("“Third, the crew left,” said Lucia Brandt.", "quantity"),
    ("Lucia Brandt said the 1980's ended the mill.", "quantity"),
    ("The judge said there was no reason to stay.", "correlation"),
    ("The mayor said the state sponsors of terror lost a ship.", "voting"),
]
# Kept on request only.
OTHERS = [
    ("“It is a disgrace,” the curator said.", "opinion", "disgrace"),
    ("“We should close the road,” the ranger said.", "opinion", "should"),
    ("“Thank you very much,” the mayor said.", "small_talk", "Thank"),
    ("“I hope the ferry comes,” said the baker.", "wish", "hope"),
    ("Lucia Brandt said she hopes to win the race.", "wish", "hopes"),
    ("“We need a bridge,” the baker said.", "opinion", "need"),
    ("The baker said the road needs to close.", "opinion", "needs"),
    ("The mayor promised that the pool would open.", "promise", "promised"),
    ("“Open the gates,” Okafor ordered.", "order", "ordered"),
    ("“What does the ferry cost?” the councillor asked.", "question", "What"),
]


def _words(claim: Claim, type: str) -> str | None:
    return next((shown.text for shown in claim.shown if shown.what == type), None)


@pytest.mark.parametrize(("text", "type", "words"), CASES)
def test_a_type_is_told_with_the_words_that_show_it(text: str, type: str, words: str | None) -> None:
    (claim,) = extracted(text).claims
    assert type in claim.types
    found = _words(claim, type)
    assert found is None if words is None else (found or "").startswith(words)


@pytest.mark.parametrize(("text", "type"), UNSHOWN)
def test_words_in_another_sense_show_no_type(text: str, type: str) -> None:
    (claim,) = extracted(text).claims
    assert type not in claim.types


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The clerk said the White House in New York won't open.", "a name: White House"),
        ("The clerk said the White House in New York won't open.", "tells of the future: won't"),
        ("Lucia Brandt said she'd pay for the crane.", "tells of the future: she'd"),
    ],
)
def test_a_reason_shows_whole_words_and_names(text: str, reason: str) -> None:
    (claim,) = extracted(text).claims
    assert reason in claim.reasons


@pytest.mark.parametrize(("text", "type", "words"), OTHERS)
def test_what_is_no_claim_is_kept_on_request_with_its_type(text: str, type: str, words: str) -> None:
    assert extracted(text).claims == ()
    types = {shown.what: shown.text for claim in extracted(text, all_claims=True).claims for shown in claim.shown}
    assert types.get(type, "").startswith(words)


@pytest.mark.parametrize(
    ("types", "kept"),
    [
        (["other"], True),
        (["quantity", "predictions"], True),
        (["opinion"], False),
        (["record", "opinion"], True),
        (["quantity", "promise"], False),
        (["support", "opinion"], False),
    ],
)
def test_a_view_counts_where_it_holds_a_fact(types: list[str], kept: bool) -> None:
    assert is_checkable(types) is kept


@pytest.mark.parametrize("text", [*claim_trees()][:60])
def test_types_are_known_and_in_their_order(text: str) -> None:
    for claim in extracted(text, all_claims=True).claims:
        assert list(claim.types) == sorted(claim.types, key=TYPES.index)
