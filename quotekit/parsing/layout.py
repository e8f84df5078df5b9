"""Paragraphs: which line ends end a paragraph, and which only broke a line that was full."""

from __future__ import annotations

import re
from collections.abc import Iterator

# From the first space of a run only: looked for at each of them, a line end far away takes quadratic time.
_BREAK = re.compile(r"(?<![ \n])[ \n]*\n[ \n]*")
_SENTENCE_END = re.compile(r"[.!?…:]['\")\]]*$")

# A text is hard-wrapped when its lines stop because the next word would not have fitted. News on disk is wrapped at 65
# to 80 characters, mail at 72; below 40 lines are verse or lists, above 100 they are whole sentences or paragraphs.
WRAP_WIDTHS = range(40, 101)
WRAP_MINIMUM = 3  # line ends: two lines of like length happen by chance
WRAP_SHARE = 0.75  # of the single line ends in a wrapped text; the rest end headings and short last lines
WRAP_MIDDLE_SHARE = 0.5  # of the full lines end within a sentence; lists of full sentences end with one


def line_breaks(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The stretches of white space with a line end in them, each with what the parser should see in its place.

    That is a blank line between paragraphs, a space within one, and nothing before the first and after the last.
    """
    width = wrap_width(text)
    for found in _BREAK.finditer(text):
        if found.start() == 0 or found.end() == len(text):
            yield found, ""
        elif width and found.group().count("\n") == 1 and _is_full(text, found, width):
            yield found, " "
        else:
            yield found, "\n\n"


def wrap_width(text: str) -> int | None:
    """The width in characters at which the lines of this text were broken, or None when its lines are paragraphs."""
    single = [found for found in _BREAK.finditer(text.strip(" \n")) if found.group().count("\n") == 1]
    if len(single) < WRAP_MINIMUM:
        return None
    body = text.strip(" \n")
    lengths = sorted(len(_line_before(body, found)) for found in single)
    width = lengths[int(0.95 * (len(lengths) - 1))]  # the longest, but for a stray long line or address
    if width not in WRAP_WIDTHS:
        return None
    full = [found for found in single if _is_full(body, found, width)]
    middle = [found for found in full if not _SENTENCE_END.search(_line_before(body, found))]
    wrapped = len(full) >= WRAP_SHARE * len(single) and len(middle) >= WRAP_MIDDLE_SHARE * len(full)
    return width if wrapped else None


def _is_full(text: str, line_end: re.Match[str], width: int) -> bool:
    """Whether the first word of the next line would have made this line longer than the width."""
    word = re.match(r"\S*", text[line_end.end() : line_end.end() + width])
    return len(_line_before(text, line_end)) + 1 + len(word.group() if word else "") > width


def _line_before(text: str, line_end: re.Match[str]) -> str:
    start = text.rfind("\n", 0, line_end.start()) + 1
    return text[start : line_end.start()]
