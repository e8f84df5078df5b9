"""Who speaks in a text: a writer about others, as in news, or people for themselves, as in speeches and interviews."""

from __future__ import annotations

import re

from quotekit.language import Language
from quotekit.marks import Marks

_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Share of words outside marks that are I, we and their forms, above which a text is somebody's own speech. Of PolNeAR's
# 924 articles 27 have more, of 105 stretches of debates (76 sentences each) all.
FIRST_PERSON_SHARE = 0.02


def reads_as_speech(text: str, marks: Marks, language: Language) -> bool:
    """Whether somebody speaks for themselves throughout, as in a speech or a debate: *I* and *we* outside all marks."""
    first = language.words["pronouns_first_singular"] | language.words["pronouns_first_plural"]
    words = own = end = 0
    for start, after in [*((span.start, span.end) for span in marks.outermost), (len(text), len(text))]:
        found = _WORD.findall(text, end, start)
        words += len(found)
        own += sum(re.split("['’]", word)[0].lower() in first for word in found)
        end = after
    return words > 0 and own >= FIRST_PERSON_SHARE * words
