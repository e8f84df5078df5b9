"""Names, ages, parties, offices and what else shows who is meant; and who is not, where two are possible."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest

from quotekit.language import load_language
from quotekit.speakers import Identification, identify
from quotekit.speakers.lexicon import read_lexicon
from quotekit.speakers.mentions import find_names
from quotekit.tree import Sentence, Tree
from tests.speakers.test_identify import HASH, articles, source_at
from tests.trees import context_of, written_tree

NAMES = {"Greta Solberg", "Bruno Medina", "Anna Berg", "Peter Lund"}
PEOPLE = [
    # article, place, source, content, name, type, candidates
    ("more/object-pronoun", "he said", "he", "", "Peter Lund", "person", ()),
    ("more/own-name", "He said", "He", "Lund had saved", "Kevin Stone", "person", ()),
    ("more/spelt-twice", "Alvarez said", "Alvarez", "", "Kristin Alvarez", "person", ()),
    ("more/spelt-short", "Alvarez said", "Alvarez", "", None, None, ("Jan Alvarez", "Jon Alvarez")),
    ("more/who-in-capitals", "WHO said", "WHO", "", "World Harvest Organisation", "organization", ()),
    ("more/plural-surname", "Waters said", "Waters", "", "Helen Waters", "person", ()),
    ("more/mister-president", "Mr President", "Mr President", "", None, None, ()),
    ("more/between-commas-as-parsed", "the head", "the head of the panel", "", "John Burton", "person", ()),
    (
        "more/head-of-body-as-parsed",
        "Head",
        "Head of the Harbour Council Enver Sandoval",
        "",
        "Enver Sandoval",
        "person",
        (),
    ),
    ("more/age", "The 54", "The 54-year-old", "", "Tom Okafor", "person", ()),
    ("more/same-age", "The 54", "The 54-year-old", "", None, None, ("Tom Okafor", "Ana Ruiz")),
    ("more/party", "Kessler said", "Kessler", "", "Maria Kessler", "person", ()),
    ("more/founder", "Brandt said", "Brandt", "", None, None, ("Ivo Brandt", "Brandt Marine")),
    ("more/founder-he", "Brandt said the", "Brandt", "", "Ivo Brandt", "person", ()),
    ("more/no-official", "No official", "No official", "", None, None, ()),
    ("more/some-of-them", "Many of", "Many of them", "", None, None, ()),
    ("more/each", "Each farmer", "Each farmer", "", "each farmer", "group", ()),
    ("more/each", "They said", "They", "", "each farmer", "group", ()),
    ("more/report-by", "The report", "The report, by the auditor Lena Falk", "", "Lena Falk", "person", ()),
    ("more/the-i-as-parsed", "The i", "The i", "", None, None, ()),
    ("more/lucia-as-parsed", "Lucia said", "Lucia", "", "Lucia", "person", ()),
    ("more/my-lord", "My Lord", "My Lord", "", None, None, ()),
]


def _identified(article: str, place: str, words: str, content: str = "") -> Identification:
    tree = articles()[article]
    return identify(context_of(tree), [source_at(tree, place, words, content)], sha256=HASH)


@pytest.mark.parametrize(("article", "place", "words", "content", "name", "kind", "candidates"), PEOPLE)
def test_who_is_meant_or_who_may_be(
    article: str, place: str, words: str, content: str, name: str | None, kind: str | None, candidates: tuple[str, ...]
) -> None:
    """The speaker's name and type, or no name and all who fit."""
    result = _identified(article, place, words, content)
    (ref,) = result.refs
    assert ref is not None
    kinds = {speaker.id: speaker.type for speaker in result.speakers}
    found = (ref.name, kinds.get(ref.id or ""), tuple(candidate.name for candidate in ref.candidates))
    assert found == (name, kind, candidates)


