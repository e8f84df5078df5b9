"""Sentences as an article means them: splits that fall inside a quotation or before its tag are mended.

The tokeniser was trained on web text. In news it also ends sentences at each “?” and “!” within a quotation, and behind
initials and titles; every such end costs a quotation its speaker. The marks here are those of the shadow: straight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

# “No! Never! Not here,” she said: exclamations that one tag covers. In a longer quotation each sentence stands alone.
MAX_SHORT_QUOTATION = 12  # tokens between the marks
# “Full!” the director of the dam cried; “Full!” Ortega, the deputy minister for water, cried.
MAX_TAG_SUBJECT = 10  # tokens before the tag's verb
# “Who knows?” Ortega told the regional television station — but: Ortega told the regional television station that …
MAX_HEARER = 8  # tokens behind the verb in which what was said would begin
# The parser compares all pairs of words: 3,000 words in one sentence take gigabytes. What is longer than this on news
# pages is a list.
MAX_SENTENCE_TOKENS = 300

_DOUBLE = '"'
_MARKS = frozenset({'"', "'"})
_DASHES = frozenset({"-", "--", "–", "—", "―"})
_CLOSERS = _MARKS | {")", "]"}
_OPENERS = _MARKS | {"(", "["}
_ENDS = re.compile(r"[.,;:!?…–—-]+|\.{2,}")
_INITIAL = re.compile(r"(?:[A-Z]\.)+|[A-Z][a-z]\.-?[A-Z]\.")
_STOPS = frozenset(".!?;:,…–—-|/")


@dataclass(frozen=True, slots=True)
class Token:
    """What the tokeniser found at ``[start, end)`` of its text; ``several`` if it stands for several words."""

    text: str
    start: int
    end: int
    several: bool = False


@dataclass(frozen=True, slots=True)
class TextWords:
    """The word lists of a language that tell where sentences and words end; without them less is mended."""

    clitics: frozenset[str] = frozenset()
    clitics_after_s: frozenset[str] = frozenset()
    never_split: frozenset[str] = frozenset()
    name_openings: frozenset[str] = frozenset()
    tag_forms: frozenset[str] = frozenset()
    no_tag_starters: frozenset[str] = frozenset()
    abbreviations_before_names: frozenset[str] = frozenset()
    abbreviations_before_numbers: frozenset[str] = frozenset()
    abbreviations_of_places: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    sentence_starters: frozenset[str] = frozenset()
    lettered_things: frozenset[str] = frozenset()
    tag_forms_with_hearer: frozenset[str] = frozenset()
    after_hearer: frozenset[str] = frozenset()
    tag_followers: frozenset[str] = frozenset()
    tag_objects: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Mapping[str, frozenset[str]]) -> TextWords:
        """The lists of these names among a language's words."""
        return cls(**{field.name: words.get(field.name, frozenset()) for field in fields(cls)})


def mend(sentences: Sequence[Sequence[Token]], words: TextWords) -> list[list[Token]]:
    """The sentences of one paragraph, split only where the article ends a sentence."""
    tokens = [token for sentence in sentences for token in sentence]
    breaks = _settle_marks(tokens, _starts(sentences))
    quotations = list(_short_quotations(tokens))
    kept = [0]
    for number, start in enumerate(breaks):
        left = tokens[breaks[number - 1] if number else 0 : start]
        right = tokens[start : breaks[number + 1] if number + 1 < len(breaks) else len(tokens)]
        quoted = any(opening < start <= closing for opening, closing in quotations)
        if not (quoted or goes_on_with_tag(left, right, words) or ends_in_abbreviation(left, right, words)):
            kept.append(start)
    return [tokens[start:end] for start, end in zip(kept, [*kept[1:], len(tokens)], strict=True) if start < end]


def goes_on_with_tag(left: Sequence[Token], right: Sequence[Token], words: TextWords) -> bool:
    """Whether ``right`` is no sentence but the tag of the quotation that ``left`` ends with.

    “Is it full?” | Ortega asked. — but not: “Is it full?” | Ortega said the gates would open.
    """
    closed = len(left) > 1 and left[-1].text in _MARKS and left[-1].start == left[-2].end
    last = left[-2].text if closed else left[-1].text
    if closed and left[-1].text == _DOUBLE and (last == "," or last in _DASHES):
        return True
    spoken = closed or left[0].text in _DASHES
    if not (last in _DASHES or (spoken and (last[-1] in ",?!…" or last in ("...", "..")))):
        return False
    return _is_lower(right[0].text) or _is_tag(right, words)


