"""An extraction as the JSON of ``schemas/``, and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from quotekit.garbage import uncollected
from quotekit.model import (
    Alternative,
    Candidate,
    Claim,
    Cue,
    Document,
    Edit,
    Evidence,
    Explanation,
    Extraction,
    Generator,
    Holder,
    Notice,
    Page,
    Quote,
    Rest,
    Shown,
    Span,
    Speaker,
    SpeakerRef,
    Time,
    TimedSpan,
    Via,
)
from quotekit.offsets import Record, recount

_Part = TypeVar("_Part")
_LEAVES = frozenset({str, int, float, bool, type(None)})

# `class` is a reserved word in Python.
_KEYS = {"cue_class": "class", "replaced": "from"}
# What a part of an older record does not say, and what it says on request or only where there is something to say.
_OPTIONAL: dict[type, dict[str, Any]] = {
    Document: {"pages": (), "times": ()},
    Quote: {"act": None, "explanation": None, "page": None, "time": None, "link": None},
    SpeakerRef: {"confidence": None, "medium": None},
    Candidate: {"score": None},
    Speaker: {"members": ()},
}
# What a claim of an older record does not say.
_SINCE_1_2: Record = {"factors": [], "shown": [], "chain": [], "edits": [], "unresolved": []}


@uncollected
def to_record(extraction: Extraction, *, offsets: str = "codepoint", text: bool = True) -> Record:
    """The extraction as plain JSON data, in the schema's order of keys.

    ``offsets`` is the unit that places are counted in (``codepoint``, ``utf16``, ``utf8``); without ``text`` the
    document's text is left out.
    """
    record = recount(_plain(extraction), offsets)
    if not text or extraction.document.text is None:
        record["document"].pop("text")
    return record


def from_record(record: Record) -> Extraction:
    """The extraction that a valid record describes, its offsets in code points; unknown keys are ignored."""
    if record["document"]["offset_unit"] != "codepoint":
        record = recount(record, "codepoint")
    return Extraction(
        schema_version=record["schema_version"],
        generator=_known(Generator, record["generator"]),
        document=_document(record["document"]),
        speakers=_all(_speaker, record["speakers"]),
        quotes=_all(_quote, record["quotes"]),
        claims=_all(_claim, record["claims"]),
        warnings=_all(lambda warning: _known(Notice, warning), record["warnings"]),
    )


def write_json(records: Iterable[Record], *, array: bool = False) -> Iterator[str]:
    """The records as indented JSON in pieces: one after another, or as an array that is valid even when empty."""
    before = "[\n  "
    for record in records:
        written = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2)
        yield before + written.replace("\n", "\n  ") if array else written + "\n"
        before = ",\n  "
    if array:
        yield "[]\n" if before.startswith("[") else "\n]\n"


def write_jsonl(records: Iterable[Record]) -> Iterator[str]:
    """The records as JSON, one on a line."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    keys, parts = _fields(value.__class__)
    if not keys:
        return value
    # Most parts are strings and numbers, which are what they are.
    record = {
        key: part if part.__class__ in _LEAVES else _plain(part) for key, part in zip(keys, parts(value), strict=True)
    }
    if isinstance(value, Quote):
        start, end = value.sentence
        record |= {"sentence": {"start": start, "end": end}}
    if isinstance(value, Claim) and not value.factors:  # of an older record, which is written as it was
        return {key: part for key, part in record.items() if key not in _SINCE_1_2}
    for key in _OPTIONAL.get(type(value), ()):
        if record[key] in (None, []):
            del record[key]
    return record


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], Callable[[Any], Sequence[Any]]]:
    """The keys of a part's fields, and what reads these fields; no keys for what is no part."""
    names = [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []
    # Of one name alone attrgetter gives no tuple.
    return tuple(_KEYS.get(name, name) for name in names), attrgetter(*names) if len(names) > 1 else tuple


def _known(kind: type[_Part], values: Record, **built: Any) -> _Part:
    names = (field.name for field in dataclasses.fields(kind))  # type: ignore[arg-type]  # all kinds are dataclasses
    return kind(**{name: values[_KEYS.get(name, name)] for name in names if name not in built}, **built)


def _all(build: Callable[[Record], _Part], values: Iterable[Record]) -> tuple[_Part, ...]:
    return tuple(build(value) for value in values)


def _maybe(build: Callable[[Record], _Part], value: Record | None) -> _Part | None:
    return None if value is None else build(value)


def _document(value: Record) -> Document:
    return _known(
        Document,
        {"text": None} | value,
        pages=_all(lambda page: _known(Page, page), value.get("pages", ())),
        times=_all(lambda span: _known(TimedSpan, span), value.get("times", ())),
    )


def _span(value: Record) -> Span:
    return _known(Span, value)


def _cue(value: Record) -> Cue:
    return _known(Cue, value)


def _reference(value: Record) -> SpeakerRef:
    candidates = _all(lambda item: _known(Candidate, _OPTIONAL[Candidate] | item), value["candidates"])
    return _known(SpeakerRef, _OPTIONAL[SpeakerRef] | value, candidates=candidates)


def _speaker(value: Record) -> Speaker:
    members = tuple(value.get("members", ()))
    return _known(Speaker, value, mentions=_all(_span, value["mentions"]), members=members)


def _via(value: Record) -> Via:
    return Via(_maybe(_span, value["source"]), _maybe(_cue, value["cue"]), _maybe(_reference, value["speaker"]))


def _quote(value: Record) -> Quote:
    return _known(
        Quote,
        _OPTIONAL[Quote] | value,
        content=_all(_span, value["content"]),
        quoted=_all(_span, value["quoted"]),
        cue=_maybe(_cue, value["cue"]),
        source=_maybe(_span, value["source"]),
        speaker=_maybe(_reference, value["speaker"]),
        via=_all(_via, value["via"]),
        sentence=(value["sentence"]["start"], value["sentence"]["end"]),
        explanation=_maybe(_explanation, value.get("explanation")),
        time=_maybe(lambda time: _known(Time, time), value.get("time")),
    )


def _explanation(value: Record) -> Explanation:
    return _known(
        Explanation,
        value,
        evidence=_all(lambda item: _known(Evidence, item), value["evidence"]),
        rest=_known(Rest, value["rest"]),
        alternative=_maybe(_alternative, value["alternative"]),
    )


def _alternative(value: Record) -> Alternative:
    return _known(
        Alternative,
        value,
        content=_all(_span, value["content"]),
        cue=_maybe(_span, value["cue"]),
        source=_maybe(_span, value["source"]),
    )


def _claim(value: Record) -> Claim:
    value = _SINCE_1_2 | value
    return _known(
        Claim,
        value,
        content=_all(_span, value["content"]),
        types=tuple(value["types"]),
        reasons=tuple(value["reasons"]),
        factors=tuple(value["factors"]),
        shown=_all(lambda item: _known(Shown, item), value["shown"]),
        chain=_all(lambda item: _known(Holder, item), value["chain"]),
        edits=_all(lambda item: _known(Edit, item), value["edits"]),
        unresolved=_all(_span, value["unresolved"]),
    )
