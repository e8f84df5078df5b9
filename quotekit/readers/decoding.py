"""Bytes → text, exactly: the encoding that the input says or proves, and where it does neither, a guess that is told.

A byte order mark is no part of the text; nothing else is altered: line ends, invisible characters and accents stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotekit.errors import InputError

# UTF-32's little-endian mark begins with UTF-16's, so it is asked for first.
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
BINARY_FORMATS = {
    b"%PDF-": ("a PDF file", "name it .pdf, or --input-format pdf"),
    b"PK\x03\x04": (
        "a ZIP file, or a document packed as one (.docx, .odt, .epub)",
        "--input-format docx for a Word file; others, save as .docx or .txt first, for example with pandoc",
    ),
    b"\xd0\xcf\x11\xe0": ("an old Office document", "save it as .docx first"),
    b"{\\rtf": ("an RTF document", "save it as .docx or .txt first, for example with pandoc"),
    b"\x28\xb5\x2f\xfd": ("a zstd file", "unpack it first"),
    b"\x89PNG": ("an image", "quotekit reads text"),
    b"\xff\xd8\xff": ("an image", "quotekit reads text"),
    b"GIF8": ("an image", "quotekit reads text"),
    b"\x7fELF": ("a program", "quotekit reads text"),
}
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # without tab, line ends, form feed and escape

# Text has next to no control characters; of random bytes 29 in 256, 11 %, are among those counted.
BINARY_CONTROL_SHARE = 0.02
# In UTF-16 every ASCII character, most of a Western text, has a zero byte on one side and none on the other.
UTF16_ZERO_SHARE = 0.4
UTF16_OTHER_SHARE = 0.1
# cp1252 holds Western European text, in which accents and marks are few: French, the richest, has about 4 % accented
# letters. Where every fifth byte is beyond ASCII the text is in another script, and a detector looks at it.
WESTERN_SHARE = 0.2
_SAMPLE = 1 << 16
_HINT = "name its encoding with --encoding"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of an input and its encoding; ``guess`` says how that was guessed, None where it is sure."""

    text: str
    encoding: str
    guess: str | None = None


def decode(data: bytes, *, place: str, encoding: str | None = None) -> Decoded:
    """The text that the bytes hold, in the named encoding or else in the one that they show.

    Raises InputError when they are no text or break the encoding.
    """
    if encoding:
        return Decoded(_strictly(data, encoding, place, "leave --encoding out to have it guessed"), encoding)
    for mark, marked in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return Decoded(_strictly(data, marked, place, _HINT), marked)
    if b"\0" in data and (wide := _wide_encoding(data)):
        return Decoded(_strictly(data, wide, place, _HINT), wide, f"no byte order mark; read as {wide}")
    _refuse_binary(data, place)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error.start)


def _strictly(data: bytes, encoding: str, place: str, remedy: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        where = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else str(error)
        raise InputError(place, f"not valid {encoding} ({where})", remedy) from error


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 of one byte order or the other, where the zero bytes stand as they do in Western text."""
    sample = data[:_SAMPLE]
    even, odd = (sample[start::2].count(0) / max(len(sample[start::2]), 1) for start in (0, 1))
    if odd > UTF16_ZERO_SHARE and even < UTF16_OTHER_SHARE:
        return "utf-16-le"
    if even > UTF16_ZERO_SHARE and odd < UTF16_OTHER_SHARE:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, place: str) -> None:
    for magic, (kind, remedy) in BINARY_FORMATS.items():
        if data.startswith(magic):
            raise InputError(place, f"is {kind}, not text", remedy)
    if b"\0" in data or len(_CONTROLS.findall(data[:_SAMPLE])) > BINARY_CONTROL_SHARE * len(data[:_SAMPLE]):
        raise InputError(place, "is a binary file, not text", f"if it is text, {_HINT}")


def _guess(data: bytes, first_bad: int) -> Decoded:
    """The likeliest text of bytes that are not UTF-8: damaged UTF-8, Western European, or what a detector says."""
    escaped = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= character <= "\udcff" for character in escaped)
    good = sum(character > "\x7f" for character in escaped) - bad
    if good > bad:
        guess = f"damaged UTF-8, {bad} bytes read as U+FFFD, the first at byte {first_bad}"
        return Decoded(data.decode("utf-8", "replace"), "utf-8", guess)
    if bad + good <= WESTERN_SHARE * len(escaped) or not (detected := _detect(data)):
        detected = "cp1252"
    # Five bytes mean nothing in cp1252; browsers read them as control characters, and one must not cost the document.
    text = re.sub("[\udc80-\udcff]", "\ufffd", data.decode(detected, "surrogateescape"))
    return Decoded(text, detected, f"not UTF-8; read as {detected}")


def _detect(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # 50 ms, and hardly any input needs it

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None
