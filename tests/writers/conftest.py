"""The extractions that every format is tried on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotekit.model import Extraction
from quotekit.writers.json import from_record

ROOT = Path(__file__).resolve().parent.parent.parent
VALID = ROOT / "fixtures" / "json" / "valid"


@pytest.fixture
def ferry() -> Extraction:
    """The published example: six quotes, one of them interrupted, one nested, one with a next holder outward."""
    return from_record(json.loads((VALID / "ferry.json").read_text("utf-8")))


@pytest.fixture
def empty() -> Extraction:
    """A document without text and quotes."""
    return from_record(json.loads((VALID / "empty_document.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def standard() -> Callable[[str], Path]:
    """A folder of a standard's own schemas and samples, which are no part of the repository; skips without it."""

    def folder(name: str) -> Path:
        path = ROOT.parent / "shared" / "data" / "standards" / name
        if not path.is_dir():
            pytest.skip(f"{path} is not here")
        return path

    return folder
