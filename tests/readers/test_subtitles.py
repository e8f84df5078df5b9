"""Subtitles and transcripts become turns with labels, and every stretch of their text knows its time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers.times import read_times, seconds
from tests.readers.made import read, read_with_failures

if TYPE_CHECKING:
    from quotekit import Extractor

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>The tide was in,</i>
and we could not land.

2
00:00:04,000 --> 00:00:05,250
- Who was with you?
- My brother. 🌊
"""

VTT = """WEBVTT - Harbour talk

NOTE recorded in May

STYLE
::cue { color: white }

intro
00:01.000 --> 00:03.000 align:start
<v Ada Moor>We rang the &amp; bell.</v>

00:03.000 --> 00:04.000
<v.loud Ada Moor>Twice!

00:04.500 --> 00:06.000
<v Ben Oake>Nobody came.
<v Ada Moor>One did.
"""


def timed(article: Article) -> list[tuple[str, float, float]]:
    """What is said when."""
    return [(article.text[span.start : span.end], span.begins, span.ends) for span in article.times]


def made(tmp_path: Path, name: str, text: str) -> Article:
    (tmp_path / name).write_text(text, "utf-8")
    return read(tmp_path / name)


class TestSubtitles:
    def test_lines_are_joined_and_dashes_open_paragraphs(self, tmp_path: Path) -> None:
        article = made(tmp_path, "talk.srt", SRT)
        assert article.text == "The tide was in, and we could not land.\n\nWho was with you?\n\nMy brother. 🌊"

    def test_every_line_has_the_time_of_its_cue(self, tmp_path: Path) -> None:
        assert timed(made(tmp_path, "talk.srt", SRT)) == [
            ("The tide was in,", 1.0, 3.5),
            ("and we could not land.", 1.0, 3.5),
            ("Who was with you?", 4.0, 5.25),
            ("My brother. 🌊", 4.0, 5.25),
        ]

    def test_voices_are_labels_even_two_in_one_cue(self, tmp_path: Path) -> None:
        article = made(tmp_path, "talk.vtt", VTT)
        assert article.text == "ADA MOOR: We rang the & bell. Twice!\n\nBEN OAKE: Nobody came.\n\nADA MOOR: One did."
        assert timed(article)[-1] == ("One did.", 4.5, 6.0)

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Above.\n", "Above."),
            ("1\n00:00:01,000 --> 00:00:02,000\n>> OAKE: So?\n\n2\n00:00:02,000 --> 00:00:03,000\nWell.\n", "OAKE: So? Well."),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne <00:01.500><c>two</c>\n", "One two"),
            ("1\n00:00:01,000 --> 00:00:02,000\nFirst.\n\nSecond.\n", "First. Second."),
            ("00:01.000 --> 00:02.000\nNo number.\n", "No number."),
            ("1\n00:00:01,000 --> 00:00:02,000\n-Cold?\n-Yes, -5 degrees.\n", "Cold?\n\nYes, -5 degrees."),
            ("1\n00:00:01,000 --> 00:00:02,000\n-5 degrees.\n", "-5 degrees."),
            ("1\r\n00:00:01,000 --> 00:00:02,000\r\nTwo\r\nlines.\r\n", "Two lines."),
            ("1\n00:00:01,000 --> 00:00:02,000\nNo!\n\n2\n00:00:02,000 --> 00:00:03,000\nNo!\n\n" + "".join(
                f"{n}\n00:00:0{n},000 --> 00:00:0{n},500\nNumber {n}.\n\n" for n in range(3, 9)), "No! No! Number 3."),
        ],
    )  # fmt: skip
    def test_what_is_shown_is_the_text(self, tmp_path: Path, text: str, shown: str) -> None:
        assert made(tmp_path, "a.srt", text).text.startswith(shown)

    def test_captions_that_roll_up_are_said_once(self, tmp_path: Path) -> None:
        lines = ["we went out", "in the dark", "to look for it", "and found it"]
        cues = [f"00:0{n}.000 --> 00:0{n + 1}.000\n" + "\n".join(lines[max(0, n - 1) : n + 1]) for n in range(4)]
        article = made(tmp_path, "auto.vtt", "WEBVTT\n\n" + "\n\n".join(cues))
        assert article.text == " ".join(lines)
        assert [time for _, *time in timed(article)] == [[n, n + 1] for n in range(4)]

    @pytest.mark.parametrize(
        "time",
        ["00:00:xx,000 --> 00:00:04,000", "00:00:03,000 -> 00:00:04,000", "00:00:05,000 --> 00:00:04,000", "00:61:03,000 --> 00:62:04,000"],
    )  # fmt: skip
    def test_a_broken_time_is_told_with_its_line_and_the_others_are_read(self, tmp_path: Path, time: str) -> None:
        text = (
            f"1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n{time}\nTwo.\n\n3\n00:00:05,000 --> 00:00:06,000\nThree.\n"
        )
        (tmp_path / "a.srt").write_text(text)
        (article,), failures = read_with_failures(tmp_path / "a.srt")
        assert article.text == "One. Three."
        assert failures == [f"a.srt:6: is no time of a subtitle: {time}"]

    def test_a_file_without_subtitles_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="has no subtitles in it"):
            made(tmp_path, "a.vtt", "WEBVTT\n\nNOTE nothing here\n")

    @pytest.mark.parametrize("text", [SRT, VTT, "\ufeff" + SRT])
    def test_they_are_known_by_their_content(self, tmp_path: Path, text: str) -> None:
        assert made(tmp_path, "talk", text).times


