"""Lines on printed pages → running text: paragraphs, mended hyphens, no running heads, and a map of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from quotekit.model import Page

# A paragraph's end looks like this, in the distance or the height of lines. Justification and rounding move a line by
# less than a tenth of its height.
PARAGRAPH_GAP = 1.25  # of the usual distance: the least extra space that word processors offer, 3 of 12 points
USUAL_PITCH = 1.2  # where there is only one line
INDENT = 0.6  # the usual one is an em, which is a height
OTHER_SIZE = 0.12  # a heading of 12 points over a text of 10 is a sixth larger
SHORT = 4.0  # a line that ends so far before the margin had room for a long word
COLUMN = 6.0  # lines of a column begin this near one another, indented ones too; the next column is farther
# Running heads and feet stand in the outer tenth of a page and come again on the pages, or on every second one.
EDGE = 0.1
REPEATED_SHARE = 0.4
REPEATED_LEAST = 2
_PAGE_NUMBER = re.compile(r"(?i)[-–—\s]*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s.]*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LAST_WORD = re.compile(r"\w+(?:-\w+)*$")
_FIRST_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, its place in points from the page's left and bottom, and its height.

    ``is_parted`` says that a hyphen stood at its end, which is left out of the words.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    page_height: float
    is_parted: bool = False


class _Column(NamedTuple):
    left: float
    right: float


def join_lines(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[Page, ...]]:
    """The running text of the pages, a blank line between paragraphs, and the stretch of it on each page with words.

    A paragraph that goes on over the end of a page or a column is one paragraph.
    """
    body = list(_without_running_heads(pages))
    pitch, known = _pitch(body), _whole_words(body)
    pieces: list[str] = []
    found: list[Page] = []
    start = length = 0
    before: tuple[Line, _Column] | None = None
    for number, lines in enumerate(body, start=1):
        for index, line_in_column in enumerate(zip(lines, _columns(lines), strict=True)):
            if before is not None:
                opens = _opens_paragraph(*before, *line_in_column, pitch)
                pieces.append("\n\n" if opens else _joint(before[0], line_in_column[0], known))
                length += len(pieces[-1])
            start = start if index else length
            pieces.append(line_in_column[0].text)
            length += len(pieces[-1])
            before = line_in_column
        if lines:
            found.append(Page(number, start, length))
    return "".join(pieces), tuple(found)


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of each page but for its number and what stands at the edge of many pages."""
    margins = [{_form(line) for line in lines if _is_at_edge(line)} for lines in pages]
    count = Counter(form for forms in margins for form in forms)
    least = max(REPEATED_LEAST, REPEATED_SHARE * len(pages))
    for lines in pages:
        yield [
            line
            for line in lines
            if not _is_at_edge(line) or not (count[_form(line)] >= least or _PAGE_NUMBER.fullmatch(line.text))
        ]


def _is_at_edge(line: Line) -> bool:
    edge = EDGE * line.page_height
    return line.bottom < edge or line.bottom + line.height > line.page_height - edge


def _form(line: Line) -> str:
    """The line as it looks on every page, whatever the page's number is."""
    return re.sub(r"\d+", "#", line.text.lower())


def _pitch(body: Sequence[Sequence[Line]]) -> float:
    """How far apart the lines of a paragraph are, in heights: what most lines are."""
    pairs = (pair for lines in body for pair in pairwise(lines))
    gaps = [gap / before.height for before, line in pairs if before.height and (gap := before.bottom - line.bottom) > 0]
    return median_low(gaps) if gaps else USUAL_PITCH


def _columns(lines: Sequence[Line]) -> list[_Column]:
    """For each line the margins of its column: of the lines on the page that begin about where it does."""
    found = []
    for line in lines:
        near = [other for other in lines if abs(other.left - line.left) <= COLUMN * line.height]
        found.append(_Column(min(other.left for other in near), max(other.right for other in near)))
    return found


def _opens_paragraph(before: Line, left: _Column, line: Line, column: _Column, pitch: float) -> bool:
    if before.is_parted:
        return False
    height = max(before.height, line.height)
    if abs(before.height - line.height) > OTHER_SIZE * height:
        return True
    ends = _SENTENCE_END.search(before.text) is not None
    gap = before.bottom - line.bottom
    if gap <= 0 or line.left > before.right:  # the next column, or the next page
        return ends
    # Within a sentence a line stands further right where it hangs below a bullet or a number.
    is_indented = line.left - column.left > INDENT * height and before.left - left.left <= INDENT * height
    is_short = left.right - before.right > SHORT * height
    return gap > PARAGRAPH_GAP * pitch * height or (ends and (is_indented or is_short))


def _joint(before: Line, line: Line, known: frozenset[str]) -> str:
    """What stands between two lines of a paragraph: a space, or within a word a hyphen or nothing."""
    if not before.is_parted:
        return " "
    first, last = _LAST_WORD.search(before.text), _FIRST_WORD.match(line.text)
    if first is None or last is None or not last.group()[0].islower():
        return "-"
    head, tail = first.group().lower(), last.group().lower()
    if f"{head}-{tail}" in known:
        return "-"
    # *well-* and *known* are words of their own, *un-* and *safe* are not.
    return "" if head + tail in known or not {head, tail} <= known else "-"


def _whole_words(body: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words that no line end parts, in lower case."""
    known: set[str] = set()
    after_part = False
    for line in (line for lines in body for line in lines):
        words = _WORD.findall(line.text.lower())
        known.update(words[after_part : len(words) - line.is_parted])
        after_part = line.is_parted
    return frozenset(known)
