"""Links into sources: what they name, how it is encoded, and which addresses are never opened."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given

from quotekit.links import link_to, quote_link, web_address
from quotekit.model import Extraction, Span
from quotekit.readers.markup import text_of
from tests.readers.made import PAGE
from tests.writers.made import extractions, make, place, quote, span

URL = "https://example.org/story"


def link(text: str, *contents: str, url: str = URL) -> str | None:
    """The link to the contents, each at its first place in the text."""
    spans = [Span(text.index(content), text.index(content) + len(content), content) for content in contents]
    return link_to(url, spans, text)


@pytest.mark.parametrize(
    ("text", "contents", "fragment"),
    [
        # five words to ten: themselves
        ("Ann said that the old bridge is quite safe.", ["the old bridge is quite safe"], "text=the%20old%20bridge%20is%20quite%20safe"),
        # longer: the first and the last five
        (
            "Ann said the old bridge would stay open until the last of the ice was gone in May.",
            ["the old bridge would stay open until the last of the ice was gone in May"],
            "text=the%20old%20bridge%20would%20stay,ice%20was%20gone%20in%20May",
        ),
        # short: with the neighbours, for it may stand there twice
        ("He said “never” to her.", ["never"], "text=He%20said%20%E2%80%9C-,never,-%E2%80%9D%20to%20her."),
        ("Never", ["Never"], "text=Never"),
        # neighbours of the same line only
        ("Bo spoke.\nNever!\nBo left.", ["Never"], "text=Never,-%21"),
        # no part crosses a line
        ("“One two three.\nFour five six.”", ["One two three.\nFour five six."], "text=One%20two%20three.,Four%20five%20six."),
        # a dash, a comma, an ampersand, a hash sign and a percent sign
        (
            "Bo & Co-op, the #1 of 5%, won the tender",
            ["Bo & Co-op, the #1 of 5%"],
            "text=Bo%20%26%20Co%2Dop%2C%20the%20%231%20of%205%25",
        ),
        # a no-break space is another sign, and must match the page
        ("Ada said “this must not really\u00a0be so today”.", ["this must not really\u00a0be so today"], "text=this%20must%20not%20really%C2%A0be%20so%20today"),
        # no part crosses a line's end of another kind either
        ("“One two three four\r\n\r\nfive six seven”", ["One two three four\r\n\r\nfive six seven"], "text=One%20two%20three%20four,five%20six%20seven"),
        # several stretches
        (
            "“We have been waiting long enough,” she said. “The boat does float today.”",
            ["We have been waiting long enough", "The boat does float today."],
            "text=We%20have%20been%20waiting%20long%20enough&text=The%20boat%20does%20float%20today.",
        ),
    ],
)  # fmt: skip
def test_fragments(text: str, contents: list[str], fragment: str) -> None:
    assert link(text, *contents) == f"{URL}#:~:{fragment}"


def test_a_fragment_of_the_page_s_own_is_kept() -> None:
    text = "the old bridge is safe"
    expected = "https://example.org/a?b=1#top:~:text=the%20old%20bridge%20is%20safe"
    assert link(text, text, url="https://example.org/a?b=1#top") == expected
    assert link(text, text, url="https://example.org/a?b=1#top:~:text=other") == expected


def test_without_the_text_a_short_stretch_stands_alone() -> None:
    assert link_to(URL, [Span(7, 12, "never")], None) == f"{URL}#:~:text=never"


def test_an_address_is_encoded_where_it_must_be() -> None:
    assert (
        web_address("https://example.org/a b\u202e?q=“x”&y=%20#top")
        == "https://example.org/a%20b%E2%80%AE?q=%E2%80%9Cx%E2%80%9D&y=%20#top"
    )


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "story.html", "https:", "http://[", " javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web_is_never_a_link(url: str | None) -> None:
    assert web_address(url) is None
    assert link_to(url, [Span(0, 1, "a")], "a") is None


def find(directive: str, page: str) -> int:
    """Where a browser finds a text fragment on a page's words: https://wicg.github.io/scroll-to-text-fragment/."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, *end = map(unquote, parts)
    place = -1
    while (place := page.find(start, place + 1)) >= 0:
        last = page.find(end[0], place + len(start)) + len(end[0]) if end else place + len(start)
        before, after = page[:place].rstrip(), page[last:].lstrip()
        if before.endswith(prefix) and after.startswith(suffix) and last >= place:
            return place
    return -1


@pytest.mark.parametrize(
    "words",
    [
        "We looked at every other way",
        "worse than we feared",
        "The east quay of Port Ellan will close for the winter, the harbour board said on Tuesday, after divers found",
        "the board had ignored two warnings – one of them in writing",
        "the",
    ],
)
def test_a_link_leads_to_the_words(words: str) -> None:
    text = text_of(PAGE.format(charset="utf-8"))
    address, _, directive = str(link(text, words)).partition("#:~:text=")
    assert address == URL
    assert find(directive, " ".join(text.split())) == " ".join(text.split()).index(words)


def test_short_words_that_come_twice_are_told_apart_by_their_neighbours() -> None:
    text = "First a no.\nThen he said no to them all."
    place = text.rindex("no")
    assert link_to(URL, [Span(place, place + 2, "no")], text) == f"{URL}#:~:text=Then%20he%20said-,no,-to%20them%20all."


def test_a_page_of_a_document_is_opened_by_its_number() -> None:
    assert link_to("https://a.example/b.pdf#x", [Span(0, 2, "no")], "no", page=3) == "https://a.example/b.pdf#page=3"


def test_a_mark_in_an_address_ends_no_attribute() -> None:
    assert web_address('https://a.example/"><script>') == "https://a.example/%22%3E%3Cscript%3E"


def test_words_inside_the_marks_come_first_and_a_record_s_own_link_before_all() -> None:
    text = "Ada said it would “surely float by noon today”."
    said = quote(
        text, [place(text, "it would “surely float by noon today”")], quoted=(span(text, place(text, "surely float by noon today")),)
    )  # fmt: skip
    document = make(text, [said], url=URL).document
    assert quote_link(said, document) == f"{URL}#:~:text=surely%20float%20by%20noon%20today"
    assert (
        quote_link(replace(said, link="https://example.org/a.pdf#page=2"), document)
        == "https://example.org/a.pdf#page=2"
    )


@given(extractions())
def test_each_part_is_on_one_line_of_the_text(made: Extraction) -> None:
    document = replace(made.document, url=URL)
    lines = [" ".join(line.split()) for line in (document.text or "").splitlines()]
    for one in made.quotes:
        _, _, fragment = (quote_link(one, document) or "").partition("#:~:")
        for part in (part for words in fragment.split("&") for part in words.removeprefix("text=").split(",") if part):
            assert any(" ".join(unquote(part.strip("-")).split()) in line for line in lines)
