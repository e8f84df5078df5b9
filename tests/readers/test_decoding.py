"""Bytes become exactly the text they hold; a guess is told, and what is no text is refused with a remedy."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.readers.decoding import BINARY_FORMATS, decode

STORY = "“Tënk twice,” said Zoë – or so it’s told.\r\n\tThe end.\u00a0\u00ad\u200b🌊e\u0301\r"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_the_bytes_prove_is_no_guess(encoding: str) -> None:
    decoded = decode(STORY.encode(encoding), place="x")
    assert (decoded.text, decoded.guess) == (STORY, None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + STORY.encode(encoding), place="x")
    assert (decoded.text, decoded.encoding, decoded.guess) == (STORY, encoding, None)


def test_a_mark_inside_the_text_stays() -> None:
    assert decode("\ufeff\ufeffgo\ufeff".encode(), place="x").text == "\ufeffgo\ufeff"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed_from_its_zero_bytes(encoding: str) -> None:
    decoded = decode(STORY.encode(encoding), place="x")
    assert (decoded.text, decoded.guess) == (STORY, f"no byte order mark; read as {encoding}")


def test_western_european_bytes_are_guessed_to_be_cp1252() -> None:
    decoded = decode("“Ça va”, said Zoë – twice.".encode("cp1252"), place="x")
    assert (decoded.text, decoded.guess) == ("“Ça va”, said Zoë – twice.", "not UTF-8; read as cp1252")


def test_a_byte_without_meaning_does_not_cost_the_rest() -> None:
    assert decode(b"caf\xe9 \x81 open", place="x").text == "café \ufffd open"


def test_another_script_is_left_to_the_detector() -> None:
    text = "Музей закрыт до весны, сообщила директор. Крыша протекает третий год подряд, а денег на ремонт нет. " * 3
    assert decode(text.encode("koi8-r"), place="x").text == text


def test_one_broken_byte_in_utf_8_does_not_turn_the_marks_into_rubbish() -> None:
    decoded = decode("“Up,” she said – “now!”".encode() + b"\xe2\x80", place="x")
    assert decoded.text == "“Up,” she said – “now!”\ufffd"
    assert decoded.guess == "damaged UTF-8, 2 bytes read as U+FFFD, the first at byte 33"


def test_a_named_encoding_wins_over_every_sign() -> None:
    assert decode("né".encode(), place="x", encoding="latin-1").text == "nÃ©"
    assert decode(STORY.encode("utf-8-sig"), place="x", encoding="utf-8").text == STORY


@pytest.mark.parametrize(
    ("data", "encoding", "problem"),
    [
        (b"caf\xe9", "utf-8", r"not valid utf-8 \(byte 3\)"),
        (codecs.BOM_UTF16_LE + b"a\0b", None, "not valid utf-16-le"),
        (codecs.BOM_UTF8 + b"\xff\xff", None, r"not valid utf-8 \(byte 3\)"),
    ],
)
def test_bytes_that_break_a_named_or_marked_encoding_are_refused(
    data: bytes, encoding: str | None, problem: str
) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        decode(data, place="story.txt", encoding=encoding)
    assert caught.value.place == "story.txt"
    assert "--encoding" in caught.value.remedy


@pytest.mark.parametrize("magic", sorted(BINARY_FORMATS))
def test_known_binary_formats_are_refused_with_a_remedy(magic: bytes) -> None:
    with pytest.raises(InputError, match="not text") as caught:
        decode(magic + b"\n1 0 obj", place="x")
    assert caught.value.remedy


@pytest.mark.parametrize("data", [b"a text with one \0 byte", bytes(range(1, 256)) * 4, b"\0" * 100])
def test_other_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary file"):
        decode(data, place="x")


def test_no_bytes_are_an_empty_text() -> None:
    assert decode(b"", place="x").text == ""


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")))
def test_any_text_in_utf_8_comes_back_unaltered(text: str) -> None:
    if text.startswith("\ufeff") or any(text.encode().startswith(magic) for magic in BINARY_FORMATS):
        return
    assert decode(text.encode(), place="x").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_an_input_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        decode(data, place="x").text.encode()