def test_a_party_in_brackets_is_an_affiliation() -> None:
    (speaker,) = _identified("more/party", "Kessler said", "Kessler").speakers
    assert (speaker.role, speaker.affiliation) == ("Senator", "D-Ohio")


def test_the_document_in_which_an_owner_speaks_is_kept() -> None:
    (ref,) = _identified("descriptions/owner", "Yusuf's report", "Yusuf's report").refs
    assert ref is not None
    assert (ref.name, ref.medium) == ("Amina Yusuf", "Yusuf's report")


def test_two_who_speak_together_are_two_speakers() -> None:
    result = _identified("groups/coordination", "Ortega and", "Ortega and Medina")
    names = {speaker.id: speaker.name for speaker in result.speakers}
    (group,) = (speaker for speaker in result.speakers if speaker.members)
    assert [names[member] for member in group.members] == ["Lucia Ortega", "Bruno Medina"]
    assert all(speaker.type == "person" for speaker in result.speakers if speaker.id in group.members)


def test_candidates_have_scores_that_are_shares() -> None:
    """Of two namesakes each has a half; of two whom a pronoun may mean the nearer subject has more."""
    (ref,) = _identified("names/two-surnames", "Ortega said", "Ortega").refs
    assert ref is not None
    assert [candidate.score for candidate in ref.candidates] == [0.5, 0.5]
    (ref,) = _identified("pronouns/two-men", "He said", "He").refs
    assert ref is not None
    first, second = (candidate.score or 0.0 for candidate in ref.candidates)
    assert 0 < second < first < 1
    assert first + second <= 1


def test_a_full_name_is_surer_than_a_pronoun_and_a_description() -> None:
    def sure(article: str, place: str, words: str) -> float:
        (ref,) = _identified(article, place, words).refs
        assert ref is not None
        assert ref.confidence is not None
        return ref.confidence

    name = sure("names/middle-initial", "Donna Whitfield", "Donna Whitfield")
    assert name > sure("pronouns/she-by-name", "She said", "She")
    assert name > sure("descriptions/report", "The report", "The report")


def test_what_somebody_would_be_if_is_no_role_and_tells_no_gender() -> None:
    """*If Peter Brandt were a woman* does not make *she* Peter Brandt."""
    tree = written_tree(
        "If/if SCONJ 6 mark|Peter PROPN 6 nsubj|Brandt PROPN 2 flat|were/be AUX 6 cop|a DET 6 det"
        "|woman NOUN 9 advcl Number=Sing|, PUNCT 6 punct|she PRON 9 nsubj PronType=Prs|said/say VERB 0 root|no INTJ 9 obj"
    )
    (ref,) = identify(context_of(tree), [source_at(tree, "she said", "she")], sha256=HASH).refs
    assert ref is not None
    assert ref.name is None


def test_a_party_and_its_place_are_nobody() -> None:
    """*(D-Ohio)* behind a name is no place that *the state* might mean."""
    tree = articles()["names/parted-title"]
    assert [mention.text for mention in find_names(tree, read_lexicon(load_language("en")), frozenset())] == [
        "Lena Ortiz"
    ]


def _with_entities(tree: Tree) -> Tree:
    """The tree, one sentence, with the entities of the names above."""
    tags = {form: f"{place}-PERSON" for name in NAMES for form, place in zip(name.split(), "BE", strict=True)}
    return Tree(tree.text, (Sentence(tuple(replace(word, ner=tags.get(word.form, "O")) for word in tree.words)),))


