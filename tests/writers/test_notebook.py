"""What a notebook shows of an extraction, and the data that it gives."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from quotekit.errors import QuotekitError
from quotekit.model import Extraction
from quotekit.writers.notebook import MOST_ROWS
from quotekit.writers.rows import COLUMNS
from tests.writers.made import hard

VOID = {"br", "img", "meta", "link"}


class Page(HTMLParser):
    """What a browser makes of it: elements that close, their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.cells: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.open += [] if tag in VOID else [tag]
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data


def test_a_table_of_the_quotes(ferry: Extraction) -> None:
    page = Page(ferry._repr_html_())
    assert page.open == []
    assert page.cells[:3] == [
        "Rosa Lindqvist, Mayor (“Mayor Rosa Lindqvist”)",
        "the ferry would “rest until the ice is gone”",
        "said · mixed · complement · 0.93 · offset 71",
    ]
    assert len(page.cells) == 3 * len(ferry.quotes)
    assert "6 quotes (2 direct, 2 mixed, 2 indirect), 4 speakers</caption>" in ferry._repr_html_()


def test_nothing_is_fetched_and_nothing_runs(ferry: Extraction) -> None:
    page = Page(ferry._repr_html_())
    assert {"script", "img", "link", "iframe"}.isdisjoint(page.elements)
    assert set(page.attributes) <= {"class", "scope"}
    assert "url(" not in ferry._repr_html_()


def test_an_article_s_words_are_no_mark_up() -> None:
    made = hard()
    words = "</table><script>alert(1)</script>&amp;"
    quote = replace(made.quotes[2], content=(replace(made.quotes[2].content[0], text=words),))
    document = replace(made.document, text=None, title="<img src=x onerror=alert(1)>")
    page = Page(replace(made, quotes=(quote,), document=document)._repr_html_())
    assert page.cells[1] == words
    assert {"script", "img"}.isdisjoint(page.elements)


def test_a_long_table_is_cut_and_says_so() -> None:
    made = hard()
    many = replace(made, quotes=made.quotes[2:3] * (MOST_ROWS + 7))
    html = many._repr_html_()
    assert len(Page(html).cells) == 3 * MOST_ROWS
    assert "… and 7 more" in html
    assert len(html) < 40_000


def test_records_are_plain_data(ferry: Extraction) -> None:
    records = ferry.to_records()
    assert [record["id"] for record in records] == [quote.id for quote in ferry.quotes]
    assert json.loads(json.dumps(records)) == records


def test_a_data_frame_has_a_row_for_each_quote(ferry: Extraction, empty: Extraction) -> None:
    pytest.importorskip("pandas")
    frame = ferry.to_pandas()
    assert tuple(frame.columns) == tuple(empty.to_pandas().columns) == COLUMNS
    assert len(frame) == len(ferry.quotes)
    assert len(empty.to_pandas()) == 0
    assert frame.groupby("speaker")["text"].count()["Rosa Lindqvist"] == 2


def test_a_missing_pandas_is_told_with_what_installs_it(ferry: Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QuotekitError, match="needs pandas") as raised:
        ferry.to_pandas()
    assert raised.value.remedy == "pip install pandas"
