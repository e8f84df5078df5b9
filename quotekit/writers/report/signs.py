"""Characters that could turn a page's text around or cannot be seen at all, made visible."""

from __future__ import annotations

import re
import unicodedata

# The embeddings, overrides and isolates of UAX #9 turn text around, past the end of their paragraph's part too; control
# characters steer or vanish; a lone surrogate is no character. Direction marks (U+200E, U+200F, U+061C) stay: they act
# on their neighbours only, and Arabic and Hebrew names need them.
SIGN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def sign_name(character: str) -> str:
    """What a sign is called: *U+202E right-to-left override*."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" {name}" if name else "")


def shown(text: str) -> str:
    """The text on one line, a replacement character for each sign."""
    return " ".join(SIGN.sub("\ufffd", text).split())
