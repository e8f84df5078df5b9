"""Markdown: a page for people, which a parser of CommonMark sees as it was meant, whatever the article says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.model import Extraction
from quotekit.writers import markdown
from tests.writers.made import hard

markdown_it = pytest.importorskip("markdown_it")


def tokens(text: str) -> list[Any]:
    return markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)  # type: ignore[no-any-return]


def shown(text: str) -> list[str]:
    """The text of each paragraph and heading, as a reader sees it."""
    return ["".join(child.content for child in one.children) for one in tokens(text) if one.type == "inline"]


def test_a_page(ferry: Extraction) -> None:
    lines = "".join(markdown.write([ferry])).splitlines()
    assert lines[:7] == [
        "# Ferry stops for the winter",
        "",
        "2026-01-12 · https://example.org/ferry · news/ferry.txt",
        "",
        "**Rosa Lindqvist**, Mayor (“Mayor Rosa Lindqvist”)",
        "",
        "> the ferry would “rest until the ice is gone”",
    ]
    assert lines[8] == (
        "said · mixed · complement · 0.93 · offset 71 · "
        "[in the page](<https://example.org/ferry#:~:text=rest%20until%20the%20ice%20is%20gone>)"
    )
    assert lines[-1] == "6 quotes (2 direct, 2 mixed, 2 indirect), 4 speakers"


def test_documents_follow_one_another(ferry: Extraction, empty: Extraction) -> None:
    headings = [line for line in "".join(markdown.write([ferry, empty])).splitlines() if line.startswith("# ")]
    assert headings == ["# Ferry stops for the winter", "# nothing"]


def test_signs_of_the_article_are_no_mark_up() -> None:
    paragraphs = shown("".join(markdown.write([hard()])))
    assert paragraphs[0] == "+Tides"
    assert "=Tides & <tables>*" in paragraphs
    assert "“Nobody | likes it, “and nobody will,” … “but my\tbrother thinks it “floats”.”" in paragraphs


@given(st.text(st.sampled_from("*_`[](){}<>#+-.!|~=&;:$\\\"'1ab \t\n“é🌊"), min_size=1, max_size=40).filter(str.strip))
def test_any_content_is_shown_letter_by_letter_in_one_block_quote(words: str) -> None:
    made = hard()
    said = replace(made.quotes[2], content=(replace(made.quotes[2].content[0], text=words),))
    page = "".join(markdown.write([replace(made, quotes=(said,), document=replace(made.document, text=None))]))
    kinds = [one.type for one in tokens(page)]
    assert kinds.count("blockquote_open") == 1
    assert {
        "fence",
        "code_block",
        "html_block",
        "table_open",
        "bullet_list_open",
        "ordered_list_open",
        "hr",
    }.isdisjoint(kinds)
    children = [child.type for one in tokens(page) if one.type == "inline" for child in one.children]
    assert set(children) <= {
        "text",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
        "text_special",
        "softbreak",
    }
    assert words.replace("\n", " ").strip() in [paragraph.strip() for paragraph in shown(page)]
