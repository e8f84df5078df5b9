"""Leaving out unsure quotes leaves a whole record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.acts import ACTS, GROUPS
from quotekit.errors import InputError
from quotekit.model import Extraction
from quotekit.selection import keep_acts, keep_confident
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record

FERRY = Path(__file__).parent.parent / "fixtures" / "json" / "valid" / "ferry.json"


@pytest.fixture
def ferry() -> Extraction:
    return from_record(json.loads(FERRY.read_text("utf-8")))


@pytest.mark.parametrize("minimum", [0.0, 0.65, 0.75, 0.85, 0.92, 1.0])
def test_what_is_left_keeps_the_contract(ferry: Extraction, minimum: float) -> None:
    kept = keep_confident(ferry, minimum)
    assert [quote.id for quote in kept.quotes] == [quote.id for quote in ferry.quotes if quote.confidence >= minimum]
    assert find_problems(to_record(kept), closed=True) == []


def test_speakers_and_claims_go_with_their_quotes(ferry: Extraction) -> None:
    kept = keep_confident(ferry, 0.92)
    assert [speaker.name for speaker in kept.speakers] == ["Rosa Lindqvist"]
    assert len(kept.claims) == 1
    nothing = keep_confident(ferry, 1.0)
    assert (nothing.speakers, nothing.claims) == ((), ())


def test_a_nested_quote_outlives_the_one_around_it(ferry: Extraction) -> None:
    inner = ferry.quotes[4]
    assert inner.parent == ferry.quotes[3].id
    unsure = tuple(replace(quote, confidence=0.1) if quote.id == inner.parent else quote for quote in ferry.quotes)
    kept = keep_confident(replace(ferry, quotes=unsure), 0.5)
    assert next(quote for quote in kept.quotes if quote.id == inner.id).parent is None


@pytest.mark.parametrize("acts", [(), ("promises",), ("says",), GROUPS["speech"], GROUPS["belief"], ACTS])
def test_what_acts_leave_keeps_the_contract(ferry: Extraction, acts: tuple[str, ...]) -> None:
    kept = keep_acts(ferry, acts)
    assert [quote.id for quote in kept.quotes] == [quote.id for quote in ferry.quotes if quote.act in acts]
    assert find_problems(to_record(kept), closed=True) == []


def test_speech_inside_a_thought_stays_when_the_thought_goes(ferry: Extraction) -> None:
    inner = ferry.quotes[4]
    assert inner.parent == ferry.quotes[3].id
    thought = tuple(replace(quote, act="believes") if quote.id == inner.parent else quote for quote in ferry.quotes)
    kept = keep_acts(replace(ferry, quotes=thought), GROUPS["speech"])
    assert next(quote for quote in kept.quotes if quote.id == inner.id).parent is None
    assert [quote.act for quote in keep_acts(replace(ferry, quotes=thought), GROUPS["belief"]).quotes] == ["believes"]


def test_a_record_without_acts_is_refused_when_they_are_asked_for(ferry: Extraction) -> None:
    record = to_record(ferry)
    for quote in record["quotes"]:
        del quote["act"]
    assert find_problems(record, closed=True) == []
    old = from_record(record)
    assert to_record(old) == record
    with pytest.raises(InputError, match="no acts"):
        keep_acts(old, ("says",))
