"""Claims for people at a terminal, the most worth a check first: who, what, how sure, why, and where to look it up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from quotekit.writers.claim_rows import ClaimRow
from quotekit.writers.wording import counted, on_one_line

WIDEST = 100
_INDENT = "      "


def write_claims_text(rows: Sequence[ClaimRow], *, width: int = 80) -> Iterator[str]:
    """Each claim in a piece of its own with its score in front, and how many there are."""
    width = min(width, WIDEST)
    for row in rows:
        who = row["speaker"] or "(nobody named)"
        role = f", {row['role']}" if row["role"] and row["role"].casefold() not in who.casefold() else ""
        lines = [
            *_wrapped(f"{row['checkworthiness']:.2f}  {who}{role}: {row['text']}", "", width),
            *_wrapped(" · ".join([*(row["factors"] or [row["stance"]]), *row["types"], _place(row)]), _INDENT, width),
        ]
        if row["chain"]:
            lines += _wrapped(f"through {', '.join(name or '(nobody named)' for name in row['chain'])}", _INDENT, width)
        if row["reasons"]:
            lines += _wrapped(f"because of {'; '.join(row['reasons'])}", _INDENT, width)
        if row["unresolved"]:
            lines += _wrapped(f"open: whom or what {', '.join(row['unresolved'])} means", _INDENT, width)
        yield "\n".join(lines) + "\n\n"
    yield f"{counted(len(rows), 'claim')}\n"


def _place(row: ClaimRow) -> str:
    return f"{row['doc_source']} [{row['start']}, {row['end']})"


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        on_one_line(text),
        width,
        initial_indent=indent,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
