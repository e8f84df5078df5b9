"""A path → bytes, as many as a reader wants: the beginning, all of them, or line by line; packed files unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePath
from typing import IO, Any, NamedTuple, cast

from quotekit.errors import InputError

STANDARD_INPUT = "-"
HEAD = 1 << 16  # bytes that show what an input is: what a web page or a table says of itself stands in fewer
MEGABYTE = 1_000_000
PACKED_SUFFIXES = (".gz", ".bz2", ".xz")

Failed = Callable[[InputError], None]


class _Packing(NamedTuple):
    name: str
    open: Callable[[IO[bytes]], IO[bytes]]
    beginning: Callable[[], Any]  # an object that unpacks what there is of a file that goes on


def _gunzip(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))  # it is one in all but name


_PACKINGS = {
    b"\x1f\x8b": _Packing("gzip", _gunzip, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16)),
    b"BZh": _Packing("bzip2", bz2.open, bz2.BZ2Decompressor),
    b"\xfd7zXZ": _Packing("xz", lzma.open, lzma.LZMADecompressor),
}


class Source:
    """An input: a file, or standard input for ``-``, whose bytes can be had once, its beginning as often as wanted.

    Where bytes cannot be had InputError is raised. No document of more than ``max_size`` bytes is held in memory.
    """

    def __init__(self, path: str, *, max_size: int) -> None:
        self.path = path
        self.max_size = max_size

    @property
    def suffix(self) -> str:
        """What kind of file its name says it is, in lower case: ``.jsonl`` for *dump.JSONL.gz*; empty for no kind."""
        name = PurePath(self.path.lower())
        return PurePath(name.stem).suffix if name.suffix in PACKED_SUFFIXES else name.suffix

    @property
    def file(self) -> str | None:
        """The path of a file that a library may read by itself; None for standard input and packed files."""
        return None if self.path == STANDARD_INPUT or self._packing else self.path

    @cached_property
    def head(self) -> bytes:
        """The first bytes, at most ``HEAD``."""
        if self._packing is None:
            return self._start
        with self._telling():
            beginning: bytes = self._packing.beginning().decompress(self._start, HEAD)
            return beginning

    def read(self) -> bytes:
        """All bytes. Raises InputError where there are more than ``max_size``."""
        with self._telling(), self._open() as stream:
            pieces, size = [], 0
            while piece := stream.read(HEAD):
                pieces.append(piece)
                size += len(piece)
                if size > self.max_size:
                    raise self.too_large(self.path)
        return b"".join(pieces)

    def lines(self, failed: Failed) -> Iterator[tuple[int, bytes]]:
        """Every line with its number and its end; of one longer than ``max_size`` only ``failed`` is told."""
        with self._telling(), self._open() as stream:
            number = 0
            while line := stream.readline(self.max_size + 1):
                number += 1
                if len(line) <= self.max_size:
                    yield number, line
                    continue
                while line and not line.endswith(b"\n"):
                    line = stream.readline(HEAD)
                failed(self.too_large(f"{self.path}:{number}"))

    def too_large(self, place: str) -> InputError:
        """What to say of a document that is larger than ``max_size``."""
        limit = f"{self.max_size / MEGABYTE:g} MB"
        return InputError(place, f"is larger than {limit}, too much for one document", "split it, or raise --max-size")

    @cached_property
    def _start(self) -> bytes:
        """The first bytes as they are in the file."""
        with self._telling():
            if self.path == STANDARD_INPUT:
                return _standard_input(self.path).read(HEAD)
            with open(self.path, "rb") as stream:  # for Path, an empty name is the folder one is in
                return stream.read(HEAD)

    @cached_property
    def _packing(self) -> _Packing | None:
        return next((packing for magic, packing in _PACKINGS.items() if self._start.startswith(magic)), None)

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        start = self._start
        if self.path == STANDARD_INPUT:
            joined = io.BufferedReader(_Joined(start, _standard_input(self.path)))
            yield self._packing.open(joined) if self._packing else joined
        else:
            with open(self.path, "rb") as stream:
                yield self._packing.open(stream) if self._packing else stream

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Says why bytes cannot be had."""
        try:
            yield
        except FileNotFoundError as error:
            raise InputError(self.path or "''", "no such file", "check the path") from error
        except IsADirectoryError as error:
            raise InputError(self.path, "is a folder, not a file", "name the files in it") from error
        except (gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError) as error:
            raise self._damaged() from error
        except (OSError, ValueError) as error:
            if self.__dict__.get("_packing") is not None and getattr(error, "errno", None) is None:
                raise self._damaged() from error  # bz2 says no more than OSError
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise InputError(self.path, f"cannot be read ({reason})") from error

    def _damaged(self) -> InputError:
        name = self._packing.name if self._packing else "packed"
        return InputError(self.path, f"is a damaged {name} file, or one cut off", "fetch it again")


class _Joined(io.RawIOBase):
    """A beginning that was read before, and the stream that goes on after it."""

    def __init__(self, start: bytes, stream: IO[bytes]) -> None:
        self._start = io.BytesIO(start)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _standard_input(path: str) -> IO[bytes]:
    if sys.stdin is None:  # how Python says that it was closed
        raise InputError(path, "standard input is closed", "pipe a text in, or name a file")
    return sys.stdin.buffer
