"""A web page gives its article, its metadata, and quotes that link back to their words on the page."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from quotekit.errors import InputError
from tests.readers.made import PAGE, read


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(charset="utf-8"), "utf-8")
    return path


def test_the_article_is_there_and_nothing_else(page: Path) -> None:
    text = read(page).text
    assert "found cracks in three of its piers. 🌊 Fishing boats" in text
    assert "“A wall that moves is not safe for anyone.”" in text
    assert "Nobody told the crews until this morning." in text
    assert not any(other in text for other in ("Home", "Gulls", "Copyright", "Cookie", "Buy now"))


def test_paragraphs_stand_apart(page: Path) -> None:
    paragraphs = read(page).text.split("\n\n")
    assert paragraphs[0] == "Quay to close"
    assert [paragraph[:10] for paragraph in paragraphs[1:]] == ["The east q", "“We looked", "Nobody tol", "Skippers w"]


def test_marks_that_only_a_browser_writes_are_written(page: Path) -> None:
    assert "He called the damage “worse than we feared” and promised a plan" in read(page).text


def test_metadata_come_from_the_page(page: Path) -> None:
    article = read(page)
    assert (article.title, article.author) == ("Quay to close", "Nora Flint")
    assert (article.published, article.url) == ("2026-03-04", "https://post.example/quay-to-close")
    assert article.id == "page"


def test_an_address_that_was_named_wins(page: Path) -> None:
    assert read(page, url="https://archive.example/1").url == "https://archive.example/1"


class TestCarriedArticle:
    """What a page carries for search engines is its article where a teaser is all that it shows."""

    BODY = (
        "The pier is shut. “It will open in May,” said Jo Marsh.\nNobody was hurt when the deck fell, the council said."
    )

    def page(self, tmp_path: Path, shown: str, carried: object) -> Path:
        script = f'<script type="application/ld+json">{json.dumps(carried)}</script>'
        (tmp_path / "pier.html").write_text(
            f"<html><head><title>Pier</title>{script}</head><body><p>{shown}</p></body></html>"
        )
        return tmp_path / "pier.html"

    @pytest.mark.parametrize("body", [BODY, BODY.replace("“", "&ldquo;"), f"<p>{BODY.replace(chr(10), '</p><p>')}</p>"])
    def test_it_stands_for_a_teaser(self, tmp_path: Path, body: str) -> None:
        carried = {
            "@context": "https://schema.org",
            "@graph": [{"@type": "NewsArticle", "articleBody": body, "headline": "Shut"}],
        }
        article = read(self.page(tmp_path, "Subscribe to read on.", carried))
        assert article.text == self.BODY.replace("\n", "\n\n")

    @pytest.mark.parametrize("carried", [{"articleBody": "The pier is shut …"}, {"articleBody": 7}, [], "{"])
    def test_else_what_is_shown_is_the_article(self, tmp_path: Path, carried: object) -> None:
        shown = "The pier is shut, said Jo Marsh, who runs it. It will open in May."
        assert read(self.page(tmp_path, shown, carried)).text == shown


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_the_page_says_its_encoding(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "old.htm"
    path.write_bytes(PAGE.format(charset=charset).replace("🌊", "é").encode("cp1252"))
    article = read(path)
    assert "piers. é Fishing" in article.text
    assert "“We looked at every other way,” said Ivo Brandt" in article.text
    assert [notice.code for notice in article.notices] == []


def test_utf_8_wins_over_what_an_old_template_says(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(charset="iso-8859-1"), "utf-8")
    assert "🌊" in read(path).text


def test_a_charset_that_is_none_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(charset="x-none").replace("🌊", "é").encode("cp1252"))
    assert [notice.code for notice in read(path).notices] == ["encoding"]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a> <a href='/a'>About</a></nav></body></html>",
        "<!doctype html><html><head><title>Sign in</title></head><body><form><input name=user></form></body></html>",
    ],
)
def test_a_page_without_an_article_is_told(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    with pytest.raises(InputError, match="no article was found in this page"):
        read(tmp_path / "page.html")


def test_without_trafilatura_the_command_that_installs_it_is_named(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match="trafilatura is not installed") as caught:
        read(page)
    assert caught.value.remedy == 'pip install "trafilatura>=2.3", or quotekit with its extra [html]'
