"""Dumps → articles, one a record; which field holds what is told, or seen by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from quotekit.errors import InputError
from quotekit.model import Notice
from quotekit.readers.decoding import Decoded
from quotekit.readers.markup import text_of
from quotekit.readers.reader import Failed, Fields, Found, Reading, document_id
from quotekit.readers.source import Source
from quotekit.readers.text import make_article

# Under these names, written in any way (`articleBody`, `article_body`), dumps have what is wanted, the likeliest first.
USUAL = {
    "text": ("text", "body", "content", "articlebody", "article", "bodytext", "story", "maintext", "transcript"),
    "id": ("id", "uri", "docid", "articleid", "guid", "uuid"),
    "title": ("title", "headline", "headlines"),
    "author": ("author", "byline", "creator", "authors", "by"),
    "date": ("published", "date", "datepublished", "publisheddate", "publishdate", "publishedat", "pubdate", "created"),
    "url": ("url", "link", "canonicalurl", "permalink"),
}
# When none of the first records can be read, the field or the format is wrong: to tell it of a million helps nobody.
GIVE_UP = 10
HTML_SUFFIX = "html"
_SHOWN_FIELDS = 8

Values = Mapping[str, Any]


class Record(NamedTuple):
    """A record of a dump, its number (line or row), and what should be known of how it was read."""

    number: int
    values: Any
    notices: tuple[Notice, ...] = ()


Known = Callable[[Values, Fields], Mapping[str, str | None]]


def articles_of(
    records: Iterable[Record | InputError],
    source: Source,
    reading: Reading,
    failed: Failed,
    *,
    known: Known | None = None,
) -> Iterator[Found]:
    """The articles of the records; ``failed`` is told of broken ones and of those that have no text.

    ``known`` finds the parts of an article in a record, by default by the names of its fields. Raises InputError where
    none of the first records can be read.
    """
    find = known or parts
    good = bad = 0
    for record in records:
        try:
            if isinstance(record, InputError):
                raise record
            found = dict(_found(find, record.values, reading.fields, f"{source.path}:{record.number}"))
        except InputError as error:
            bad += 1
            if not good and bad >= GIVE_UP:
                problem = f"none of the first {GIVE_UP} records can be read; the last one {error.problem}"
                raise InputError(source.path, problem, error.remedy) from error
            failed(error)
            continue
        good += 1
        article = make_article(
            Decoded(found["text"] or "", "utf-8"),
            source,
            reading,
            id=found["id"] or f"{document_id(source.path)}:{record.number}",
            title=found["title"],
            author=found["author"],
            published=found["date"],
            url=found["url"],
            notices=record.notices,
        )
        yield article, None


def parts(values: Values, fields: Fields) -> Mapping[str, str | None]:
    """Text, id, title, author, date and address of an article, as the fields of a record have them."""
    return {part: _words(values, key) for part, key in _keys(values, fields).items()}


def _found(find: Known, values: Any, fields: Fields, place: str) -> Mapping[str, str | None]:
    if not isinstance(values, Mapping):
        raise InputError(place, "is no record with named fields", "a record is a JSON object, or a row under a header")
    found = find(values, fields)
    if "text" not in found:
        names = [*map(str, values)]
        shown = ", ".join(names[:_SHOWN_FIELDS]) + (", …" if len(names) > _SHOWN_FIELDS else "")
        wanted = repr(fields.text) if fields.text else "with the text"
        raise InputError(place, f"has no field {wanted}; its fields are: {shown}", "name it with --text-field")
    return dict.fromkeys(USUAL) | dict(found)


def _keys(values: Values, fields: Fields) -> dict[str, str]:
    """Under which key each part stands, of those that there are."""
    folded = {folded_name(key): key for key in reversed(list(values))}
    found = {}
    for part, names in USUAL.items():
        told = getattr(fields, part)
        key = told if told is not None else next((folded[name] for name in names if name in folded), None)
        if key is not None and (told is None or _has(values, told)):
            found[part] = key
    return found


def folded_name(key: object) -> str:
    """A field's name as ``USUAL`` has it: without signs, capitals and what says that it holds HTML."""
    return "".join(letter for letter in str(key).lower() if letter.isalnum()).removesuffix(HTML_SUFFIX)


def _has(values: Values, key: str) -> bool:
    return key in values or _inner(values, key) is not None


def _inner(values: Any, key: str) -> Any:
    """What stands at a dotted key: *fields.body*."""
    for name in key.split("."):
        values = values.get(name) if isinstance(values, Mapping) else None
    return values


def _words(values: Values, key: str) -> str | None:
    """A field's value as text: of a list its items, of HTML what it shows; None for nothing and for what is no text."""
    value = values[key] if key in values else _inner(values, key)
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value if isinstance(item, str | int))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return text_of(str(value)) if key.lower().endswith(HTML_SUFFIX) else str(value)
