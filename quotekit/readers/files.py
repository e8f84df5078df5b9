"""Paths → files: a file is itself, a folder the documents below it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotekit.errors import InputError
from quotekit.readers.formats import FORMATS
from quotekit.readers.source import STANDARD_INPUT

SUFFIXES = tuple(suffix for reader in FORMATS if reader.in_folders for suffix in reader.suffixes)


def list_files(path: str, globs: Sequence[str] = ()) -> Iterator[str]:
    """The files that an input stands for: itself, or, of a folder, the documents below it, sorted.

    ``globs`` say which files of a folder are wanted, such as ``*.html`` at any depth or ``2024/**/*.txt``; without
    them all whose suffix is a document's. Raises InputError when a folder holds none. Hidden files and folders are
    left out, and links to folders are not followed.
    """
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path
        return
    folder = Path(path)
    found = {item for pattern in globs or ("*",) for item in folder.rglob(pattern) if item.is_file()}
    wanted = [item for item in found if _is_wanted(item.relative_to(folder), any_suffix=bool(globs))]
    if not wanted:
        what = f"no files like {' or '.join(globs)}" if globs else f"no documents ({' '.join(SUFFIXES)})"
        raise InputError(path, f"{what} in this folder", "name the files themselves, or say which with --glob")
    yield from (str(item) for item in sorted(wanted))


def _is_wanted(relative: Path, *, any_suffix: bool) -> bool:
    is_hidden = any(part.startswith(".") for part in relative.parts)
    return not is_hidden and (any_suffix or relative.suffix.lower() in SUFFIXES)
