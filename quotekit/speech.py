"""A text that is one person's speech: all of it is a quote, but for the turns in which others speak."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from quotekit.attribution import Attribution
from quotekit.boundaries import content_spans, quoted_spans
from quotekit.constructions import Context, Match
from quotekit.constructions.phrases import trimmed
from quotekit.model import Speaker, SpeakerRef
from quotekit.speakers.source import Identification
from quotekit.tree import Word

CONSTRUCTION = "speech"


def with_speech(attributions: Sequence[Attribution], context: Context) -> list[Attribution]:
    """The attributions with one more in front for each stretch that is nobody else's turn; it holds those in it."""
    turns = [attribution for attribution in attributions if attribution.match.frame == "turn"]
    taken = {word.start for turn in turns for word in (*turn.words, *turn.match.source, *turn.match.cue)}
    stretches = _stretches(context.tree.words, taken)
    found = [_speech(words, context) for words in stretches]
    holder = {word.start: index for index, attribution in enumerate(found) for word in attribution.words}
    moved = [
        replace(
            one,
            parent=one.parent + len(found) if one.parent is not None else holder.get(one.match.head.start),
        )
        for one in attributions
    ]
    return [*found, *moved]


def spoken_by(
    identification: Identification, attributions: Sequence[Attribution], name: str, sha256: str
) -> Identification:
    """The identification with this name for every attribution that is a speech."""
    known = next((speaker for speaker in identification.speakers if speaker.name == name), None)
    speaker = known or Speaker(_id(sha256), name, "author", None, None, ())
    reference = SpeakerRef(speaker.id, speaker.name, "given")
    speakers = identification.speakers if known is not None else (speaker, *identification.speakers)
    refs = [
        reference if index < len(attributions) and attributions[index].match.construction == CONSTRUCTION else ref
        for index, ref in enumerate(identification.refs)
    ]
    return Identification(speakers, tuple(refs))


def _stretches(words: Sequence[Word], taken: set[int]) -> list[tuple[Word, ...]]:
    """The words that nobody else speaks, cut where somebody else does."""
    runs: list[list[Word]] = [[]]
    for word in words:
        if word.start in taken:
            runs.append([])
        else:
            runs[-1].append(word)
    found = (trimmed(run) for run in runs)
    return [run for run in found if any(word.upos != "PUNCT" for word in run)]


def _speech(words: tuple[Word, ...], context: Context) -> Attribution:
    match = Match(CONSTRUCTION, words[0].sentence.root, (), (), words, CONSTRUCTION, "given")
    content = content_spans(words, context)
    return Attribution(
        match=match,
        words=words,
        content=content,
        quoted=quoted_spans(content, context),
        source=None,
        type="indirect",
        act="says",
        polarity="positive",
        modality="actual",
        confidence=1.0,
    )


def _id(sha256: str) -> str:
    return "s-" + hashlib.sha256(f"{sha256}\0author:".encode()).hexdigest()[:16]
