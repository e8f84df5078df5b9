"""Whether a text is somebody's own speech: how often *I* and *we* stand outside all marks."""

from __future__ import annotations

import pytest

from quotekit.first_person import reads_as_speech
from quotekit.language import load_language
from quotekit.marks import find_marks

FILLING = "The pier was built of larch and stood for eighty years before the storm took it. "


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("I built the pier of larch.", True),
        ("We've built the pier of larch.", True),
        ("The pier was built of larch.", False),
        ("“I built the pier,” Brandt said. “We all did.”", False),
        ("“The pier is old,” I said.", True),
        (2 * FILLING + "I saw it.", True),  # 1 word of 35
        (3 * FILLING + "I saw it.", False),  # 1 word of 51
        ("", False),
        ("“”", False),
    ],
)
def test_who_speaks(text: str, speech: bool) -> None:
    assert reads_as_speech(text, find_marks(text), load_language("en")) is speech
