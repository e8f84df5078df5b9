"""Attributions over the words of a tree become quotes over the text: spans, deterministic ids, references."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from quotekit.attribution import Attribution
from quotekit.boundaries import Offsets
from quotekit.constructions import Match
from quotekit.language import Language
from quotekit.model import Cue, Quote, Span, SpeakerRef, Via
from quotekit.tree import Tree, Word

Refs = tuple[SpeakerRef | None, tuple[SpeakerRef | None, ...]]


def quotes_of(
    attributions: Sequence[Attribution], refs: Sequence[Refs], tree: Tree, language: Language, sha256: str
) -> tuple[Quote, ...]:
    """The quotes of a document, one for each attribution, in the same order."""
    ids = [quote_id(attribution, sha256) for attribution in attributions]
    return tuple(
        _quote(attribution, ids, index, refs[index], tree, language) for index, attribution in enumerate(attributions)
    )


def quote_id(attribution: Attribution, sha256: str) -> str:
    """``q-`` and 16 hex digits: the same for the same document, content, cue and source."""
    places = [sha256, *(f"{start}-{end}" for start, end in attribution.content)]
    places += [
        f"{words[0].start}-{words[-1].end}" if words else ""
        for words in (attribution.match.cue, attribution.match.source)
    ]
    return "q-" + hashlib.sha256("|".join(places).encode()).hexdigest()[:16]


def _quote(
    attribution: Attribution, ids: Sequence[str], index: int, refs: Refs, tree: Tree, language: Language
) -> Quote:
    text, match = tree.text, attribution.match
    speaker, via_speakers = refs
    sentence = match.head.sentence
    return Quote(
        id=ids[index],
        type=attribution.type,
        content=tuple(_cut(place, text) for place in attribution.content),
        quoted=tuple(_cut(place, text) for place in attribution.quoted),
        cue=_cue(match, text, language),
        source=None if attribution.source is None else _cut(attribution.source, text),
        speaker=speaker,
        via=tuple(
            Via(_span(outer.source, text), _cue(outer, text, language), ref)
            for outer, ref in zip(attribution.via, via_speakers, strict=True)
        ),
        parent=None if attribution.parent is None else ids[attribution.parent],
        act=attribution.act,
        polarity=attribution.polarity,
        modality=attribution.modality,
        construction=match.construction,
        confidence=attribution.confidence,
        sentence=(sentence.start, sentence.end),
        explanation=attribution.explanation,
    )


def _cut(place: Offsets, text: str) -> Span:
    start, end = place
    return Span(start, end, text[start:end])


def _span(words: Sequence[Word], text: str) -> Span | None:
    if not words:
        return None
    return _cut((words[0].start, words[-1].end), text)


def _cue(match: Match, text: str, language: Language) -> Cue | None:
    span = _span(match.cue, text)
    if span is None:
        return None
    head = match.head
    entry = language.cues.get((head.lemma.lower(), head.upos))
    lemma = head.lemma if head in match.cue else span.text.lower()
    return Cue(span.start, span.end, span.text, lemma, entry.cue_class if entry is not None else "neutral")
