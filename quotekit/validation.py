"""Whether a record keeps the contract: its schema, and its truth, that every span says what the text says there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from quotekit.model import Page, TimedSpan
from quotekit.offsets import MeasuredText, Record, measure
from quotekit.places import page_at, time_of
from quotekit.schema import load_schema
from quotekit.scoring import logistic

_MESSAGE_LENGTH = 200  # one line of a terminal or two; jsonschema repeats whole objects
_EXCERPT_LENGTH = 60
# Confidence and weights are written with four digits; a sum of a dozen of them may be off by the last.
_ROUNDING = 0.001
_TIMED = ("start", "end", "begins", "ends")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a record; ``pointer`` is a JSON pointer, empty for the whole record."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.message}" if self.pointer else self.message


def find_problems(record: Any, *, closed: bool = False) -> list[Problem]:
    """Everything that is wrong with a record; truth is looked at once the schema is kept."""
    problems = list(schema_problems(record, closed=closed))
    return problems or list(truth_problems(record))


def schema_problems(record: Any, *, closed: bool = False) -> Iterator[Problem]:
    """Where the record breaks its schema; ``closed`` also tells of keys that the schema does not name."""
    for error in sorted(_validator(closed).iter_errors(record), key=lambda error: [str(key) for key in error.path]):
        deepest = best_match([error]) or error
        yield Problem(_pointer(*deepest.absolute_path), _message(deepest))


def truth_problems(record: Record) -> Iterator[Problem]:
    """Where a record that keeps the schema says what is not so."""
    yield from _document_problems(record["document"])
    yield from _source_problems(record)
    yield from _span_problems(record)
    yield from _reference_problems(record)
    for index, quote in enumerate(record["quotes"]):
        yield from _content_problems(quote, f"/quotes/{index}")
        if "explanation" in quote:
            yield from _explanation_problems(quote, f"/quotes/{index}/explanation")
    yield from _parent_problems(record["quotes"])
    for index, claim in enumerate(record["claims"]):
        yield from _claim_problems(claim, record["document"], f"/claims/{index}")


@cache
def _validator(closed: bool) -> Any:
    return Draft202012Validator(load_schema("extraction", closed=closed))


def _message(error: ValidationError) -> str:
    message = " ".join(error.message.split())
    return message if len(message) <= _MESSAGE_LENGTH else f"{message[:_MESSAGE_LENGTH]}…"


def _pointer(*keys: str | int) -> str:
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def _document_problems(document: Record) -> Iterator[Problem]:
    text = document.get("text")
    if text is None:
        return
    unit = document["offset_unit"]
    if document["length"] != (length := measure(text, unit)):
        yield Problem("/document/length", f"{document['length']}, but the text has {length} ({unit})")
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if document["sha256"] != sha256:
        yield Problem("/document/sha256", f"is not the hash of the text, {sha256}")


def _source_problems(record: Record) -> Iterator[Problem]:
    """Where pages and times are out of order, or else where a quote's are not those of its content."""
    document = record["document"]
    disorder = [
        Problem(f"/document/{key}/{index}", "begins before the end of the one before it")
        for key in ("pages", "times")
        for index, (before, after) in enumerate(pairwise(document.get(key, ())), start=1)
        if after["start"] < before["end"]
    ]
    if disorder:
        yield from disorder
        return  # which page a quote stands on is asked by bisection, which has no answer then
    pages = [Page(page["number"], page["start"], page["end"]) for page in document.get("pages", ())]
    times = [TimedSpan(*(span[key] for key in _TIMED)) for span in document.get("times", ())]
    for index, quote in enumerate(record["quotes"]):
        start, end = quote["content"][0]["start"], quote["content"][-1]["end"]
        if quote.get("page") != (page := page_at(pages, start)):
            yield Problem(f"/quotes/{index}/page", f"is {quote.get('page')}, but its content begins on page {page}")
        time = time_of(times, start, end)
        if quote.get("time") != (said := time and {"begins": time.begins, "ends": time.ends}):
            yield Problem(f"/quotes/{index}/time", f"is {quote.get('time')}, but its content was said at {said}")


