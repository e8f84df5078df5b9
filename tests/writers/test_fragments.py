"""Links into source pages: what they name, how it is encoded, and which addresses are never opened."""

from __future__ import annotations

import pytest

from quotekit.model import Span
from quotekit.writers.fragments import link_to_text, web_address

URL = "https://example.org/story"


def link(text: str, *contents: str, url: str = URL) -> str | None:
    """The link to the contents, each at its first place in the text."""
    spans = [Span(text.index(content), text.index(content) + len(content), content) for content in contents]
    return link_to_text(url, spans, text)


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
    assert link_to_text(URL, [Span(7, 12, "never")], None) == f"{URL}#:~:text=never"


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
    assert link_to_text(url, [Span(0, 1, "a")], "a") is None
