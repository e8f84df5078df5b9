"""brat: what its own checker asks of a text-bound annotation, and the quotes that can be read back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given

from quotekit.model import Extraction
from quotekit.writers import brat
from tests.writers.made import HARD, extractions, hard, parts


def files(*made: Extraction) -> dict[str, str]:
    return dict(brat.write(made))


def read(standoff: str) -> tuple[dict[str, Any], dict[str, Any], dict[tuple[str, str], str]]:
    """The stretches, events and attributes of an .ann file."""
    stretches: dict[str, Any] = {}
    events: dict[str, Any] = {}
    attributes: dict[tuple[str, str], str] = {}
    for line in standoff.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            head, _, text = rest.partition("\t")
            label, _, places = head.partition(" ")
            stretches[key] = label, [tuple(map(int, one.split())) for one in places.split(";")], text
        elif key.startswith("E"):
            events[key] = [tuple(argument.split(":")) for argument in rest.split(" ")]
        elif key.startswith("A"):
            name, target, value = rest.split(" ")
            attributes[target, name] = value
    return stretches, events, attributes


def quotes(text: str, standoff: str) -> list[dict[str, Any]]:
    """The quotes of an .ann file; a line end within a stretch is not a gap between two."""
    stretches, events, _ = read(standoff)
    found = []
    for arguments in events.values():
        roles: dict[str, Any] = {"Content": [], "Cue": [], "Source": [], "Via": [], "within": None}
        for role, target in arguments:
            if role == "Within":
                roles["within"] = list(events).index(target)
            else:
                roles[role.rstrip("0123456789").replace("Quote", "Cue")] += joined(text, stretches[target][1])
        if roles["Cue"] == roles["Content"]:
            roles["Cue"] = []
        found.append(roles)
    return found


def joined(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out = [places[0]]
    for start, end in places[1:]:
        if text[out[-1][1] : start].strip("\r\n") == "" and text[out[-1][1] : start]:
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out


@given(extractions())
def test_every_stretch_is_what_the_text_says_there(made: Extraction) -> None:
    written = files(made)
    stretches, events, _ = read(written["tides.ann"])
    for label, places, text in stretches.values():
        assert label in ("Quote", "Content", "Source", "Via")
        assert text == " ".join(written["tides.txt"][start:end] for start, end in places)
        assert len(text.splitlines()) == 1
        assert all(start < end for start, end in places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
    targets = {target for arguments in events.values() for _, target in arguments}
    assert targets <= stretches.keys() | events.keys()


def test_the_quotes_are_read_back(ferry: Extraction) -> None:
    for made in (ferry, hard()):
        written = files(made)
        name = made.document.id
        assert quotes(written[f"{name}.txt"], written[f"{name}.ann"]) == parts(made)


def test_attributes_are_among_those_that_the_configuration_allows(ferry: Extraction) -> None:
    written = files(ferry, hard())
    section = written["annotation.conf"].partition("[attributes]\n")[2]
    allowed = {
        line.split(" ")[0]: line.rpartition("Value:")[2].split("|") for line in section.splitlines() if "Value:" in line
    }
    for name in ("ferry", "tides"):
        for (_, attribute), value in read(written[f"{name}.ann"])[2].items():
            assert value in allowed[attribute]


def test_the_text_is_the_text(ferry: Extraction) -> None:
    assert files(hard())["tides.txt"] == HARD


def test_a_note_names_the_speaker(ferry: Extraction) -> None:
    assert (
        "#1\tAnnotatorNotes E1\tRosa Lindqvist · 0.93 · complement · q-99876be71e9942ac\n" in files(ferry)["ferry.ann"]
    )


@pytest.mark.parametrize(
    "id", ["../../etc/passwd", "/etc/passwd", "a\\b", "", "..", "con: x?", "a" * 400, "a\nb", "\ud800"]
)
def test_no_id_leads_out_of_the_folder(id: str) -> None:
    made = hard()
    names = files(replace(made, document=replace(made.document, id=id)))
    for name in names:
        assert PurePath(name).name == name
        assert name.encode("utf-8", "surrogatepass")[:1] not in (b".", b"")
        assert len(name) < 120


def test_two_documents_of_one_id_get_two_names() -> None:
    made = hard()
    other = replace(made, document=replace(made.document, source="b/tides.txt"))
    capital = replace(made, document=replace(made.document, id="Tides"))
    names = [name for name, _ in brat.write([made, other, made, capital])]
    assert len({name.casefold() for name in names}) == len(names) == 9
