"""Every pair of colours that meet is legible: the contrast of WCAG 2.2, AA, computed from the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "quotekit" / "writers" / "report" / "page"
TEXT, GRAPHIC = 4.5, 3.0  # success criteria 1.4.3 and 1.4.11

GROUNDS = ("paper", "sheet", "open-sheet", "chosen-sheet")
TINTS = ("content", "quoted", "deep", "deeper", "near", "on")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "quiet", "link", "cue", "open") for ground in GROUNDS),
    *((ink, tint, TEXT) for ink in ("ink", "source", "cue") for tint in ("paper", *TINTS)),
    ("open", "content", TEXT),  # a sign within content
    ("paper", "chosen", TEXT),  # the number of the chosen quote
    ("quiet", "paper", TEXT),
    *(("chosen", ground, GRAPHIC) for ground in (*GROUNDS, "on", "near")),
    *(("edge", ground, GRAPHIC) for ground in ("paper", "sheet")),
    *(("open", ground, GRAPHIC) for ground in GROUNDS),
    *(("content-line", ground, GRAPHIC) for ground in ("paper",)),
    *(("fill", ground, GRAPHIC) for ground in ("rail", "paper", "sheet")),
]


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name: the light ones, and the dark ones over them."""
    sheet = (PAGE / "colours.css").read_text("utf-8")
    light, dark = sheet.split("@media")
    found = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
        for name, part in (("light", light), ("dark", dark))
    }
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), sorted(set(PAIRS)))
def test_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    palette = palettes()[scheme]
    assert contrast(palette[front], palette[ground]) >= least


def test_light_and_dark_have_the_same_names() -> None:
    light, dark = (PAGE / "colours.css").read_text("utf-8").split("@media")
    assert set(re.findall(r"--[\w-]+:", light)) == set(re.findall(r"--[\w-]+:", dark))


@pytest.mark.parametrize("name", ["page.css", "text.css", "quotes.css", "print.css"])
def test_no_other_sheet_has_colours_of_its_own(name: str) -> None:
    sheet = re.sub(r"(?s)/\*.*?\*/", "", (PAGE / name).read_text("utf-8"))
    assert (
        re.findall(
            r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\brgba?\(|\bhsl|(?<![\w-])(?:black|white|red|gray|grey)(?![\w-])", sheet
        )
        == []
    )
