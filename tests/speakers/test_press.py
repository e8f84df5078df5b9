"""What news and talk do with names that no rule of grammar tells: who is meant, and who is not where two are possible."""

from __future__ import annotations

import pytest

from quotekit.speakers import identify
from tests.speakers.test_identify import HASH, articles, source_at
from tests.trees import context_of

PRESS = [
    # article, place, source, name, method, candidates
    ("press/attributed", "a line", "a line attributed to Falk", "Falk", "owner", ()),
    ("press/together", "They said", "They", "Lucia Ortega and Omar Medina", "pronoun", ()),
    ("press/together-and-others", "They said", "They", "Residents", "pronoun", ()),
    ("press/singular-they", "They said", "They", "Robin Lund", "pronoun", ()),
    ("press/singular-they-of-two", "They said", "They", None, "pronoun", ()),
    ("press/papers-show", "they showed", "they", None, "pronoun", ("Residents",)),
    ("press/unknown-plural", "they said", "they", None, "pronoun", ("Residents",)),
    ("press/shootings", "They said", "They", None, "pronoun", ()),
    ("press/owned-report", "The report", "The report", "Ruiz", "owner", ()),
    ("press/two-owned-reports", "The report", "The report", None, "description", ("Ruiz", "Falk")),
    ("press/study-named", "The report", "The report", "Harbour Noise Study", "description", ()),
    (
        "press/study-unnamed",
        "The report",
        "The report",
        None,
        "description",
        ("a new study of birds", "Harbour Noise Study"),
    ),
    ("press/firm-as-parsed", "Brandt said", "Brandt", None, "surname", ("Ivo Brandt", "Brandt Marine")),
    (
        "press/offices",
        "The former",
        "The former harbour chief and current mayor",
        "the former harbour chief",
        "description",
        (),
    ),
    (
        "press/office-field-as-parsed",
        "Secretary",
        "Secretary of State Enver Sandoval",
        "Enver Sandoval",
        "name",
        (),
    ),
    ("press/heading-as-parsed", "Sandoval said", "Sandoval", "Enver Sandoval", "surname", ()),
    ("press/letter", "Mira", "Mira Carden Holm", "Mira Carden Holm", "name", ()),
    ("press/listeners-as-parsed", "who said", "who", None, "relative", ("Falk",)),
    ("press/now-chair-as-parsed", "who said", "who", "Falk", "relative", ()),
    (
        "press/joined-spokesmen-as-parsed",
        "The spokesman",
        "The spokesman",
        None,
        "description",
        ("Ivo Brandt", "Tom Okafor"),
    ),
    (
        "press/senators-as-parsed",
        "Sens. Ana",
        "Sens. Ana Ruiz (D-Ohio), Omar Falk (D-Iowa) and Tom Okafor (D-Utah)",
        "Ana Ruiz, Omar Falk and Tom Okafor",
        "coordination",
        (),
    ),
    (
        "press/titled-centre",
        "The State",
        "The State Department Refugee Processing Centre",
        "State Department Refugee Processing Centre",
        "name",
        (),
    ),
    ("press/initials-he", "He said", "He", None, "pronoun", ()),
    ("exchange/partner", "I know", "I", "Mira", "address", ()),  # whom the other calls by name again and again
    ("exchange/partner", "I think it", "I", None, "pronoun", ()),  # the other one, whom nobody calls by name
    ("exchange/partner", "you believe", "you", None, "pronoun", ()),
    ("exchange/partner", "you see", "you", "Mira", "hearer", ()),
    ("exchange/third", "I know", "I", None, "pronoun", ()),  # two call Mira by name: three are talking
    ("exchange/judge", "I think", "I", "Falk", "address", ()),  # whom the answer calls Justice Falk
    ("exchange/yes", "he said", "he", "Omar", "pronoun", ()),
]


@pytest.mark.parametrize(("article", "place", "words", "name", "method", "candidates"), PRESS)
def test_who_is_meant_in_news_and_talk(
    article: str, place: str, words: str, name: str | None, method: str, candidates: tuple[str, ...]
) -> None:
    """The speaker's name and how it was found, or no name and all who fit."""
    tree = articles()[article]
    (ref,) = identify(context_of(tree), [source_at(tree, place, words)], sha256=HASH).refs
    assert ref is not None
    assert (ref.name, ref.method, tuple(one.name for one in ref.candidates)) == (name, method, candidates)


def test_an_age_is_a_persons() -> None:
    tree = articles()["press/years-old"]
    (speaker,) = identify(context_of(tree), [source_at(tree, "The 54", "The 54-year-old")], sha256=HASH).speakers
    assert (speaker.name, speaker.type) == ("the 54-year-old", "person")


def test_those_together_who_are_only_candidates_bring_their_members() -> None:
    """Every member of a speaker is a speaker of the document."""
    tree = articles()["press/together-and-strangers"]
    result = identify(context_of(tree), [source_at(tree, "they said", "they")], sha256=HASH)
    known = {speaker.id for speaker in result.speakers}
    assert result.refs[0] is not None
    assert result.refs[0].name is None
    assert {member for speaker in result.speakers for member in speaker.members} <= known
