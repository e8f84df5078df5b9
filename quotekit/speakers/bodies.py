"""Widens the name of a body to all that is printed of it: *Department of Justice*, *Fisheries and Border Services*."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.speakers.lexicon import Lexicon, is_capital, is_possessive, without_possessive
from quotekit.tree import Word

LINKING_CASES = ("of", "for", "on", "in")


def whole_body(run: list[Word], lexicon: Lexicon) -> list[Word]:
    """The whole name of a body: *Supreme Court*, *Department of Justice*, *Securities and Exchange Commission*."""
    words = run[0].sentence.words
    head = top_of(run)
    first, last = run[0].id, run[-1].id
    while first > 1 and _belongs_left(words[first - 2], head):
        first -= 1
    while first < run[0].id and not is_capital(words[first - 1]):
        first += 1
    if is_possessive(run[-1]):
        return list(words[first - 1 : last])
    while last + 1 < len(words) and words[last].lower in LINKING_CASES:
        after = words[last + 1]
        skip = 1 if after.lower == "the" and last + 2 < len(words) else 0
        target = words[last + 1 + skip]
        if not (is_capital(target) and target.upos in ("PROPN", "ADJ", "NOUN")) or words[last].lower == "in":
            break
        if without_possessive(target.lower) in lexicon.words["calendar_words"]:
            break
        end = last + 2 + skip
        while end < len(words) and is_capital(words[end]) and words[end].upos == "PROPN":
            end += 1
        if not any(head in word.ancestors() for word in words[last + 1 + skip : end]):
            break
        last = end
        if is_possessive(words[last - 1]):
            break
    return list(words[first - 1 : _joined_end(words, first, last, lexicon)])


def _joined_end(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> int:
    """The end of a name that goes on after *and*: *Fisheries and Border Services*, but not *Norvik and Oddline*.

    One body is shown by an entity around both halves, by *the agency* after them, or by an article that the halves
    share while only the second has the noun of a body: *the Securities and Exchange Commission*.
    """
    end = last + 1
    while end < len(words) and is_capital(words[end]) and words[end].upos == "PROPN":
        end += 1
    if last >= len(words) or words[last].lower not in ("and", "&") or end == last + 1 or is_possessive(words[last - 1]):
        return last
    bodies = lexicon.words["organization_nouns"]
    left, right = words[last - 1], words[end - 1]
    spanned = words[last].ner[:2] == "I-" and words[last].ner[2:] == words[last + 1].ner[2:]
    shared = (
        first > 1
        and words[first - 2].lower == "the"
        and without_possessive(right.lower) in bodies
        and without_possessive(left.lower) not in bodies
        and left.ner[2:] not in ("PLACE", "PERSON")
    )
    return end if spanned or shared or _is_called_one(words, end, lexicon) else last


def _is_called_one(words: Sequence[Word], end: int, lexicon: Lexicon) -> bool:
    """Whether *, the agency* or *, a charity* follows: one body, whose name has ended here."""
    if end + 2 >= len(words) or words[end].form != "," or words[end + 1].lower not in ("the", "a", "an"):
        return False
    noun = words[end + 1].parent
    return noun is not None and noun.id > end + 2 and lexicon.kind(noun) == "organization"


def _belongs_left(word: Word, head: Word) -> bool:
    if head not in word.ancestors() or word.upos in ("DET", "PUNCT", "ADP"):
        return False
    if word.lower in ("and", "&"):
        return True
    return is_capital(word) and word.upos in ("PROPN", "ADJ", "NOUN") and not is_possessive(word)


def top_of(words: Sequence[Word]) -> Word:
    """The word on which the others hang."""
    ids = {word.id for word in words}
    return next((word for word in words if word.head not in ids), words[0])
