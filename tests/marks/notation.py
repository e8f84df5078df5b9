"""Marked spans written into the sentence: "⟦The dam is full,⟧" she said.

⟦ and ⟧ stand just inside a pair of marks; ⟫ stands where an unclosed span ends.
"""

from __future__ import annotations

from collections import defaultdict

from quotekit.marks import Marks

SIGNS = "⟦⟧⟫"


def plain(notated: str) -> str:
    """The sentence without the signs."""
    return "".join(char for char in notated if char not in SIGNS)


def notated(text: str, marks: Marks) -> str:
    """The sentence with the signs that these spans would be written with."""
    before: dict[int, str] = defaultdict(str)
    for span in sorted(marks.spans, key=lambda span: -span.depth):
        before[span.inner_end] += "⟧" if span.closed else "⟫"
    for span in marks.spans:
        before[span.inner_start] += "⟦"
    return "".join(before[place] + char for place, char in enumerate(text)) + before[len(text)]
