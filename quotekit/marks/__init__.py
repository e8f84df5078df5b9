"""Marks: pairs the quotation marks of a text and says where each marked span begins and ends.

``candidates`` weighs every possible mark by its neighbours, ``pairing`` finds the reading of a block that loses least,
and ``paragraphs`` divides the text into blocks and joins the paragraphs of one quotation.
"""

from __future__ import annotations

from quotekit.marks.finder import find_marks
from quotekit.marks.spans import MarkedSpan, Marks

__all__ = ["MarkedSpan", "Marks", "find_marks"]
