"""The JSON of news agencies, old and new, gives its main body and what it says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.readers.made import read, read_with_failures

OLD = {
    "uri": "urn:agency.example:9",
    "versioncreated": "2026-05-01T10:00:00Z",
    "byline": "By Ida Prince",
    "headline": "Bell cracked",
    "body_xhtml": "<p>“It is cracked,” said the verger. 🔔</p>\n<p>It will be\nmended.</p>",
}
NEW = {
    "uri": "https://agency.example/9",
    "standard": {"name": "ninjs", "version": "3.1"},
    "versionCreated": "2026-05-01T10:00:00+02:00",
    "by": "Ida Prince",
    "headlines": [{"role": "short", "value": "Bell!"}, {"role": "main", "value": "Bell cracked"}],
    "bodies": [
        {"role": "summary", "contentType": "text/plain", "value": "A bell."},
        {
            "role": "main",
            "contentType": "text/html",
            "value": "<div>“It is cracked,” said the verger. 🔔</div><div>It will be mended.</div>",
        },
    ],
}
TEXT = "“It is cracked,” said the verger. 🔔\n\nIt will be mended."


@pytest.mark.parametrize("record", [OLD, NEW], ids=["version 1", "version 3"])
def test_the_article_and_what_it_says_of_itself(tmp_path: Path, record: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(record, indent=1), "utf-8")
    article = read(tmp_path / "a.json")
    assert (article.text, article.title, article.id) == (TEXT, "Bell cracked", record["uri"])
    assert (article.published or "")[:19] == "2026-05-01T10:00:00"
    assert (article.author or "").endswith("Ida Prince")
    assert article.url == (record["uri"] if record is NEW else None)


def test_plain_text_wins_over_markup(tmp_path: Path) -> None:
    bodies = [{"contentType": "text/html", "value": "<p>a</p>"}, {"contentType": "text/plain", "value": "b"}]
    (tmp_path / "a.json").write_text(json.dumps(NEW | {"bodies": bodies}))
    assert read(tmp_path / "a.json").text == "b"


def test_a_file_of_lines_is_read_when_the_format_is_named(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(
        f"{json.dumps(OLD)}\n{{]\n{json.dumps({'uri': 'x'})}\n{json.dumps(NEW)}\n", "utf-8"
    )
    articles, failures = read_with_failures(tmp_path / "feed.jsonl", input_format="ninjs")
    assert [article.text for article in articles] == [TEXT, TEXT]
    assert [failure.partition(" ")[0] for failure in failures] == ["feed.jsonl:2:", "feed.jsonl:3:"]
