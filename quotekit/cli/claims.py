"""`quotekit claims`: what in these texts can be checked, the most worth it first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click

from quotekit.cli.extract import PIPED_WIDTH
from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import FILE, is_terminal, terminal_width, write_output
from quotekit.cli.progress import Progress

if TYPE_CHECKING:
    from quotekit.model import Article, Extraction
    from quotekit.readers import Reading
    from quotekit.tree import Tree
    from quotekit.writers.claim_rows import ClaimRow

FORMATS = ("json", "csv", "text")


def check_types(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[str] | None:
    """The types that these words, parted by commas, name; None where nothing was asked for."""
    from quotekit.claims.kinds import TYPES

    if value is None:
        return None
    chosen = frozenset(filter(None, (part.strip().lower() for part in value.split(","))))
    for name in sorted(chosen - set(TYPES)):
        raise click.BadParameter(f"no type is called {name!r}; there are {', '.join(TYPES)}")
    return chosen or None


@click.command("claims", short_help="Rank what can be checked, over one or many texts.")
@inputs_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="Output format.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to this file, whole or not at all.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the N that are most worth a check.")
@click.option(
    "--type",
    "types",
    metavar="TYPE,...",
    callback=check_types,
    help="Only claims of these types, such as quantity,record.",
)
@click.option(
    "--speaker", metavar="NAME", help="Only claims of NAME; a text that reads as a speech is taken for NAME's."
)
@click.option(
    "--speech/--no-speech",
    default=None,
    help="Every sentence is the --speaker's, or only what is attributed; by default I and we outside marks decide.",
)
@click.option("--all-claims", is_flag=True, help="Keep opinions, wishes, orders, promises and the like, typed as such.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P", help="Of quotes this sure.")
@reading_options
def command(
    inputs: tuple[str, ...],
    form: str,
    output: str | None,
    top: int | None,
    types: frozenset[str] | None,
    speaker: str | None,
    speech: bool | None,
    all_claims: bool,
    min_confidence: float,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
) -> None:
    """Rank the claims in the INPUTs by how much they are worth a check; an aid for those who check, no verdict.

    An INPUT is what `quotekit extract` takes, or JSON that it wrote. Claims come from quotes, from the turns of a
    transcript (MAYOR: …) and, with --speaker NAME, from a whole speech. JSON is an array of flat rows.
    """
    from quotekit.writers.claim_rows import claim_rows, ranked, write_claims_csv
    from quotekit.writers.claim_text import write_claims_text

    if speech and speaker is None:
        raise click.UsageError("--speech needs the speaker: --speaker NAME")
    read = Inputs(reading, globs=globs, quiet=quiet)
    language = reading.language
    progress = Progress(read, quiet=quiet, to_terminal=is_terminal(output))
    asked = _Asked(read, speaker, speech, language)

    def rows() -> Iterator[ClaimRow]:
        for is_record, paths in groupby(inputs, key=read.is_record):
            extractions: Iterator[Extraction]
            if is_record:
                extractions = (one for path in paths for one in read.records(path))
            else:
                extractions = _extractions(asked.articles(read.articles(paths)), model, language, all_claims)
            for extraction in progress.follow(extractions):
                yield from filter(wanted, claim_rows(_of(extraction, speaker)))

    def wanted(row: ClaimRow) -> bool:
        return row["quote_confidence"] >= min_confidence and (types is None or not types.isdisjoint(row["types"]))

    found = ranked(rows(), top=top)
    if form == "json":
        write_output(_json(found), output)
    elif form == "csv":
        write_output(write_claims_csv(found), output)
    else:
        write_output(write_claims_text(found, width=terminal_width(output) or PIPED_WIDTH), output)
    progress.tell()
    click.get_current_context().exit(read.exit_code)


class _Asked:
    """Whose speech an article is, as the options say or as it reads."""

    def __init__(self, read: Inputs, speaker: str | None, speech: bool | None, language: str) -> None:
        self._read = read
        self._speaker = speaker
        self._speech = speech
        self._language = language

    def articles(self, pairs: Iterable[tuple[Article, Tree | None]]) -> Iterator[tuple[Article, Tree | None]]:
        """The articles, those that are a speech with its speaker."""
        for article, tree in pairs:
            yield (replace(article, speaker=self._speaker) if self._is_speech(article) else article), tree

    def _is_speech(self, article: Article) -> bool:
        if self._speaker is None or self._speech is not None:
            return bool(self._speech)
        from quotekit.language import load_language
        from quotekit.speech import reads_as_speech

        found = reads_as_speech(article.text, load_language(self._language))
        if found:
            message = f"reads as a speech: taken for {self._speaker}'s; --no-speech if it is none"
            self._read.warn(article.source, message)
        return found


def _extractions(
    articles: Iterable[tuple[Article, Tree | None]], model: str | None, language: str, all_claims: bool
) -> Iterator[Extraction]:
    from quotekit.cli.extract import extract_all

    return extract_all(articles, model=model, language=language, all_claims=all_claims)


def _of(extraction: Extraction, speaker: str | None) -> Extraction:
    """The extraction with the claims of the speakers whose name holds these words."""
    if speaker is None:
        return extraction
    names = {one.id: one.name for one in extraction.speakers}
    kept = tuple(claim for claim in extraction.claims if _is_named(names.get(claim.speaker or "", ""), speaker))
    return replace(extraction, claims=kept)


def _is_named(name: str, asked: str) -> bool:
    """Whether all the words that were asked for stand in the name: *brandt* for Lucia Brandt."""
    words: Collection[str] = name.casefold().replace("’s", "").split()
    return bool(words) and all(word in words for word in asked.casefold().split())


def _json(rows: Iterable[ClaimRow]) -> Iterator[str]:
    from quotekit.writers.pieces import array

    return array(rows)
