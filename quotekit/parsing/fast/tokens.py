"""Tokens and sentences: the tokeniser's verdict on each letter of a paragraph.

Stanza lays paragraphs out letter by letter in Python. Here a letter's number and features are looked up once for each
different letter, and many paragraphs of about one length go through the model at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from stanza.models.tokenization.data import (
    NEWLINE_WHITESPACE_RE,
    PER_CHAR_FEAT_FUNCS,
    POSITION_FEAT_FUNCS,
    WHITESPACE_RE,
)
from stanza.models.tokenization.model import Tokenizer
from stanza.models.tokenization.utils import update_pred_regex
from torch.nn import functional

from quotekit.parsing.fast import plain, recurrent
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.matrices import Floats
from quotekit.parsing.sentences import Token

# Stanza cuts what is longer than this into windows, and where it cuts depends on what it found: left to Stanza.
MAX_LETTERS = 999
# Letters in one batch. Ten articles took 0.97 s with 4,000, 0.71 with 8,000, 0.56 with 20,000 and 0.54 with 40,000.
BATCH_LETTERS = 40_000

_SPACES = re.compile(" {2,}")
_SENTENCE, _SEVERAL, _SEVERAL_AND_SENTENCE = 2, 3, 4  # what ends with a letter; 1 is a word


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as the tokeniser reads it, white space as single spaces; ``places`` are its letters' in the text."""

    start: int
    end: int
    letters: str
    places: Any


def can_drive(processor: Any) -> bool:
    """Whether this tokeniser reads letters with one layer, or two of which the second has the first one's doubts."""
    model: Any = getattr(processor.trainer, "model", None)
    if type(model) is not Tokenizer or hasattr(processor, "_variant"):
        return False
    args, config = model.args, processor.config
    return (
        model.charmodel is None
        and args["conv_res"] is None
        and args["rnn_layers"] == 1
        and bool(args["hierarchical"])
        and not any(args.get(name) for name in ("skip_newline", "use_dictionary"))
        and not any(config.get(name) for name in ("pretokenized", "no_ssplit", "postprocessor", "speaker_delim"))
        and args["shorthand"] != "la_ittb"
        and {*args["feat_funcs"]} <= {*PER_CHAR_FEAT_FUNCS, *POSITION_FEAT_FUNCS}
        and recurrent.can_drive(model.rnn)
        and recurrent.can_drive(model.rnn2)
    )


