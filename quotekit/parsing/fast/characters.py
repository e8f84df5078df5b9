"""What a model makes of a word's letters: computed once for each different word, for the word alone decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.utils import simplify_punct
from torch import nn
from torch.nn.utils.rnn import pad_sequence

# Words whose letters go through the character model at once.
BATCH_SPELLINGS = 1_000


def can_drive(model: Any) -> bool:
    """Whether this is a character model that looks at one word at a time."""
    return type(model) is CharacterModel and not model.pad and type(model.charlstm.lstm) is nn.LSTM


def letter_vectors(model: Any, spellings: Sequence[Sequence[int]]) -> Any:
    """A vector of each word, from the ids of its letters."""
    order = sorted(range(len(spellings)), key=lambda i: -len(spellings[i]))
    found = []
    for first in range(0, len(order), BATCH_SPELLINGS):
        batch = [torch.tensor(spellings[i]) for i in order[first : first + BATCH_SPELLINGS]]
        letters = pad_sequence(batch, batch_first=True)
        unmoved = list(range(len(batch)))
        found.append(model(letters, None, unmoved, [len(batch)], [len(word) for word in batch]).data)
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order, dtype=torch.long)] = torch.arange(len(order))
    return torch.cat(found)[back]


def simplified(forms: Sequence[str]) -> list[str]:
    """The forms as Stanza's tagger and parser read them: “?!?” is “?”."""
    return [word[0] for word in simplify_punct([[[form] for form in forms]])[0]]
