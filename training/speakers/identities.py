"""When a name is the right one for an entity of GUM: it shares a word with the entity's title or a mention's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LETTERS = 3  # of a word that tells one name from another
# Words that say what somebody is, not who.
NOT_A_NAME = frozenset(
    {
        "the",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "president",
        "minister",
        "senator",
        "professor",
        "prof",
        "general",
        "doctor",
        "king",
        "queen",
        "prime",
        "chief",
        "judge",
        "justice",
        "and",
        "of",
        "for",
    }
)


def is_right(name: str, entity: Mapping[str, Any]) -> bool:
    """Whether the name shares a telling word with the entity's title in Wikipedia or one of its names in the text."""
    known = [entity["wiki"] or "", *entity["names"]]
    return bool(name_words(name) & {word for one in known for word in name_words(one)})


def name_words(name: str) -> set[str]:
    """The words of a name that tell who it is."""
    words = re.findall(r"\w+", name.lower())
    return {word for word in words if len(word) >= LETTERS and word not in NOT_A_NAME}
