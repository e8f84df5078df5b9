"""ninjs, the JSON of news agencies (IPTC, versions 1 to 3) → articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quotekit.readers.dumps import Values, articles_of
from quotekit.readers.jsonl import is_json, json_records
from quotekit.readers.markup import text_of
from quotekit.readers.reader import Failed, Fields, Found, Reader, Reading
from quotekit.readers.source import Source

# A body is an array since version 2, before that a key of its own for each kind.
_BODY = re.compile(rb"\"(?:body_(?:text|xhtml|[a-z]+)|bodies)\"\s*:")
_OTHER = re.compile(rb"\"(?:versioncreated|versionCreated|headlines?|pubstatus|pubStatus)\"\s*:")
_PLAIN = "text/plain"
_MAIN_ROLES = ("main", "body", "")  # a summary or a caption is not the article


def is_ninjs(head: bytes) -> bool:
    """Whether an input is JSON with the keys of ninjs."""
    return is_json(head) and _BODY.search(head) is not None and _OTHER.search(head) is not None


def read_ninjs(source: Source, reading: Reading, failed: Failed) -> Iterator[Found]:
    """The articles of a ninjs file: one, an array of them, or one a line."""
    yield from articles_of(json_records(source, failed), source, reading, failed, known=_parts)


def _parts(values: Values, _: Fields) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {
        "id": _string(values.get("uri")),
        "title": _string(values.get("headline")) or _named(values.get("headlines")),
        "author": _string(values.get("byline")) or _string(values.get("by")) or _names(values.get("people")),
        "date": next((date for key in _DATES if (date := _string(values.get(key)))), None),
        "url": _string(values.get("url")) or _address(values.get("uri")),
    }
    body = _body(values)
    return found if body is None else found | {"text": body}


_DATES = ("firstPublished", "versionCreated", "versioncreated", "firstCreated", "firstcreated")


def _body(values: Values) -> str | None:
    """The main body, as plain text where there is one, else what its HTML shows."""
    if text := _string(values.get("body_text")):
        return text
    if markup := _string(values.get("body_xhtml")) or _string(values.get("body_html")):
        return text_of(markup)
    bodies = [body for body in _list(values.get("bodies")) if isinstance(body, Mapping) and _string(body.get("value"))]
    bodies.sort(key=lambda body: (not _is_main(body), body.get("contentType", body.get("contenttype")) != _PLAIN))
    if not bodies:
        return None
    kind, value = bodies[0].get("contentType", bodies[0].get("contenttype")), bodies[0]["value"]
    return str(value) if kind in (_PLAIN, None) else text_of(value)


def _is_main(body: Mapping[str, Any]) -> bool:
    return str(body.get("role") or "").lower() in _MAIN_ROLES


def _named(items: Any) -> str | None:
    """The value of the main one of several headlines."""
    values = [item for item in _list(items) if isinstance(item, Mapping) and _string(item.get("value"))]
    values.sort(key=lambda item: str(item.get("role") or "") not in _MAIN_ROLES)
    return str(values[0]["value"]) if values else None


def _names(people: Any) -> str | None:
    authors = [one for one in _list(people) if isinstance(one, Mapping) and one.get("rel") in ("author", "creator")]
    return ", ".join(name for one in authors if (name := _string(one.get("name")))) or None


def _address(uri: Any) -> str | None:
    return uri if isinstance(uri, str) and uri.lower().startswith(("http://", "https://")) else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


NINJS = Reader("ninjs", "ninjs, the JSON of news agencies", (".json", ".ninjs"), is_ninjs, read_ninjs, in_folders=False)