class FastTokens:
    """Finds the sentences of a text and their tokens with the model of this processor."""

    def __init__(self, processor: Any) -> None:
        self._model = processor.trainer.model.eval()
        self._args = processor.config
        self._vocabulary = processor.vocab
        self._plain = plain.PlainTokens(processor)
        model = self._model
        nothing = torch.zeros(2, 1, model.rnn.hidden_size)
        self._first = recurrent.Layer(model.rnn, 0, nothing, nothing)
        self._second = recurrent.Layer(model.rnn2, 0, nothing, nothing)
        names = [name for name in ("tok_clf", "sent_clf", "mwt_clf") if hasattr(model, name)]
        self._scorers = [_joined([getattr(model, name + layer) for name in names]) for layer in ("", "2")]

    def __call__(self, text: str) -> Iterator[list[Token]]:
        """The tokens of each sentence."""
        paragraphs = list(_paragraphs(text))
        short = [paragraph for paragraph in paragraphs if len(paragraph.letters) <= MAX_LETTERS]
        verdicts = iter(self._verdicts(short))
        for paragraph in paragraphs:
            if len(paragraph.letters) <= MAX_LETTERS:
                yield from _sentences(text, paragraph, next(verdicts))
            else:
                for tokens in self._plain(text[paragraph.start : paragraph.end]):
                    yield [
                        Token(token.text, token.start + paragraph.start, token.end + paragraph.start, token.several)
                        for token in tokens
                    ]

    def _verdicts(self, paragraphs: Sequence[_Paragraph]) -> list[Any]:
        """For each letter of each paragraph whether something ends with it, and what."""
        if not paragraphs:
            return []
        inputs, rows = self._inputs(paragraphs)
        table = functional.linear(inputs, self._first.weight, self._first.bias)
        lengths = [len(paragraph.letters) + 1 for paragraph in paragraphs]
        found = torch.empty(len(rows), dtype=torch.long)
        for batch in batches(lengths, BATCH_LETTERS):
            found[batch.rows] = self._judge(table, rows[batch.rows], batch)
        return [
            _completed(paragraph.letters, numbers[:-1].numpy())
            for paragraph, numbers in zip(paragraphs, found.split(lengths), strict=True)
        ]

    def _inputs(self, paragraphs: Sequence[_Paragraph]) -> tuple[Any, Any]:
        """The different inputs of the model, and which of them each letter is; none follows each paragraph's last."""
        places = [place for place in ("end_of_para", "start_of_para") if place in self._args["feat_funcs"]]
        kinds, rows = distinct(kind for paragraph in paragraphs for kind in _kinds(paragraph.letters))
        functions = [PER_CHAR_FEAT_FUNCS[name] for name in self._args["feat_funcs"] if name in PER_CHAR_FEAT_FUNCS]
        features = [
            [
                *(function(letter) if letter else 0 for function in functions),
                *(last if place == "end_of_para" else first for place in places),
            ]
            for letter, first, last in kinds
        ]
        numbers = [self._vocabulary.unit2id(letter or "<PAD>") for letter, _, _ in kinds]
        letters = self._model.embeddings(torch.tensor(numbers, dtype=torch.long))
        return torch.cat([letters, torch.tensor(features, dtype=torch.float).view(len(kinds), -1)], dim=1), rows

    def _judge(self, table: Any, rows: Any, batch: Batch) -> Any:
        """The verdict on each letter of a batch."""
        args = self._model.args
        hidden = self._first(table, rows, batch)
        scores = self._scorers[0](hidden)
        if args["hier_invtemp"] > 0:
            hidden *= torch.sigmoid(scores[:, :1] * args["hier_invtemp"])
        products = functional.linear(hidden, self._second.weight, self._second.bias)
        scores += self._scorers[1](self._second(products, torch.arange(len(rows)), batch))
        yes, no = functional.logsigmoid(scores).unbind(1), functional.logsigmoid(-scores).unbind(1)
        outcomes = [no[0], yes[0] + no[1], yes[0] + yes[1]]
        if args["use_mwt"]:
            outcomes = [no[0], *(outcome + part[2] for part in (no, yes) for outcome in outcomes[1:])]
        return torch.stack(outcomes).argmax(dim=0)


def _joined(layers: Sequence[Any]) -> Floats:
    """Several linear layers on the same input as one."""
    biases = [layer.bias for layer in layers if layer.bias is not None]  # the second layer's have none
    return Floats(torch.cat([layer.weight for layer in layers]), torch.cat(biases) if biases else None)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start = 0
    for end, following in [*((gap.start(), gap.end()) for gap in NEWLINE_WHITESPACE_RE.finditer(text)), (len(text), 0)]:
        piece = WHITESPACE_RE.sub(" ", text[start:end].rstrip())
        if piece:
            doubled = {i for run in _SPACES.finditer(piece) for i in range(run.start() + 1, run.end())}
            places = np.array([i for i in range(start, start + len(piece)) if i - start not in doubled])
            yield _Paragraph(start, end, _SPACES.sub(" ", piece), places)
        start = following


def _kinds(letters: str) -> Iterator[tuple[str, bool, bool]]:
    """Each letter, whether it is the first, and whether the last; and the blank that ends each paragraph."""
    last = len(letters) - 1
    yield letters[0], True, last == 0
    for letter in letters[1:last]:
        yield letter, False, False
    if last:
        yield letters[last], False, True
    yield "", False, False


def _completed(letters: str, verdicts: Any) -> Any:
    """The verdicts with a sentence's end at the paragraph's, and none within addresses."""
    verdicts[-1] = _SEVERAL_AND_SENTENCE if verdicts[-1] > _SENTENCE else _SENTENCE
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
        tokens.append(Token(text[start:stop], start, stop, verdict in (_SEVERAL, _SEVERAL_AND_SENTENCE)))
        if verdict in (_SENTENCE, _SEVERAL_AND_SENTENCE):
            yield tokens
            tokens = []
    if tokens:
        yield tokens
