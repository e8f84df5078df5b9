"""Who spoke in several documents: joined where full names and roles agree or the user says so, and nowhere else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from jsonschema import Draft202012Validator

from quotekit.model import Document, Extraction, Generator, Quote, Span, Speaker, SpeakerRef
from quotekit.roster import Alias, Listed, Roster
from quotekit.schema import load_schema
from quotekit.writers.roster import COLUMNS, write_roster_csv, write_roster_json, write_roster_text


def _id(number: int, prefix: str = "s") -> str:
    return f"{prefix}-{number:016x}"


def _speaker(number: int, name: str, kind: str = "person", role: str | None = None, body: str | None = None) -> Speaker:
    return Speaker(_id(number), name, kind, role, body, (Span(0, len(name), name),))


def _extraction(document: str, speakers: Sequence[Speaker], said: Sequence[tuple[int, str]]) -> Extraction:
    """A document in which the speakers, by their place in the list, say these things."""
    quotes = tuple(
        Quote(
            id=_id(number, "q"),
            type="indirect",
            content=(Span(10, 10 + len(words), words),),
            quoted=(),
            cue=None,
            source=None,
            speaker=SpeakerRef(speakers[place].id, speakers[place].name, "name", (), 0.9),
            via=(),
            parent=None,
            act="says",
            polarity="positive",
            modality="actual",
            construction="tag",
            confidence=0.8,
            sentence=(0, 40),
        )
        for number, (place, words) in enumerate(said)
    )
    paper = Document(document, f"{document}.txt", None, None, None, None, "en", "0" * 64, 100, "codepoint", None)
    return Extraction("1.2", Generator("quotekit", "0", "p", "m", "en"), paper, tuple(speakers), quotes, (), ())


def _listed(*extractions: Extraction, aliases: Sequence[Alias] = ()) -> list[Listed]:
    roster = Roster(aliases)
    for extraction in extractions:
        roster.add(extraction)
    return list(roster.listed())


def _pair(left: Speaker, right: Speaker, aliases: Sequence[Alias] = ()) -> list[Listed]:
    first = _extraction("first", [left], [(0, "rents rose")])
    return _listed(first, _extraction("second", [right], [(0, "rents fell")]), aliases=aliases)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (_speaker(1, "Lucia Ortega", role="mayor"), _speaker(2, "Lucia Ortega", role="Mayor")),
        (_speaker(1, "Lucia M. Ortega", role="mayor", body="Halvik"), _speaker(2, "Lucia Ortega", body="Halvik")),
        (_speaker(1, "José Ramírez", role="director"), _speaker(2, "Jose Ramirez", role="museum director")),
        (_speaker(1, "Coastal Safety Agency", "organization"), _speaker(2, "Coastal Safety Agency", "organization")),
    ],
)
def test_full_names_with_roles_that_agree_are_one(left: Speaker, right: Speaker) -> None:
    (one,) = _pair(left, right)
    assert one.quotes == 2
    assert [there.document for there in one.documents] == ["first", "second"]
    assert set(one.names) == {left.name, right.name}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (_speaker(1, "Lucia Ortega", role="mayor"), _speaker(2, "Lucia Ortega", role="surgeon")),
        (_speaker(1, "Lucia Ortega", role="mayor"), _speaker(2, "Lucia Ortega")),  # nothing that agrees
        (_speaker(1, "Lucia Ortega"), _speaker(2, "Lucia Ortega")),
        (_speaker(1, "Ortega", role="mayor"), _speaker(2, "Ortega", role="mayor")),  # no full names
        (_speaker(1, "Lucia Ortega", role="mayor"), _speaker(2, "Ortega", role="mayor")),
        (_speaker(1, "Marcus Hale Jr.", role="mayor"), _speaker(2, "Marcus Hale", role="mayor")),
        (_speaker(1, "Oslo", "organization"), _speaker(2, "Oslo", "organization")),
        (_speaker(1, "the police chief", "group"), _speaker(2, "the police chief", "group")),
        (_speaker(1, "the author", "author"), _speaker(2, "the author", "author")),
    ],
)
def test_others_stay_two(left: Speaker, right: Speaker) -> None:
    assert len(_pair(left, right)) == 2


def test_who_fits_two_is_joined_to_neither() -> None:
    """Two mayors in two documents, told apart by a middle name, and a third that may be either."""
    said = [(0, "rents rose")]
    found = _listed(
        _extraction("a", [_speaker(1, "Lucia Maria Ortega", role="mayor")], said),
        _extraction("b", [_speaker(2, "Lucia Rosa Ortega", role="mayor")], said),
        _extraction("c", [_speaker(3, "Lucia Ortega", role="mayor")], said),
    )
    assert [one.names for one in found] == [("Lucia Maria Ortega",), ("Lucia Rosa Ortega",), ("Lucia Ortega",)]


def test_two_namesakes_of_one_document_stay_two() -> None:
    speakers = [_speaker(1, "Lucia Ortega", role="mayor"), _speaker(2, "Lucia Ortega", role="mayor")]
    assert len(_listed(_extraction("a", speakers, [(0, "yes"), (1, "no")]))) == 2


def test_an_alias_joins_names_renames_and_tells_ids() -> None:
    alias = Alias("Lucia Ortega", ("the mayor", "ORTEGA"), ("Q42",))
    (one,) = _pair(_speaker(1, "Ortega"), _speaker(2, "the mayor"), [alias])
    assert (one.name, one.same_as, one.quotes, one.names) == ("Lucia Ortega", ("Q42",), 2, ("Ortega", "the mayor"))


def test_an_alias_for_one_document_goes_before_one_for_all() -> None:
    here, anywhere = Alias("Ana Ruiz", ("Ruiz",), (), ("first",)), Alias("Pedro Ruiz", ("Ruiz",))
    found = _pair(_speaker(1, "Ruiz"), _speaker(2, "Ruiz"), [anywhere, here])
    assert [(one.name, one.documents[0].document) for one in found] == [("Ana Ruiz", "first"), ("Pedro Ruiz", "second")]


def test_each_of_several_who_speak_together_has_the_quote() -> None:
    ana, pedro = _speaker(1, "Ana Ruiz"), _speaker(2, "Pedro Ruiz")
    both = Speaker(_id(3), "Ana Ruiz and Pedro Ruiz", "group", None, None, (), (ana.id, pedro.id))
    found = _listed(_extraction("a", [ana, pedro, both], [(2, "the dam holds"), (0, "it leaks")]))
    assert [(one.name, one.quotes) for one in found] == [("Ana Ruiz", 2), ("Pedro Ruiz", 1)]


def test_whoever_says_nothing_is_not_listed() -> None:
    found = _listed(_extraction("a", [_speaker(1, "Ana Ruiz"), _speaker(2, "Pedro Ruiz")], [(0, "it leaks")]))
    assert [one.name for one in found] == ["Ana Ruiz"]


def test_the_json_keeps_its_schema_and_the_csv_has_a_row_for_each_quote() -> None:
    ana = _speaker(1, "Ana Ruiz", role='mayor, and "chair"')
    found = _listed(_extraction("a", [ana], [(0, "it leaks,\nand more"), (0, "it holds")]))
    record = json.loads("".join(write_roster_json(found, documents=1)))
    assert list(Draft202012Validator(load_schema("speakers", closed=True)).iter_errors(record)) == []
    rows = list(csv.DictReader(io.StringIO("".join(write_roster_csv(found)), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["content"] for row in rows] == ["it leaks,\nand more", "it holds"]
    assert {row["role"] for row in rows} == {ana.role}


def test_the_text_names_speaker_role_count_and_quotes() -> None:
    found = _listed(_extraction("a", [_speaker(1, "Ana Ruiz", role="mayor")], [(0, "it leaks")]))
    written = "".join(write_roster_text(found, documents=1, width=80))
    assert written == "Ana Ruiz, mayor: 1 quote\n  it leaks\n\n1 speaker in 1 document\n"
