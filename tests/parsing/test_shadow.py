"""The shadow: what the parser sees instead of the text, and the way back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.parsing.chunks import CHUNK_CHARACTERS, MAX_PARAGRAPH, batches, chunks
from quotekit.parsing.layout import wrap_width
from quotekit.parsing.shadow import MAX_RUN, Shadow, rewrite, shadow

AWKWARD = "“”„«»‘’‚`´\"'\u00a0\u00ad\u200b\u200d\ufeff\r\n\t .e\u0301\u0300\u2028🌊👩\ufe0f\x00ß…—\ud800"
texts = st.text() | st.text(alphabet=AWKWARD)

WRAPPED = """The ferry to the outer islands will run again from Monday, the harbour
office said, after a week in which the swell had kept it at its berth and
the shops on the quay had begun to run out of bread. Nobody had been hurt.

"We counted the loaves," said the baker, who had opened every morning all
the same, "and on the last day there were eleven."
"""


def assert_map(mapped: Shadow, text: str) -> None:
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)
    assert all(start < end for start, end in zip(mapped.starts, mapped.ends, strict=True))
    assert all(0 <= start <= len(text) for start in mapped.starts)
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)


@given(texts)
def test_every_character_of_the_shadow_stands_for_a_stretch_of_the_text(text: str) -> None:
    for made in (rewrite(text), shadow(text)):
        assert_map(made, text)


@given(texts)
def test_letters_are_kept_where_they_are(text: str) -> None:
    made = shadow(text)
    for letter, start, end in zip(made.text, made.starts, made.ends, strict=True):
        if letter.isalnum() and end - start == 1:
            assert text[start] == letter


@given(texts)
def test_the_shadow_is_plain(text: str) -> None:
    made = shadow(text).text
    assert not set(made) & set("“”„«»‘’‚`´\u00a0\u00ad\u200b\ufeff\r\t\u2028\x00\ud800")
    assert "\n" not in made.replace("\n\n", "")
    assert made == made.strip("\n")


@given(st.lists(texts))
def test_paragraphs_cover_the_shadow(several: list[str]) -> None:
    shadows = [shadow(text) for text in several]
    for chunk in chunks(shadows):
        for paragraph in chunk.paragraphs:
            here = chunk.text[paragraph.base : paragraph.base + paragraph.end - paragraph.start]
            assert here == shadows[paragraph.text].text[paragraph.start : paragraph.end]
            assert chunk.paragraph_at(paragraph.base) is paragraph


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Full,” she said. „Voll“, »plein«.", '"Full," she said. "Voll", "plein".'),
        ("``Full,'' she said, `now'.", "\"Full,\" she said, 'now'."),
        ("don’t, the ’80s", "don't, the '80s"),
        ("5\u00a0000\u2009km", "5 000 km"),
        ("co\u00adoperate\u200b now", "cooperate now"),
        ("Jose\u0301 and Zoe\u0308", "José and Zoë"),
        ("q\u0303x", "qx"),
        ("👩\u200d👧 and ❤\ufe0f", "👩👧 and ❤"),
        ("one\r\n\r\ntwo\rthree", "one\n\ntwo\n\nthree"),
        ("\ufeffA heading\nThe text.", "A heading\n\nThe text."),
        ("  \n \n", ""),
    ],
)
def test_rewriting(text: str, plain: str) -> None:
    assert shadow(text).text == plain


def test_a_composed_letter_covers_its_accent() -> None:
    made = shadow("Jose\u0301 left")
    assert made.original(0, 4) == (0, 5)


def test_a_hard_wrapped_text_has_paragraphs_not_lines() -> None:
    made = shadow(WRAPPED).text
    assert made.count("\n\n") == 1
    assert "the harbour office said" in made
    assert wrap_width(WRAPPED) is not None


def test_lines_of_their_own_are_paragraphs() -> None:
    listing = "Ferry runs again\nBaker counts loaves\nHarbour office: no one hurt\nSwell to drop by Monday\n"
    assert shadow(listing).text.count("\n\n") == 3


def test_a_heading_in_a_wrapped_text_stays_apart() -> None:
    made = shadow("Ferry to sail\n" + WRAPPED).text
    assert made.startswith("Ferry to sail\n\nThe ferry")


def test_a_run_without_spaces_is_shortened_and_still_covers_all() -> None:
    text = "see " + "x" * 20_000 + " end"
    made = shadow(text)
    assert len(made.text) == 4 + MAX_RUN + 4
    assert made.original(4, 4 + MAX_RUN) == (4, 20_004)


def test_long_texts_go_in_parts_that_end_with_a_sentence() -> None:
    text = "It rained all day on the pier. " * 10_000
    parts = [paragraph for chunk in chunks([shadow(text)]) for paragraph in chunk.paragraphs]
    assert len(parts) > 30
    assert all(part.end - part.start <= MAX_PARAGRAPH for part in parts)
    assert all(text[part.start :].startswith("It") for part in parts)


def test_a_stream_is_parsed_in_batches_that_fill_a_chunk() -> None:
    sizes = [CHUNK_CHARACTERS // 2] * 3 + [2 * CHUNK_CHARACTERS, 1]
    assert [len(batch) for batch in batches(sizes, size=lambda size: size)] == [2, 1, 1, 1]


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", " \n"])
def test_a_long_run_of_spaces_takes_no_longer_than_words(space: str) -> None:
    before = time.process_time()
    text = f"He said{space * 50_000}it was late."
    assert shadow(text).text.split() == ["He", "said", "it", "was", "late."]
    assert time.process_time() - before < 2  # seconds; it once took ten
