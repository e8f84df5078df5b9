"""Tokens and sentences: the verdict on each letter of a paragraph, and on its words where letters leave doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, WHITESPACE_RE
from stanza.models.tokenization.utils import update_pred_regex

from quotekit.parsing.fast import letters, plain
from quotekit.parsing.fast.ends import Placed, sentence_ends
from quotekit.parsing.fast.letters import SENTENCE, SEVERAL, SEVERAL_AND_SENTENCE, WORD, Judge, Stretch, Verdicts
from quotekit.parsing.sentences import Token

# Stanza cuts what is longer than this into windows, and where it cuts depends on what it found in the one before.
MAX_LETTERS = 999
# Here such a paragraph is read in stretches of so many letters, each with so many of what is around it: all at once.
STRETCH, AROUND = 700, 150
# Log-odds of a sentence's end of which the letters are sure: probabilities below 0.02 and above 0.98. Where they are
# not, in half of the treebank's text, the words' log-odds are added: sentences on EWT's and GUM's dev parts went
# from 89.8 and 96.2 to 90.8 and 96.7. Asking everywhere gave the same, by the network as the treebank alone taught it.
SURE = 3.9

_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as the tokeniser reads it, white space as single spaces; ``places`` are its letters' in the text."""

    start: int
    end: int
    letters: str
    places: Any


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A paragraph's letters: what ends with each, and the log-odds that a sentence does."""

    letters: str
    ends: Any
    odds: Any


def can_drive(processor: Any) -> bool:
    """Whether this tokeniser's model is one that is driven here, and nothing else is to happen to its text."""
    config = processor.config
    return (
        not hasattr(processor, "_variant")
        and not any(config.get(name) for name in ("pretokenized", "no_ssplit", "postprocessor", "speaker_delim"))
        and letters.can_drive(getattr(processor.trainer, "model", None))
    )


class FastTokens:
    """Finds the sentences of a text and their tokens with this processor's model, and sentences with a network's help.

    The network takes ``vectors`` of forms. If ``exact``, as Stanza does without such help, and it reads long paragraphs
    itself.
    """

    def __init__(self, processor: Any, vectors: Any = None, *, exact: bool = False) -> None:
        self._judge = Judge(processor.trainer, whole=not exact)
        self._ends = None if exact or vectors is None else sentence_ends(processor, vectors)
        self._plain = plain.PlainTokens(processor) if exact else None

    def __call__(self, text: str) -> Iterator[list[Token]]:
        """The tokens of each sentence."""
        paragraphs = list(_paragraphs(text))
        judged = [p for p in paragraphs if self._plain is None or len(p.letters) <= MAX_LETTERS]
        verdicts = iter(self._verdicts(judged))
        for paragraph in paragraphs:
            if self._plain is None or len(paragraph.letters) <= MAX_LETTERS:
                yield from _sentences(text, paragraph, next(verdicts))
            else:
                for tokens in self._plain(text[paragraph.start : paragraph.end]):
                    yield [
                        Token(token.text, token.start + paragraph.start, token.end + paragraph.start, token.several)
                        for token in tokens
                    ]

    def _verdicts(self, paragraphs: Sequence[_Paragraph]) -> Iterator[Any]:
        """For each letter of each paragraph whether something ends with it, and what."""
        cut = [list(_stretches(paragraph.letters)) for paragraph in paragraphs]
        found = iter(self._judge([stretch for parts in cut for stretch in parts]))
        judged = [
            _judged(paragraph.letters, [next(found) for _ in parts])
            for paragraph, parts in zip(paragraphs, cut, strict=True)
        ]
        if self._ends is not None:
            unsure = [one for one in judged if _doubt(one) < SURE]
            for one, odds in zip(unsure, self._ends([_words(one) for one in unsure]), strict=True):
                _settle(one, odds.numpy())
        return (one.ends for one in judged)


def _judged(letters: str, parts: Sequence[Verdicts]) -> _Judged:
    """The paragraph of which these are the stretches: a sentence ends with it, and none within an address."""
    ends, odds = (np.concatenate(columns) for columns in zip(*((one.ends, one.odds) for one in parts), strict=True))
    ends[-1] = SEVERAL_AND_SENTENCE if ends[-1] > SENTENCE else SENTENCE
    return _Judged(letters, update_pred_regex([letters], ends), odds)


def _doubt(judged: _Judged) -> float:
    """The least log-odds for or against a sentence's end; that one ends with the paragraph is no question."""
    return float(np.abs(judged.odds[:-1]).min(initial=np.inf))


def _words(judged: _Judged) -> list[Placed]:
    """The words of a paragraph; one of white space alone stays one."""
    letters, stops = judged.letters, (np.nonzero(judged.ends)[0] + 1).tolist()
    pieces = [letters[start:stop] for start, stop in pairwise([0, *stops])]
    before = [True, *(piece[:1] == " " or last[-1:] == " " for last, piece in pairwise(pieces))]
    return [
        Placed(piece.strip() or piece, *spaces)
        for piece, *spaces in zip(pieces, before, [*before[1:], True], strict=True)
    ]


def _settle(judged: _Judged, odds: Any) -> None:
    """Lets a sentence end with those words of a paragraph of which letters and words together say so."""
    stops = np.nonzero(judged.ends)[0][:-1]
    several = judged.ends[stops] >= SEVERAL
    ends = judged.odds[stops] + odds[:-1] > 0
    judged.ends[stops] = np.where(several, SEVERAL, WORD) + ends


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start = 0
    for end, following in [*((gap.start(), gap.end()) for gap in NEWLINE_WHITESPACE_RE.finditer(text)), (len(text), 0)]:
        piece = WHITESPACE_RE.sub(" ", text[start:end].rstrip())
        if piece:
            doubled = {i for run in _SPACES.finditer(piece) for i in range(run.start() + 1, run.end())}
            places = np.array([i for i in range(start, start + len(piece)) if i - start not in doubled])
            yield _Paragraph(start, end, _SPACES.sub(" ", piece), places)
        start = following


def _stretches(letters: str) -> Iterator[Stretch]:
    """The paragraph whole, or in stretches if it is long."""
    size = len(letters)
    step = size if size <= MAX_LETTERS else STRETCH
    for start in range(0, size, step):
        end = min(start + step, size)
        begin, stop = max(0, start - AROUND), min(end + AROUND, size)
        yield Stretch(letters[begin:stop], start - begin, end - begin, begin == 0, stop == size)


def _sentences(text: str, paragraph: _Paragraph, verdicts: Any) -> Iterator[list[Token]]:
    """The sentences of a paragraph; a token of spaces alone is none."""
    letters, places = paragraph.letters, paragraph.places
    tokens: list[Token] = []
    ends = (np.nonzero(verdicts)[0] + 1).tolist()
    for begin, end in pairwise([0, *ends]):
        stripped = end - len(letters[begin:end].lstrip())
        if stripped == end:
            continue
        start, stop = int(places[stripped]), int(places[end - 1]) + 1
        verdict = int(verdicts[end - 1])
        tokens.append(Token(text[start:stop], start, stop, verdict in (SEVERAL, SEVERAL_AND_SENTENCE)))
        if verdict in (SENTENCE, SEVERAL_AND_SENTENCE):
            yield tokens
            tokens = []
    if tokens:
        yield tokens
