"""Extractions for the tests of writers: of a text and a few places in it, chosen by hand or by hypothesis."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from quotekit.model import (
    SCHEMA_VERSION,
    Claim,
    Cue,
    Document,
    Extraction,
    Generator,
    Quote,
    Span,
    Speaker,
    SpeakerRef,
    Via,
)

Place = tuple[int, int]
# An interrupted quotation over two paragraphs with CRLF, an emoji before everything, another quote inside, a quote
# without a cue, and signs that CSV, Markdown, HTML and XML take for their own.
HARD = (
    "🌊 =Tides & <tables>*\r\n\r\n“Nobody | likes it,\r\n“and nobody will,” said Ada Löwe, “but my\tbrother thinks it “floats”.”"
    "\r\n\r\n-1 “never”"
)


def place(text: str, words: str) -> Place:
    """Where the words stand, once, in the text."""
    start = text.index(words)
    return start, start + len(words)


def make(
    text: str, quotes: Sequence[Quote], speakers: Sequence[Speaker] = (), claims: Iterable[Claim] = (), **about: Any
) -> Extraction:
    """An extraction of this text; ``about`` is what the document says of itself."""
    facts = {
        "id": "tides",
        "source": "tides.txt",
        "title": None,
        "author": None,
        "published": None,
        "url": None,
    } | about
    document = Document(
        **facts,
        language="en",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        length=len(text),
        offset_unit="codepoint",
        text=text,
    )
    return Extraction(
        SCHEMA_VERSION, Generator("quotekit", "0.1.0", "none", "made", "en 0"), document, tuple(speakers), tuple(quotes), tuple(claims), ()
    )  # fmt: skip


def quote(
    text: str,
    content: Sequence[Place],
    *,
    number: int = 0,
    cue: Place | None = None,
    source: Place | None = None,
    via: Sequence[Place] = (),
    speaker: SpeakerRef | None = None,
    **about: Any,
) -> Quote:
    """A quote of these places."""
    facts = {
        "id": f"q-{number:016x}",
        "type": "direct",
        "quoted": (),
        "parent": None,
        "act": "says",
        "polarity": "positive",
        "modality": "actual",
        "construction": "tag",
        "confidence": 0.8125,
    } | about
    everything = [*content, *([cue] if cue else []), *([source] if source else [])]
    return Quote(
        content=tuple(span(text, one) for one in content),
        cue=Cue(*cue, text[slice(*cue)], text[slice(*cue)], "neutral") if cue else None,
        source=span(text, source) if source else None,
        speaker=speaker,
        via=tuple(Via(span(text, one), None, None) for one in via),
        sentence=(min(start for start, _ in everything), max(end for _, end in everything)),
        **facts,
    )


def span(text: str, place: Place) -> Span:
    return Span(*place, text[slice(*place)])


def hard() -> Extraction:
    """The hard text with its four quotes."""
    ada = Speaker("s-00000000000000ad", "Ada Löwe", "person", "keeper", None, (span(HARD, place(HARD, "Ada Löwe")),))
    brother = SpeakerRef(None, None, "description")
    outer = quote(
        HARD,
        [place(HARD, "Nobody | likes it,\r\n“and nobody will"), place(HARD, "but my\tbrother thinks it “floats”.")],
        number=1,
        cue=place(HARD, "said"),
        source=place(HARD, "Ada Löwe"),
        speaker=SpeakerRef(ada.id, ada.name, "name"),
    )
    inner = quote(
        HARD,
        [place(HARD, "it “floats”")],
        number=2,
        cue=place(HARD, "thinks"),
        source=place(HARD, "my\tbrother"),
        via=[place(HARD, "Ada Löwe")],
        speaker=brother,
        parent=outer.id,
        type="mixed",
        act="believes",
    )
    bare = quote(HARD, [place(HARD, "never")], number=3, construction="quotation", confidence=0.4)
    formula = quote(
        HARD,
        [place(HARD, "=Tides & <tables>*")],
        number=4,
        type="indirect",
        source=place(HARD, "-1"),
        polarity="negative",
    )
    return make(HARD, [outer, inner, bare, formula], [ada], title="+Tides", url="https://example.org/tides?a=1&b=2")


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any text with quotes at any places in it, as far as a record may have them."""
    letters = st.sampled_from("ab Z.,“”'\"-\r\n\t🌊e\u0301\u00a0<|\u2028")
    text = draw(st.text(letters, min_size=12, max_size=80))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
        lambda pair: (pair[0], min(len(text), sum(pair)))
    )
    solid = places.filter(lambda one: text[slice(*one)].strip() != "")
    made: list[Quote] = []
    for number in range(draw(st.integers(0, 4))):
        content = draw(st.lists(solid, min_size=1, max_size=3).map(apart).filter(bool))
        made.append(
            quote(
                text,
                content,
                number=number,
                cue=draw(st.none() | solid),
                source=draw(st.none() | solid),
                via=draw(st.lists(solid, max_size=2)),
                parent=draw(st.none() | st.sampled_from([one.id for one in made])) if made else None,
                type=draw(st.sampled_from(("direct", "mixed", "indirect"))),
            )
        )
    return make(text, made, url=draw(st.none() | st.just("https://example.org/a")))


def apart(places: Sequence[Place]) -> list[Place]:
    """The places in order, without those that touch one before: two that touch are one."""
    kept: list[Place] = []
    for start, end in sorted(places):
        if not kept or start > kept[-1][1]:
            kept.append((start, end))
    return kept


def parts(extraction: Extraction) -> list[dict[str, Any]]:
    """What formats of labelled stretches hold of each quote: the places of its parts, and what it stands in."""
    numbers = {one.id: number for number, one in enumerate(extraction.quotes)}
    return [
        {
            "Content": [(span.start, span.end) for span in one.content],
            "Cue": [(one.cue.start, one.cue.end)] if one.cue else [],
            "Source": [(one.source.start, one.source.end)] if one.source else [],
            "Via": [(via.source.start, via.source.end) for via in one.via if via.source],
            "within": numbers.get(one.parent or ""),
        }
        for one in extraction.quotes
    ]


def rebuilt(regions: dict[Any, tuple[str, Place]], links: Sequence[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """The same, from labelled stretches and the links between them, in the order of the stretches."""
    follows = {start: end for name, start, end in links if name == "continues"}
    heads = [key for key, (label, _) in regions.items() if label == "Content" and key not in follows]
    found = {
        head: {"Content": [regions[head][1]], "Cue": [], "Source": [], "Via": [], "within": None} for head in heads
    }
    for later, before in follows.items():
        head = before
        while head in follows:
            head = follows[head]
        found[head]["Content"].append(regions[later][1])
    for name, start, end in links:
        if name == "within":
            found[start]["within"] = heads.index(end)
        elif name != "continues":
            label, where = regions[end]
            found[start][label].append(where)
    return list(found.values())