@pytest.mark.model
@pytest.mark.parametrize(
    "voices",
    [
        ("Ada Moor", "Mayor Oake", "Ada Moor", "Dr. Ida van der Prince"),
        ("Ada Moor", "Ben Oake", "Jon Rye", "Ida Prince"),
        ("Ada", "Ben", "Ada", "Ben"),
        ("ada", "ben", "ada", "ben"),
        ("ADA MOOR", "Ben Oake", "ADA MOOR", "Ben Oake"),
        ("Interviewer", "Guest", "Interviewer", "Guest"),
        ("Presenter 1", "Presenter 2", "Presenter 1", "Presenter 2"),
    ],
)
def test_every_turn_is_its_voice_s_and_so_is_the_i_in_it(
    tmp_path: Path, extractor: Extractor, voices: tuple[str, ...]
) -> None:
    said = [
        "Good evening, and welcome back to the harbour.",
        "We lost two years to the courts. I never said that the wall would last.",
        "The engineers told us that half of the bolts are loose.",
        "I said in May that the sluice was shut.",
    ]
    cues = [
        f"00:0{number}.000 --> 00:0{number}.900\n<v {voice}>{words}</v>\n"
        for number, (voice, words) in enumerate(zip(voices, said, strict=True))
    ]
    article = made(tmp_path, "talk.vtt", "\n".join(["WEBVTT\n", *cues]))
    (extraction,) = extractor.extract_many([article])
    turns = {quote.content[0].text: quote for quote in extraction.quotes if quote.content[0].text + "." in said}
    assert list(turns) == [words[:-1] for words in said]
    for number, (voice, quote) in enumerate(zip(voices, turns.values(), strict=True)):
        assert voice.upper().endswith(quote.speaker.name if quote.speaker and quote.speaker.name else "nobody")
        assert quote.time
        assert quote.time.begins == number
    own = {
        quote.content[0].text: quote.speaker for quote in extraction.quotes if quote.source and quote.source.text == "I"
    }
    for words, index in (("the wall would last", 1), ("the sluice was shut", 3)):
        assert own[words] is not None
        assert own[words] == turns[said[index][:-1]].speaker


class TestSegments:
    def test_speakers_are_labels(self, tmp_path: Path) -> None:
        segments = [
            {"start": 0, "end": 1.5, "text": " The sluice is shut. ", "speaker": "Ida Prince"},
            {"start": 1.5, "end": 2, "text": "Since May.", "speaker": "Ida Prince"},
            {"startTime": 2, "endTime": 3, "body": "And the keys?", "speaker": "Jon Rye"},
        ]
        article = made(tmp_path, "talk.json", json.dumps({"title": "Sluice", "segments": segments}))
        assert article.text == "IDA PRINCE: The sluice is shut. Since May.\n\nJON RYE: And the keys?"
        assert (article.title, timed(article)[0]) == ("Sluice", ("The sluice is shut.", 0.0, 1.5))

    def test_a_broken_segment_is_told(self, tmp_path: Path) -> None:
        segments = [{"start": 0, "end": 1, "text": "One."}, {"start": 2, "end": 1, "text": "Two."}, "three"]
        (tmp_path / "a.json").write_text(json.dumps({"segments": segments}))
        (article,), failures = read_with_failures(tmp_path / "a.json")
        assert article.text == "One."
        assert [failure.split(":")[0] for failure in failures] == ["a.json, segment 2", "a.json, segment 3"]


class TestTimes:
    @pytest.mark.parametrize(
        ("written", "told"),
        [("00:01:02,500", 62.5), ("12:31", 751.0), ("01:00:00.5", 3600.5), ("100:00:00", 360_000.0), ("1:61", None), ("noon", None)],
    )  # fmt: skip
    def test_clock_times_are_seconds(self, written: str, told: float | None) -> None:
        assert seconds(written) == told

    def test_a_transcript_with_times_is_left_as_it_is(self, tmp_path: Path) -> None:
        text = "[00:00:05] MOOR: We rang.\nNobody came.\n[00:00:09] OAKE: One did.\n"
        article = made(tmp_path, "talk.txt", text)
        assert article.text == text
        assert timed(article) == [(text[:39], 5.0, 9.0), (text[39:], 9.0, 9.0)]

    @pytest.mark.parametrize(
        "text",
        [
            "It ended [2:31] late.",
            "(12:30) Doors open.",
            "[0:09] One.\n[0:05] Two.",
            "At 3:57 we left.\nAt 4:10 we were back.",
        ],
    )
    def test_other_texts_have_no_times(self, text: str) -> None:
        assert read_times(text) == ()
