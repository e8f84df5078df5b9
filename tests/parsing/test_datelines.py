"""Datelines are cut from the sentence they stand before, and nothing else is."""

from __future__ import annotations

import re

import pytest

from quotekit.parsing.datelines import cut_dateline
from quotekit.parsing.sentences import Token

# `|` stands where the sentence must be cut.
CASES = (
    "LISBON (Reuters) — |The bridge will close.",
    "LISBON, Portugal (AP) -- |The bridge will close.",
    "PORT-AU-PRINCE - |Rain fell for nine days.",
    "NEW YORK – |“We are ready,” he said.",
    "TALLINN, March 4 (Reuters) - |Rain fell for nine days.",
    "PORTO, Portugal, Nov. 12, 2024 — |The bridge will close.",
    "PARIS, 4 March 2024 (AFP) – |The bridge will close.",
    "(AFP) - |Rain fell for nine days.",
    "date 2024-03-17 |The minister spoke.",
    "2024-03-17 |The minister spoke.",
    # Names in capitals, prices and ranges that open a sentence are no datelines.
    "NATO ships left the port - at last.",
    "NATO, 12 ships and 4 boats - the whole fleet - left.",
    "UNICEF - and others - sent tents.",
    "The bridge will close.",
    "2024-03-17 was a Sunday.",
    "A - the first letter - is missing.",
)


@pytest.mark.parametrize("marked", CASES)
def test_dateline(marked: str) -> None:
    text = marked.replace("|", "")
    tokens = [Token(found.group(), *found.span()) for found in re.finditer(r"\w+|[^\w\s]", text)]
    cut = cut_dateline([tokens], text.replace("“", '"').replace("”", '"'))
    shown = "|".join(text[part[0].start : part[-1].end] for part in cut)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", marked)
    assert [token for part in cut for token in part] == tokens
