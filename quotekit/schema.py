"""The published JSON Schemas, and their closed variants that allow nothing they do not name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from quotekit.errors import InputError

_PACKAGE = Path(__file__).parent
_SUFFIX = ".schema.json"


def schema_names() -> list[str]:
    """The names of the published schemas, such as ``extraction``."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in _folder().glob(f"*{_SUFFIX}"))


def schema_text(name: str) -> str:
    """The published schema with this name, byte for byte as it is in ``schemas/``.

    Raises InputError when there is none.
    """
    if name not in schema_names():
        raise InputError(name, "no schema with this name", f"available: {', '.join(schema_names())}")
    return (_folder() / f"{name}{_SUFFIX}").read_text("utf-8")


@cache
def load_schema(name: str, *, closed: bool = False) -> dict[str, Any]:
    """The schema with this name; ``closed`` refuses keys it does not name, so that no record says more than it may."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return close_schema(schema) if closed else schema


def close_schema(schema: Any) -> Any:
    """The same schema with ``additionalProperties: false`` in every object that lists its properties."""
    if isinstance(schema, list):
        return [close_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: close_schema(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def _folder() -> Path:
    # The wheel carries the schemas inside the package; in a checkout they stand beside it.
    installed = _PACKAGE / "schemas"
    return installed if installed.is_dir() else _PACKAGE.parent / "schemas"
