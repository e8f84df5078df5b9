"""Where a command's data go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from quotekit.cli.ending import abandon_output
from quotekit.errors import QuotekitError

# A path that the shell completes; what cannot be read or written is said where that is tried.
FILE = click.Path(readable=False)


def write_output(pieces: Iterable[str | bytes], path: str | None) -> None:
    """Write the pieces, text in UTF-8, to the file, or to standard output where there is no path or it is ``-``.

    A file is replaced in one step, when everything was written; it stays as it was when anything fails or when there
    are no pieces at all. Raises QuotekitError when it cannot be written.
    """
    if path is None or path == "-":
        if sys.stdout is None:  # how Python says that it was closed
            raise QuotekitError("standard output", "is closed", "name a file with --output")
        _write(pieces, sys.stdout.buffer, "standard output")
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _telling(path), target.open("wb") as stream:  # a device or a named pipe cannot be replaced
            _write(pieces, stream, path)
    else:
        _write_whole(pieces, target, path)


def write_folder(files: Iterable[tuple[str, str]], folder: str) -> None:
    """Write the files, each a name and its text, into the folder, which is made where there is none.

    Each file is written whole or not at all; what else is in the folder stays. Raises QuotekitError when it cannot be
    written.
    """
    with _telling(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in files:
        write_output([text], str(Path(folder, name)))


def terminal_width(path: str | None) -> int | None:
    """The width of the terminal to which the data go, or None where they go elsewhere."""
    return shutil.get_terminal_size().columns if is_terminal(path) else None


def wants_colour(path: str | None) -> bool:
    """Whether the data go to a terminal, and its user did not ask for no colours (https://no-color.org)."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return is_terminal(path) and not plain


def is_terminal(path: str | None) -> bool:
    """Whether data that are to go to this path go to a terminal."""
    return path in (None, "-") and sys.stdout is not None and sys.stdout.isatty()


def is_file(path: str | None) -> bool:
    """Whether data that are to go to this path go to a file, and not to a pipe, a terminal or a device."""
    return path not in (None, "-") and (not os.path.exists(str(path)) or os.path.isfile(str(path)))


def _write(pieces: Iterable[str | bytes], stream: BinaryIO, place: str) -> int:
    written = 0
    for piece in pieces:
        with _telling(place):
            # A lone surrogate is no character: UTF-8 has none for it, JSON readers take its escape.
            data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")
            written += stream.write(data)
            stream.flush()
    return written


def _write_whole(pieces: Iterable[str | bytes], target: Path, path: str) -> None:
    with _telling(path):
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            written = _write(pieces, stream, path)
        if written:
            with _telling(path):
                os.chmod(name, _mode(target))
                os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _telling(place: str) -> Iterator[None]:
    """Says where writing failed: the disk is full, the folder is missing or not ours. A closed pipe is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_output()
        raise QuotekitError(place, f"cannot be written ({error.strerror})") from error


def _mode(target: Path) -> int:
    """The permissions that the file has, or that a new one gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
