"""Where things are in the text: lines and columns, and the marks around words."""

from __future__ import annotations

import re
from bisect import bisect_right

from quotekit.model import Document

_LINE_END = re.compile(r"\r\n|\n|\r")
_OPENING_MARK = re.compile("[\"'“‘„‚«‹」「『`]+$")
_CLOSING_MARK = re.compile("[,.;!?…]?[\"'”’“‘»›」』´]+")


class Places:
    """The line and the column of an offset, as editors count them; the offset itself where the text was left out."""

    def __init__(self, document: Document) -> None:
        self._known = document.text is not None
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(document.text or ""))]

    def of(self, offset: int) -> str:
        if not self._known:
            return f"offset {offset}"
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def in_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words begin and end with the marks around them, and with the comma that stands at the closing one."""
    opening = _OPENING_MARK.search(text, max(0, start - 2), start)
    closing = _CLOSING_MARK.match(text, end, end + 3) if opening else None
    return (opening.start(), closing.end()) if opening and closing else (start, end)
