"""`quotekit parse`: articles → CoNLL-U."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from quotekit.cli.inputs import Inputs, inputs_argument, reading_options
from quotekit.cli.output import FILE, write_output

if TYPE_CHECKING:
    from quotekit.parsing import Parser
    from quotekit.readers import Found, Reading


@click.command("parse", short_help="Parse articles into CoNLL-U, which extract reads back.")
@inputs_argument
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to this file, whole or not at all.")
@reading_options
def command(
    inputs: tuple[str, ...],
    output: str | None,
    model: str | None,
    reading: Reading,
    globs: tuple[str, ...],
    quiet: bool,
) -> None:
    """Parse the INPUTs into CoNLL-U, with the place of every word and the whole text in comments.

    `quotekit extract` reads the result back, aligned to the text, without a model. An INPUT is what `quotekit extract`
    takes. A file that cannot be read is reported and the others are done; the exit
    code is then 1.
    """
    read = Inputs(reading, globs=globs, quiet=quiet)
    write_output(_conllu(read.articles(inputs), model=model, language=reading.language), output)
    raise SystemExit(read.exit_code)


def _conllu(articles: Iterable[Found], *, model: str | None, language: str) -> Iterator[str]:
    from quotekit.parsing.chunks import batches
    from quotekit.parsing.conllu import write_conllu

    parser: Parser | None = None
    for batch in batches(articles, size=lambda pair: len(pair[0].text)):
        unparsed = [article.text for article, tree in batch if tree is None]
        if unparsed and parser is None:
            from quotekit.parsing.stanza_parser import StanzaParser

            parser = StanzaParser(model, language)
        parsed = iter(parser.parse(unparsed) if parser else ())
        for article, tree in batch:
            yield write_conllu(tree or next(parsed), doc_id=article.id)
