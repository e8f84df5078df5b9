"""The shadow: a copy of the text as the parser likes it, and where each of its characters stands in the original.

The text itself is never changed. The bundled model was trained on straight marks, plain spaces and blank lines between
paragraphs, so that is what it gets; every offset it reports is led back through the map.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotekit.parsing.layout import line_breaks

DOUBLE_MARKS = "“”„‟«»「」『』《》〝〞〟＂″"
SINGLE_MARKS = "‘’‚‛‹›＇′ʼ`´"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_INVISIBLE = _CONTROLS + "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# Accents that belong to the letter before them.
_JOINED = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

_TABLE = str.maketrans(
    dict.fromkeys(DOUBLE_MARKS, '"')
    | dict.fromkeys(SINGLE_MARKS, "'")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # half a pair: no encoder would take it
)
# Only what changes the number of characters; what is one for one goes through the table.
_LONGER = re.compile(
    rf"\r\n|``|''|[^\s{_JOINED}{_INVISIBLE}][{_JOINED}\ufe00-\ufe0f\u200d]+|[{_JOINED}]+|[{_INVISIBLE}]+"
)

# Stanza gives up on a token of more than 1,000 characters, and takes quadratic time to look for addresses in a run.
# What is longer is no prose: the last character of the shortened run stands for all the rest.
MAX_RUN = 1000
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, eq=False)
class Shadow:
    """A rewritten text; character ``i`` of it stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the shadow stands for."""
        return self.starts[start], self.ends[end - 1]

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """The spans of the paragraphs in the shadow; a blank line stands between them, and none is empty."""
        start = 0
        while start < len(self.text):
            end = self.text.find("\n\n", start)
            end = len(self.text) if end < 0 else end
            yield start, end
            start = end + 2


def shadow(text: str) -> Shadow:
    """The text as the parser gets it: plain characters, one line a paragraph, a blank line between two paragraphs."""
    plain = rewrite(text)
    pieces = [(found.start(), found.end(), replacement) for found, replacement in line_breaks(plain.text)]
    pieces += [
        (found.start() + MAX_RUN - 1, found.end(), found.group()[MAX_RUN - 1])
        for found in _RUN.finditer(plain.text)
        if found.end() - found.start() > MAX_RUN
    ]
    return _replace(plain, sorted(pieces))


def rewrite(text: str) -> Shadow:
    """The text with straight marks, plain spaces and line ends, composed accents and nothing invisible."""
    pieces = [(found.start(), found.end(), _plain(found.group())) for found in _LONGER.finditer(text)]
    return _replace(Shadow(text, range(len(text)), range(1, len(text) + 1)), pieces, str_translate)


def str_translate(stretch: str) -> str:
    return stretch.translate(_TABLE)


def _plain(group: str) -> str:
    if group == "\r\n":
        return "\n"
    if group in ("``", "''"):
        return '"'
    if re.match(f"[{_INVISIBLE}{_JOINED}]", group):
        return ""
    # A letter with an accent that has no composed form keeps its place and loses the accent, which no model has seen.
    return unicodedata.normalize("NFC", group)[0].translate(_TABLE)


def _replace(
    shadowed: Shadow, pieces: Sequence[tuple[int, int, str]], between: Callable[[str], str] = lambda stretch: stretch
) -> Shadow:
    """The shadow with each piece ``(start, end, replacement)`` replaced; a replacement stands for its whole piece."""
    text, out = shadowed.text, list[str]()
    starts, ends = array("L"), array("L")
    position = 0
    for start, end, replacement in [*pieces, (len(text), len(text), "")]:
        out += between(text[position:start]), replacement
        starts.extend(shadowed.starts[position:start])
        ends.extend(shadowed.ends[position:start])
        if replacement:
            starts.extend([shadowed.starts[start]] * len(replacement))
            ends.extend([shadowed.ends[end - 1]] * len(replacement))
        position = end
    return Shadow("".join(out), starts, ends)
