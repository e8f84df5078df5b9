"""Candidates: each character that may be a mark, with what its neighbours say for its opening, closing or being none.

The costs are read against the two losses of ``pairing``: a mark left out of every pair, and a pair without its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quotekit.marks.glyphs import ENTITIES, GLYPHS, Glyph

# A mark left over, the loss all other costs are measured by; a directed mark is rarer as a slip than a straight one.
STRAY = 3.3
# An apostrophe that might be a mark: cheap to leave unpaired, for most are apostrophes (of 14 000 in PolNeAR train,
# 519 pairs are marks).
STRAY_APOSTROPHE = 1.5
STRAY_OPENING_APOSTROPHE = 2.0
# ‘ is typed on purpose, or by software that takes any apostrophe after a space for an opening mark.
STRAY_TURNED_APOSTROPHE = 3.2
# the crews’ job, the runnin' water: as good an apostrophe as a mark, so the other marks of the paragraph decide.
POSSESSIVE = 0.4
POSSESSIVE_CLOSES = 0.8
AFTER_LETTER = 1.0
# 'tis, ’90s: an apostrophe unless that leaves the end of a quotation without its beginning.
ELISION_OPENS = 0.7
# `make` in Markdown, which only ' can make a quotation of.
BACKTICK = 1.2
# A number before it: 6" of rain, 40° 26' north.
INCH = 0.8
FOOT = 0.2
MEASURE_CLOSES = 1.5
# How far the neighbours of a directed mark count, which says its own direction; a straight one has nothing else.
DIRECTED_WEIGHT = 0.25
WRONG_WAY_WEIGHT = 2.0
# A row of marks longer than this is a ruled line or noise.
LONGEST_ROW = 6

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d"
_FIRST_CJK = "\u2e80"
_LETTER = rf"(?:[^\W_{_CJK}]|[\u0300-\u036f])"
_SINGLES = "'’‘＇‛′´"
_MARK = re.compile(
    rf"(?P<tag><[A-Za-z/!][^<>\n]*>)|(?P<inner>(?<={_LETTER})[{_SINGLES}](?={_LETTER}))"
    rf"|{'|'.join(ENTITIES)}|``|'{{2,}}|‘‘|’’|[{''.join(g for g in GLYPHS if len(g) == 1)}]",
    re.IGNORECASE,
)
_SIGN = re.compile(f"[&<{''.join(g for g in GLYPHS if len(g) == 1)}]")  # one begins each mark, and is soon found
# Soft hyphens, zero-width characters and signs of writing direction.
HIDDEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_DOUBLED = frozenset(["''", "‘‘", "’’"])
_MEASURE = re.compile(r"\d\s?['’′]\s?\d[\d.]*\s?[½¼¾]?\s?$")
_TRANSPARENT = frozenset(f"*_~{HIDDEN}") | {c for g in GLYPHS for c in g}
# Neighbours are looked for past other marks and emphasis, but not for ever.
_REACH = 8
# No elision is longer.
_WORD = 12
# The speaker's label of a turn: WALLACE:, MS. OKAFOR:
_LABEL = re.compile(r"[A-Z][A-Z.’' -]{1,40}:\s")
_CLOSING = {'"': '"', "“": "”"}

_CLASSES = {
    **dict.fromkeys("([{（［｛【〈《⟨<", "open"),
    **dict.fromkeys(")]}）］｝】〉》⟩.,;!?…。，、；！？", "shut"),
    **dict.fromkeys("-‐‑‒–—―−", "dash"),
    **dict.fromkeys(":=/|：", "colon"),
    ">": "open",
}
_RIGHT_CLASSES = {**dict.fromkeys(":/|：>", "shut"), "<": "shut", "=": "word"}
# What it costs to open or to close beside such a neighbour: nothing where the mark would stand by the rule, 2 and more
# where only a typing slip would put it (2 + 2 outweigh a stray mark, so a wholly misplaced one is given up).
_OPENS_AFTER = {"edge": 0, "space": 0, "open": 0, "dash": 0, "colon": 0.2, "shut": 0.7, "word": 1.5, "number": 2.0}
_OPENS_BEFORE = {"word": 0, "number": 0, "open": 0, "dash": 0.6, "space": 0.5, "shut": 1.5, "edge": 2.5}
_CLOSES_AFTER = {"word": 0, "number": 0.1, "shut": 0, "dash": 0.2, "space": 0.5, "colon": 1.0, "open": 1.5, "edge": 2.0}
_CLOSES_BEFORE = {"space": 0, "edge": 0, "shut": 0, "dash": 0, "open": 0.2, "word": 1.5, "number": 1.5}


class Candidate(NamedTuple):
    """A possible mark and what it costs to take it as opening, as closing, or as no mark at all."""

    start: int
    end: int
    glyph: str
    opens: float
    closes: float
    skips: float
    after_stop: bool


def find_candidates(text: str, start: int, end: int, *, elisions: frozenset[str], doubled: bool) -> list[Candidate]:
    """The possible marks of one line; ``doubled`` says whether '' is one mark or two."""
    found = []
    row: list[tuple[int, int, str]] = []
    for piece in _pieces(text, start, end, doubled=doubled):
        if row and row[-1][1] != piece[0]:
            found += row if len(row) <= LONGEST_ROW else []
            row = []
        row.append(piece)
    found += row if len(row) <= LONGEST_ROW else []
    if found and _opens_a_turn(text, start, end, found[0]):
        del found[0]
    return [_weigh(text, start, end, piece, elisions) for piece in found]


def _opens_a_turn(text: str, line: int, line_end: int, piece: tuple[int, int, str]) -> bool:
    """Whether a mark stands before a speaker's label and nothing closes it: some print a transcript so, turn by turn.

    It would hold the label as well as what is said, and with the marks of the other turns make one quotation of all.
    """
    start, end, mark = piece
    if mark not in _CLOSING or start > line or not _LABEL.match(text, end, line_end):
        return False
    closing = text.count(_CLOSING[mark], end, line_end)
    return closing % 2 == 0 if mark == '"' else closing == text.count(mark, end, line_end)


def has_doubled(text: str, start: int, end: int) -> bool:
    """Whether the stretch holds '' or its curly likes, which may be one mark or two."""
    return any(text.find(pair, start, end) >= 0 for pair in _DOUBLED)


def _pieces(text: str, start: int, end: int, *, doubled: bool) -> Iterator[tuple[int, int, str]]:
    done = start
    for sign in _SIGN.finditer(text, start, end):
        place = sign.start()
        match = _MARK.match(text, place, end) if place >= done else None
        if match is None:
            continue
        done = match.end()
        if match.lastgroup:
            continue
        mark = match[0]
        if mark.startswith("&"):
            yield place, match.end(), ENTITIES[mark.lower()]
        elif set(mark) != {"'"} or len(mark) == 1:
            pieces = [mark] if doubled or mark not in _DOUBLED else list(mark)
            yield from _laid_out(place, pieces)
        elif len(mark) <= 4:
            yield from _laid_out(place, _split_row(text, start, place, mark) if doubled else list(mark))


def _laid_out(place: int, pieces: list[str]) -> Iterator[tuple[int, int, str]]:
    for piece in pieces:
        yield place, place + len(piece), piece
        place += len(piece)


def _split_row(text: str, line: int, place: int, mark: str) -> list[str]:
    """The marks that ''' is made of: the double one stands outside."""
    if len(mark) != 3:
        return ["''"] * (len(mark) // 2)
    opening = place == line or text[place - 1].isspace()
    return ["''", "'"] if opening else ["'", "''"]


def _weigh(text: str, line: int, line_end: int, piece: tuple[int, int, str], elisions: frozenset[str]) -> Candidate:
    start, end, mark = piece
    glyph = GLYPHS[mark]
    before = _reach(text, start - 1, line, -1)
    after = _reach(text, end, line_end, 1)
    left = _class_at(text, before) if before >= line else "edge"
    right = _class_after(text, after, line_end, left)
    opens = glyph.opens + _weight(glyph, glyph.opens) * (_OPENS_AFTER[left] + _OPENS_BEFORE[right])
    closes = _weight(glyph, glyph.closes) * (_CLOSES_AFTER[left] + _CLOSES_BEFORE[right])
    skips = STRAY
    if left == "number":
        skips, closes = _measure(text, line, start, closes) if glyph.family == "double" else (skips, closes)
    if glyph.family == "single":
        word = Neighbours(left, right, _word_before(text, line, start), _word_after(text, end, line_end))
        opens, skips = _apostrophe(mark, glyph, word, opens, elisions, paragraph_start=before < line)
        if skips == POSSESSIVE:
            closes += POSSESSIVE_CLOSES
        if mark == "′" and left == "number":
            closes = MEASURE_CLOSES
    return Candidate(start, end, mark, opens, closes, skips, after_stop=left == "shut")


def _weight(glyph: Glyph, direction: float) -> float:
    """How far the neighbours count: they must outweigh the direction of a mark that faces the wrong way."""
    if not glyph.directed:
        return 1.0
    return WRONG_WAY_WEIGHT if direction else DIRECTED_WEIGHT


class Neighbours(NamedTuple):
    """What stands at both sides of an apostrophe: the class of the character, and the word."""

    left: str
    right: str
    before: str
    after: str


def _apostrophe(
    mark: str, glyph: Glyph, near: Neighbours, opens: float, elisions: frozenset[str], *, paragraph_start: bool
) -> tuple[float, float]:
    """What it costs to take a single mark as opening, and to take it for an apostrophe."""
    if mark == "`":
        return opens, BACKTICK
    if near.before[-1:] > _FIRST_CJK or near.after[:1] > _FIRST_CJK:
        return opens, STRAY
    if near.after.lower() == "s" and near.left in ("word", "number", "shut"):
        return opens, FOOT  # the U.N.'s envoy, the "repair"'s cost
    if near.left in ("word", "number"):
        return opens, _after_word(near, elisions)
    if _is_elision(near.after, elisions):
        return opens + ELISION_OPENS, 0.0
    if near.right not in ("word", "number"):
        return opens, STRAY_APOSTROPHE
    if mark == "’":
        return opens, 0.3
    if glyph.directed or (paragraph_start and near.after[:1].isupper()):
        return opens, STRAY_TURNED_APOSTROPHE
    return opens, STRAY_OPENING_APOSTROPHE


def _after_word(near: Neighbours, elisions: frozenset[str]) -> float:
    if near.left == "number" or near.right in ("word", "number"):
        return FOOT
    word = near.before.lower()
    endings = {f"*{word[-2:]}'", f"*{word[-1:]}'", f"{word}'"}
    return AFTER_LETTER if endings.isdisjoint(elisions) else POSSESSIVE


def _is_elision(word: str, elisions: frozenset[str]) -> bool:
    """'tis, 'em, and decades and years cut short: '90s, '08."""
    return f"'{word.lower()}" in elisions or (word[:2].isdigit() and word[2:].lower() in ("", "s", "er", "ers"))


def _measure(text: str, line: int, start: int, closes: float) -> tuple[float, float]:
    """What a double mark after a number costs as inches, and as a closing mark: 5'10" leaves no doubt."""
    if _MEASURE.search(text, max(line, start - 12), start):
        return 0.0, max(closes, MEASURE_CLOSES)
    return INCH, closes


def _reach(text: str, place: int, stop: int, step: int) -> int:
    """The place of the nearest character that is no mark, emphasis or zero-width sign."""
    for _ in range(_REACH):
        if (place < stop if step < 0 else place >= stop) or text[place] not in _TRANSPARENT:
            break
        place += step
    return place


def _class_at(text: str, place: int) -> str:
    char = text[place]
    if char.isspace():
        return "space"
    return "number" if char.isdigit() else _CLASSES.get(char, "word")


def _class_after(text: str, place: int, stop: int, left: str) -> str:
    """The class of the right neighbour: some characters mean another thing after a mark than before one."""
    if place >= stop:
        return "edge"
    char, following = text[place], text[place + 1 : place + 2]
    if char in ".…" and left in ("edge", "space", "open") and (following.isalnum() or following in ("…", ".")):
        return "word"  # "...and then", ".22 calibre", '.gov'
    if char in "sS" and text[place - 1] in _SINGLES and not following.isalnum():
        return "shut"  # the "repair"'s cost
    return _RIGHT_CLASSES.get(char) or _class_at(text, place)


def _word_before(text: str, line: int, end: int) -> str:
    start = end
    while start > line and end - start < _WORD and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def _word_after(text: str, start: int, stop: int) -> str:
    end = start
    while end < stop and end - start < _WORD and text[end].isalnum():
        end += 1
    return text[start:end]
