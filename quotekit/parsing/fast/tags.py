"""Parts of speech and features of words.

Stanza's tagger multiplies a cube of weights with each word's vector and that of its part of speech, for each of twenty
features. The parts of speech are few: with each of them the cubes are matrices, and those of all features one matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Any

import torch
from stanza.models.common.biaffine import BiaffineScorer
from stanza.models.common.vocab import CompositeVocab
from stanza.models.pos.model import Tagger
from stanza.models.pos.tag_columns import DEFAULT_TAG_COLUMNS, TAG_LINK_EMB
from torch import nn
from torch.nn import functional

from quotekit.parsing.fast import characters, recurrent
from quotekit.parsing.fast.batches import batches, distinct, distinct_rows
from quotekit.parsing.fast.columns import Forms, Tag
from quotekit.parsing.fast.remembered import Remembered


def can_drive(processor: Any) -> bool:
    """Whether this tagger is of the shape that is driven here: tags conditioned on the part of speech alone."""
    model: Any = getattr(processor.trainer, "model", None)
    if type(model) is not Tagger or hasattr(processor, "_variant"):
        return False
    args = model.args
    return (
        not any(args.get(name) for name in ("charlm", "bert_model", "share_hid", "rec_dropout", "char_rec_dropout"))
        and tuple(model.tag_columns) == DEFAULT_TAG_COLUMNS
        and model.link_mode == TAG_LINK_EMB
        and args["word_emb_dim"] > 0
        and bool(args["pretrain"] and args["char"] and args["char_emb_dim"] > 0)
        and characters.can_drive(model.charmodel)
        and recurrent.can_drive_highway(model.taggerlstm)
        and all(type(part) is BiaffineScorer for name in ("xpos", "feats") for part in _parts(model, name))
    )


class FastTags:
    """Finds the tags of words with the model of this processor."""

    def __init__(self, processor: Any, *, whole: bool = True) -> None:
        self._model = processor.trainer.model.eval()
        self._vocabulary = processor.vocab
        self._vectors = processor.pretrain.vocab
        self._layers = recurrent.HighwayLayers(
            self._model.taggerlstm, self._model.taggerlstm_h_init, self._model.taggerlstm_c_init, whole=whole
        )
        self._form_vectors = Remembered(self._vectors_of_forms)
        tags = self._model.upos_emb.weight
        self._columns = [
            _Column(self._model.tag_hid[name], _parts(self._model, name), tags) for name in ("xpos", "feats")
        ]

    def __call__(self, forms: Forms) -> list[list[Tag]]:
        """The tags of each word of each sentence."""
        words, rows = distinct(form for sentence in forms for form in sentence)
        vectors = self._form_vectors(words)
        tables = self._layers.tables([(vectors, [slice(0, vectors.shape[1])])])
        outputs = vectors.new_empty(len(rows), 2 * self._model.args["hidden_dim"])
        for batch in batches([len(sentence) for sentence in forms]):
            outputs[batch.rows] = self._layers(tables, rows[batch.rows], batch)
        upos = self._model.upos_clf(torch.relu_(self._model.upos_hid(outputs))).argmax(dim=1)
        xpos, feats = (column(outputs, upos) for column in self._columns)
        tags = iter(self._named(torch.cat([upos[:, None], xpos, feats], dim=1), xpos.shape[1]))
        return [list(islice(tags, len(sentence))) for sentence in forms]

    def _vectors_of_forms(self, forms: Sequence[str]) -> Any:
        model, vocabulary = self._model, self._vocabulary
        words = characters.simplified(forms)
        known = torch.tensor(self._vectors.map([form.lower() for form in words]))
        return torch.cat(
            [
                model.word_emb(torch.tensor(vocabulary["word"].map(words))),
                model.trans_pretrained(model.pretrained_emb(known)),
                model.trans_char(
                    characters.letter_vectors(model.charmodel, [vocabulary["char"].map(form) for form in words])
                ),
            ],
            dim=1,
        )

    def _named(self, numbers: Any, wide: int) -> list[Tag]:
        """The tags these numbers stand for: the part of speech, ``wide`` parts of the treebank's own, the features."""
        rows, which = distinct_rows(numbers)
        vocabulary = self._vocabulary
        tags = [
            Tag(
                vocabulary["upos"].id2unit(row[0]),
                vocabulary["xpos"].id2unit(row[1 : 1 + wide] if _is_composite(vocabulary["xpos"]) else row[1]),
                vocabulary["feats"].id2unit(row[1 + wide :]),
            )
            for row in rows
        ]
        return [tags[i] for i in which]


class _Column:
    """The scorers of one column, for each part of speech as one matrix; parts of the column stand side by side."""

    def __init__(self, hidden: nn.Linear, scorers: Sequence[BiaffineScorer], tags: Any) -> None:
        self._hidden = hidden
        sizes = [scorer.W_bilin.out_features for scorer in scorers]
        ends = list(accumulate(sizes))
        self._parts = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        weight = torch.cat([scorer.W_bilin.weight for scorer in scorers])  # outcome × word × tag
        bias = torch.cat([scorer.W_bilin.bias for scorer in scorers])
        given = torch.einsum("oij,tj->tio", weight, functional.pad(tags, (0, 1), value=1.0)).detach()
        self._weights, self._biases = given[:, :-1].contiguous(), given[:, -1] + bias

    def __call__(self, outputs: Any, tags: Any) -> Any:
        """The best outcome for each word with this part of speech, in each part of the column."""
        hidden = torch.relu_(self._hidden(outputs))
        scores = hidden.new_empty(len(hidden), self._biases.shape[1])
        for tag in tags.unique().tolist():
            words = tags == tag
            scores[words] = torch.addmm(self._biases[tag], hidden[words], self._weights[tag])
        return torch.stack([scores[:, part].argmax(dim=1) for part in self._parts], dim=1)


def _parts(model: Tagger, name: str) -> list[Any]:
    return list(model.tag_clf[name]) if _is_composite(model.vocab[name]) else [model.tag_clf[name]]


def _is_composite(vocabulary: Any) -> bool:
    return isinstance(vocabulary, CompositeVocab)
