"""Datelines: *LISBON (Reuters) — The bridge …*. They are no part of the sentence that they are printed before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotekit.parsing.sentences import Token

# A country, a state or a date: *Portugal*, *Ill.*, *March 4*, *4 March 2024*.
_BESIDE = r"(?:[A-Z][\w.]+(?: \d{1,2})?|\d{1,2} [A-Z][\w.]+(?: \d{4})?|\d{4})"
_PLACE = rf"[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+)*(?:, {_BESIDE}){{0,4}}"
_AGENCY = r"\([A-Z][\w./& ]+\)"
_DASH = r"\s?(?:--?|[–—―])\s?"
# A place in capitals, with or without its agency, or an agency alone, before a dash; a date in figures at the very
# beginning, as pages print it above a text whose lines were then joined.
_DATELINE = re.compile(
    rf"(?:{_PLACE} ?(?:{_AGENCY})?|{_AGENCY}){_DASH}(?=[\"'A-Z])|(?:[Dd]ate:? )?\d{{4}}-\d\d-\d\d (?=[\"'A-Z])"
)


def cut_dateline(sentences: Sequence[Sequence[Token]], text: str) -> list[Sequence[Token]]:
    """The sentences of a paragraph with a dateline at its head cut off; the tokens are those of ``text``."""
    if not sentences:
        return []
    first = sentences[0]
    found = _DATELINE.match(text, first[0].start)
    size = sum(token.start < found.end() for token in first) if found else 0
    if not 0 < size < len(first):
        return list(sentences)
    return [first[:size], first[size:], *sentences[1:]]
