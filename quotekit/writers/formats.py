"""The forms into which `quotekit convert` turns an extraction: one line and one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from quotekit.errors import InputError
from quotekit.model import Extraction


@dataclass(frozen=True, slots=True)
class Format:
    """A form of output: its name, what it is for, and what its file, ``writers/MODULE.py``, makes.

    A *stream* is pieces of text or bytes for one file, from ``write(extractions)``. A *folder* is names of files and
    what is in each, from ``write(extractions)``. A *database* is brought up to date by ``update(path, extractions)``.
    With ``needs_text`` a record that was made without its text is refused; with ``setup`` the file's ``SETUP`` is what
    the receiving program must be given first.
    """

    name: str
    summary: str
    module: str
    writes: Literal["stream", "folder", "database"] = "stream"
    needs_text: bool = False
    setup: bool = False

    def writer(self) -> Callable[[Iterable[Extraction]], Iterator[str | bytes]]:
        """What turns extractions into the pieces of one file, for a format that is a stream."""
        return self._named("write")  # type: ignore[no-any-return]

    def folder_writer(self) -> Callable[[Iterable[Extraction]], Iterator[tuple[str, str]]]:
        """What turns extractions into files, each a name and its text, for a format that is a folder."""
        return self._named("write")  # type: ignore[no-any-return]

    def updater(self) -> Callable[[str, Iterable[Extraction]], None]:
        """What brings a database up to date with extractions, for a format that is one."""
        return self._named("update")  # type: ignore[no-any-return]

    def setup_text(self) -> str:
        """What the receiving program must be given before the data, such as its labels."""
        text: str = self._named("SETUP")
        return text

    def check(self, extraction: Extraction) -> None:
        """Raises InputError where the format needs the text and the extraction was made without it."""
        if self.needs_text and extraction.document.text is None:
            problem = f"{self.name} needs the document's text, which this record leaves out"
            raise InputError(extraction.document.source, problem, "extract without --no-text")

    def _named(self, name: str) -> Any:
        return getattr(import_module(f"quotekit.writers.{self.module}"), name)


FORMATS = (
    Format("csv", "one quote a row, for spreadsheets", "csv"),
    Format("jsonl", "one flat quote a line, for jq, DuckDB, pandas", "jsonl"),
    Format("sqlite", "searchable tables of quotes, speakers, claims, for Datasette", "sqlite", "database"),
    Format("parquet", "columns, for pandas, DuckDB, Spark; needs pyarrow", "parquet"),
    Format("markdown", "quotes under their speakers, for notes and wikis", "markdown"),
    Format("web-annotation", "W3C Web Annotation, for Hypothesis and Recogito", "web_annotation"),
    Format("schema-quotation", "schema.org Quotation as JSON-LD, for web pages", "schema_quotation"),
    Format("schema-claim", "schema.org Claim as JSON-LD, for web pages", "schema_claim"),
    Format("claimreview-draft", "schema.org ClaimReview to fill in, without verdict", "claimreview_draft"),
    Format("factcheck-tools", "claims as Google's Fact Check Tools API names them", "factcheck_tools"),
    Format("label-studio", "tasks with predictions, for Label Studio", "label_studio", needs_text=True, setup=True),
    Format("doccano", "entities and relations, for doccano", "doccano", needs_text=True),
    Format("pubannotation", "denotations and relations, for INCEpTION and TextAE", "pubannotation", needs_text=True),
    Format("brat", "a folder of standoff annotations, for brat", "brat", "folder", needs_text=True),
    Format("conllu", "words with the roles they have in quotes, in MISC", "conllu", needs_text=True),
    Format("citron", "the JSON of BBC's Citron", "citron", needs_text=True),
)

BY_NAME = {form.name: form for form in FORMATS}
