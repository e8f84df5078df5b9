"""PDF → Article: the lines on the pages, joined to paragraphs, and which page holds what."""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median_low
from typing import Any

from quotekit.errors import InputError
from quotekit.model import Notice
from quotekit.readers.decoding import Decoded
from quotekit.readers.layout import Line, join_lines
from quotekit.readers.reader import Failed, Found, Reader, Reading, import_extra
from quotekit.readers.source import Source
from quotekit.readers.text import make_article

REQUIREMENT = "pypdfium2>=5"
_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024  # bytes: where the standard has readers look for it
# PDFium's sign for a hyphen that parts a word at the end of a line.
_HYPHEN = "\x02"
# Characters of a line that are measured: a bullet, a raised number or a word in another font is not what most are.
_SAMPLES = 9
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
# What word processors write for a title when nobody gave one.
_NO_TITLES = ("untitled", "microsoft word - ", "microsoft powerpoint - ")


def is_pdf(head: bytes) -> bool:
    """Whether an input is a PDF file."""
    return _MAGIC in head[:_MAGIC_WITHIN]


def read_pdf(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """The text of a PDF file: paragraphs joined, hyphens mended, running heads and page numbers left out.

    Raises InputError where pypdfium2 is missing, and where the file is encrypted, damaged or a picture without text.
    """
    pdfium = import_extra("pypdfium2", place=source.path, requirement=REQUIREMENT, extra="pdf")
    pages, known = _pages(pdfium, source)
    text, places = join_lines(pages)
    if not text:
        raise InputError(source.path, "has no text, only pictures of it", "run OCR over it first, such as ocrmypdf")
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    notices = [Notice("pages", _told(empty, len(pages)), None, None)] if empty else []
    title = known.get("Title", "")
    article = make_article(
        Decoded(text, "utf-8"),
        source,
        reading,
        title=None if title.lower().startswith(_NO_TITLES) else title,
        author=known.get("Author"),
        notices=notices,
        pages=places,
    )
    yield article, None


def _told(empty: list[int], count: int) -> str:
    listed = ", ".join(map(str, empty[:5])) + (" …" if len(empty) > 5 else "")
    return f"{len(empty)} of {count} pages have no text, perhaps pictures of it: {listed}"


def _pages(pdfium: Any, source: Source) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of every page, and what the file says of itself."""
    # A file is read as its pages are asked for; bytes that come through a pipe are held.
    document = _open(pdfium, source, source.file or io.BytesIO(source.read()))
    try:
        pages, size = [], 0
        for index in range(len(document)):
            lines = _lines(pdfium, document, index)
            size += sum(len(line.text) for line in lines)
            if size > source.max_size:
                raise source.too_large(source.path)
            pages.append(lines)
        return pages, document.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise _damaged(source) from error
    finally:
        document.close()


def _open(pdfium: Any, source: Source, data: object) -> Any:
    source.head  # noqa: B018  # says what is wrong with a file that cannot be read
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            remedy = "save it without its password, for example with qpdf --decrypt"
            raise InputError(source.path, "is encrypted, and needs a password", remedy) from error
        raise _damaged(source) from error
    if not len(document):
        raise _damaged(source)
    return document


def _damaged(source: Source) -> InputError:
    return InputError(source.path, "is a damaged PDF file, or one cut off", "fetch it again, or mend it with qpdf")


def _lines(pdfium: Any, document: Any, index: int) -> list[Line]:
    page = document[index]
    text_page = page.get_textpage()
    page_height = page.get_height()
    try:
        raw = pdfium.raw
        codes = [raw.FPDFText_GetUnicode(text_page, place) for place in range(text_page.count_chars())]
        return list(_cut(codes, text_page, page_height))
    finally:
        text_page.close()
        page.close()


def _cut(codes: list[int], text_page: Any, page_height: float) -> Iterator[Line]:
    """The lines of a page: they end at a line end, and behind a hyphen that parts a word."""
    start = 0
    for place, code in enumerate([*codes, 10]):
        if code in (10, 13) or chr(code) == _HYPHEN:
            is_parted = chr(code) == _HYPHEN
            if line := _line(codes, start, place, text_page, page_height, is_parted=is_parted):
                yield line
            start = place + 1


def _line(
    codes: list[int], start: int, end: int, text_page: Any, page_height: float, *, is_parted: bool
) -> Line | None:
    shown = [place for place in range(start, end) if not chr(codes[place]).isspace() and codes[place]]
    if not shown:
        return None
    sampled = shown[:: max(1, len(shown) // _SAMPLES)]
    boxes = [text_page.get_charbox(place, loose=True) for place in (*sampled, shown[-1])]
    bottom, height = median_low(box[1] for box in boxes), median_low(box[3] - box[1] for box in boxes)
    text = "".join(map(chr, codes[shown[0] : shown[-1] + 1])).translate(_LIGATURES).replace("\x00", "")
    return Line(text, boxes[0][0], boxes[-1][2], bottom, height, page_height, is_parted)


PDF = Reader("pdf", "PDF files", (".pdf",), is_pdf, read_pdf)
