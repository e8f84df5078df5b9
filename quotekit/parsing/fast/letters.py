"""What a tokeniser's model says of each letter: whether a word ends with it, or a sentence, and how likely that is.

Stanza lays paragraphs out letter by letter in Python. Here a letter's number and features are looked up once for each
different letter, and many paragraphs of about one length go through the model at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS, POSITION_FEAT_FUNCS
from stanza.models.tokenization.model import Tokenizer
from torch.nn import functional

from quotekit.parsing.fast import recurrent
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.matrices import Floats, Rounded

WORD, SENTENCE, SEVERAL, SEVERAL_AND_SENTENCE = 1, 2, 3, 4  # what ends with a letter
# Letters in one batch. Ten articles took 0.97 s with 4,000, 0.71 with 8,000, 0.56 with 20,000 and 0.54 with 40,000.
BATCH_LETTERS = 40_000
# A probability comes no nearer to 0 or 1, so that its log-odds can be told.
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, white space as single spaces, or a part of one: ``[start, end)`` of its letters are to be judged."""

    letters: str
    start: int
    end: int
    opens: bool  # the paragraph
    closes: bool


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What ends with each letter of a stretch that was to be judged, and the log-odds that a sentence does."""

    ends: Any
    odds: Any


def can_drive(model: Any) -> bool:
    """Whether this model reads letters with one layer, or two of which the second has the first one's doubts."""
    if type(model) is not Tokenizer:
        return False
    args = model.args
    return (
        model.charmodel is None
        and args["conv_res"] is None
        and args["rnn_layers"] == 1
        and bool(args["hierarchical"])
        and not any(args.get(name) for name in ("skip_newline", "use_dictionary"))
        and args["shorthand"] != "la_ittb"
        and {*args["feat_funcs"]} <= {*PER_CHAR_FEAT_FUNCS, *POSITION_FEAT_FUNCS}
        and recurrent.can_drive(model.rnn)
        and recurrent.can_drive(model.rnn2)
    )


class Judge:
    """Judges letters with the model that this trainer of Stanza's holds."""

    def __init__(self, trainer: Any, *, whole: bool = False) -> None:
        """With ``whole`` the first layer's outputs are multiplied as whole numbers on their way into the second."""
        self._model = model = trainer.model.eval()
        self._args: Mapping[str, Any] = model.args
        self._vocabulary = trainer.vocab
        nothing = torch.zeros(2, 1, model.rnn.hidden_size)
        self._first = recurrent.Layer(model.rnn, 0, nothing, nothing)
        self._second = recurrent.Layer(model.rnn2, 0, nothing, nothing)
        matrix = partial(Rounded, bound=1.0) if whole else Floats
        self._between = matrix(self._second.weight, self._second.bias)
        names = [name for name in ("tok_clf", "sent_clf", "mwt_clf") if hasattr(model, name)]
        self._scorers = [_joined([getattr(model, name + layer) for name in names]) for layer in ("", "2")]

    def __call__(self, stretches: Sequence[Stretch]) -> list[Verdicts]:
        """The verdicts on each of these stretches."""
        if not stretches:
            return []
        inputs, rows = self._inputs(stretches)
        table = functional.linear(inputs, self._first.weight, self._first.bias)
        lengths = [len(stretch.letters) + 1 for stretch in stretches]
        ends, odds = torch.empty(len(rows), dtype=torch.long), torch.empty(len(rows))
        for batch in batches(lengths, BATCH_LETTERS):
            scores = self._scores(table, rows[batch.rows], batch)
            ends[batch.rows], odds[batch.rows] = scores.argmax(dim=1), _sentence_odds(scores)
        return [
            Verdicts(*(column[stretch.start : stretch.end].numpy() for column in columns))
            for stretch, *columns in zip(stretches, ends.split(lengths), odds.split(lengths), strict=True)
        ]

    def _inputs(self, stretches: Sequence[Stretch]) -> tuple[Any, Any]:
        """The different inputs of the model, and which of them each letter is; a blank follows each stretch's last."""
        places = [place for place in ("end_of_para", "start_of_para") if place in self._args["feat_funcs"]]
        kinds, rows = distinct(kind for stretch in stretches for kind in _kinds(stretch))
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

    def _scores(self, table: Any, rows: Any, batch: Batch) -> Any:
        """The logarithms of the probabilities of what may end with each letter of a batch."""
        hidden = self._first(table, rows, batch)
        scores = self._scorers[0](hidden)
        if self._args["hier_invtemp"] > 0:
            hidden *= torch.sigmoid(scores[:, :1] * self._args["hier_invtemp"])
        scores += self._scorers[1](self._second(self._between(hidden), torch.arange(len(rows)), batch))
        yes, no = functional.logsigmoid(scores).unbind(1), functional.logsigmoid(-scores).unbind(1)
        outcomes = [no[0], yes[0] + no[1], yes[0] + yes[1]]
        if self._args["use_mwt"]:
            outcomes = [no[0], *(outcome + part[2] for part in (no, yes) for outcome in outcomes[1:])]
        return torch.stack(outcomes, dim=1)


def _sentence_odds(scores: Any) -> Any:
    """The log-odds that a sentence ends, of the scores of letters."""
    return scores[:, SENTENCE::2].exp().sum(dim=1).logit(LEAST)  # of single tokens, and of those of several words


def _joined(layers: Sequence[Any]) -> Floats:
    """Several linear layers on the same input as one."""
    biases = [layer.bias for layer in layers if layer.bias is not None]  # the second layer's have none
    return Floats(torch.cat([layer.weight for layer in layers]), torch.cat(biases) if biases else None)


def _kinds(stretch: Stretch) -> Iterator[tuple[str, bool, bool]]:
    """Each letter, whether it is its paragraph's first, and whether the last; and a blank behind them."""
    letters, last = stretch.letters, len(stretch.letters) - 1
    yield letters[0], stretch.opens, stretch.closes and last == 0
    for letter in letters[1:last]:
        yield letter, False, False
    if last:
        yield letters[last], False, stretch.closes
    yield "", False, False