def _span_problems(record: Record) -> Iterator[Problem]:
    document = record["document"]
    whole = MeasuredText(document["text"], document["offset_unit"]) if "text" in document else None
    for pointer, span in _spans(record):
        start, end, text = span["start"], span["end"], span.get("text")
        if not start <= end <= document["length"]:
            yield Problem(pointer, f"[{start}, {end}) is no stretch of a text of length {document['length']}")
        elif text is None:
            continue
        elif whole is None and measure(text, document["offset_unit"]) != end - start:
            yield Problem(pointer, f"[{start}, {end}) is not as long as {_short(text)}")
        elif whole is not None and whole.at(start, end) != text:
            yield Problem(pointer, f"says {_short(text)}, but [{start}, {end}) is {_short(whole.at(start, end))}")


def _spans(value: Any, pointer: str = "") -> Iterator[tuple[str, Record]]:
    """Every object with a start and an end that are numbers, wherever it stands."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spans(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield pointer, value
        for key, item in value.items():
            yield from _spans(item, pointer + _pointer(key))


def _content_problems(quote: Record, pointer: str) -> Iterator[Problem]:
    content = quote["content"]
    for index, (before, after) in enumerate(pairwise(content), start=1):
        if after["start"] < before["end"]:
            yield Problem(f"{pointer}/content/{index}", "begins before the content span before it ends")
    start, end = min(span["start"] for span in content), max(span["end"] for span in content)
    for index, quoted in enumerate(quote["quoted"]):
        if not start <= quoted["start"] <= quoted["end"] <= end:
            yield Problem(f"{pointer}/quoted/{index}", f"lies outside the content, [{start}, {end})")


def _explanation_problems(quote: Record, pointer: str) -> Iterator[Problem]:
    """Where an explanation does not add up to its score, or its score not to the quote's confidence."""
    explanation = quote["explanation"]
    weights = (item["weight"] for item in (*explanation["evidence"], explanation["rest"]))
    total = explanation["intercept"] + sum(weights)
    if abs(total - explanation["score"]) > _ROUNDING:
        yield Problem(f"{pointer}/score", f"{explanation['score']}, but the weights add up to {total:.4f}")
    calibrated = logistic(explanation["slope"] * explanation["score"] + explanation["offset"])
    if abs(calibrated - quote["confidence"]) > _ROUNDING:
        yield Problem(pointer, f"explains a confidence of {calibrated:.4f}, but the quote has {quote['confidence']}")


def _claim_problems(claim: Record, document: Record, pointer: str) -> Iterator[Problem]:
    """Where a claim's text is not what its edits make of the article, or its words show what it does not say it is."""
    for index, (before, after) in enumerate(pairwise(claim["content"]), start=1):
        if after["start"] < before["end"]:
            yield Problem(f"{pointer}/content/{index}", "begins before the content span before it ends")
    known = {*claim["types"], *claim.get("factors", ())}
    for index, shown in enumerate(claim.get("shown", ())):
        if shown["what"] not in known:
            yield Problem(
                f"{pointer}/shown/{index}/what", f"{shown['what']} is neither a type nor a factor of the claim"
            )
    if claim.get("factors") and claim["factors"][0] != claim["stance"]:
        yield Problem(f"{pointer}/factors/0", f"{claim['factors'][0]}, but the stance is {claim['stance']}")
    if "text" in document and "edits" in claim:
        yield from _edit_problems(claim, MeasuredText(document["text"], document["offset_unit"]), pointer)


