"""Markdown gives the words that a page would show, and what its front matter says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.made import read


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Bell\n\n“It is **cracked**,” said\nthe *verger*.", "Bell\n\n“It is cracked,” said the verger."),
        ("> “Ring it,”\n> she said.\n\n- one\n- two", "“Ring it,” she said.\n\none\n\ntwo"),
        ("A [link](https://a.example) and ![a picture](x.png) and `code`.", "A link and  and code."),
        ("One  \ntwo.\n\n```\nnot shown\n```\n\n<!-- nor this -->\n\nThree &amp; 🔔.", "One\ntwo.\n\nThree & 🔔."),
        ("| a | b |\n|---|---|\n| c | d |", "a\n\nb\n\nc\n\nd"),
        ("5 \\* 6, snake_case_word and 2 * 3 * 4", "5 * 6, snake_case_word and 2 * 3 * 4"),
        ("", ""),
    ],
)
def test_the_words_without_their_signs(tmp_path: Path, markdown: str, text: str) -> None:
    (tmp_path / "a.md").write_text(markdown, "utf-8")
    assert read(tmp_path / "a.md").text == text


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "The bell: a story"\nauthor: Ida Prince\ndate: 2026-05-01\nurl: https://a.example/bell\ntags:\n  - bells\n---\n',
        '+++\ntitle = "The bell: a story"\nauthor = "Ida Prince"\ndate = 2026-05-01\nlink = "https://a.example/bell"\n+++\n',
    ],
)
def test_front_matter_is_what_the_file_says_of_itself(tmp_path: Path, front: str) -> None:
    (tmp_path / "bell.md").write_text(front + "\nIt rings.\n")
    article = read(tmp_path / "bell.md")
    assert (article.text, article.title, article.author) == ("It rings.", "The bell: a story", "Ida Prince")
    assert (article.published, article.url) == ("2026-05-01", "https://a.example/bell")


def test_without_it_the_first_heading_is_the_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Bell\n====\n\nIt rings.")
    assert read(tmp_path / "a.md").title == "Bell"
