"""Whose *I* and *you* it is outside quotations: turns, interviews, hearings, films and speeches, and refusals in each."""

from __future__ import annotations

import pytest

from quotekit.constructions.turns import find_turns
from quotekit.language import load_language
from quotekit.speakers import identify
from tests.speakers.test_identify import HASH, articles, source_at
from tests.trees import context_of

VOICES = [
    # article, place, source, name, method
    ("turns/mixed-case", "Anna Berg:", "Anna Berg", "Anna Berg", "label"),
    ("turns/mixed-case", "Berg: Do", "Berg", "Anna Berg", "label"),
    ("turns/mixed-case", "I think", "I", "Marta Lindgren", "label"),
    ("turns/mixed-case", "I told", "I", "Marta Lindgren", "label"),
    ("turns/hearing-letters", "Q. Did", "Q.", "Q", "label"),
    ("turns/hearing-letters", "I told", "I", "A", "label"),
    ("turns/letters-named", "I think", "I", "Priya Raman", "label"),
    ("turns/letters-named", "A: My", "A", "Priya Raman", "label"),
    ("turns/answers", "I think", "I", "Karim Haddad", "interview"),
    ("turns/answers", "you say", "you", "Karim Haddad", "hearer"),
    ("turns/hearing", "I believe", "I", "Okafor", "address"),
    ("turns/hearing", "you say", "you", "Okafor", "hearer"),
    ("turns/hearing", "I say", "I", "Okafor", "address"),
    ("turns/film", "I think", "I", "Tomas", "introduction"),
    ("turns/speech", "I know", "I", "Lena Abara", "introduction"),
    ("turns/essay", "I think", "I", "the author", "author"),
    ("turns/vocative", "Lucia Ortega", "Lucia Ortega", "Lucia Ortega", "name"),
    ("talk/statements", "I wanted", "I", "Oskar Holm", "interview"),  # who sat down with the one of the heading
    ("talk/statements", "I think", "I", "Lena Abara", "interview"),  # the answer ends with a question
    ("talk/statements", "I tell", "I", "Lena Abara", "interview"),
    ("talk/byname", "I think", "I", "Omar Falk", "interview"),
    ("talk/byname", "you say", "you", "Omar Falk", "hearer"),
    ("talk/remarks", "I believe", "I", "Ines Prado", "introduction"),
    ("talk/bench", "I believe", "I", "Okafor", "address"),
    ("talk/bench", "I say", "I", "Okafor", "address"),
    ("talk/bench", "I think", "I", "Okafor", "address"),  # four turns after the last question
    ("talk/ahead", "you have", "you", "Haddad", "hearer"),
    ("talk/ahead", "I think", "I", "Haddad", "address"),
    ("talk/asked", "I think", "I", "Mira", "address"),
    ("talk/guest", "I am sure", "I", "the guest of honour", "introduction"),
    ("talk/phone", "I think", "I", "Bela", "introduction"),
    ("talk/letter-pair", "I think", "I", "A", "label"),
    ("talk/name-here", "I think", "I", "Mira Holm", "introduction"),
    ("talk/my-name", "I think", "I", "Mira Holm", "introduction"),
    ("talk/your-neighbour", "I think", "I", "Mira", "introduction"),
    ("talk/her-speech", "I believe", "I", "Ines Prado", "introduction"),
    ("talk/headed", "I think", "I", "Ines Prado", "interview"),  # the text names her nowhere else
    ("called/moderator", "MODERATOR", "MODERATOR", "MODERATOR", "label"),  # Vale is spoken to, and no moderator
    ("talk/advocate", "I think", "I", "Okafor", "address"),  # whom the bench names only later
    ("talk/advocate", "I believe", "I", "Okafor", "address"),
    ("talk/pleads", "I think", "I", "Ines Prado", "address"),
    ("talk/prompt", "I think", "I", "Karim Haddad", "interview"),  # what tourists call themselves is in marks
    ("talk/alternating", "I think", "I", "Karim Haddad", "interview"),  # nothing announces it; she took the picture
    ("talk/alternating", "I know", "I", "Karim Haddad", "interview"),
    ("talk/here-and", "I think", "I", "Mira Holm", "introduction"),
]
REFUSALS = [
    ("turns/two-guests", "I think", "I"),  # two are interviewed, and either may answer
    ("turns/two-guests", "I know", "I"),
    ("turns/nameless-speech", "I know", "I"),  # whoever gave the speech did not write the article
    ("turns/chat", "I think", "I"),
    ("turns/chat", "I hope", "I"),
    ("turns/film", "I guess", "I"),  # a short remark may be another's
    ("talk/ahead", "I know", "I"),  # whoever leads the hearing has no name
    ("talk/answered", "I think", "I"),  # a name that answers a question calls nobody
    ("talk/asked", "I hope", "I"),
    ("talk/is-she-here", "I think", "I"),
    ("talk/topic-speech", "I believe", "I"),
    ("talk/mother", "I am sure", "I"),  # of mothers there are many
    ("talk/presented", "I think", "I"),  # this is Bela, said of somebody else
    ("talk/gossip", "I believe", "I"),  # speaking to me announces no interview
    ("talk/gossip", "I know", "I"),
    ("talk/topic-guest", "I think", "I"),  # keepers are asked, about a storm
    ("talk/hall", "I know", "I"),  # a speech without its speaker's name
]


