"""Files of every format, made by hand, so that a test can say exactly what is in them, and what is wrong with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers import Reading, read_input

PageLines = Sequence[tuple[int, int, int, str]]  # x and y in points from the left and the bottom, size, words

# The page of fixtures/inputs, its encoding left open: PAGE.format(charset="utf-8").
_QUAY = Path(__file__).parents[2] / "fixtures" / "inputs" / "quay.html"
PAGE = _QUAY.read_text("utf-8").replace('charset="utf-8"', 'charset="{charset}"')


def read(path: Path, **settings: Any) -> Article:
    """The only article of a file."""
    ((article, _),) = read_input(str(path), Reading(**settings))
    return article


def read_with_failures(path: Path, **settings: Any) -> tuple[list[Article], list[str]]:
    """The articles of a file and, as `PLACE: problem` without the folder, what was told of its broken parts."""
    failures: list[InputError] = []
    articles = [article for article, _ in read_input(str(path), Reading(**settings), failed=failures.append)]
    return articles, [str(failure).removeprefix(f"{path.parent}/") for failure in failures]


def pdf(
    pages: Iterable[PageLines], *, trailer: bytes = b"", extra: bytes = b"", size: tuple[int, int] = (612, 792)
) -> bytes:
    """A PDF file with these lines of Times on its pages; `extra` is an object of its own, number 4."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
        extra or b"<<>>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"/F %d Tf 1 0 0 1 %d %d Tm (%s) Tj\n" % (pt, x, y, _drawn(words)) for x, y, pt, words in lines
        )
        objects.append(b"<</Length %d>>stream\nBT\n%sET\nendstream" % (len(drawn) + 5, drawn))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects.append(page % (*size, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return data + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)


def paragraph(
    words: str, *, top: int = 700, left: int = 72, indent: int = 0, per_line: int = 60
) -> list[tuple[int, int, int, str]]:
    """The words as lines of 11 points, at most `per_line` letters long; a word is never parted."""
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > per_line:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    return [(left + (indent if not n else 0), top - 14 * n, 11, words) for n, words in enumerate(lines)]


def _drawn(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def docx(body: str, *, core: str = "", name: str = "word/document.xml") -> bytes:
    """A Word file with this XML between the tags of its body."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    other = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f'<w:document xmlns:w="{word}" xmlns:mc="{other}"><w:body>{body}</w:body></w:document>')
        if core:
            namespaces = 'xmlns:cp="http://cp.example" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            archive.writestr("docProps/core.xml", f"<cp:coreProperties {namespaces}>{core}</cp:coreProperties>")
    return data.getvalue()


def word_paragraph(*runs: str) -> str:
    """A paragraph of runs, each words or XML of its own."""
    made = (run if run.startswith("<") else f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs)
    return f"<w:p>{''.join(made)}</w:p>"
