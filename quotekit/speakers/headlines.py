"""Keeps of a headline's capitals only the names that the running text knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import fold
from quotekit.tree import Word


def trim_headlines(mentions: Sequence[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """The mentions, those of headlines cut down to known names: *Ortega* of ``Ortega Slams Port``.

    A headline's own full name stays where the text goes on to use its last part: *Lucia Ortega* there, *Ortega* below.
    Not so *Corners Ortega*, where the text has a Lucia Ortega and the other word is no given name.
    """
    known = {fold(mention.text) for mention in mentions if not mention.headline}
    parts = {part for name in known for part in (name.split()[0], name.split()[-1])}
    in_full = {name.split()[-1] for name in known if " " in name}
    kept: list[NameMention] = []
    for mention in mentions:
        if not mention.headline:
            kept.append(mention)
            continue
        own = lexicon.name_gender(mention.words[0].lower) is not None or fold(mention.words[-1].form) not in in_full
        trimmed = next(_known_stretches(mention, known | parts, lexicon, own=own), None)
        if trimmed is not None:
            kept.append(trimmed)
    return kept


def _known_stretches(mention: NameMention, known: set[str], lexicon: Lexicon, *, own: bool) -> Iterator[NameMention]:
    """The known names within a mention, the longest first; ``own``: it may be a name that only the headline has."""
    words = mention.words
    tagged_alike = (words[0].ner == "O") == (words[-1].ner == "O")  # not so for the verb of *Corners Ortega*
    if mention.label == "PERSON" and _announced(mention, lexicon):
        yield mention
    if own and len(words) == 2 and tagged_alike and mention.label == "PERSON" and fold(words[-1].form) in known:
        yield mention
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            stretch = words[start : start + length]
            if fold(" ".join(word.form for word in stretch)) in known:
                yield _cut(mention, stretch)


def _announced(mention: NameMention, lexicon: Lexicon) -> bool:
    """Whether the heading gives the text to the name: *Remarks by Governor Lena Abara*, *Lena Abara's speech*."""
    if not mention.words[-1].ner.endswith("-PERSON"):
        return False
    heading = mention.head.sentence.words
    before = heading[max(0, mention.words[0].id - 1 - len(mention.titles) - 1)]
    talks = lexicon.words["speech_words"] | lexicon.words["interview_words"]
    return before.lower in ("by", "with") or (len(mention.words) > 1 and any(word.lower in talks for word in heading))


def _cut(mention: NameMention, stretch: tuple[Word, ...]) -> NameMention:
    ids = {word.id for word in stretch}
    head = next((word for word in stretch if word.head not in ids), stretch[0])
    text = " ".join(word.form for word in stretch) if stretch != mention.words else mention.text
    titles = mention.titles if stretch[0] is mention.words[0] else ()
    return replace(mention, words=stretch, head=head, text=text, titles=titles, plural=False)
