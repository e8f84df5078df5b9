"""Tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows under their title: names at the left, figures at the right; None is an empty cell."""
    cells = [[shown(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if not column else cell.rjust(width) for column, (cell, width) in enumerate(placed))
        for row in cells
        for placed in [list(zip(row, widths, strict=True))]
    ]
    return "\n".join([title, *(f"  {line.rstrip()}" for line in lines)])


def shown(cell: object) -> str:
    """The cell as it is printed, shares with three digits."""
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def share(part: int, whole: int) -> float | None:
    """The part of the whole with four digits; None where there is no whole."""
    return round(part / whole, 4) if whole else None


def balance(precision: float | None, recall: float | None) -> float | None:
    """F1, the harmonic mean of both."""
    if precision is None or recall is None:
        return None
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0
