"""Which reader an input gets: by name, by content, as told; and offsets are exact in whatever it makes of it."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.pipeline import Extractor
from quotekit.readers import FORMATS, Reading, list_files, read_input
from quotekit.readers.formats import BY_NAME, reader_of
from quotekit.readers.reader import document_id
from quotekit.readers.source import Source
from quotekit.validation import find_problems
from quotekit.writers.json import to_record
from tests.readers.made import PAGE, docx, paragraph, pdf, read, word_paragraph
from tests.trees import RandomParser

CONLLU = b"# newdoc id = a\n# text = Hush\n1\tHush\thush\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"


@pytest.mark.parametrize(
    ("name", "head", "reader"),
    [
        ("a.txt", b"<html>", "text"),
        ("a.MD", b"", "markdown"),
        ("a.htm", b"", "html"),
        ("a.pdf", b"", "pdf"),
        ("a.docx", b"", "docx"),
        ("a.srt", b"", "subtitles"),
        ("a.conllu", b"", "conllu"),
        ("a.csv.gz", b"", "csv"),
        ("a.tsv", b"", "csv"),
        ("a.jsonl", b"", "jsonl"),
        ("a.json", b'{"text": "a"}', "json"),
        ("a.json", b'{"uri": "u", "headline": "h", "body_text": "a"}', "ninjs"),
        ("a.json", b'{"segments": [{}]}', "segments"),
        ("a", b"He said so.", "text"),
        ("a", b"", "text"),
        ("a.log", b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        ("a", b"<?xml version='1.0'?>\n<!-- saved --><html lang=en>", "html"),
        ("a", b"%PDF-1.7", "pdf"),
        ("a", b"WEBVTT\n\n", "subtitles"),
        ("a", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", "subtitles"),
        ("a", CONLLU, "conllu"),
        ("a", b'{"text": "a"}\n{"text": "b"}\n', "json"),
        ("a", b'[{"text": "a"}]', "json"),
        ("a", b"1 of the three said so.\n", "text"),
        ("a", b"[Applause] Thank you.", "text"),
        ("a", b"# A headline\n\nMarkdown looks like text.", "text"),
        ("a", b"---\ntitle: A headline\n---\nHe said so.", "markdown"),
        ("a", b"---\nHe said: so.\n---\nShe did not.", "text"),
        ("a", b"\xef\xbb\xbfid,Article Body\n1,He said so.\n", "csv"),
        ("a", b"headline;byline;text\nNo;Lee;He said so.\n", "csv"),
        ("a", b"id\ttext\n1\tHe said so.\n", "csv"),
        ("a", b"The text, the title and the date\nHe said so.\n", "text"),
        ("a", b"text, date\n", "text"),
    ],
)
def test_the_name_decides_then_the_content(tmp_path: Path, name: str, head: bytes, reader: str) -> None:
    (tmp_path / name).write_bytes(head)
    assert reader_of(Source(str(tmp_path / name), max_size=1000)).name == reader


def test_a_format_that_is_named_wins(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.format(charset="utf-8"), "utf-8")
    assert read(tmp_path / "page.txt").text.startswith("<!DOCTYPE html>")
    assert read(tmp_path / "page.txt", input_format="html").text.startswith("Quay to close")
    with pytest.raises(InputError, match="no input format with this name"):
        read(tmp_path / "page.txt", input_format="novel")


def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([paragraph("The bell is cracked.")])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    ((article, _),) = read_input("-")
    assert (article.text, article.id, len(article.pages)) == ("The bell is cracked.", "stdin", 1)


def test_names_and_suffixes_are_told_apart() -> None:
    assert len(BY_NAME) == len(FORMATS)
    shared = [suffix for reader in FORMATS for suffix in reader.suffixes]
    assert {suffix for suffix in shared if shared.count(suffix) > 1} == {".json"}


@pytest.mark.parametrize(
    ("path", "id"), [("a/ferry.txt", "ferry"), ("dump.jsonl.gz", "dump"), ("-", "stdin"), (".gz", ".gz")]
)
def test_a_document_is_named_after_its_file(path: str, id: str) -> None:
    assert document_id(path) == id


class TestFolders:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in (
            "a.txt",
            "b.html",
            "c/d.pdf",
            "c/e.jsonl",
            "c/.hidden.txt",
            "f.py",
            "g.json",
            "h.csv",
            ".git/i.txt",
        ):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.touch()
        (tmp_path / "c" / "loop").symlink_to(tmp_path, target_is_directory=True)
        return tmp_path

    @pytest.mark.parametrize(
        ("globs", "found"),
        [
            ((), ["a.txt", "b.html", "c/d.pdf"]),
            (("*.pdf",), ["c/d.pdf"]),
            (("*.jsonl", "*.txt"), ["a.txt", "c/e.jsonl"]),
            (("c/*",), ["c/d.pdf", "c/e.jsonl"]),
            (("**/*.html",), ["b.html"]),
        ],
    )
    def test_documents_are_found_at_any_depth_and_dumps_when_asked_for(
        self, folder: Path, globs: tuple[str, ...], found: list[str]
    ) -> None:
        assert [Path(path).relative_to(folder).as_posix() for path in list_files(str(folder), globs)] == found

    def test_a_pattern_that_finds_nothing_is_told(self, folder: Path) -> None:
        with pytest.raises(InputError, match=r"no files like \*\.odt in this folder"):
            list(list_files(str(folder), ("*.odt",)))


# Words as people write them, with what upsets offsets: signs of two UTF-16 units, accents of their own, line ends.
WORDS = st.lists(
    st.text(st.sampled_from("abcdé“”‘’\"' .,:-—🌊🔔e\u0301\u00a0\u00adß&<>[]*_#"), min_size=1, max_size=12).filter(
        str.strip
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=4)


def _html(paragraphs: list[str]) -> bytes:
    return (
        PAGE.format(charset="utf-8")
        .replace("</article>", "".join(f"<p>{escape(p)}</p>" for p in paragraphs) + "</article>")
        .encode()
    )


def _csv(paragraphs: list[str]) -> bytes:
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["id", "text"], ["1", "\n".join(paragraphs)]])
    return table.getvalue().encode()


def _srt(paragraphs: list[str]) -> bytes:
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{words}\n" for n, words in enumerate(paragraphs, start=1))
    return "\n".join(cues).encode()


def _vtt(paragraphs: list[str]) -> bytes:
    cues = (
        f"00:{n:02}.000 --> 00:{n:02}.900\n<v Ann{n % 2}>{escape(words)}\n"
        for n, words in enumerate(paragraphs, start=1)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _pdf(paragraphs: list[str]) -> bytes:
    printed = (words.encode("cp1252", "ignore").decode("cp1252") or "." for words in paragraphs)
    return pdf([paragraph(words) for words in printed])


MAKERS: dict[str, Callable[[list[str]], bytes]] = {
    "text": lambda paragraphs: "\r\n\r\n".join(paragraphs).encode(),
    "markdown": lambda paragraphs: "\n\n".join(paragraphs).encode(),
    "html": _html,
    "pdf": _pdf,
    "docx": lambda paragraphs: docx("".join(map(word_paragraph, paragraphs))),
    "srt": _srt,
    "vtt": _vtt,
    "jsonl": lambda paragraphs: json.dumps({"text": "\n".join(paragraphs)}).encode(),
    "json": lambda paragraphs: json.dumps([{"body_html": "".join(f"<p>{escape(p)}</p>" for p in paragraphs)}]).encode(),
    "csv": _csv,
}
SUFFIXES = {"text": "txt", "markdown": "md"}


def _article(path: Path) -> Article | None:
    """The article of a file, if it holds one; a broken file says so and is none."""
    try:
        return next((article for article, _ in read_input(str(path), failed=lambda error: None)), None)
    except InputError:
        return None


@pytest.mark.parametrize("kind", sorted(MAKERS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=PARAGRAPHS)
def test_every_span_says_what_stands_there(kind: str, tmp_path: Path, paragraphs: list[str]) -> None:
    path = tmp_path / f"made.{SUFFIXES.get(kind, kind)}"
    path.write_bytes(MAKERS[kind](paragraphs))
    if (article := _article(path)) is None:
        return
    (extraction,) = Extractor(parser=RandomParser()).extract_many([article])
    assert extraction.document.text == article.text
    assert find_problems(to_record(extraction), closed=True) == []
    assert find_problems(to_record(extraction, offsets="utf16"), closed=True) == []


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_the_property_is_tested_on_articles_with_quotes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"made.{SUFFIXES.get(kind, kind)}"
    path.write_bytes(MAKERS[kind](["“It is cracked,” said Ida Prince. “It was dropped.”", "“No,” she said."] * 2))
    article = _article(path)
    assert article is not None
    assert "said Ida Prince" in article.text
    assert bool(article.times) is (kind in ("srt", "vtt"))
    assert bool(article.pages) is (kind == "pdf")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(BY_NAME)),
    data=st.binary(max_size=300),
    start=st.sampled_from((b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{", b"WEBVTT\n\n1\n", b"a,b\n", b"<html>")),
)
def test_any_bytes_are_articles_or_an_input_error(name: str, data: bytes, start: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + data)
    try:
        for article, _ in read_input(str(path), Reading(input_format=name), failed=lambda error: None):
            assert all(0 <= span.start <= span.end <= len(article.text) for span in (*article.pages, *article.times))
    except InputError:
        pass
