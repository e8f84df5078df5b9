"""`quotekit extract`: articles → who said what."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

import click

from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.journal import Journal
from quotekit.cli.output import FILE, is_file, is_terminal, terminal_width, wants_colour, write_output
from quotekit.cli.progress import Progress
from quotekit.cli.selection import selected, selection_options

if TYPE_CHECKING:
    from quotekit.model import Extraction
    from quotekit.offsets import Record
    from quotekit.readers import Found, Reading

FORMATS = ("json", "jsonl", "text")
PIPED_WIDTH = 80
_DUMP = re.compile(r"(?i).*\.(?:jsonl|ndjson|csv|tsv)(?:\.(?:gz|bz2|xz))?")


@click.command("extract", short_help="Extract who said what, as JSON or readable text.")
@inputs_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="Output format.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to this file, whole or not at all.")
@reading_options
@selection_options
@click.option(
    "--offsets",
    type=click.Choice(("codepoint", "utf16", "utf8")),
    default="codepoint",
    show_default=True,
    help="What offsets count: Python's characters, JavaScript's and Java's units, or bytes.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Share the work among N processes, each with one thread and the model in memory; 0: one on each core.",
)
@click.option("--explain", is_flag=True, help="Say of each quote why it was found, and what else it might have been.")
@click.option(
    "--all-claims", is_flag=True, help="Keep opinions, wishes, orders, promises and the like among the claims."
)
@click.option("--no-text", is_flag=True, help="Leave the document's text out of the JSON.")
@click.option("--resume", is_flag=True, help="Go on where a run with the same --output was interrupted.")
def command(
    inputs: tuple[str, ...],
    form: str,
    output: str | None,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
    min_confidence: float,
    min_speaker: float,
    acts: frozenset[str] | None,
    offsets: str,
    workers: int,
    explain: bool,
    all_claims: bool,
    no_text: bool,
    resume: bool,
) -> None:
    """Extract every quotation and attributed claim of the INPUTs.

    An INPUT is a text, Markdown, HTML, PDF, Word or subtitle file, a dump of many articles (JSON Lines, CSV, ninjs), a
    CoNLL-U file (as `quotekit parse` writes it: nothing is parsed again), a folder (its documents, at any depth, but
    no dumps), or - for standard input. JSON is one document object for one file, and an array for several inputs, a
    folder or a dump; JSONL has one document on each line. A file that cannot be read is reported and the others are
    done; the exit code is then 1. So is an article that ends a worker process (--workers).
    """
    from quotekit.writers.json import to_record, write_jsonl
    from quotekit.writers.text import write_text

    read = Inputs(reading, globs=globs, quiet=quiet)
    language = reading.language

    def extract(articles: Iterable[Found]) -> Iterator[Extraction]:
        if workers == 1:
            return extract_all(articles, model=model, language=language, explain=explain, all_claims=all_claims)
        return _extract_in_processes(
            articles, workers, read, model=model, language=language, explain=explain, all_claims=all_claims
        )

    journal = _journal(output, resume, read, model=model, language=language, explain=explain)
    articles = read.articles(inputs)
    progress = Progress(read, quiet=quiet, to_terminal=is_terminal(output))
    extractions = journal.resumed(articles, extract) if journal else extract(articles)
    chosen = (selected(one, min_confidence=min_confidence, min_speaker=min_speaker, acts=acts) for one in extractions)
    found = progress.follow(chosen)
    records = (to_record(extraction, offsets=offsets, text=not no_text) for extraction in found)
    with journal or nullcontext():
        if form == "json":
            write_output(_json(records, array=are_several(inputs)), output)
        elif form == "jsonl":
            write_output(write_jsonl(records), output)
        else:
            width, colour = terminal_width(output) or PIPED_WIDTH, wants_colour(output)
            documents = (write_text(extraction, width=width, colour=colour) for extraction in found)
            write_output(_apart(documents), output)
    progress.tell()
    click.get_current_context().exit(read.exit_code)


def _journal(
    output: str | None, resume: bool, read: Inputs, *, model: str | None, language: str, explain: bool
) -> Journal | None:
    """Where what is done is kept until the output is written; None where the output is no file."""
    if output is None or not is_file(output):
        if resume:
            raise click.UsageError("--resume needs --output FILE: what was done is kept beside it")
        return None
    from importlib.metadata import version

    from quotekit import __version__
    from quotekit.language import load_language

    versions = {"quotekit": __version__, "stanza": version("stanza"), language: load_language(language).version}
    journal = Journal(output, versions | {"model": model, "explain": explain})
    if resume and (problem := journal.load()):
        read.warn("--resume", f"{problem}; beginning anew")
    return journal


def _json(records: Iterable[Record], *, array: bool) -> Iterator[str]:
    """The records as JSON; an array also where a single input turns out to hold several."""
    from quotekit.writers.json import write_json

    records = iter(records)
    first = list(islice(records, 1 if array else 2))
    yield from write_json(chain(first, records), array=array or len(first) > 1)


def _apart(documents: Iterable[Iterable[str]]) -> Iterator[str]:
    """The pieces of all documents, an empty line between one document and the next."""
    for number, pieces in enumerate(documents):
        if number:
            yield "\n"
        yield from pieces


def extract_all(
    articles: Iterable[Found],
    *,
    model: str | None,
    language: str,
    explain: bool = False,
    all_claims: bool = False,
) -> Iterator[Extraction]:
    """The extractions of the articles, in order; only those without a tree are parsed, many at a time."""
    from quotekit.pipeline import Extractor

    extractor = Extractor(model=model, language=language, explain=explain, all_claims=all_claims)
    for parsed, group in groupby(articles, key=lambda pair: pair[1] is not None):
        if parsed:
            yield from (extractor.extract_tree(article, tree) for article, tree in group if tree is not None)
        else:
            yield from extractor.extract_many(article for article, _ in group)


def _extract_in_processes(
    articles: Iterable[Found],
    workers: int,
    read: Inputs,
    *,
    model: str | None,
    language: str,
    explain: bool,
    all_claims: bool,
) -> Iterator[Extraction]:
    """The same extractions, made by processes; an article that ends them is reported as a bad input is."""
    from quotekit.pipeline import Extractor
    from quotekit.workers import extract_in_processes, usable_cores

    cores = usable_cores()
    if workers > cores:
        read.warn("--workers", f"{workers} are more than there are cores to use; {cores} will do as much")
    extractor = Extractor(model=model, language=language, explain=explain, all_claims=all_claims)
    return extract_in_processes(extractor, articles, workers=min(workers, cores), lost=read.fail)


def are_several(inputs: tuple[str, ...]) -> bool:
    """Whether these inputs may stand for more than one document."""
    # A folder or a dump is an array even when it holds one: what a script reads must not hang on what lies in it.
    return len(inputs) > 1 or os.path.isdir(inputs[0]) or _DUMP.fullmatch(inputs[0]) is not None
