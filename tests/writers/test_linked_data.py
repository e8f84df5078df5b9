"""W3C Web Annotation and schema.org Quotation, by the standards' own schemas where they are at hand."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from quotekit.model import Extraction, Speaker, SpeakerRef
from quotekit.writers import schema_quotation, web_annotation
from tests.writers.made import extractions, hard, make, place, quote
from tests.writers.schema_org import complaints


def written(writer: Any, *made: Extraction) -> Any:
    return json.loads("".join(writer.write(made)))


def without_text(made: Extraction) -> Extraction:
    return replace(made, document=replace(made.document, text=None))


def without_url(made: Extraction) -> Extraction:
    return replace(made, document=replace(made.document, url=None))


class TestWebAnnotation:
    @given(extractions())
    def test_selectors_find_the_words(self, made: Extraction) -> None:
        text = made.document.text or ""
        for annotation, one in zip(written(web_annotation, without_url(made))["items"], made.quotes, strict=True):
            assert len(annotation["target"]) == len(one.content)
            for target in annotation["target"]:
                words, where = target["selector"]
                assert text[where["start"] : where["end"]] == words["exact"]
                assert text[: where["start"]].endswith(words["prefix"])
                assert text[where["end"] :].startswith(words["suffix"])

    def test_in_a_page_of_the_web_words_alone_are_looked_for(self, ferry: Extraction) -> None:
        for annotation in written(web_annotation, ferry)["items"]:
            for target in annotation["target"]:
                assert target["source"]["id"] == "https://example.org/ferry"
                assert [one["type"] for one in target["selector"]] == ["TextQuoteSelector"]

    def test_a_text_without_address_is_named_by_its_hash(self) -> None:
        page = written(web_annotation, without_url(hard()))
        (name,) = {target["source"]["id"] for one in page["items"] for target in one["target"]}
        assert name.startswith("ni:///sha-256;")
        assert len(name.partition(";")[2]) == 43

    def test_bodies_name_the_speaker_and_point_at_source_and_cue(self, ferry: Extraction) -> None:
        body = written(web_annotation, ferry)["items"][1]["body"]
        assert [(one["purpose"], one.get("value") or one["selector"][0]["exact"]) for one in body] == [
            ("identifying", "Rosa Lindqvist"),
            ("tagging", "direct"),
            ("tagging", "says"),
            ("identifying", "she"),
            ("describing", "added"),
        ]

    def test_what_was_not_said_is_tagged(self, ferry: Extraction) -> None:
        values = [one.get("value") for one in written(web_annotation, ferry)["items"][5]["body"]]
        assert "negated" in values

    def test_names_are_the_same_each_time_and_differ_from_one_another(self, ferry: Extraction) -> None:
        page, again, other = (
            written(web_annotation, ferry),
            written(web_annotation, ferry),
            written(web_annotation, hard()),
        )
        assert page == again
        names = [one["id"] for one in (page, other, *page["items"], *other["items"])]
        assert len(set(names)) == len(names)
        assert all(uuid.UUID(name).version == 5 for name in names)

    def test_nothing_found_is_a_page_without_items(self, empty: Extraction) -> None:
        assert written(web_annotation, empty)["items"] == []

    @pytest.mark.parametrize("change", [lambda made: made, without_text, without_url])
    def test_the_w3c_s_own_schemas_take_every_annotation(
        self, ferry: Extraction, change: Callable[[Extraction], Extraction], standard: Callable[[str], Path]
    ) -> None:
        musts = w3c_validators(standard("web-annotation"))
        for one in written(web_annotation, change(ferry), change(hard()))["items"]:
            assert [name for name, validator in musts if not validator.is_valid(one)] == []

    def test_those_schemas_take_right_samples_and_refuse_wrong_ones(self, standard: Callable[[str], Path]) -> None:
        folder = standard("web-annotation")
        musts = w3c_validators(folder)
        samples = folder / "tools" / "samples"

        def refused(kind: str) -> int:
            count = 0
            for path in sorted((samples / kind).glob("anno*.json")):
                with suppress(json.JSONDecodeError):  # some wrong ones are wrong as JSON already
                    one = json.loads(path.read_text("utf-8"))
                    count += any(not validator.is_valid(one) for _, validator in musts)
            return count

        # Three of 41 right ones have a target of a kind that the schemas do not know; some of the wrong ones break only
        # what the standard does not demand.
        assert refused("correct") == 3
        assert refused("incorrect") > 20


def w3c_validators(folder: Path) -> list[tuple[str, Any]]:
    """The assertions that the W3C's test of annotations makes of what must be."""
    from jsonschema import Draft4Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT4

    def load(path: Path) -> Any:
        return json.loads(path.read_text("utf-8"))

    registry: Registry[Any] = Registry().with_resources(
        (path.name, DRAFT4.create_resource(load(path))) for path in (folder / "definitions").glob("*.json")
    )
    names = load(folder / "annotations" / "annotationMusts.test")["assertions"]
    return [(name, Draft4Validator(load(folder / name), registry=registry)) for name in names]