def _edit_problems(claim: Record, whole: MeasuredText, pointer: str) -> Iterator[Problem]:
    place, end = claim["content"][0]["start"], claim["content"][-1]["end"]
    pieces = []
    for index, edit in enumerate(claim["edits"]):
        here = f"{pointer}/edits/{index}"
        if not place <= edit["start"] <= edit["end"] <= end:
            yield Problem(
                here, f"[{edit['start']}, {edit['end']}) lies outside the content or before the edit before it"
            )
            return
        if whole.at(edit["start"], edit["end"]) != edit["from"]:
            there = whole.at(edit["start"], edit["end"])
            yield Problem(f"{here}/from", f"{_short(edit['from'])}, but the text has {_short(there)}")
        pieces += [whole.at(place, edit["start"]), edit["to"]]
        place = edit["end"]
    made = "".join([*pieces, whole.at(place, end)])
    if made != claim["text"]:
        yield Problem(f"{pointer}/text", f"{_short(claim['text'])}, but the edits make {_short(made)}")


def _reference_problems(record: Record) -> Iterator[Problem]:
    names = {speaker["id"]: speaker["name"] for speaker in record["speakers"]}
    quotes = {quote["id"] for quote in record["quotes"]}
    yield from _id_problems(record)
    for pointer, reference in _references(record["quotes"]):
        name = names.get(reference["id"])
        if reference["id"] is not None and name is None:
            yield Problem(f"{pointer}/id", f"{reference['id']} is no speaker of this record")
        elif reference["name"] != name:
            yield Problem(f"{pointer}/name", f"{_short(reference['name'])}, but speakers has {_short(name)}")
    for index, speaker in enumerate(record["speakers"]):
        for number, member in enumerate(speaker.get("members", ())):
            if member not in names:
                yield Problem(f"/speakers/{index}/members/{number}", f"{member} is no speaker of this record")
    for index, claim in enumerate(record["claims"]):
        if claim["quote"] not in quotes:
            yield Problem(f"/claims/{index}/quote", f"{claim['quote']} is no quote of this record")
        if claim["speaker"] is not None and claim["speaker"] not in names:
            yield Problem(f"/claims/{index}/speaker", f"{claim['speaker']} is no speaker of this record")
        for number, holder in enumerate(claim.get("chain", ())):
            for kind, ids in (("quote", quotes), ("speaker", names)):
                if holder[kind] is not None and holder[kind] not in ids:
                    pointer = f"/claims/{index}/chain/{number}/{kind}"
                    yield Problem(pointer, f"{holder[kind]} is no {kind} of this record")


def _id_problems(record: Record) -> Iterator[Problem]:
    seen: set[str] = set()
    for kind in ("speakers", "quotes", "claims"):
        for index, item in enumerate(record[kind]):
            if item["id"] in seen:
                yield Problem(f"/{kind}/{index}/id", f"{item['id']} is used before")
            seen.add(item["id"])


def _references(quotes: list[Record]) -> Iterator[tuple[str, Record]]:
    """Every object that names a speaker: of a quote, of its next holders, and the candidates of each."""
    for index, quote in enumerate(quotes):
        holders = [(f"/quotes/{index}", quote)]
        holders += [(f"/quotes/{index}/via/{number}", via) for number, via in enumerate(quote["via"])]
        for pointer, holder in holders:
            if (speaker := holder["speaker"]) is None:
                continue
            yield f"{pointer}/speaker", speaker
            for number, candidate in enumerate(speaker["candidates"]):
                yield f"{pointer}/speaker/candidates/{number}", candidate


def _parent_problems(quotes: list[Record]) -> Iterator[Problem]:
    parents = {quote["id"]: quote["parent"] for quote in quotes}
    for index, quote in enumerate(quotes):
        above: set[str] = set()
        parent = quote["parent"]
        if parent is not None and parent not in parents:
            yield Problem(f"/quotes/{index}/parent", f"{parent} is no quote of this record")
        while parent is not None and parent != quote["id"] and parent not in above:
            above.add(parent)
            parent = parents.get(parent)
        if parent == quote["id"]:
            yield Problem(f"/quotes/{index}/parent", "the quote is nested in itself")


def _short(text: str | None) -> str:
    shown = text if text is None or len(text) <= _EXCERPT_LENGTH else f"{text[:_EXCERPT_LENGTH]}…"
    return json.dumps(shown, ensure_ascii=False)
