"""The marks themselves: which characters quote, which way each one faces, and which belong together."""

from __future__ import annotations

from typing import NamedTuple

NEVER = float("inf")

# A mark that faces the wrong way (“Open the gates,“ she said) is likelier than a missing one, so it costs half as much.
WRONG_WAY = 1.5
# »…« and «…» are both in use, and the place of a mark tells them apart; the French way round breaks the tie.
OTHER_WAY = 0.5
# “Open," with two styles in one pair: common after careless editing, and still plainly a pair.
MIXED_STYLES = 0.5


class Glyph(NamedTuple):
    """A mark as written: its family (marks of one family can pair), its kind, and what opening and closing cost."""

    family: str
    kind: str
    opens: float
    closes: float
    directed: bool


def _both(family: str, kind: str) -> Glyph:
    return Glyph(family, kind, 0.0, 0.0, directed=False)


def _opening(family: str, kind: str, closes: float = WRONG_WAY) -> Glyph:
    return Glyph(family, kind, 0.0, closes, directed=True)


def _closing(family: str, kind: str, opens: float = WRONG_WAY) -> Glyph:
    return Glyph(family, kind, opens, 0.0, directed=True)


GLYPHS: dict[str, Glyph] = {
    '"': _both("double", "double"),
    "＂": _both("double", "double"),
    "″": _both("double", "double"),
    "''": _both("double", "double"),
    "“": _opening("double", "double"),
    "‟": _opening("double", "double"),
    "‘‘": _opening("double", "double"),
    "”": _closing("double", "double"),
    "’’": _closing("double", "double"),
    "„": _opening("double", "low9", NEVER),
    "``": _opening("double", "latex", NEVER),
    "〝": _opening("double", "double", NEVER),
    "〞": _closing("double", "double", NEVER),
    "〟": _closing("double", "double", NEVER),
    "'": _both("single", "single"),
    "＇": _both("single", "single"),
    "′": _both("single", "single"),
    "‘": _opening("single", "single"),
    "‛": _opening("single", "single"),
    "’": _closing("single", "single"),
    "‚": _opening("single", "low9", NEVER),
    "`": _opening("single", "latex", NEVER),
    "´": _closing("single", "single", NEVER),
    "«": Glyph("angle", "angle", 0.0, OTHER_WAY, directed=False),
    "»": Glyph("angle", "angle", OTHER_WAY, 0.0, directed=False),
    "‹": Glyph("thin angle", "angle", 0.0, OTHER_WAY, directed=False),
    "›": Glyph("thin angle", "angle", OTHER_WAY, 0.0, directed=False),
    "「": _opening("corner", "cjk", NEVER),
    "」": _closing("corner", "cjk", NEVER),
    "｢": _opening("corner", "cjk", NEVER),
    "｣": _closing("corner", "cjk", NEVER),
    "﹁": _opening("corner", "cjk", NEVER),
    "﹂": _closing("corner", "cjk", NEVER),
    "『": _opening("white corner", "cjk", NEVER),
    "』": _closing("white corner", "cjk", NEVER),
    "﹃": _opening("white corner", "cjk", NEVER),
    "﹄": _closing("white corner", "cjk", NEVER),
}

# Two styles that make a pair of their own: German „…“ closes with the mark that opens in English.
PAIRED: frozenset[tuple[str, str]] = frozenset(
    (opening, closing)
    for opening, closings in [
        *[("“", "”"), ("‟", "”"), ("„", "“ ”"), ("‘‘", "’’"), ("``", "'' \""), ("〝", "〞 〟")],
        *[("‘", "’"), ("‛", "’"), ("‚", "‘ ’"), ("`", "' ’ ´")],
        *[("«", "»"), ("»", "«"), ("‹", "›"), ("›", "‹")],
    ]
    for closing in closings.split()
)

_ENTITY_NAMES = {
    '"': "quot #34 #x22",
    "“": "ldquo #8220 #x201c",
    "”": "rdquo #8221 #x201d",
    "„": "bdquo #8222 #x201e",
    "'": "apos #39 #x27",
    "‘": "lsquo #8216 #x2018",
    "’": "rsquo #8217 #x2019",
    "‚": "sbquo #8218 #x201a",
    "«": "laquo #171 #xab",
    "»": "raquo #187 #xbb",
    "‹": "lsaquo #8249 #x2039",
    "›": "rsaquo #8250 #x203a",
}
# A page saved carelessly still holds its marks as character references: &quot;Full,&quot; she said.
ENTITIES: dict[str, str] = {f"&{name};": mark for mark, names in _ENTITY_NAMES.items() for name in names.split()}


def closing_cost(opened: str, closing: str) -> float:
    """What it costs that the second mark closes the first; NEVER when it cannot."""
    glyph = GLYPHS[closing]
    if (opened, closing) in PAIRED:
        return 0.0
    if GLYPHS[opened].family != glyph.family:
        return NEVER
    return glyph.closes if opened == closing else glyph.closes + MIXED_STYLES