def ends_in_abbreviation(left: Sequence[Token], right: Sequence[Token], words: TextWords) -> bool:
    """Whether the full stop ``left`` ends with is that of an initial or abbreviation: George W. | Bush said so."""
    split_stop = len(left) > 1 and left[-1].text == "." and left[-1].start == left[-2].end
    last = left[-2].text + "." if split_stop else left[-1].text
    before = left[: -2 if split_stop else -1]
    if len(last) < 2 or not last.endswith(".") or last.startswith("."):
        return False
    first, known = right[0].text, last.lower()
    if known in words.abbreviations_of_places and first.lower() in words.offices:
        # “the courts of the U.S. President Lee …” has two readings; behind “in the U.S.” a sentence may well end.
        return not (len(before) > 1 and before[-1].text == "the" and _is_lower(before[-2].text))
    if _is_lower(first) and (known in _all_abbreviations(words) or "." in last[:-1] or _INITIAL.fullmatch(last)):
        return True
    if first[0].isdigit():
        return known in words.abbreviations_before_numbers
    if not first[0].isupper() or first.lower() in words.sentence_starters:
        return False
    if known in words.abbreviations_before_names:
        return True
    named = not before or (before[-1].text[0].isupper() and before[-1].text.lower() not in words.lettered_things)
    return named and known not in words.abbreviations_of_places and _INITIAL.fullmatch(last) is not None


def cut_long(sentences: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """The sentences with those of more than ``MAX_SENTENCE_TOKENS`` cut, behind a comma where there is one."""
    cut: list[list[Token]] = []
    for sentence in sentences:
        rest = list(sentence)
        while len(rest) > MAX_SENTENCE_TOKENS:
            stops = [i for i in range(MAX_SENTENCE_TOKENS // 2, MAX_SENTENCE_TOKENS) if rest[i].text in _STOPS]
            end = stops[-1] + 1 if stops else MAX_SENTENCE_TOKENS
            cut.append(rest[:end])
            rest = rest[end:]
        cut.append(rest)
    return cut


def _starts(sentences: Sequence[Sequence[Token]]) -> list[int]:
    """Where each sentence but the first starts among the tokens of all."""
    starts: list[int] = []
    for sentence in sentences[:-1]:
        starts.append((starts[-1] if starts else 0) + len(sentence))
    return starts


def _settle_marks(tokens: Sequence[Token], breaks: Sequence[int]) -> list[int]:
    """The breaks with each closing mark before it and each opening mark behind it."""
    settled: list[int] = []
    for start in breaks:
        while start < len(tokens) and tokens[start].text in _CLOSERS and _closes(tokens, start):
            start += 1
        while start > 1 and tokens[start - 1].text in _OPENERS and _opens(tokens, start - 1):
            start -= 1
        if start < len(tokens) and start > (settled[-1] if settled else 0):
            settled.append(start)
    return settled


def _opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark stands at a word's beginning: behind a space, before none."""
    before = i == 0 or tokens[i - 1].end < tokens[i].start
    return before and i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start


def _closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark stands at a word's end."""
    behind = i + 1 == len(tokens) or tokens[i].end < tokens[i + 1].start or tokens[i + 1].text in _CLOSERS
    return behind and i > 0 and tokens[i - 1].end == tokens[i].start


def _short_quotations(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of the two marks of each short quotation."""
    opening: int | None = None
    for i, token in enumerate(tokens):
        if token.text != _DOUBLE:
            continue
        if opening is None or _opens(tokens, i):
            opening = i
            continue
        if i - opening - 1 <= MAX_SHORT_QUOTATION:
            yield opening, i
        opening = None


def _is_tag(sentence: Sequence[Token], words: TextWords) -> bool:
    """Whether this is a short subject and a verb of saying, with nothing behind it that could be what was said."""
    if sentence[0].text.lower() in words.no_tag_starters:
        return False
    for i, token in enumerate(sentence[: MAX_TAG_SUBJECT + 1]):
        if token.text == _DOUBLE:
            return False
        if i > 0 and token.text.lower() in words.tag_forms:
            rest = sentence[i + 1 :]
            return _ends_tag(rest, words) or (
                token.text.lower() in words.tag_forms_with_hearer
                and not any(word.text.lower() in words.after_hearer for word in rest[:MAX_HEARER])
                and not any(word.text == _DOUBLE for word in rest)
            )
    return False


def _ends_tag(rest: Sequence[Token], words: TextWords) -> bool:
    if len(rest) > 2 and rest[0].text in (",", ":") and rest[1].text in _MARKS and rest[2].text[0].isupper():
        return False  # “…?” | He answered, “No.”
    if not rest or _ENDS.fullmatch(rest[0].text) or rest[0].text == _DOUBLE:
        return True
    word = rest[0].text.lower()
    if word in words.tag_objects:  # “…?” he asked her. But not: he asked her brother to leave.
        return _ends_tag(rest[1:], words)
    return word in words.tag_followers


def _is_lower(word: str) -> bool:
    """Whether a word is written small throughout: *asked*, not *iPhone*."""
    return word[0].islower() and word == word.lower()


def _all_abbreviations(words: TextWords) -> frozenset[str]:
    return words.abbreviations_before_names | words.abbreviations_before_numbers | words.abbreviations_of_places
