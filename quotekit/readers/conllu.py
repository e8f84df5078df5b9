"""CoNLL-U → articles with their trees, so that nothing has to be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.parsing.conllu import read_conllu_documents
from quotekit.readers.decoding import decode
from quotekit.readers.text import document_id, text_notices
from quotekit.tree import Tree

# A line can be read in one way only: with two, forty blank lines at the top of a text take for ever.
_FIRST_WORD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n|[ \t\r\f\v]*\n)*1(?:-[0-9]+)?\t(?:[^\t\n]*\t){8}[^\t\n]*(?:\n|\Z)"
)


def is_conllu(data: bytes) -> bool:
    """Whether an input without a name is CoNLL-U: after comments, a first word of ten columns."""
    return _FIRST_WORD.match(data) is not None


def read_conllu_articles(data: bytes, source: str, *, language: str = "en") -> Iterator[tuple[Article, Tree]]:
    """Every document in CoNLL-U data, with its tree; a document's own id wins over the file's name.

    Raises InputError, naming the line, where the data break the format.
    """
    decoded = decode(data, place=source, encoding="utf-8")
    try:
        documents = read_conllu_documents(decoded.text)
    except InputError as error:
        raise InputError(f"{source}, {error.place}", error.problem, error.remedy) from error
    for own_id, tree in documents or [("", Tree("", ()))]:
        notices = tuple(text_notices(tree.text, language))
        article = Article(tree.text, own_id or document_id(source), source, language=language, notices=notices)
        yield article, tree
