"""Leaving out unsure quotes leaves a whole record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.acts import ACTS, GROUPS
from quotekit.errors import InputError
from quotekit.model import Extraction
from quotekit.selection import keep_acts, keep_confident, keep_identified
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


def test_a_speaker_less_sure_than_asked_for_is_a_candidate(ferry: Extraction) -> None:
    """The quote stays, its speaker is open, and the record keeps the contract."""
    named = [quote for quote in ferry.quotes if quote.speaker is not None and quote.speaker.id is not None]
    known = tuple(
        replace(quote, speaker=replace(quote.speaker, confidence=0.5 + place / 100)) if quote in named else quote
        for place, quote in enumerate(ferry.quotes)
        if quote.speaker is not None
    )
    extraction = replace(ferry, quotes=tuple(replace(quote, via=()) for quote in known), claims=())
    kept = keep_identified(extraction, 0.505)
    opened = kept.quotes[0].speaker
    assert opened is not None
    assert (opened.id, opened.name, opened.candidates[0].name) == (None, None, ferry.quotes[0].speaker.name)  # type: ignore[union-attr]
    assert opened.candidates[0].score == 0.5
    assert kept.quotes[1:] == extraction.quotes[1:]
    assert kept.speakers == extraction.speakers


def test_speakers_without_confidence_cannot_be_sifted(ferry: Extraction) -> None:
    """A record of before 1.2 does not say how sure an identity is; to keep or drop all would be a guess."""
    unsure = tuple(
        replace(quote, speaker=None if quote.speaker is None else replace(quote.speaker, confidence=None))
        for quote in ferry.quotes
    )
    with pytest.raises(InputError, match="the speakers of this record have no confidence"):
        keep_identified(replace(ferry, quotes=unsure), 0.9)


def test_the_members_of_a_group_stay_with_it(ferry: Extraction) -> None:
    first, second, *rest = ferry.speakers
    group = replace(first, id="s-00000000000000aa", members=(first.id, second.id), mentions=first.mentions)
    quote = ferry.quotes[0]
    assert quote.speaker is not None
    said = replace(quote, speaker=replace(quote.speaker, id=group.id, name=group.name), confidence=0.99)
    others = tuple(replace(one, confidence=0.1) for one in ferry.quotes[1:])
    extraction = replace(ferry, speakers=(first, second, group, *rest), quotes=(said, *others), claims=())
    kept = keep_confident(extraction, 0.5)
    assert {first.id, second.id, group.id} <= {speaker.id for speaker in kept.speakers}