def _found(article: str, place: str, words: str) -> tuple[str | None, str]:
    tree = articles()[article]
    result = identify(context_of(tree), [source_at(tree, place, words)], sha256=HASH)
    (ref,) = result.refs
    assert ref is not None
    assert (ref.confidence is None) == (ref.name is None)
    return ref.name, ref.method


@pytest.mark.parametrize(("article", "place", "words", "name", "method"), VOICES)
def test_a_voice_is_told_by_label_question_call_or_name(
    article: str, place: str, words: str, name: str, method: str
) -> None:
    """Each is who the text shows to be speaking there, found as the method says."""
    assert _found(article, place, words) == (name, method)


@pytest.mark.parametrize(("article", "place", "words"), REFUSALS)
def test_an_open_voice_is_nobody_and_not_the_author(article: str, place: str, words: str) -> None:
    """In talk whose speaker nothing tells, *I* has no name."""
    assert _found(article, place, words) == (None, "pronoun")


def test_one_person_and_the_others_are_a_candidate_only() -> None:
    """*We* in an answer may be the family, the firm or the country."""
    tree = articles()["turns/two-guests"]
    (ref,) = identify(context_of(tree), [source_at(tree, "we found", "we")], sha256=HASH).refs
    assert ref is not None
    assert ref.name is None


def test_a_label_that_only_may_be_meant_stands_where_it_is_printed() -> None:
    """*We* in a turn brings its label up as a candidate, though the turn itself is nobody's quote."""
    tree = articles()["turns/heading"]
    result = identify(context_of(tree), [source_at(tree, "We know", "We")], sha256=HASH)
    assert [(one.name, [span.text for span in one.mentions]) for one in result.speakers] == [
        ("CASE CLOSED", ["CASE CLOSED"])
    ]


@pytest.mark.parametrize(
    ("article", "labels"),
    [
        ("turns/mixed-case", ["Anna Berg", "Marta Lindgren", "Berg", "Lindgren"]),
        ("turns/hearing-letters", ["Q.", "A.", "Q."]),
        ("turns/letters-named", ["Q", "A", "Q"]),
        ("talk/letter-pair", ["Q", "A"]),
        ("turns/rubrics", []),  # things, and no label comes twice
        ("turns/essay", []),
    ],
)
def test_labels_in_company_open_turns(article: str, labels: list[str]) -> None:
    """A turn reaches from its label to the end of the paragraph."""
    tree = articles()[article]
    turns = find_turns(tree, load_language("en"))
    assert [" ".join(word.form for word in turn.label) for turn in turns.values()] == labels
    for turn in turns.values():
        paragraph = {word.sentence.paragraph for word in turn.words}
        assert paragraph == {turn.sentence.paragraph}
        last = [
            word for word in tree.words if word.sentence.paragraph == turn.sentence.paragraph and word.upos != "PUNCT"
        ]
        assert turn.words[-1] is last[-1]
