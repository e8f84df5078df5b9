"""Tokens and sentences: the tokeniser's verdict on each letter of a paragraph, and a second one where it is in doubt.

The second model reads the few paragraphs where the first is not sure whether a sentence ends; on all of them it would
take longer than any other stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from stanza.models.tokenization.data import NEWLINE_WHITESPACE_RE, WHITESPACE_RE
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import update_pred_regex

from quotekit.parsing.fast import letters, plain
from quotekit.parsing.fast.letters import SENTENCE, SEVERAL, SEVERAL_AND_SENTENCE, Judge, Stretch
from quotekit.parsing.sentences import Token

# Stanza cuts what is longer than this into windows, and where it cuts depends on what it found in the one before.
MAX_LETTERS = 999
# Here such a paragraph is read in stretches of so many letters, each with so many of what is around it: all at once.
STRETCH, AROUND = 700, 150
# A tokeniser's model may name another as its dependency in resources.json; Stanza hands on where that lies.
SECOND_MODEL = "tokenize_path"

_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as the tokeniser reads it, white space as single spaces; ``places`` are its letters' in the text."""

    start: int
    end: int
    letters: str
    places: Any


def can_drive(processor: Any) -> bool:
    """Whether this tokeniser's model is one that is driven here, and nothing else is to happen to its text."""
    config = processor.config
    return (
        not hasattr(processor, "_variant")
        and not any(config.get(name) for name in ("pretokenized", "no_ssplit", "postprocessor", "speaker_delim"))
        and letters.can_drive(getattr(processor.trainer, "model", None))
    )


def second_judge(processor: Any) -> Judge | None:
    """The judge of what this tokeniser is in doubt about, where its model comes with another."""
    path = processor.config.get(SECOND_MODEL)
    trainer = Trainer(model_file=path, device="cpu") if path else None
    return Judge(trainer, whole=True) if trainer is not None and letters.can_drive(trainer.model) else None


class FastTokens:
    """Finds the sentences of a text and their tokens with this processor's model, and a second one's help.

    If ``exact``, without that help and as Stanza does, which then reads long paragraphs itself.
    """

    def __init__(self, processor: Any, *, exact: bool = False) -> None:
        self._judge = Judge(processor.trainer, whole=not exact)
        self._second = None if exact else second_judge(processor)
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
        stretches = [stretch for parts in cut for stretch in parts]
        found = self._judge(stretches)
        if self._second is not None:
            doubtful = [number for number, verdicts in enumerate(found) if verdicts.doubtful]
            for number, verdicts in zip(doubtful, self._second([stretches[i] for i in doubtful]), strict=True):
                found[number] = verdicts
        ends = iter([verdicts.ends for verdicts in found])
        for paragraph, parts in zip(paragraphs, cut, strict=True):
            yield _completed(paragraph.letters, np.concatenate([next(ends) for _ in parts]))


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


def _completed(letters: str, verdicts: Any) -> Any:
    """The verdicts with a sentence's end at the paragraph's, and none within addresses."""
    verdicts[-1] = SEVERAL_AND_SENTENCE if verdicts[-1] > SENTENCE else SENTENCE
    return update_pred_regex([letters], verdicts)


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