@pytest.mark.parametrize(
    ("first", "second", "pronoun", "name"),
    [
        ("Anna Berg", "Peter Lund", "he", "Peter Lund"),
        ("Peter Lund", "Anna Berg", "she", "Anna Berg"),
        ("Anna Berg", "Peter Lund", "she", "Anna Berg"),
    ],
)
def test_two_of_one_clause_are_not_even_where_one_has_the_other_gender(
    first: str, second: str, pronoun: str, name: str
) -> None:
    (one, two), (three, four) = first.split(), second.split()
    met = written_tree(
        f"{one} PROPN 3 nsubj|{two} PROPN 1 flat|met/meet VERB 0 root|{three} PROPN 3 obj|{four} PROPN 4 flat|near ADP 8 case"
        f"|that DET 8 det|bridge NOUN 3 obl|yesterday ADV 3 advmod|; PUNCT 12 punct|{pronoun} PRON 12 nsubj PronType=Prs"
        "|said/say VERB 3 parataxis|so ADV 12 advmod"
    )
    met = _with_entities(met)
    (ref,) = identify(context_of(met), [source_at(met, f"{pronoun} said", pronoun)], sha256=HASH).refs
    assert ref is not None
    assert ref.name == name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("on ADP 6 case|the DET 6 det|stage NOUN 3 nmod", "Greta Solberg"),
        ("of ADP 6 case|the DET 6 det|harbour NOUN 3 nmod", "Greta Solberg"),
        ("of ADP 6 case|Bruno PROPN 3 nmod|Medina PROPN 5 flat", "the other guest"),
    ],
)
def test_a_name_behind_a_comma_that_the_tree_has_elsewhere_is_meant(before: str, name: str) -> None:
    """*The other guest on the stage, poet Greta Solberg, said*; of *the guest of Bruno Medina, …* it is not sure."""
    tree = written_tree(
        f"The/the DET 3 det|other ADJ 3 amod|guest NOUN 12 nsubj Number=Sing|{before}|, PUNCT 10 punct|Breton ADJ 9 amod"
        "|poet NOUN 10 nmod|Greta PROPN 12 vocative|Solberg PROPN 10 flat|said/say VERB 0 root|so ADV 12 advmod"
    )
    tree = _with_entities(tree)
    (ref,) = identify(
        context_of(tree), [source_at(tree, "The other", tree.text.partition(" said")[0])], sha256=HASH
    ).refs
    assert ref is not None
    assert ref.name == name


def test_one_who_may_be_a_woman_is_not_chosen_where_another_is_known_to_be() -> None:
    """Of *Robin Lund* nothing tells; that he comes first in the sentence is not enough."""
    tree = written_tree(
        "Robin PROPN 3 nsubj|Lund PROPN 1 flat|met/meet VERB 0 root|Anna PROPN 3 obj|Berg PROPN 4 flat|near ADP 8 case"
        "|that DET 8 det|bridge NOUN 3 obl|yesterday ADV 3 advmod|, PUNCT 13 punct|and CCONJ 13 cc"
        "|she PRON 13 nsubj PronType=Prs|said/say VERB 3 conj|something PRON 13 obj"
    )
    (ref,) = identify(context_of(tree), [source_at(tree, "she said", "she")], sha256=HASH).refs
    assert ref is not None
    assert ref.name is None
    assert {candidate.name for candidate in ref.candidates} == {"Robin Lund", "Anna Berg"}


def test_an_identity_more_likely_wrong_than_right_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("quotekit.speakers.identify"), "LEAST_SURE", 0.999)
    (ref,) = _identified("names/surname", "Ortega said", "Ortega").refs
    assert ref is not None
    assert (ref.id, ref.confidence) == (None, None)
    assert [candidate.name for candidate in ref.candidates] == ["Lucia Ortega"]


def _reference(rows: str, place: str, words: str) -> tuple[str | None, tuple[str, ...]]:
    tree = written_tree(rows)
    (ref,) = identify(context_of(tree), [source_at(tree, place, words)], sha256=HASH).refs
    assert ref is not None
    return ref.name, tuple(candidate.name for candidate in ref.candidates)


