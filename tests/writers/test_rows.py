"""Flat quotes: CSV, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace

import pytest
from hypothesis import given

from quotekit.errors import QuotekitError
from quotekit.model import Extraction, Time
from quotekit.writers import csv as csv_writer
from quotekit.writers import jsonl, parquet
from quotekit.writers.rows import COLUMNS, CONTEXT, quote_rows
from tests.writers.made import extractions, hard


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestRows:
    def test_a_row_says_all_of_a_quote(self, ferry: Extraction) -> None:
        row = list(quote_rows(ferry))[1]
        assert {key: row[key] for key in ("text", "start", "end", "spans", "speaker", "role", "source", "cue")} == {  # type: ignore[literal-required]
            "text": "Nobody likes it … but the hull is thin.",
            "start": 118,
            "end": 169,
            "spans": "118-133 148-169",
            "speaker": "Rosa Lindqvist",
            "role": "Mayor",
            "source": "she",
            "cue": "added",
        }

    def test_a_speaker_who_is_not_decided_has_candidates_and_no_name(self, ferry: Extraction) -> None:
        row = list(quote_rows(ferry))[5]
        assert (row["speaker"], row["candidates"]) == (None, "Rosa Lindqvist; Anton Lindqvist")

    def test_pages_times_and_how_sure_the_speaker_is(self, ferry: Extraction) -> None:
        first, *_ = ferry.quotes
        assert first.speaker
        said = replace(first, page=3, time=Time(62.25, 70.0), speaker=replace(first.speaker, confidence=0.875))
        names = ("page", "begins", "ends", "speaker_confidence")
        rows = [next(quote_rows(replace(ferry, quotes=(quote,)))) for quote in (said, first)]
        assert [[row[name] for name in names] for row in rows] == [[3, 62.25, 70.0, 0.875], [None] * 4]  # type: ignore[literal-required]

    def test_context_is_whole_words_on_one_line(self, ferry: Extraction) -> None:
        for row in quote_rows(ferry):
            for context in (row["context_before"] or "", row["context_after"] or ""):
                assert len(context) <= CONTEXT
                assert "\n" not in context
                assert f" {context} ".strip() in " ".join((ferry.document.text or "").split())

    def test_without_the_text_there_is_no_context(self, ferry: Extraction) -> None:
        without = replace(ferry, document=replace(ferry.document, text=None))
        assert {row["context_before"] for row in quote_rows(without)} == {None}
        assert [row["text"] for row in quote_rows(without)] == [row["text"] for row in quote_rows(ferry)]

    @given(extractions())
    def test_spans_are_places_in_the_text(self, made: Extraction) -> None:
        for row, quote in zip(quote_rows(made), made.quotes, strict=True):
            places = [tuple(map(int, one.split("-"))) for one in row["spans"].split()]
            assert places == [(span.start, span.end) for span in quote.content]
            assert (row["start"], row["end"]) == (places[0][0], places[-1][1])


class TestCsv:
    def test_it_is_read_back_as_the_rows_it_was_made_of(self, ferry: Extraction) -> None:
        written = "".join(csv_writer.write([ferry, hard()]))
        expected = [
            {key: "" if value is None else str(value) for key, value in row.items()}
            for one in (ferry, hard())
            for row in quote_rows(one)
        ]
        read = [{key: csv_writer.unguarded(cell) for key, cell in row.items()} for row in cells(written)]
        assert read == expected

    def test_lines_end_as_the_rfc_says(self, ferry: Extraction) -> None:
        written = "".join(csv_writer.write([ferry]))
        assert written.endswith("\r\n")
        assert written.splitlines()[0] == ",".join(COLUMNS)

    @pytest.mark.parametrize(
        ("cell", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+Tides", "'+Tides"),
            ("- never", "'- never"),
            ("@Ada", "'@Ada"),
            ("\tindented", "'\tindented"),
            ("\rreturned", "'\rreturned"),
            ("＝1+1", "'＝1+1"),
            ("'=1+1", "''=1+1"),
            ("''-", "'''-"),
            ("'tis", "'tis"),
            ("a=1", "a=1"),
            ("", ""),
        ],
    )
    def test_what_a_spreadsheet_would_run_is_made_harmless(self, cell: str, written: str) -> None:
        assert csv_writer.guarded(cell) == written
        assert csv_writer.unguarded(written) == cell

    def test_numbers_stay_numbers(self, ferry: Extraction) -> None:
        row = cells("".join(csv_writer.write([ferry])))[0]
        assert (row["start"], row["confidence"]) == ("71", "0.93")

    def test_nothing_found_is_a_header(self, empty: Extraction) -> None:
        assert "".join(csv_writer.write([empty])) == ",".join(COLUMNS) + "\r\n"

    @given(extractions())
    def test_no_cell_of_any_text_begins_a_formula(self, made: Extraction) -> None:
        for row in cells("".join(csv_writer.write([made]))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


class TestJsonl:
    def test_each_line_is_a_flat_quote(self, ferry: Extraction) -> None:
        lines = [json.loads(line) for line in "".join(jsonl.write([ferry, hard()])).splitlines()]
        assert lines == [dict(row) for one in (ferry, hard()) for row in quote_rows(one)]
        assert not any(isinstance(value, list | dict) for line in lines for value in line.values())

    def test_sqlite_utils_takes_it_unaided(self, ferry: Extraction) -> None:
        sqlite_utils = pytest.importorskip("sqlite_utils")
        database = sqlite_utils.Database(memory=True)
        lines = (json.loads(line) for line in "".join(jsonl.write([ferry])).splitlines())
        database["quotes"].insert_all(lines, pk="id")
        assert database["quotes"].count == len(ferry.quotes)


class TestParquet:
    def test_it_is_read_back_as_the_rows_it_was_made_of(self, ferry: Extraction) -> None:
        reader = pytest.importorskip("pyarrow.parquet")
        data = b"".join(parquet.write([ferry, hard()]))
        table = reader.read_table(io.BytesIO(data))
        assert tuple(table.column_names) == COLUMNS
        assert table.to_pylist() == [dict(row) for one in (ferry, hard()) for row in quote_rows(one)]

    def test_nothing_found_is_columns_without_rows(self, empty: Extraction) -> None:
        reader = pytest.importorskip("pyarrow.parquet")
        table = reader.read_table(io.BytesIO(b"".join(parquet.write([empty]))))
        assert (table.num_rows, tuple(table.column_names)) == (0, COLUMNS)
        assert str(table.schema.field("start").type) == "int64"

    def test_a_missing_pyarrow_is_told_with_what_installs_it(
        self, ferry: Extraction, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(QuotekitError, match="needs pyarrow") as raised:
            b"".join(parquet.write([ferry]))
        assert raised.value.remedy == "pip install pyarrow"
