"""Links into the source page: parts as the specification of text fragments has them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given

from quotekit.model import Extraction
from quotekit.writers.fragment import fragment_url
from tests.writers.made import extractions, make, place, quote, span

PAGE = "https://example.org/a"
LONG = "“The tide comes in at six, and by seven the whole of the lower quay stands under water,” said Ada."


def link(text: str, words: str, url: str = PAGE) -> str | None:
    made = make(text, [quote(text, [place(text, words)])], url=url)
    return fragment_url(made.document, made.quotes[0])


@pytest.mark.parametrize(
    ("text", "words", "fragment"),
    [
        ("Ada said it floats.", "it floats", "it%20floats"),
        ("Ada said well-known, and so on.", "well-known, and", "well%2Dknown%2C%20and"),
        ("Ada said: Q&A.", "Q&A", "Q%26A"),
        ("Ada said “so\u00a0be it”.", "so\u00a0be it", "so%C2%A0be%20it"),
        (LONG, LONG[1:86], "The%20tide%20comes%20in%20at,lower%20quay%20stands%20under%20water"),
        ("Ada said one.\n\nAnd two. Bo left.", "one.\n\nAnd two", "one.,And%20two"),
        (
            "No, said Ada. He said no way. She said no more today.",
            "no",
            "Ada.%20He%20said-,no,-way.%20She%20said",
        ),
    ],
)
def test_a_fragment(text: str, words: str, fragment: str) -> None:
    assert link(text, words) == f"{PAGE}#:~:text={fragment}"


def test_words_inside_the_marks_come_first() -> None:
    text = "Ada said it would “float by noon”."
    said = quote(text, [place(text, "it would “float by noon”")], quoted=(span(text, place(text, "float by noon")),))
    assert fragment_url(make(text, [said], url=PAGE).document, said) == f"{PAGE}#:~:text=float%20by%20noon"


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert link("Ada said no.", "no", f"{PAGE}#top") == f"{PAGE}#top:~:text=no"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ferry"])
def test_only_the_web_has_pages(url: str) -> None:
    assert link("Ada said no.", "no", url) is None


def test_without_the_text_the_words_must_do() -> None:
    made = make("Ada said no. No.", [quote("Ada said no. No.", [(9, 11)])], url=PAGE)
    assert fragment_url(replace(made.document, text=None), made.quotes[0]) == f"{PAGE}#:~:text=no"


@given(extractions())
def test_each_part_is_on_one_line_of_the_text(made: Extraction) -> None:
    document = replace(made.document, url=PAGE)
    lines = [" ".join(line.split()) for line in (document.text or "").splitlines()]
    for one in made.quotes:
        _, _, fragment = (fragment_url(document, one) or "").partition("#:~:text=")
        for part in filter(None, fragment.split(",")):
            assert any(" ".join(unquote(part.strip("-")).split()) in line for line in lines)
