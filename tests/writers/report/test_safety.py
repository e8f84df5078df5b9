"""Nothing that an article says can break the page or run in it."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.model import Claim, Extraction, Span
from quotekit.writers.json import from_record
from quotekit.writers.report import write_report
from tests.extractions import noted
from tests.writers.report.pages import page_of

FERRY = Path(__file__).parents[3] / "fixtures" / "json" / "valid" / "ferry.json"
HOSTILE = '</script><script>alert(1)</script>--><img src=x onerror=alert(1)>" onload="alert(1)\' {{ 7*7 }} &amp; \u202eolleh\u202c \x00\x1b[2J \ud800'


@pytest.fixture
def ferry() -> Extraction:
    return from_record(json.loads(FERRY.read_text("utf-8")))


@pytest.fixture
def hostile() -> Extraction:
    text = re.sub(r"([\[\]\\])", r"\\\1", HOSTILE)
    extraction = noted(f"“[Q1 {text} a],” [S1 {text} b] [C1 {text} c].", title=HOSTILE, author=HOSTILE, url=f"https://example.org/{HOSTILE}", roles={f"{HOSTILE} b": HOSTILE}, warnings=[HOSTILE])  # fmt: skip
    quote = extraction.quotes[0]
    claim = Claim("c-0000000000000001", quote.id, (Span(1, 3, "ab"),), HOSTILE, None, "asserts", (), 0.5, (HOSTILE,))
    return replace(extraction, claims=(claim,), document=replace(extraction.document, source=HOSTILE, id=HOSTILE))


def test_no_element_and_no_attribute_comes_from_the_input(hostile: Extraction, ferry: Extraction) -> None:
    page, usual = page_of(hostile), page_of(ferry, noted("[S Ann] [C said] [Q no]."))
    assert {element.tag for element in page.all()} <= {element.tag for element in usual.all()}
    names = {name for element in page.all() for name in element.attributes}
    assert names - {name for element in usual.all() for name in element.attributes} <= {"disabled"}
    assert len(list(page.all("script"))) == 1
    assert list(page.all("img")) == []


def test_what_turns_text_around_or_steers_reaches_the_page_as_a_sign(hostile: Extraction) -> None:
    page = "".join(write_report([hostile]))
    body = page[page.index("<body>") :]
    assert re.findall("[\u202a-\u202e\u2066-\u2069\x00\x1b\ud800]", page) == []
    assert "U+202E right-to-left override" in body
    assert "U+0000" in body
    page.encode("utf-8")


def test_an_address_that_runs_code_is_no_link(hostile: Extraction) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"):
        page = page_of(replace(hostile, document=replace(hostile.document, url=url)))
        assert [a.attributes["href"] for a in page.all("a") if not (a.attributes["href"] or "").startswith("#")] == []


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(hostile: Extraction) -> None:
    page = page_of(hostile)
    policy = next(meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
    hashes = {
        kind: f"'sha256-{b64encode(hashlib.sha256(page.one(kind).text.encode()).digest()).decode()}'"
        for kind in ("style", "script")
    }
    assert policy == (
        f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_and_nothing_is_inline(hostile: Extraction) -> None:
    page = page_of(hostile)
    loading = {"src", "srcset", "style", "action", "background", "poster", "data", "xlink:href", "formaction"}
    assert [element.tag for element in page.all() if loading & set(element.attributes)] == []
    assert "url(" not in page.one("style").text
    assert "@import" not in page.one("style").text
    assert [
        element.tag for element in page.all() if element.tag in {"link", "base", "iframe", "object", "embed", "img"}
    ] == []


def test_a_link_to_the_source_page_tells_it_nothing(ferry: Extraction) -> None:
    outward = [a for a in page_of(ferry).all("a") if not (a.attributes["href"] or "").startswith("#")]
    assert outward
    assert all(a.attributes["rel"] == "noopener noreferrer" for a in outward)
