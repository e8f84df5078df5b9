"""Dumps give an article a record; fields are named or known; what is broken is told by its line, and nothing else is lost."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers import Fields
from tests.readers.made import read_with_failures

ROOT = Path(__file__).parent.parent.parent
RECORDS = [
    {
        "id": 7,
        "headline": "Bell cracked",
        "body": "“It is cracked,” said the verger. 🔔",
        "date": "2026-05-01",
        "url": "https://a.example/7",
    },
    {"id": 8, "headline": "Bell mended", "body": "It rings.\nAt noon.", "date": "2 May", "url": None},
]


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def made(tmp_path: Path, name: str, content: str | bytes, **settings: Any) -> tuple[list[Article], list[str]]:
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / name).write_bytes(data)
    return read_with_failures(tmp_path / name, **settings)


def known(article: Article) -> tuple[object, ...]:
    return article.id, article.title, article.text, article.published, article.url


EXPECTED = [
    ("7", "Bell cracked", "“It is cracked,” said the verger. 🔔", "2026-05-01", "https://a.example/7"),
    ("8", "Bell mended", "It rings.\nAt noon.", None, None),
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines(*RECORDS)),
        ("a.jsonl", "\ufeff" + lines(*RECORDS).replace("\n", "\r\n\r\n")),
        ("a.ndjson", lines(*RECORDS)),
        ("a.json", json.dumps(RECORDS, indent=2)),
        ("a.json", lines(*RECORDS)),
        ("dump", lines(*RECORDS)),
        ("dump", json.dumps(RECORDS)),
    ],
)
def test_records_in_json_are_articles(tmp_path: Path, name: str, content: str) -> None:
    articles, failures = made(tmp_path, name, content)
    assert [known(article) for article in articles] == EXPECTED
    assert failures == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_rows_of_a_table_are_articles(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["id", "headline", "body", "date", "url"]]
    rows += [[str(record[key] or "") for key in record] for record in RECORDS]
    table = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    articles, failures = made(tmp_path, "a.csv", table.encode(encoding))
    assert [known(article) for article in articles] == EXPECTED
    assert failures == []


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_packed_dumps_are_unpacked(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    articles, _ = made(tmp_path, f"dump.jsonl.{suffix}", pack(lines({"text": "One."}, {"text": "Two."}).encode()))
    assert [(article.id, article.text) for article in articles] == [("dump:1", "One."), ("dump:2", "Two.")]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_packed_dump_that_is_cut_off_is_told(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    data = pack(lines(*({"text": os.urandom(50).hex()} for _ in range(100))).encode())
    with pytest.raises(InputError, match=r"is a damaged \w+ file, or one cut off"):
        made(tmp_path, f"dump.jsonl.{suffix}", data[: len(data) // 2])


class TestFields:
    @pytest.mark.parametrize("key", ["text", "body", "articleBody", "article_body", "Content", "BODY_TEXT", "maintext"])
    def test_the_text_is_found_under_its_usual_names(self, tmp_path: Path, key: str) -> None:
        articles, _ = made(tmp_path, "a.jsonl", lines({"kind": "news", key: "It rings."}))
        assert [article.text for article in articles] == ["It rings."]

    def test_named_fields_win(self, tmp_path: Path) -> None:
        record = {"text": "no", "fields": {"story": "It rings.", "by": ["Ann", "Bo"]}, "key": 3, "when": "20260501"}
        fields = Fields(text="fields.story", id="key", author="fields.by", date="when")
        ((article,), _) = made(tmp_path, "a.jsonl", lines(record), fields=fields)
        assert (article.text, article.id, article.author, article.published) == (
            "It rings.",
            "3",
            "Ann, Bo",
            "2026-05-01",
        )

    def test_a_key_with_a_dot_in_it_is_that_key(self, tmp_path: Path) -> None:
        ((article,), _) = made(tmp_path, "a.jsonl", lines({"a.b": "It rings."}), fields=Fields(text="a.b"))
        assert article.text == "It rings."

    def test_html_is_shown(self, tmp_path: Path) -> None:
        ((article,), _) = made(tmp_path, "a.jsonl", lines({"body_html": "<p>It <q>rings</q>.</p><p>At&nbsp;noon.</p>"}))
        assert article.text == "It “rings”.\n\nAt noon."

    def test_nothing_is_an_empty_document(self, tmp_path: Path) -> None:
        ((article,), _) = made(tmp_path, "a.jsonl", lines({"text": None}))
        assert [notice.code for notice in article.notices] == ["empty"]

    @pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
    def test_a_file_of_another_format_is_told_once(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(InputError, match="none of the first 10 records can be read"):
            made(tmp_path, name, "One, two.\nThree, four, five, six.\n" * 100)

    def test_a_field_that_no_record_has_is_told_once(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="has no field 'story'; its fields are: text, id") as caught:
            made(tmp_path, "a.jsonl", lines({"text": "One.", "id": 1}) * 100, fields=Fields(text="story"))
        assert caught.value.remedy == "name it with --text-field"


class TestBrokenParts:
    def test_a_broken_line_is_told_by_its_number(self, tmp_path: Path) -> None:
        articles, failures = made(
            tmp_path, "a.jsonl", '{"text": "One."}\n\n{"text": "Tw\n{"text": "Three."}\n["four"]\n{"id": 5}\n'
        )
        assert [article.text for article in articles] == ["One.", "Three."]
        assert failures == [
            "a.jsonl:3: is not valid JSON: Unterminated string starting at (column 10)",
            "a.jsonl:5: is no record with named fields",
            "a.jsonl:6: has no field with the text; its fields are: id",
        ]

    def test_bytes_that_are_no_utf_8_are_told(self, tmp_path: Path) -> None:
        articles, failures = made(tmp_path, "a.jsonl", b'{"text": "caf\xe9"}\n{"text": "Two."}\n')
        assert [article.text for article in articles] == ["Two."]
        assert failures == ["a.jsonl:1: is not valid JSON: byte 13 is not UTF-8"]

    def test_a_broken_array_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"not valid JSON: .* \(line 2, column 1\)"):
            made(tmp_path, "a.json", '[{"text": "One."},\n')

    def test_a_broken_row_is_told_by_its_line(self, tmp_path: Path) -> None:
        table = 'id,text\n1,One.\n2,"Two" and,a half\n3,"Three\nlines"\n4,too,many\n5\n6,"open\n7,Seven.\n'
        articles, failures = made(tmp_path, "a.csv", table)
        assert [article.text for article in articles] == ["One.", "Three\nlines"]
        assert failures == [
            "a.csv:3: is a broken row (',' expected after '\"')",
            "a.csv:6: has 3 columns, but the first line names 2",
            "a.csv:7: has no field with the text; its fields are: id",
            "a.csv:8: is a broken row (unexpected end of data)",
        ]

    def test_a_row_in_another_encoding_is_read_and_told(self, tmp_path: Path) -> None:
        rows = "id,text\n" + "".join(f"{n},Café {n}\n" for n in range(8000))
        articles, failures = made(tmp_path, "a.csv", rows.encode() + "9,Café\n".encode("cp1252"))
        assert (articles[-1].text, len(articles), failures) == ("Café", 8001, [])
        assert [notice.message for notice in articles[-1].notices] == ["line 8002 is not utf-8; read as cp1252"]

    def test_a_line_beyond_the_limit_is_told_and_the_others_are_read(self, tmp_path: Path) -> None:
        long = lines({"text": "no " * 40_000})
        articles, failures = made(
            tmp_path, "a.jsonl", lines({"text": "One."}) + long + lines({"text": "Two."}), max_size=1000
        )
        assert [article.text for article in articles] == ["One.", "Two."]
        assert failures == ["a.jsonl:2: is larger than 0.001 MB, too much for one document"]

    def test_what_extract_wrote_is_no_dump(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="is what quotekit extract wrote"):
            made(tmp_path, "a.json", (ROOT / "fixtures" / "json" / "valid" / "ferry.json").read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("a.jsonl", 2000), ("a.csv", 2000), ("a.txt", 0)])
def test_200_megabytes_are_read_in_little_memory_or_refused(tmp_path: Path, name: str, count: int) -> None:
    text = "“The bell is cracked,” said the verger on Monday. " * 2000
    with (tmp_path / name).open("w") as stream:
        stream.write("id,text\n" if name == "a.csv" else "")
        for number in range(2000):
            stream.write(lines({"id": number, "text": text}) if name == "a.jsonl" else f'{number},"{text}"\n')
    assert (tmp_path / name).stat().st_size > 200_000_000
    program = (
        "import resource, sys\nfrom quotekit.readers import read_input\nfrom quotekit.errors import InputError\ncount = 0\n"
        "try:\n    for _ in read_input(sys.argv[1]): count += 1\nexcept InputError as error: print(error.problem)\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / name)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    *told, last = answer.stdout.splitlines()
    found, megabytes = map(int, last.split())
    assert (found, told) == (count, [] if count else ["is larger than 20 MB, too much for one document"])
    assert megabytes < 150
