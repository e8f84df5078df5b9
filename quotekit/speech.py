"""A text that is one person's speech: all of it is a quote, but for the turns in which others speak."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from quotekit.attribution import Attribution
from quotekit.boundaries import content_spans, quoted_spans
from quotekit.constructions import Context, Match
from quotekit.constructions.phrases import trimmed
from quotekit.language import Language
from quotekit.marks import find_marks
from quotekit.model import Speaker, SpeakerRef
from quotekit.speakers.source import Identification
from quotekit.tree import Word

CONSTRUCTION = "speech"
_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Share of words outside marks that are I, we and their forms, above which a text is somebody's own speech. Of PolNeAR's
# 924 articles 27 have more, of 105 stretches of debates (76 sentences each) all.
FIRST_PERSON_SHARE = 0.02


def reads_as_speech(text: str, language: Language) -> bool:
    """Whether somebody speaks for themselves throughout, as in a speech or a debate: *I* and *we* outside all marks."""
    marks = find_marks(text)
    first = language.words["pronouns_first_singular"] | language.words["pronouns_first_plural"]
    words = [found for found in _WORD.finditer(text) if marks.outermost_at(found.start()) is None]
    own = sum(re.split("['’]", found.group().lower())[0] in first for found in words)
    return bool(words) and own >= FIRST_PERSON_SHARE * len(words)


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
