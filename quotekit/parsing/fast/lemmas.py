"""Lemmas: what a word and its part of speech give once, they give always, so each pair is asked for once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common import seq2seq_constant as constant
from stanza.models.common.seq2seq_model import Seq2SeqModel
from stanza.models.lemma.edit import EDIT_TO_ID, edit_word
from torch.nn.utils.rnn import pad_sequence

from quotekit.parsing.fast.columns import Forms, Tag
from quotekit.parsing.fast.plain import PlainLemmas

# Pairs remembered, so that no run grows without end; 67,609 words of news have 10,035 different ones.
MAX_REMEMBERED = 50_000
# Words that go through the lemmatiser's encoder at once.
BATCH_WORDS = 1_000

_Pair = tuple[str, str]  # a word and its part of speech


def can_drive(processor: Any) -> bool:
    """Whether this lemmatiser looks at no more than a word and its part of speech."""
    trainer = processor.trainer
    return trainer is not None and not trainer.has_contextual_lemmatizers()


class FastLemmas:
    """Finds the lemmas of words with this processor: those of its dictionary, of its editor, then those it spells."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._trainer = processor.trainer
        self._plain = PlainLemmas(processor)
        self._known: dict[_Pair, str] = {}

    def __call__(self, forms: Forms, tags: Sequence[Sequence[Tag]]) -> list[list[str]]:
        """The lemma of each word of each sentence."""
        pairs = [
            [(form, tag.upos) for form, tag in zip(*sentence, strict=True)]
            for sentence in zip(forms, tags, strict=True)
        ]
        wanted = {pair for sentence in pairs for pair in sentence}
        if len(self._known) + len(wanted) > MAX_REMEMBERED:
            self._known = {}
        new = sorted(wanted - self._known.keys(), key=lambda pair: (-len(pair[0]), pair))
        for find in (self._looked_up, self._edited, self._spelled):
            self._known |= find(new)
            new = [pair for pair in new if pair not in self._known]
        return [[self._known[pair] for pair in sentence] for sentence in pairs]

    def _looked_up(self, pairs: Sequence[_Pair]) -> dict[_Pair, str]:
        """The lemmas of those pairs that are in the dictionary."""
        if not self._processor.config.get("ensemble_dict"):
            return {}
        asked = [(form, None if upos == "_" else upos) for form, upos in pairs]
        known, lemmas = self._trainer.skip_seq2seq(asked), self._trainer.predict_dict(asked)
        return {pair: lemma or "_" for pair, lemma, found in zip(pairs, lemmas, known, strict=True) if found}

    def _edited(self, pairs: Sequence[_Pair]) -> dict[_Pair, str]:
        """The lemmas of those pairs, longest first, whose lemma the model says to be the word, or it in small letters.

        Stanza spells a lemma for these too, letter by letter, and throws it away.
        """
        model = self._trainer.model
        if type(model) is not Seq2SeqModel or not model.edit or model.contextual_embedding is not None:
            return {}
        found: dict[_Pair, str] = {}
        for first in range(0, len(pairs), BATCH_WORDS):
            batch = pairs[first : first + BATCH_WORDS]
            for (form, upos), edit in zip(batch, self._edits(batch), strict=True):
                lemma = edit_word(form, "", edit)
                if edit != EDIT_TO_ID["none"] and constant.UNK not in lemma:
                    found[form, upos] = lemma
        return found

    def _edits(self, pairs: Sequence[_Pair]) -> list[int]:
        """What the model would do with each word."""
        model, letters, tags = self._trainer.model.eval(), self._trainer.vocab["char"], self._trainer.vocab["pos"]
        words = [form.lower() if self._trainer.args.get("caseless") else form for form, _ in pairs]
        rows = [torch.tensor(letters.map([constant.SOS, *word, constant.EOS])) for word in words]
        source = pad_sequence(rows, batch_first=True, padding_value=constant.PAD_ID)
        upos = torch.tensor([tags.unit2id(upos) for _, upos in pairs])
        inputs, _, lengths, _ = model.embed(source, source == constant.PAD_ID, upos, None)
        _, (hidden, _) = model.encode(inputs, lengths)
        edits: list[int] = model.edit_clf(hidden).argmax(dim=1).tolist()
        return edits

    def _spelled(self, pairs: Sequence[_Pair]) -> dict[_Pair, str]:
        """The lemmas that Stanza gives these pairs."""
        if not pairs:
            return {}
        [lemmas] = self._plain([[form for form, _ in pairs]], [[Tag(upos, "_", "_") for _, upos in pairs]])
        return dict(zip(pairs, lemmas, strict=True))