class TestSchemaQuotation:
    def nodes(self, *made: Extraction) -> list[dict[str, Any]]:
        return written(schema_quotation, *made)["@graph"]  # type: ignore[no-any-return]

    def test_a_quotation_has_its_speaker_and_its_article(self, ferry: Extraction) -> None:
        node = self.nodes(ferry)[1]
        mayor = {"@type": "Person", "name": "Rosa Lindqvist", "jobTitle": "Mayor"}
        assert node == {
            "@type": "Quotation",
            "@id": "urn:quotekit:q-92f4ecf72d799229",
            "identifier": "q-92f4ecf72d799229",
            "text": "Nobody likes it … but the hull is thin.",
            "creator": mayor,
            "spokenByCharacter": mayor,
            "keywords": ["direct", "says"],
            "inLanguage": "en",
            "url": "https://example.org/ferry#:~:text=%E2%80%9C-,Nobody%20likes%20it,-%2C%E2%80%9D%20she%20added%2C"
            "&text=but%20the%20hull%20is%20thin.",
            "isPartOf": {
                "@type": "NewsArticle",
                "url": "https://example.org/ferry",
                "headline": "Ferry stops for the winter",
                "datePublished": "2026-01-12",
            },
        }

    @pytest.mark.parametrize(
        ("about", "kept"),
        [
            ({}, True),
            ({"polarity": "negative"}, False),
            ({"modality": "future"}, False),
            ({"act": "believes"}, False),
            ({"act": "plans"}, False),
            ({"act": "other"}, False),
            ({"act": "denies", "type": "indirect"}, False),
            ({"act": "denies", "type": "direct"}, True),
            ({"act": None}, True),
        ],
    )
    def test_only_what_was_said_is_put_into_anyone_s_mouth(self, about: dict[str, Any], kept: bool) -> None:
        text = "Ada said no."
        assert bool(self.nodes(make(text, [quote(text, [place(text, "no")], **about)]))) is kept

    @pytest.mark.parametrize(
        ("kind", "type"),
        [("person", "Person"), ("author", "Person"), ("group", "Organization"), ("document", None), ("unknown", None)],
    )
    def test_a_creator_is_a_person_or_an_organization(self, kind: str, type: str | None) -> None:
        text = "The survey said no."
        speaker = Speaker("s-0000000000000001", "the survey", kind, None, None, ())
        said = quote(
            text,
            [place(text, "no")],
            source=place(text, "The survey"),
            speaker=SpeakerRef(speaker.id, speaker.name, "name"),
        )
        (node,) = self.nodes(make(text, [said], [speaker]))
        assert node.get("creator", {}).get("@type") == type
        assert node.get("creditText") == (None if type else "The survey")

    def test_schema_org_s_own_shapes_take_it(self, ferry: Extraction, standard: Callable[[str], Path]) -> None:
        text = "".join(schema_quotation.write([ferry, hard(), without_url(hard())]))
        assert complaints(text, standard("schemaorg-30.0")) == ""

    @pytest.mark.parametrize(("key", "value"), [("creator", "Ada"), ("text", {"@type": "Person"})])
    def test_those_shapes_refuse_what_is_no_person_and_no_text(
        self, ferry: Extraction, standard: Callable[[str], Path], key: str, value: Any
    ) -> None:
        graph = written(schema_quotation, ferry)
        graph["@graph"][0][key] = value
        assert f"schema1:{key}" in complaints(json.dumps(graph), standard("schemaorg-30.0"))
