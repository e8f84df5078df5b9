"""CoNLL-U → articles with their trees, so that nothing has to be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotekit.errors import InputError
from quotekit.parsing.conllu import read_conllu_documents
from quotekit.readers.decoding import Decoded, decode
from quotekit.readers.reader import Failed, Found, Reader, Reading
from quotekit.readers.source import Source
from quotekit.readers.text import make_article
from quotekit.tree import Tree

# A line can be read in one way only: with two, forty blank lines at the top of a text take for ever.
_FIRST_WORD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n|[ \t\r\f\v]*\n)*1(?:-[0-9]+)?\t(?:[^\t\n]*\t){8}[^\t\n]*(?:\n|\Z)"
)


def is_conllu(data: bytes) -> bool:
    """Whether an input without a name is CoNLL-U: after comments, a first word of ten columns."""
    return _FIRST_WORD.match(data) is not None


def read_conllu(source: Source, reading: Reading, _: Failed) -> Iterator[Found]:
    """Every document in CoNLL-U data, with its tree; a document's own id wins over the file's name.

    Raises InputError, naming the line, where the data break the format.
    """
    decoded = decode(source.read(), place=source.path, encoding="utf-8")
    try:
        documents = read_conllu_documents(decoded.text)
    except InputError as error:
        raise InputError(f"{source.path}, {error.place}", error.problem, error.remedy) from error
    for own_id, tree in documents or [("", Tree("", ()))]:
        yield make_article(Decoded(tree.text, "utf-8"), source, reading, id=own_id), tree


CONLLU = Reader("conllu", "trees, as quotekit parse writes them", (".conllu",), is_conllu, read_conllu)
