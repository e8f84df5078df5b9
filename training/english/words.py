"""Sentences as numbers, and Stanza's layers over them as training needs them.

Stanza's own batches look every word's characters up anew and score each relation for each pair of words. Here each
distinct form of a batch is read once, and relations are scored for the annotated heads only: the same sums, sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from recurrence import highway, lstm_layer
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import ROOT_ID, CharVocab
from stanza.models.pos.vocab import FeatureVocab, MultiVocab, WordVocab
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence
from treebank import Sentence

WORD_CUTOFF = 7
MAX_LETTERS = 40


def vocabulary(sentences: Sequence[Sentence]) -> MultiVocab:
    """Stanza's vocabularies of these sentences; words and lemmas seen seven times or more get vectors of their own."""
    rows = [list(zip(s.forms, s.upos, s.xpos, s.feats, s.lemmas, s.heads, s.relations, strict=True)) for s in sentences]
    return MultiVocab(
        {
            "char": CharVocab(rows, "en_quotekit"),
            "word": WordVocab(rows, "en_quotekit", cutoff=WORD_CUTOFF, lower=True),
            "upos": WordVocab(rows, "en_quotekit", idx=1),
            "xpos": WordVocab(rows, "en_quotekit", idx=2),
            "feats": FeatureVocab(rows, "en_quotekit", idx=3),
            "lemma": WordVocab(rows, "en_quotekit", idx=4, cutoff=WORD_CUTOFF, lower=True),
            "deprel": WordVocab(rows, "en_quotekit", idx=6),
        }
    )


@dataclass(frozen=True)
class Numbered:
    """A sentence as numbers of its vocabularies; ``forms`` are numbers of ``Numbers.letters``."""

    forms: Tensor
    word: Tensor
    lemma: Tensor
    vector: Tensor
    upos: Tensor
    xpos: Tensor
    feats: Tensor
    heads: Tensor
    relations: Tensor
    weight: float = 1.0

    def __len__(self) -> int:
        return len(self.forms)


class Numbers:
    """Turns sentences to numbers; with ``rooted`` a word for the root stands before each."""

    def __init__(self, vocab: MultiVocab, vectors: Pretrain, *, rooted: bool) -> None:
        self.vocab, self.vectors, self.rooted = vocab, vectors, rooted
        self.letters: list[list[int]] = [[ROOT_ID]]
        self._forms: dict[str, int] = {}

    def of(self, sentence: Sentence, weight: float = 1.0) -> Numbered:
        """The sentence as numbers."""
        vocab = self.vocab
        root = [ROOT_ID] if self.rooted else []
        feats = [[ROOT_ID] * len(vocab["feats"])] if self.rooted else []
        return Numbered(
            torch.tensor(([0] if self.rooted else []) + [self._form(form) for form in sentence.forms]),
            torch.tensor(root + vocab["word"].map(sentence.forms)),
            torch.tensor(root + vocab["lemma"].map(sentence.lemmas)),
            torch.tensor(root + self.vectors.vocab.map([form.lower() for form in sentence.forms])),
            torch.tensor(root + vocab["upos"].map(sentence.upos)),
            torch.tensor(root + vocab["xpos"].map(sentence.xpos)),
            torch.tensor(feats + vocab["feats"].map(sentence.feats)),
            torch.tensor(sentence.heads),
            torch.tensor(vocab["deprel"].map(sentence.relations)),
            weight,
        )

    def _form(self, form: str) -> int:
        if form not in self._forms:
            self._forms[form] = len(self.letters)
            self.letters.append(self.vocab["char"].map(list(form[:MAX_LETTERS])))
        return self._forms[form]


@dataclass(frozen=True)
class Batch:
    """Sentences, longest first, their words behind one another as in a PackedSequence."""

    sentences: list[Numbered]
    lengths: list[int]
    sizes: Tensor  # of the packed sequence: how many sentences have an i-th word
    order: list[int]  # the places of the sentences as they were given

    def packed(self, kind: str) -> Tensor:
        """The numbers of this kind of all words, in packed order."""
        return pack_padded_sequence(self.padded(kind), self.lengths, batch_first=True).data

    def padded(self, kind: str) -> Tensor:
        """The numbers of this kind, one row a sentence."""
        return nn.utils.rnn.pad_sequence([getattr(s, kind) for s in self.sentences], batch_first=True)


def batch_of(sentences: Sequence[Numbered]) -> Batch:
    """The batch of these sentences."""
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    ordered = [sentences[i] for i in order]
    lengths = [len(s) for s in ordered]
    sizes = torch.tensor([sum(length > i for length in lengths) for i in range(lengths[0])])
    return Batch(ordered, lengths, sizes, order)


def inputs(model: Any, batch: Batch, letters: Sequence[Sequence[int]]) -> PackedSequence:
    """What Stanza's tagger or parser gives its BiLSTM, dropout included."""
    parts = []
    vectors = model.trans_pretrained(model.pretrained_emb(batch.packed("vector")))
    if hasattr(model, "lemma_emb"):  # the parser; its parts stand in another order
        parts += [vectors, model.word_emb(batch.packed("word")), model.lemma_emb(batch.packed("lemma"))]
        parts.append(model.upos_emb(batch.packed("upos")) + model.xpos_emb(batch.packed("xpos")))
    else:
        parts += [model.word_emb(batch.packed("word")), vectors]
    parts.append(model.trans_char(model.drop(characters(model.charmodel, batch.packed("forms"), letters))))
    joined = model.drop(model.worddrop(torch.cat(parts, 1), model.drop_replacement))
    return PackedSequence(joined, batch.sizes)


def states(model: Any, lstm: str, batch: Batch, letters: Sequence[Sequence[int]]) -> PackedSequence:
    """The states of the words after the BiLSTM of this name, packed."""
    first = [getattr(model, f"{lstm}_{kind}_init") for kind in "hc"]
    return PackedSequence(highway(getattr(model, lstm), inputs(model, batch, letters), *first), batch.sizes)


def characters(charmodel: Any, forms: Tensor, letters: Sequence[Sequence[int]]) -> Tensor:
    """What Stanza's character model says of each form, reading each distinct form once."""
    distinct, places = forms.unique(return_inverse=True)
    spelled = [torch.tensor(letters[i]) for i in distinct.tolist()]
    order = sorted(range(len(spelled)), key=lambda i: -len(spelled[i]))
    lengths = [len(spelled[i]) for i in order]
    padded = nn.utils.rnn.pad_sequence([spelled[i] for i in order], batch_first=True)
    embedded = charmodel.dropout(charmodel.char_emb(padded))
    packed = pack_padded_sequence(embedded, lengths, batch_first=True)
    first = charmodel.charlstm_h_init, charmodel.charlstm_c_init
    read = lstm_layer(charmodel.charlstm.lstm, packed.data, packed.batch_sizes.tolist(), *first)
    weights = torch.sigmoid(charmodel.char_attn(charmodel.dropout(read)))
    weighed = nn.utils.rnn.pad_packed_sequence(PackedSequence(read * weights, packed.batch_sizes), batch_first=True)
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    found: Tensor = weighed[0].sum(1)[back][places]
    return found
