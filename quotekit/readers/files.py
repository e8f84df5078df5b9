"""Paths → bytes: files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from quotekit.errors import InputError

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".conllu")


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises InputError when they cannot be read.
    """
    if path == STANDARD_INPUT and sys.stdin is None:  # how Python says that it was closed
        raise InputError(path, "standard input is closed", "pipe a text in, or name a file")
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.buffer.read()
        with open(path, "rb") as stream:  # for Path, an empty name is the folder one is in
            return stream.read()
    except FileNotFoundError as error:
        raise InputError(path or "''", "no such file", "check the path") from error
    except IsADirectoryError as error:
        raise InputError(path, "is a folder, not a file", "name the files in it") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(path, f"cannot be read ({reason})") from error


def list_files(path: str) -> Iterator[str]:
    """The files that an input stands for: itself, or, of a folder, every .txt and .conllu below it, sorted.

    Raises InputError when a folder holds none. Hidden files and folders are left out.
    """
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path
        return
    folder = Path(path)
    found = [item for item in folder.rglob("*") if _is_article(item.relative_to(folder)) and item.is_file()]
    if not found:
        raise InputError(path, "no .txt or .conllu files in this folder", "name the files themselves")
    yield from (str(item) for item in sorted(found))


def _is_article(relative: Path) -> bool:
    return relative.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in relative.parts)
