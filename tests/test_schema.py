"""The schema is sound, says what every field means, and its closed variant refuses what it does not name."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from quotekit import model
from quotekit.errors import InputError
from quotekit.schema import close_schema, load_schema, schema_names, schema_text

PARTS = {
    "alternative": model.Alternative,
    "candidate": model.Candidate,
    "claim": model.Claim,
    "cue": model.Cue,
    "document": model.Document,
    "edit": model.Edit,
    "evidence": model.Evidence,
    "explanation": model.Explanation,
    "generator": model.Generator,
    "page": model.Page,
    "holder": model.Holder,
    "quote": model.Quote,
    "rest": model.Rest,
    "shown": model.Shown,
    "span": model.Span,
    "speaker": model.Speaker,
    "speaker_ref": model.SpeakerRef,
    "time": model.Time,
    "timed_span": model.TimedSpan,
    "via": model.Via,
    "warning": model.Notice,
}

# What may be absent: the text and explanations on request, what older minor versions did not have, and what only some
# sources have.
OPTIONAL = {
    *(("document", name) for name in ("text", "pages", "times")),
    *(("quote", name) for name in ("act", "explanation", "page", "time", "link")),
    *(("claim", name) for name in ("factors", "shown", "chain", "edits", "unresolved")),
    ("speaker_ref", "confidence"),
    ("speaker_ref", "medium"),
    ("candidate", "score"),
    ("speaker", "members"),
}


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that the schema describes, with its path."""
    for name, field in schema.get("properties", {}).items():
        yield f"{path}/{name}", field
    for name, part in schema.get("$defs", {}).items():
        yield from properties(part, f"/$defs/{name}")


def test_the_schema_is_a_2020_12_schema() -> None:
    schema = load_schema("extraction")
    assert schema["$id"] == "urn:quotekit:schema:extraction:1.2"
    Draft202012Validator.check_schema(schema)
    Draft202012Validator.check_schema(load_schema("extraction", closed=True))


def test_every_field_has_a_description() -> None:
    described = dict(properties(load_schema("extraction")))
    assert len(described) > 60
    assert [path for path, field in described.items() if len(field.get("description", "")) < 10] == []


@pytest.mark.parametrize("name", ["start", "end", "length"])
def test_every_place_and_length_names_its_unit(name: str) -> None:
    fields = [field for path, field in properties(load_schema("extraction")) if path.endswith(f"/{name}")]
    assert fields
    assert all("offset_unit" in field["description"] for field in fields)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_the_schema_names_the_fields_of_the_model_in_their_order(name: str) -> None:
    keys = {"cue_class": "class", "replaced": "from"}
    fields = [keys.get(field.name, field.name) for field in dataclasses.fields(PARTS[name])]
    part = load_schema("extraction")["$defs"][name]
    assert list(part["properties"]) == fields
    assert part["required"] == [field for field in fields if (name, field) not in OPTIONAL]


def test_the_whole_record_has_the_fields_of_an_extraction() -> None:
    fields = [field.name for field in dataclasses.fields(model.Extraction)]
    assert list(load_schema("extraction")["properties"]) == fields


def test_every_object_of_the_closed_variant_is_closed() -> None:
    closed = load_schema("extraction", closed=True)
    assert closed["additionalProperties"] is False
    assert all(part.get("additionalProperties") is False for part in closed["$defs"].values() if "properties" in part)
    assert "additionalProperties" not in schema_text("extraction")


def test_closing_leaves_a_field_that_is_called_properties_alone() -> None:
    schema = {"type": "object", "properties": {"properties": {"type": "string"}}}
    assert close_schema(schema) == schema | {"additionalProperties": False}


def test_the_text_of_the_schema_is_the_published_file() -> None:
    published = Path(__file__).parent.parent / "schemas" / "extraction.schema.json"
    assert "extraction" in schema_names()
    assert schema_text("extraction") == published.read_text("utf-8")
    assert json.loads(schema_text("extraction")) == load_schema("extraction")


def test_an_unknown_schema_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no schema") as caught:
        schema_text("novel")
    assert "extraction" in caught.value.remedy
