"""The bracket notation: `[S Jane Smith] [C said] that [Q taxes would rise].` (S source, C cue, Q content, V via).

Several pieces with one label make several spans. Several or nested quotes are numbered, `[Q1 he heard [S2 Lee] [C2 say]
[Q2 no]]`; a quote reported through another holder names that holder's source, `[V the Tribune]`. In the plain text a
bracket or a backslash is written with a backslash before it: `\\[sic\\]`. Pieces that touch are one span, which lets
crossing spans be written as nested ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.errors import InputError

Place = tuple[int, int]

ROLES = {"S": "source", "C": "cue", "Q": "content", "V": "via"}
_TOKEN = re.compile(r"(?s)\[(?P<label>[SCQV])(?P<number>\d*) |(?P<close>\])|\\(?P<literal>[\[\]\\])|(?P<char>.)")
_SPECIAL = re.compile(r"[\[\]\\]")
_OUTER_FIRST = "QCSV"


@dataclass(frozen=True, slots=True)
class NotedQuote:
    """One quote as the brackets show it: the spans of its source, cue, content and next holder, in text order."""

    number: int | None = None
    source: tuple[Place, ...] = ()
    cue: tuple[Place, ...] = ()
    content: tuple[Place, ...] = ()
    via: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NotedText:
    """A line without its brackets, and the quotes that they marked, by number."""

    text: str
    quotes: tuple[NotedQuote, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    label: str
    number: int | None
    start: int
    end: int


def parse_notation(marked: str) -> NotedText:
    """The plain text of a bracketed line and its quotes: `[S Ann] [C said] [Q no].` → “Ann said no.” and one quote.

    Raises InputError where brackets do not match, are empty, or some are numbered and others are not.
    """
    text, pieces = _read_pieces(marked)
    numbers = {piece.number for piece in pieces}
    if None in numbers and len(numbers) > 1:
        raise InputError(_excerpt(marked), "some labels are numbered and some are not", "number all: [Q1 …] [S1 …]")
    return NotedText(text, tuple(_quote(number, pieces) for number in sorted(numbers, key=lambda number: number or 0)))


def write_notation(text: str, quotes: Sequence[NotedQuote]) -> str:
    """The text with its quotes in brackets; quotes without a number are counted from 1 where there are several."""
    pieces = _nested([piece for quote in _numbered(quotes) for piece in _pieces(quote)])
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for piece in pieces:
        opening.setdefault(piece.start, []).append(f"[{piece.label}{piece.number or ''} ")
        closing[piece.end] = closing.get(piece.end, 0) + 1
    edges = sorted({0, len(text), *opening, *closing})
    written = []
    for start, end in pairwise([*edges, len(text)]):
        written += ["]" * closing.get(start, 0), *opening.get(start, ()), _SPECIAL.sub(r"\\\g<0>", text[start:end])]
    return "".join(written)


def _read_pieces(marked: str) -> tuple[str, list[_Piece]]:
    characters: list[str] = []
    opened: list[tuple[str, int | None, int]] = []
    pieces: list[_Piece] = []
    for token in _TOKEN.finditer(marked):
        if token["label"]:
            opened.append((token["label"], int(token["number"]) if token["number"] else None, len(characters)))
        elif token["close"]:
            if not opened:
                raise InputError(_excerpt(marked, token.start()), "] closes nothing", r"write a literal bracket as \]")
            label, number, start = opened.pop()
            if start == len(characters):
                raise InputError(_excerpt(marked, token.start()), f"[{label} …] is empty")
            pieces.append(_Piece(label, number, start, len(characters)))
        elif token["char"] == "[":
            problem = "[ opens no label (S, C, Q or V, an optional number, a space)"
            raise InputError(_excerpt(marked, token.start()), problem, r"write a literal bracket as \[")
        else:
            characters.append(token["literal"] or token["char"])
    if opened:
        raise InputError(_excerpt(marked), f"[{opened[-1][0]} is never closed")
    return "".join(characters), pieces


def _quote(number: int | None, pieces: Iterable[_Piece]) -> NotedQuote:
    own = sorted((piece for piece in pieces if piece.number == number), key=lambda piece: (piece.start, piece.end))
    places = {label: _joined((piece.start, piece.end) for piece in own if piece.label == label) for label in ROLES}
    return NotedQuote(number, **{ROLES[label]: spans for label, spans in places.items()})


def _joined(places: Iterable[Place]) -> tuple[Place, ...]:
    joined: list[Place] = []
    for start, end in places:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _numbered(quotes: Sequence[NotedQuote]) -> Iterator[NotedQuote]:
    for position, quote in enumerate(quotes, start=1):
        number = position if quote.number is None and len(quotes) > 1 else quote.number
        yield NotedQuote(number, quote.source, quote.cue, quote.content, quote.via)


def _pieces(quote: NotedQuote) -> Iterator[_Piece]:
    for label, role in ROLES.items():
        for start, end in getattr(quote, role):
            yield _Piece(label, quote.number, start, end)


def _nested(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces, outer before inner, with those that cross an outer one cut at its end."""
    waiting = sorted(pieces, key=_outer_first, reverse=True)
    nested: list[_Piece] = []
    open_pieces: list[_Piece] = []
    while waiting:
        piece = waiting.pop()
        while open_pieces and open_pieces[-1].end <= piece.start:
            open_pieces.pop()
        if open_pieces and open_pieces[-1].end < piece.end:
            cut = open_pieces[-1].end
            waiting.append(_Piece(piece.label, piece.number, cut, piece.end))
            waiting.sort(key=_outer_first, reverse=True)
            piece = _Piece(piece.label, piece.number, piece.start, cut)
        nested.append(piece)
        open_pieces.append(piece)
    return nested


def _outer_first(piece: _Piece) -> tuple[int, int, int, int]:
    return piece.start, -piece.end, _OUTER_FIRST.index(piece.label), piece.number or 0


def _excerpt(marked: str, position: int = 0) -> str:
    return f"column {position + 1} of {marked[:60]!r}"
