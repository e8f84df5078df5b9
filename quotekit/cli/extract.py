"""`quotekit extract`: articles → who said what."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import terminal_width, wants_colour, write_output
from quotekit.cli.selection import selected, selection_options

if TYPE_CHECKING:
    from quotekit.model import Article, Extraction
    from quotekit.tree import Tree

FORMATS = ("json", "jsonl", "text")
PIPED_WIDTH = 80


@click.command("extract", short_help="Extract who said what, as JSON or readable text.")
@inputs_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="Output format.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file, whole or not at all.")
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
def command(
    inputs: tuple[str, ...],
    form: str,
    output: str | None,
    model: str | None,
    language: str,
    encoding: str | None,
    quiet: bool,
    min_confidence: float,
    acts: frozenset[str] | None,
    offsets: str,
    workers: int,
    explain: bool,
    all_claims: bool,
    no_text: bool,
) -> None:
    """Extract every quotation and attributed claim of the INPUTs.

    An INPUT is a text file, a CoNLL-U file (.conllu, as `quotekit parse` writes it: nothing is parsed again), a folder
    (its .txt and .conllu files, at any depth), or - for standard input. JSON is one document object for one file, and
    an array for several inputs or a folder; JSONL has one document on each line. A file that cannot be read is
    reported and the others are done; the exit code is then 1. So is an article that ends a worker process (--workers).
    """
    from quotekit.writers.json import to_record, write_json, write_jsonl
    from quotekit.writers.text import write_text

    read = Inputs(encoding=encoding, language=language, quiet=quiet)
    articles = read.articles(inputs)
    if workers == 1:
        extractions = extract_all(articles, model=model, language=language, explain=explain, all_claims=all_claims)
    else:
        extractions = _extract_in_processes(
            articles, workers, read, model=model, language=language, explain=explain, all_claims=all_claims
        )
    found = (selected(one, min_confidence=min_confidence, acts=acts) for one in extractions)
    records = (to_record(extraction, offsets=offsets, text=not no_text) for extraction in found)
    if form == "json":
        write_output(write_json(records, array=are_several(inputs)), output)
    elif form == "jsonl":
        write_output(write_jsonl(records), output)
    else:
        width, colour = terminal_width(output) or PIPED_WIDTH, wants_colour(output)
        documents = (write_text(extraction, width=width, colour=colour) for extraction in found)
        write_output(_apart(documents), output)
    click.get_current_context().exit(read.exit_code)


def _apart(documents: Iterable[Iterable[str]]) -> Iterator[str]:
    """The pieces of all documents, an empty line between one document and the next."""
    for number, pieces in enumerate(documents):
        if number:
            yield "\n"
        yield from pieces


def extract_all(
    articles: Iterable[tuple[Article, Tree | None]],
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
    articles: Iterable[tuple[Article, Tree | None]],
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
    # A folder is an array even when it holds one file: what a script reads must not hang on what lies in a folder.
    return len(inputs) > 1 or os.path.isdir(inputs[0])
