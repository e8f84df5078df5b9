"""Names of files for documents: safe in every file system, and no two the same."""

from __future__ import annotations

import hashlib
import re

from quotekit.model import Document

# What some file system, or brat's web server, takes for something else than a letter.
_ODD = re.compile(r"[^\w.\-]+")
LONGEST = 100  # characters; file systems allow 255 bytes, and a suffix comes behind


class FileNames:
    """Gives each document a name of its own: its id where that will do, with a piece of its hash where it is taken."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, document: Document) -> str:
        """The name for this document, without a suffix. It never leads out of the folder, whatever the id is."""
        plain = _ODD.sub("_", document.id).strip(". ")[:LONGEST] or "document"
        name, number = plain, 0
        while name.casefold() in self._taken:
            number += 1
            seed = f"{document.source} {document.sha256} {number}".encode("utf-8", "surrogatepass")
            name = f"{plain}-{hashlib.sha256(seed).hexdigest()[:8]}"
        self._taken.add(name.casefold())
        return name
