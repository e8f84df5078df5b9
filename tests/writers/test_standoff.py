"""Formats of labelled stretches and links: Label Studio, doccano, PubAnnotation, Citron. What they hold is what was there."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from quotekit.model import Extraction
from quotekit.writers import citron, doccano, label_studio, pubannotation
from tests.writers.made import extractions, hard, make, parts, place, quote, rebuilt


def written(writer: Any, *made: Extraction) -> Any:
    return json.loads("".join(writer.write(made)))


class TestLabelStudio:
    def regions(self, task: Any) -> tuple[dict[Any, Any], list[Any]]:
        result = task["predictions"][0]["result"]
        regions = {
            one["id"]: (one["value"]["labels"][0], (one["value"]["start"], one["value"]["end"]))
            for one in result
            if one["type"] == "labels"
        }
        links = [(one["labels"][0], one["from_id"], one["to_id"]) for one in result if one["type"] == "relation"]
        return regions, links

    @given(extractions())
    def test_it_holds_every_part_of_every_quote(self, made: Extraction) -> None:
        lines = replace(made, document=replace(made.document, text=(made.document.text or "").replace("\r", " ")))
        (task,) = written(label_studio, lines)
        assert rebuilt(*self.regions(task)) == parts(lines)

    @given(extractions())
    def test_offsets_are_those_of_the_text_in_the_task(self, made: Extraction) -> None:
        (task,) = written(label_studio, made)
        assert "\r" not in task["data"]["text"]
        for one in task["predictions"][0]["result"]:
            if value := one.get("value"):
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]

    @given(extractions())
    def test_regions_keep_their_words(self, made: Extraction) -> None:
        (task,) = written(label_studio, made)
        regions = [one["value"] for one in task["predictions"][0]["result"] if "labels" in one.get("value", {})]
        places = ((*one.content, one.source, one.cue, *(via.source for via in one.via)) for one in made.quotes)
        spans = [span for some in places for span in some if span]
        words = Counter("".join(span.text.split()) for span in spans)
        assert Counter("".join(value["text"].split()) for value in regions) == words

    def test_the_type_is_a_choice_of_the_first_region(self) -> None:
        (task,) = written(label_studio, hard())
        choices = {
            one["id"]: one["value"]["choices"] for one in task["predictions"][0]["result"] if one["type"] == "choices"
        }
        assert choices["q-0000000000000002-content-0"] == ["mixed"]

    def test_the_sdk_takes_tasks_and_configuration(self, ferry: Extraction) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
        labels = interface(label_studio.SETUP)
        for task in written(label_studio, ferry, hard()):
            assert labels.validate_task({"data": task["data"]})  # with predictions, SDK 2.0.19 calls itself wrongly
            for prediction in task["predictions"]:
                assert labels.validate_prediction(prediction, return_errors=True) == []

    def test_the_sdk_would_refuse_a_label_that_is_not_configured(self, ferry: Extraction) -> None:
        interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
        (task,) = written(label_studio, ferry)
        task["predictions"][0]["result"][0]["value"]["labels"] = ["Kontent"]
        assert interface(label_studio.SETUP).validate_prediction(task["predictions"][0], return_errors=True) != []


class TestDoccano:
    @given(extractions())
    def test_it_holds_every_part_of_every_quote(self, made: Extraction) -> None:
        task = json.loads("".join(doccano.write([made])))
        regions = {one["id"]: (one["label"], (one["start_offset"], one["end_offset"])) for one in task["entities"]}
        links = [(one["type"], one["from_id"], one["to_id"]) for one in task["relations"]]
        assert task["text"] == made.document.text
        assert rebuilt(regions, links) == parts(made)

    def test_numbers_of_entities_do_not_repeat_in_a_file(self, ferry: Extraction) -> None:
        lines = "".join(doccano.write([ferry, hard()])).splitlines()
        ids = [entity["id"] for line in lines for entity in json.loads(line)["entities"]]
        assert len(lines) == 2
        assert ids == list(range(len(ids)))

    @given(extractions())
    def test_it_keeps_the_rules_of_doccano_s_import(self, made: Extraction) -> None:
        """As backend/data_import/pipeline/label.py of doccano has them."""
        pydantic = pytest.importorskip("pydantic")

        class Span(pydantic.BaseModel):  # type: ignore[name-defined,misc]
            id: int
            label: str = pydantic.Field(min_length=1)
            start_offset: int = pydantic.Field(ge=0)
            end_offset: int = pydantic.Field(ge=0)

        class Relation(pydantic.BaseModel):  # type: ignore[name-defined,misc]
            id: int
            from_id: int
            to_id: int
            type: str = pydantic.Field(min_length=1)

        task = json.loads("".join(doccano.write([made])))
        ids = set()
        for one in task["entities"]:
            span = Span.model_validate(one, strict=True)
            assert span.start_offset < span.end_offset
            ids.add(span.id)
        for one in task["relations"]:
            relation = Relation.model_validate(one, strict=True)
            assert {relation.from_id, relation.to_id} <= ids


class TestPubAnnotation:
    @given(extractions())
    def test_it_holds_every_part_of_every_quote(self, made: Extraction) -> None:
        document = written(pubannotation, made)
        regions = {
            one["id"]: (one["obj"], (one["span"]["begin"], one["span"]["end"])) for one in document["denotations"]
        }
        links = [(one["pred"], one["subj"], one["obj"]) for one in document["relations"]]
        assert document["text"] == made.document.text
        assert rebuilt(regions, links) == parts(made)

    def test_what_is_known_of_a_quote_is_said_of_its_first_denotation(self) -> None:
        document = written(pubannotation, hard())
        first = [(one["pred"], one["obj"]) for one in document["attributes"] if one["subj"] == "T1"]
        assert first == [
            ("type", "direct"),
            ("act", "says"),
            ("polarity", "positive"),
            ("modality", "actual"),
            ("speaker", "Ada Löwe"),
            ("confidence", 0.8125),
        ]

    def test_no_two_annotations_share_an_id(self, ferry: Extraction) -> None:
        document = written(pubannotation, ferry)
        ids = [one["id"] for kind in ("denotations", "relations", "attributes") for one in document[kind]]
        assert len(ids) == len(set(ids))

    def test_one_document_is_an_object_and_several_are_an_array(self, ferry: Extraction) -> None:
        assert [one["sourceid"] for one in written(pubannotation, ferry, hard())] == ["ferry", "tides"]
        assert written(pubannotation) == []


class TestCitron:
    @given(extractions())
    def test_it_holds_every_quote_that_has_a_cue(self, made: Extraction) -> None:
        document = written(citron, made)
        for written_quote, kept in zip(document["quotes"], (one for one in made.quotes if one.cue), strict=True):
            assert [(span["start"], span["end"]) for span in written_quote["contents"]] == [
                (span.start, span.end) for span in kept.content
            ]
            for span in (written_quote["cue"], *written_quote["sources"], *written_quote["contents"]):
                assert span["text"] == document["text"][span["start"] : span["end"]]

    def test_a_pronoun_has_the_name_as_coreference(self, ferry: Extraction) -> None:
        document = written(citron, ferry)
        assert document["quotes"][0]["coreferences"] == []
        assert document["quotes"][1]["sources"][0]["text"] == "she"
        assert document["quotes"][1]["coreferences"] == [{"start": 30, "end": 50, "text": "Mayor Rosa Lindqvist"}]
        assert [[span["text"] for span in group] for group in document["coreference_groups"]] == [
            ["Mayor Rosa Lindqvist", "she"]
        ]

    def test_confidence_is_a_number(self, ferry: Extraction) -> None:
        assert written(citron, ferry)["quotes"][0]["confidence"] == 0.93


def test_two_quotes_of_the_same_words_stay_two() -> None:
    text = "“Yes,” said Ada and Bo."
    same = [
        quote(text, [place(text, "Yes")], number=number, source=place(text, name), cue=place(text, "said"))
        for number, name in enumerate(("Ada", "Bo"))
    ]
    made = make(text, same)
    task = json.loads("".join(doccano.write([made])))
    regions = {one["id"]: (one["label"], (one["start_offset"], one["end_offset"])) for one in task["entities"]}
    assert rebuilt(regions, [(one["type"], one["from_id"], one["to_id"]) for one in task["relations"]]) == parts(made)
