"""What every reader is: a name, the suffixes and the looks of its files, and a function from a source to articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath
from typing import Any

from quotekit.errors import InputError
from quotekit.model import Article
from quotekit.readers.source import MEGABYTE, PACKED_SUFFIXES, STANDARD_INPUT, Failed, Source
from quotekit.tree import Tree

__all__ = ["Failed", "Fields", "Found", "Reader", "Reading", "document_id", "import_extra"]

# Bytes of one document: more than three million words, or a web page with its pictures in it. Besides the model, a text
# of 0.5 MB takes 87 MB, tree and quotes together, and one of 1.5 MB 245 MB, so that 20 MB take 3.3 GB.
MAX_SIZE = 20 * MEGABYTE
_STDIN_ID = "stdin"

Found = tuple[Article, Tree | None]


@dataclass(frozen=True, slots=True)
class Fields:
    """Where in a record of a dump the parts of an article stand; None: under one of the names that are usual."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are to be read; every reader takes what concerns it.

    ``input_format`` is a reader's name, where suffix and content are not to decide. ``encoding`` is that of text,
    where it is not to be found out. ``url`` is the address of the input on the web, where it does not say so itself.
    ``max_size`` is the number of bytes that a document may have.
    """

    language: str = "en"
    encoding: str | None = None
    input_format: str | None = None
    url: str | None = None
    max_size: int = MAX_SIZE
    fields: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: ``read`` yields the articles of a source and tells ``failed`` of parts that are broken.

    It raises InputError where the whole source is. ``recognises`` says of the first bytes of an input whether they are
    of this format, and is asked where the name does not decide. ``in_folders`` says whether files with these suffixes
    are read where a folder is named: documents are, files that hold many of them, and may be a program's own, are not.
    """

    name: str
    summary: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[Source, Reading, Failed], Iterator[Found]]
    in_folders: bool = True


def document_id(source: str) -> str:
    """The file's name without its suffix: ``news/ferry.txt`` and ``ferry.txt.gz`` are ``ferry``."""
    if source == STANDARD_INPUT:
        return _STDIN_ID
    path = PurePath(source)
    stem = path.stem
    return (PurePath(stem).stem if path.suffix.lower() in PACKED_SUFFIXES else stem) or source


def import_extra(module: str, *, place: str, requirement: str, extra: str) -> Any:
    """A library that only one format needs, imported when that format is met.

    Raises InputError, with the command that installs it, where it is missing.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        problem = f"{error.name or module} is not installed, which reading {extra} files needs"
        raise InputError(
            place, problem, f'pip install "{requirement}", or quotekit with its extra [{extra}]'
        ) from error
