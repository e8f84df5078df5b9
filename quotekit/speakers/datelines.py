"""Finds the datelines of a text, *HALVIK, Norway, Oct. 4 (NPA) —*: their places say nothing of what follows."""

from __future__ import annotations

import re

from quotekit.tree import Tree

LONGEST = 90  # characters of a dateline with two places, a date and an agency
_PLACE = r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3}"
_DATE = r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)"
_AGENCY = r"\([A-Z][\w .]*\)"
_DASH = r"(?:—|–|--|-(?=\s))"
_CAPITALS = r"[^\W\d_a-z]{2}[^\W\d_a-z.’' -]*"
_BESIDE = rf"(?:, (?:{_DATE}|{_PLACE}))"
# A date or an agency with a dash shows a dateline, and in capitals a second place too; a bracket alone does not.
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_BESIDE}{{1,3}}\s*(?:{_AGENCY}|{_DASH})"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}}, {_DATE}\s*(?:{_AGENCY}|{_DASH})"
    rf"|{_PLACE}{_BESIDE}{{0,3}}\s*{_AGENCY}\s*(?:{_DASH}|:))"
)


def find_datelines(tree: Tree) -> list[tuple[int, int]]:
    """The places of all datelines, each at the beginning of a paragraph."""
    found: list[tuple[int, int]] = []
    paragraph = None
    for sentence in tree.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        match = _DATELINE.match(tree.text, sentence.start, min(sentence.start + LONGEST, len(tree.text)))
        if match is not None:
            found.append(match.span())
    return found
