"""Word files (.docx) → Article: paragraphs as they read with all changes accepted.

Read with the standard library: python-docx leaves out inserted words that are tracked, content controls and text boxes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree import ElementTree

from quotekit.errors import InputError
from quotekit.readers.decoding import Decoded
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.source import Source
from quotekit.readers.text import make_article

_ZIP = b"PK\x03\x04"
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # a Word file with a password is packed as an old Office document
_BODY = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The same drawing for older programs stands beside it: its text would come twice.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_DC = "{http://purl.org/dc/elements/1.1/}"
# XML has up to this many bytes for one of text: every run of letters carries its font, its colour, its language.
_MARKUP = 20


def is_docx(head: bytes) -> bool:
    """Whether an input is a Word file, by the names of its first parts."""
    return head.startswith(_ZIP) and (b"word/" in head or b"[Content_Types].xml" in head[:200])


def read_docx(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """The text of a Word file without headers, footnotes and comments: a paragraph a block, changes accepted.

    Raises InputError where it is encrypted, damaged, or would unpack to more than a document can hold.
    """
    if source.head.startswith(_ENCRYPTED):
        remedy = "save it as .docx without a password"
        raise InputError(source.path, "is encrypted, or an old Word file (.doc)", remedy)
    with _unpacked(source) as archive:
        with _part(archive, _BODY, source) as body:
            text = "\n\n".join(_paragraphs(body, source))
        known = _properties(archive, source) if _PROPERTIES in archive.namelist() else {}
    article = make_article(
        Decoded(text, "utf-8"), source, reading, title=known.get(f"{_DC}title"), author=known.get(f"{_DC}creator")
    )
    yield article, None


@contextmanager
def _unpacked(source: Source) -> Iterator[zipfile.ZipFile]:
    source.head  # noqa: B018  # says what is wrong with a file that cannot be read
    try:
        with zipfile.ZipFile(source.file or io.BytesIO(source.read())) as archive:
            if _BODY not in archive.namelist():
                raise InputError(source.path, "is a ZIP file without a Word document in it", "unpack it first")
            yield archive
    except (zipfile.BadZipFile, EOFError, ElementTree.ParseError, NotImplementedError, RuntimeError) as error:
        raise InputError(source.path, "is a damaged Word file, or one cut off", "save it anew in Word") from error


@contextmanager
def _part(archive: zipfile.ZipFile, name: str, source: Source) -> Iterator[IO[bytes]]:
    """A part of the archive, which Python unpacks to no more than the size it claims to have."""
    size = archive.getinfo(name).file_size
    if size > _MARKUP * source.max_size:
        problem = f"would unpack to {size / 1e6:,.0f} MB: a ZIP bomb, or too much for one document"
        raise InputError(source.path, problem, "split it, or raise --max-size if you trust it")
    with archive.open(name) as part:
        yield part


def _paragraphs(body: IO[bytes], source: Source) -> Iterator[str]:
    """The words of each paragraph; elements are let go of as soon as they were read."""
    depth, size = 0, 0
    words: list[list[str]] = []  # of the paragraphs that are open: a text box stands within one
    for event, element in ElementTree.iterparse(body, ("start", "end")):
        is_hidden = element.tag in _DELETED or element.tag == _FALLBACK
        if event == "start":
            depth += is_hidden
            if element.tag == f"{_W}p":
                words.append([])
            continue
        depth -= is_hidden
        if words and not depth:
            words[-1].append((element.text or "") if element.tag == f"{_W}t" else _SIGNS.get(element.tag, ""))
        if element.tag == f"{_W}p" and (text := "".join(words.pop()).strip()):
            size += len(text)
            if size > source.max_size:
                raise source.too_large(source.path)
            yield text
        element.clear()


def _properties(archive: zipfile.ZipFile, source: Source) -> dict[str, str]:
    with _part(archive, _PROPERTIES, source) as part:
        return {element.tag: element.text or "" for element in ElementTree.parse(part).getroot()}


DOCX = Reader("docx", "Word files", (".docx",), is_docx, read_docx)
