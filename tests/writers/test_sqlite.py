"""SQLite: what is in the tables, what a second time changes, and that Datasette opens it as it is."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import QuotekitError
from quotekit.model import Claim, Extraction
from quotekit.writers.json import from_record, to_record
from quotekit.writers.sqlite import update
from tests.writers.made import hard, make, place, quote

VALID = Path(__file__).parents[2] / "fixtures" / "json" / "valid"
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "quotes.db")


@pytest.fixture
def ask(path: str) -> Ask:
    """The rows that a query of the database gives."""

    def ask(query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(query, values).fetchall()

    return ask


def moved(made: Extraction, **about: Any) -> Extraction:
    return replace(made, document=replace(made.document, **about))


def test_every_table_has_its_rows(ferry: Extraction, path: str, ask: Ask) -> None:
    update(path, [ferry, hard()])
    assert ask("SELECT id, title FROM documents ORDER BY id") == [
        ("ferry", "Ferry stops for the winter"),
        ("tides", "+Tides"),
    ]
    assert ask("SELECT count(*) FROM quotes") == [(10,)]
    assert ask("SELECT name, mentions, first_mention FROM speakers WHERE role = 'Mayor'") == [("Rosa Lindqvist", 2, 30)]
    assert ask(
        "SELECT end, text, document_source FROM quotes_full JOIN quotes USING (number, text) WHERE number = 2"
    ) == [(169, "Nobody likes it … but the hull is thin.", "news/ferry.txt")]


def test_a_quote_s_whole_record_is_kept(ferry: Extraction, path: str, ask: Ask) -> None:
    update(path, [ferry, hard()])
    records = [json.loads(record) for (record,) in ask("SELECT record FROM quotes ORDER BY number")]
    assert records == [*to_record(ferry)["quotes"], *to_record(hard())["quotes"]]


def test_the_whole_of_a_claim_and_of_a_speaker_is_kept(path: str, ask: Ask) -> None:
    tunnel = from_record(json.loads((VALID / "claims.json").read_text("utf-8")))
    update(path, [tunnel])
    for table in ("claims", "speakers"):
        records = {json.loads(record)["id"]: json.loads(record) for (record,) in ask(f"SELECT record FROM {table}")}
        assert records == {record["id"]: record for record in to_record(tunnel)[table]}
    edits = "SELECT json_extract(record, '$.edits[0].why') FROM claims WHERE text LIKE 'Lucia Brandt voted%'"
    assert ask(edits) == [("speaker",)]


def test_claims_refer_to_their_quotes(path: str, ask: Ask) -> None:
    text = "Ada said taxes rose by 4%."
    said = quote(text, [place(text, "taxes rose by 4%")])
    claim = Claim(
        "c-0000000000000001",
        said.id,
        said.content,
        "Taxes rose by 4%.",
        None,
        "asserts",
        ("quantity",),
        0.9,
        ("a number",),
    )
    update(path, [make(text, [said], claims=[claim])])
    assert ask("SELECT claims.text, types, quotes.text FROM claims JOIN quotes ON quotes.id = claims.quote") == [
        ("Taxes rose by 4%.", '["quantity"]', "taxes rose by 4%")
    ]


class TestASecondTime:
    def test_nothing_is_doubled_and_numbers_stay(self, ferry: Extraction, path: str, ask: Ask) -> None:
        update(path, [ferry, hard()])
        before = ask("SELECT * FROM quotes ORDER BY number")
        update(path, [hard(), ferry])
        assert ask("SELECT * FROM quotes ORDER BY number") == before

    def test_quotes_that_are_no_longer_found_go(self, ferry: Extraction, path: str, ask: Ask) -> None:
        update(path, [ferry, hard()])
        update(path, [replace(ferry, quotes=ferry.quotes[:2], speakers=ferry.speakers[:1])])
        assert ask("SELECT count(*) FROM quotes WHERE document = 'ferry'") == [(2,)]
        assert ask("SELECT count(*) FROM quotes WHERE document = 'tides'") == [(4,)]
        assert ask("SELECT count(*) FROM speakers WHERE document = 'ferry'") == [(1,)]
        assert ask("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH 'captain'") == [(0,)]

    def test_an_article_that_was_edited_takes_the_place_of_the_old_one(self, path: str, ask: Ask) -> None:
        for text in ("Ada said no.", "Ada said yes."):
            update(path, [make(text, [quote(text, [place(text, text.split()[-1])], number=len(text))])])
        assert ask("SELECT text FROM documents") == [("Ada said yes.",)]
        assert ask("SELECT text FROM quotes") == [("yes.",)]

    def test_what_a_user_added_stays(self, ferry: Extraction, path: str, ask: Ask) -> None:
        update(path, [ferry])
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("ALTER TABLE quotes ADD COLUMN checked TEXT")
            database.execute("UPDATE quotes SET checked = 'by Bo' WHERE number = 3")
        update(path, [ferry])
        assert ask("SELECT number FROM quotes WHERE checked = 'by Bo'") == [(3,)]


class TestTwoDocumentsOfOneId:
    def test_both_are_kept_and_found_again(self, path: str, ask: Ask) -> None:
        here, there = hard(), moved(hard(), source="other/tides.txt")
        for _ in range(2):
            update(path, [here, there])
        rows = ask("SELECT id, name, source FROM documents ORDER BY length(id)")
        assert [(name, source) for _, name, source in rows] == [("tides", "tides.txt"), ("tides", "other/tides.txt")]
        assert rows[0][0] == "tides"
        assert rows[1][0].startswith("tides~")
        assert ask("SELECT count(*) FROM quotes") == [(8,)]

    @pytest.mark.parametrize(("id", "source"), [("stdin", "-"), ("text", "text"), ("text-1", "text-1")])
    def test_texts_without_a_name_are_told_apart_by_their_words(
        self, path: str, ask: Ask, id: str, source: str
    ) -> None:
        for text in ("Ada said no.", "Bo said yes.", "Ada said no."):
            update(path, [make(text, [quote(text, [place(text, text.split()[-1])])], id=id, source=source)])
        assert sorted(ask("SELECT text FROM documents")) == [("Ada said no.",), ("Bo said yes.",)]


class TestSearch:
    def test_words_speakers_and_sources_are_found(self, ferry: Extraction, path: str, ask: Ask) -> None:
        update(path, [ferry, hard()])
        found = "SELECT count(*) FROM quotes WHERE number IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?)"
        assert [ask(found, words)[0][0] for words in ("hull", "lowe", "speaker: rosa", "source: she", "zebra")] == [
            1,
            1,
            2,
            1,
            0,
        ]

    def test_the_index_agrees_with_the_table_also_after_vacuum(self, ferry: Extraction, path: str) -> None:
        update(path, [hard(), ferry])
        update(path, [replace(hard(), quotes=())])
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("VACUUM")
            database.execute("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)")
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


class TestAllOrNothing:
    def broken(self, made: Extraction) -> Iterator[Extraction]:
        yield made
        raise KeyboardInterrupt

    def test_a_new_file_is_not_left_half_done(self, ferry: Extraction, path: str) -> None:
        with pytest.raises(KeyboardInterrupt):
            update(path, self.broken(ferry))
        assert list(Path(path).parent.iterdir()) == []

    def test_a_file_that_is_there_stays_as_it_was(self, ferry: Extraction, path: str, ask: Ask) -> None:
        update(path, [hard()])
        before = Path(path).read_bytes()
        with pytest.raises(KeyboardInterrupt):
            update(path, self.broken(ferry))
        assert Path(path).read_bytes() == before

    def test_a_file_that_is_no_database_is_told(self, ferry: Extraction, path: str) -> None:
        Path(path).write_text("Dear diary, today it rained again and I stayed in.")
        with pytest.raises(QuotekitError, match="file is not a database"):
            update(path, [ferry])
        assert Path(path).read_text().startswith("Dear diary")

    def test_tables_of_another_make_are_told(self, ferry: Extraction, path: str, ask: Ask) -> None:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("CREATE TABLE quotes (author TEXT)")
        with pytest.raises(QuotekitError, match="cannot be brought up to date"):
            update(path, [ferry])
        assert ask("SELECT name FROM sqlite_master") == [("quotes",)]

    def test_a_folder_that_is_not_there_is_told(self, ferry: Extraction, tmp_path: Path) -> None:
        with pytest.raises(QuotekitError, match="cannot be written"):
            update(str(tmp_path / "none" / "quotes.db"), [ferry])


def test_half_a_letter_costs_nothing_but_itself(path: str, ask: Ask) -> None:
    text = "Ada said \ud83d."
    update(path, [make(text, [quote(text, [place(text, "\ud83d")])])])
    assert ask("SELECT text FROM quotes") == [("\ufffd",)]


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_it_with_links_search_and_the_view(ferry: Extraction, path: str) -> None:
    datasette = pytest.importorskip("datasette.app").Datasette
    update(path, [ferry, hard()])

    async def get(address: str) -> Any:
        answer = await datasette([path]).client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json() if ".json" in address else answer.text

    tables = asyncio.run(get("/quotes.json"))
    visible = {table["name"]: table for table in tables["tables"] if not table["hidden"]}
    assert set(visible) == {"documents", "speakers", "quotes", "claims"}
    assert visible["quotes"]["fts_table"] == "quotes_fts"
    assert [view["name"] for view in tables["views"]] == ["quotes_full"]
    found = asyncio.run(get("/quotes/quotes.json?_search=hull&_shape=objects"))
    assert [row["speaker"] for row in found["rows"]] == ["Rosa Lindqvist"]
    assert "/quotes/documents/ferry" in asyncio.run(get("/quotes/quotes"))
