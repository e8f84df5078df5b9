"""The reliability plot: an SVG that is readable on white and on black."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

WIDTH, HEIGHT = 480, 560
LEFT, TOP, SIDE = 64, 40, 380
# Counts stand in a strip of their own under the square: over it they would hide the diagonal.
STRIP_TOP, STRIP = TOP + SIDE + 22, 60
STYLE = """
  svg { font: 13px system-ui, sans-serif; } .paper { fill: #ffffff; }
  text { fill: #222222; } .small { font-size: 11px; } .axis { stroke: #555555; fill: none; }
  .grid { stroke: #dddddd; } .diagonal { stroke: #333333; stroke-dasharray: 5 4; }
  .bar { fill: #3b78c2; fill-opacity: 0.75; } .count { fill: #8a8f98; } .mean { fill: #c2453b; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14171c; } text { fill: #e6e6e6; } .axis { stroke: #b0b0b0; } .grid { stroke: #333840; }
    .diagonal { stroke: #e0e0e0; } .bar { fill: #6ea6ea; } .count { fill: #7f8894; } .mean { fill: #ff8a7f; }
  }
"""


def reliability_plot(figures: dict[str, Any], title: str) -> str:
    """An SVG of the reliability figures: bars of precision and count for each bin, dots at the mean confidence."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" role="img" aria-label="{_escaped(title)}">',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            f'<text x="{LEFT}" y="24">{_escaped(title)}</text>',
            *_grid(),
            *_bars(figures["bins"]),
            f'<line class="diagonal" x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}"/>',
            f'<rect class="axis" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>',
            *_dots(figures["bins"]),
            f'<text x="{LEFT + SIDE / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
            "confidence (dots: mean of the bar)</text>",
            f'<text transform="translate(18 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">'
            "right in content and source</text>",
            f'<text class="small" transform="translate(18 {STRIP_TOP + STRIP / 2}) rotate(-90)" '
            'text-anchor="middle">quotes</text>',
            "</svg>",
            "",
        ]
    )


def _grid() -> Iterator[str]:
    """Lines and figures of both axes, every fifth."""
    for step in range(6):
        share = step / 5
        across, down = LEFT + share * SIDE, TOP + (1 - share) * SIDE
        yield f'<line class="grid" x1="{LEFT}" y1="{down:.1f}" x2="{LEFT + SIDE}" y2="{down:.1f}"/>'
        yield f'<text class="small" x="{LEFT - 8}" y="{down + 4:.1f}" text-anchor="end">{share:.1f}</text>'
        yield f'<text class="small" x="{across:.1f}" y="{TOP + SIDE + 15}" text-anchor="middle">{share:.1f}</text>'


def _bars(bins: list[dict[str, Any]]) -> Iterator[str]:
    """For each bin with quotes one bar of its precision, and below one of its count, with the count."""
    most = max((one["count"] for one in bins), default=0)
    width = SIDE / len(bins)
    for one in bins:
        if not one["count"]:
            continue
        across = LEFT + one["low"] * SIDE
        height, count = one["precision"] * SIDE, one["count"] / most * STRIP
        place = f'x="{across + 2:.1f}" width="{width - 4:.1f}"'
        yield f'<rect class="bar" {place} y="{TOP + SIDE - height:.1f}" height="{height:.1f}"/>'
        yield f'<rect class="count" {place} y="{STRIP_TOP + STRIP - count:.1f}" height="{count:.1f}"/>'
        middle = across + width / 2
        yield (
            f'<text class="small" x="{middle:.1f}" y="{STRIP_TOP + STRIP + 13}" text-anchor="middle">'
            f"{one['count']}</text>"
        )


def _dots(bins: list[dict[str, Any]]) -> Iterator[str]:
    """A dot for each bin at its mean confidence and its precision: on the diagonal where it is calibrated."""
    for one in bins:
        if one["count"]:
            across, down = LEFT + one["confidence"] * SIDE, TOP + (1 - one["precision"]) * SIDE
            yield f'<circle class="mean" cx="{across:.1f}" cy="{down:.1f}" r="4"/>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