def test_the_report_may_be_the_study_under_another_noun() -> None:
    """One study before: that. Two: neither, and both are candidates."""
    one = "A DET 2 det|study NOUN 3 nsubj Number=Sing|counted/count VERB 0 root|terns NOUN 3 obj|and CCONJ 7 cc"
    report = "the DET {0} det|report NOUN {1} nsubj Number=Sing|said/say VERB 3 conj|no INTJ {1} obj"
    assert _reference(f"{one}|{report.format(7, 8)}", "the report", "the report") == ("a study", ())
    two = "A DET 2 det|study NOUN 3 nsubj Number=Sing|met/meet VERB 0 root|an DET 5 det|audit NOUN 3 obj Number=Sing|and CCONJ 9 cc"
    assert _reference(f"{two}|{report.format(8, 9)}", "the report", "the report") == (None, ("a study", "an audit"))


def test_a_surname_without_its_last_letter_is_the_only_one_who_bears_it() -> None:
    rows = (
        "Helen PROPN 3 nsubj|Waters PROPN 1 flat|opened/open VERB 0 root|that DET 5 det|gallery NOUN 3 obj|last ADJ 7 amod"
        "|spring NOUN 3 obl|and CCONJ 10 cc|Water PROPN 10 nsubj|said/say VERB 3 conj|nothing PRON 10 obj"
    )
    assert _reference(rows, "Water said", "Water") == ("Helen Waters", ())
    two = (
        "Helen PROPN 6 nsubj|Waters PROPN 1 flat|and CCONJ 4 cc|Tom PROPN 1 conj|Waters PROPN 4 flat|opened/open VERB 0 root"
        "|and CCONJ 9 cc|Water PROPN 9 nsubj|said/say VERB 6 conj|nothing PRON 9 obj"
    )
    assert _reference(two, "Water said", "Water")[0] is None


COURTS = (
    "the DET 3 det|Circuit PROPN 3 compound|Court PROPN 4 nsubj|sat/sit VERB 0 root|and CCONJ 8 cc|the DET 7 det"
    "|Court PROPN 8 nsubj|said/say VERB 4 conj|{open}|the DET 12 det|District PROPN 12 compound|Court PROPN 13 nsubj"
    "|erred/err VERB 8 ccomp|{close}|and CCONJ 18 cc|the DET 17 det|Court PROPN 18 nsubj|added/add VERB 4 conj|no INTJ 18 obj"
)


@pytest.mark.parametrize(
    ("marks", "court", "candidates"),
    [
        (
            ("“that/that SCONJ 13 mark", "” PUNCT 13 punct"),
            "Circuit Court",
            (),
        ),  # who is quoted names it, not the article
        (("that SCONJ 13 mark", ", PUNCT 13 punct"), None, ("Circuit Court", "District Court")),
    ],
)
def test_the_court_is_the_one_it_was_while_no_other_is_named(
    marks: tuple[str, str], court: str | None, candidates: tuple[str, ...]
) -> None:
    rows = COURTS.format(open=marks[0], close=marks[1])
    plain = written_tree(rows)
    words = tuple(replace(word, ner="S-ORG" if word.form == "Court" else "O") for word in plain.words)
    tree = Tree(plain.text, (Sentence(words),))
    said, added = (source_at(tree, place, "the Court") for place in ("the Court said", "the Court added"))
    _, ref = identify(context_of(tree), [said, added], sha256=HASH).refs
    assert ref is not None
    assert (ref.name, tuple(candidate.name for candidate in ref.candidates)) == (court, candidates)


def test_the_office_after_a_form_of_address_is_whoever_is_spoken_to() -> None:
    rows = (
        "My PRON 2 nmod:poss|Lord NOUN 7 vocative|the DET 5 det|Chief ADJ 5 amod|Justice PROPN 7 nsubj|may AUX 7 aux"
        "|recall VERB 0 root|no INTJ 7 obj"
    )
    assert _reference(rows, "the Chief", "the Chief Justice")[0] is None
    assert _reference(rows.replace("vocative", "obl"), "the Chief", "the Chief Justice")[0] == "the Chief Justice"
