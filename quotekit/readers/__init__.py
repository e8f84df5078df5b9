"""Files → articles. The text is decoded and never altered; a file of trees brings its parse along."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.model import Article
from quotekit.readers.conllu import is_conllu, read_conllu_articles
from quotekit.readers.files import STANDARD_INPUT, list_files, read_bytes
from quotekit.readers.text import article_from_bytes, document_id, stop_word_share, text_notices
from quotekit.tree import Tree

__all__ = ["document_id", "list_files", "read_article", "read_input", "stop_word_share", "text_notices"]


def read_article(path: str, *, encoding: str | None = None, language: str = "en") -> Article:
    """The article in a plain text file, or on standard input for ``-``.

    Raises InputError when it cannot be read or is no text.
    """
    return article_from_bytes(read_bytes(path), path, encoding=encoding, language=language)


def read_input(
    path: str, *, encoding: str | None = None, language: str = "en", data: bytes | None = None
) -> Iterator[tuple[Article, Tree | None]]:
    """Every article of an input, with its tree where the input is CoNLL-U, by its suffix or, piped in, by its looks.

    ``data`` are the input's bytes, where they were read before. Raises InputError when it cannot be read or breaks its
    format.
    """
    data = read_bytes(path) if data is None else data
    if path.lower().endswith(".conllu") or (path == STANDARD_INPUT and is_conllu(data)):
        yield from read_conllu_articles(data, path, language=language)
    else:
        yield article_from_bytes(data, path, encoding=encoding, language=language), None
