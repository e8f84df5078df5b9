"""The readable form: whole outputs, colours only when asked for, and nothing that steers the terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.model import Extraction, SpeakerRef, Time
from quotekit.writers.json import from_record
from quotekit.writers.text import write_text

VALID = Path(__file__).parent.parent.parent / "fixtures" / "json" / "valid"

FERRY = """\
Ferry stops for the winter  news/ferry.txt

Rosa Lindqvist, Mayor (“Mayor Rosa Lindqvist”)
  the ferry would “rest until the ice is gone”
  said · mixed · complement · 0.93 · 3:42

Rosa Lindqvist, Mayor (“she”)
  “Nobody likes it,” … “but the hull is thin.”
  added · direct · interrupted · 0.90 · 4:2

the harbour office, via the Fjord Courier
  The last crossing leaves at noon on Friday
  said · indirect · parataxis · 0.81 · 6:1

Anton Lindqvist, the mayor's brother
  a captain once promised “never to stop”
  recalled · mixed · complement · 0.88 · 7:53

a captain
  “never to stop”
  promised · promises · direct · complement · 0.70 · 7:78

“Lindqvist”, not decided: Rosa Lindqvist or Anton Lindqvist
  when it would return
  say · negated · indirect · complement · 0.60 · 7:116

warning: not valid UTF-8; read as cp1252
warning: “ is never closed
6 quotes (2 direct, 2 mixed, 2 indirect), 4 speakers
"""


@pytest.fixture
def ferry() -> Extraction:
    return from_record(json.loads((VALID / "ferry.json").read_text("utf-8")))


def written(extraction: Extraction, **options: int) -> str:
    return "".join(write_text(extraction, **options))


def test_the_whole_of_an_article(ferry: Extraction) -> None:
    assert written(ferry) == FERRY


def test_colours_change_nothing_but_colours(ferry: Extraction) -> None:
    coloured = written(ferry, colour=True)
    assert "\x1b[1mRosa Lindqvist\x1b[0m, Mayor" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == FERRY


@pytest.mark.parametrize("width", [20, 47, 80])
def test_colours_change_nothing_but_colours_at_any_width(ferry: Extraction, width: int) -> None:
    assert re.sub(r"\x1b\[\d+m", "", written(ferry, colour=True, width=width)) == written(ferry, width=width)


def test_long_content_is_wrapped_to_the_width(ferry: Extraction) -> None:
    lines = written(ferry, width=30).splitlines()
    assert "  the ferry would “rest until" in lines
    assert "  the ice is gone”" in lines


@pytest.mark.parametrize("width", [1, 20, 33, 60, 100, 300])
def test_no_line_is_wider_than_the_width_but_for_a_word_that_is(ferry: Extraction, width: int) -> None:
    titled = replace(
        ferry,
        document=replace(ferry.document, title="Ferry stops for the winter, and nobody on the islands likes it at all"),
    )
    for line in written(titled, width=width).splitlines():
        assert len(line) <= max(20, min(width, 100)) or len(line.split()) == 1


def test_a_name_that_is_broken_is_bold_on_both_lines(ferry: Extraction) -> None:
    name = "Rosa Maria Magdalena Lindqvist Thorvaldsdottir"
    quote = replace(ferry.quotes[0], speaker=SpeakerRef("s-f49569da83ec6e26", name, "name"))
    lines = written(replace(ferry, quotes=(quote,)), width=30, colour=True).splitlines()
    assert lines[3:6] == [
        "\x1b[1mRosa Maria Magdalena Lindqvist\x1b[0m",
        "    \x1b[1mThorvaldsdottir\x1b[0m, Mayor",
        "    (“Mayor Rosa Lindqvist”)",
    ]


def test_an_article_cannot_steer_the_terminal(ferry: Extraction) -> None:
    document = replace(ferry.document, title="Clear\x1b[2J\x9b2J\r\nscreen")
    assert written(replace(ferry, document=document)).startswith("Clear\ufffd[2J\ufffd2J screen  news/ferry.txt\n")


def test_without_the_text_places_are_offsets(ferry: Extraction) -> None:
    short = written(replace(ferry, document=replace(ferry.document, text=None)))
    assert "  Nobody likes it … but the hull is thin." in short
    assert f"offset {ferry.quotes[1].content[0].start}\n" in short


def test_nobody_named_and_acts_that_did_not_happen(ferry: Extraction) -> None:
    quote = replace(ferry.quotes[2], source=None, speaker=None, via=(), modality="future", polarity="negative")
    text = written(replace(ferry, quotes=(quote,), warnings=()))
    assert "(nobody named)\n" in text
    assert "  said · future · negated · indirect" in text
    assert text.endswith("1 quote (1 indirect), 0 speakers\n")


def test_a_speaker_who_is_not_known_is_shown_by_the_text_s_own_words(ferry: Extraction) -> None:
    quote = replace(ferry.quotes[1], speaker=SpeakerRef(None, None, "pronoun"))
    assert "\n“she”\n" in written(replace(ferry, quotes=(quote,)))


def test_a_page_and_a_time_are_told_beside_the_place(ferry: Extraction) -> None:
    first, *_ = ferry.quotes
    for page, time, expected in (
        (3, None, " · p. 3"),
        (None, Time(62.25, 3670.0), " · 1:02–1:01:10"),
        (None, None, ""),
    ):
        written = "".join(write_text(replace(ferry, quotes=(replace(first, page=page, time=time),))))
        assert written.splitlines()[4] == f"  said · mixed · complement · 0.93 · 3:42{expected}"


def test_nothing_found_is_said() -> None:
    empty = from_record(json.loads((VALID / "empty_document.json").read_text("utf-8")))
    assert written(empty) == "nothing  nothing.txt\n\nwarning: the document has no text\nno quotes\n"


def test_a_name_is_not_repeated_for_its_capital(ferry: Extraction) -> None:
    quote = ferry.quotes[2]
    assert quote.source is not None
    assert quote.speaker is not None
    opening = replace(quote, source=replace(quote.source, text=quote.source.text.capitalize()))
    speakers = tuple(
        replace(speaker, role=speaker.name.capitalize()) if speaker.id == quote.speaker.id else speaker
        for speaker in ferry.speakers
    )
    text = written(replace(ferry, quotes=(opening,), speakers=speakers))
    assert text.splitlines()[2] == "the harbour office, via the Fjord Courier"
