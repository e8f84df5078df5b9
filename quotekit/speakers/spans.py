"""The place of the words by which a source names its speaker: the name without its title, or the whole description."""

from __future__ import annotations

from collections.abc import Mapping

from quotekit.speakers.lexicon import Lexicon, without_possessive
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.phrases import read_phrase
from quotekit.tree import Word

NOUNS = ("NOUN", "PROPN", "NUM", "ADJ")


def span_of(
    head: Word,
    text: str,
    mention_of: Mapping[int, NameMention],
    role_of: Mapping[int, NameMention],
    lexicon: Lexicon,
) -> tuple[int, int]:
    """Start and end of the mention whose head is this word."""
    mention = role_of.get(id(head)) or mention_of.get(id(head)) or _titled(head, mention_of, lexicon)
    if mention is not None:
        return mention.start, mention.end
    if head.upos not in NOUNS:
        return head.start, head.end
    words = read_phrase(text, head, lexicon).words
    return words[0].start, words[-1].start + len(without_possessive(words[-1].form))


def _titled(head: Word, mention_of: Mapping[int, NameMention], lexicon: Lexicon) -> NameMention | None:
    """The name after a title that a parser made its head: *Ms* of ``Ms Raman``."""
    words = head.sentence.words
    following = mention_of.get(id(words[head.id])) if head.id < len(words) else None
    return following if following is not None and following.titles and lexicon.title(head.form) is not None else None
