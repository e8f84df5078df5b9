"""Who hangs on whom: the graph parser's tree of each sentence and the relations in it.

Stanza's parser scores each of its fifty relations for every pair of words and then asks only for those between a word
and its head. Here the heads are found first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from stanza.models.common.vocab import ROOT_ID, VOCAB_PREFIX_SIZE, CompositeVocab
from stanza.models.depparse.model import GraphParser
from torch.nn import functional

from quotekit.parsing.fast import biaffine, characters, recurrent, singletons
from quotekit.parsing.fast import roles as reports
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.columns import Related, Relation, Tag
from quotekit.parsing.fast.reading import Vectors
from quotekit.parsing.fast.remembered import Remembered
from quotekit.parsing.fast.trees import one_root_tree
from quotekit.tree import Roles

_ROOT = ""  # the form, lemma and tags of the root that stands before each sentence
_Inputs = tuple[Any, list[slice]]


def can_drive(processor: Any) -> bool:
    """Whether this parser is a graph parser as driven here."""
    model: Any = getattr(processor.trainer, "model", None)
    if type(model) is not GraphParser or hasattr(processor, "_variant"):
        return False
    args = model.args
    unknown = ("use_arc_embedding", "charlm", "bert_model", "reversed", "rec_dropout", "char_rec_dropout")
    return (
        not any(args.get(name) for name in unknown)
        and args["word_emb_dim"] > 0
        and args["tag_emb_dim"] > 0
        and bool(args["pretrain"] and args["char"] and args["char_emb_dim"] > 0)
        and bool(args.get("use_upos", True) or args.get("use_xpos", True))
        and characters.can_drive(model.charmodel)
        and recurrent.can_drive_highway(model.parserlstm)
        and all(biaffine.can_drive(scorer) for scorer in _scorers(model))
    )


class FastRelations:
    """Finds the relations of sentences with the model of this processor."""

    def __init__(self, processor: Any, vectors: Vectors | None = None, *, whole: bool = True) -> None:
        """Words' roles are told where there are ``vectors`` of forms."""
        self._model = processor.trainer.model.eval()
        self._vocabulary = processor.vocab
        self._vectors = processor.pretrain.vocab
        self._layers = recurrent.HighwayLayers(
            self._model.parserlstm, self._model.parserlstm_h_init, self._model.parserlstm_c_init, whole=whole
        )
        self._hidden = biaffine.Scorers(_scorers(self._model), bound=recurrent.HIGHWAY_BOUND, whole=whole)
        self._labels = biaffine.PairLabels(self._model.deprel, whole=whole)
        self._names = self._vocabulary["deprel"].unmap(range(VOCAB_PREFIX_SIZE, len(self._vocabulary["deprel"])))
        self._groups = singletons.groups_of(self._names)
        self._form_vectors = Remembered(self._vectors_of_forms)
        self._roles = _roles(processor, self.width, vectors, whole=whole)
        self._one_of_each = bool(processor.config.get("resolve_head_constraints", True))

    def __call__(
        self, forms: Sequence[Sequence[str]], lemmas: Sequence[Sequence[str]], tags: Sequence[Sequence[Tag]]
    ) -> Related:
        """The relations of the words of each sentence."""
        tables, rows = self._tables(forms, lemmas, tags)
        found: list[list[Relation]] = [[] for _ in forms]
        states = torch.empty(len(rows), self.width, dtype=tables.layer.dtype)
        for batch in batches([len(sentence) + 1 for sentence in forms]):
            outputs = self._layers(tables, rows[batch.rows], batch)
            states[batch.rows] = outputs
            heads, labels = self._parse(outputs, batch)
            for number, length, above, names in zip(batch.sentences, batch.lengths, heads, labels, strict=True):
                found[number] = [
                    Relation(head, self._names[name])
                    for head, name in zip(above[1:length].tolist(), names[1:length].tolist(), strict=True)
                ]
        lengths = [len(sentence) for sentence in found]
        words = torch.ones(len(states), dtype=torch.bool)  # the rest are the roots before the sentences
        words[torch.tensor([0, *accumulate(length + 1 for length in lengths)][:-1], dtype=torch.long)] = False
        states = states[words]
        return Related(found if self._roles is None else _with_roles(found, self._roles(forms, states)), states)

    @property
    def width(self) -> int:
        """How many numbers the state of a word has."""
        return self._layers.width

    def _parse(self, outputs: Any, batch: Batch) -> tuple[Any, Any]:
        """The heads of the words of each sentence, and their relations' numbers."""
        unlabeled, deprel, *others = self._hidden.hidden(outputs)
        scores = self._head_scores([unlabeled, *others], batch)
        heads = _heads(scores, batch)
        grid = batch.grid.numpy()
        words = np.arange(grid.shape[1]) < batch.lengths[:, None]
        words[:, 0] = False
        head_rows = np.take_along_axis(grid, heads, axis=1)[words]
        best = self._labels.best(deprel[0][torch.from_numpy(grid[words])], deprel[1], head_rows)
        labels = np.zeros_like(grid)
        labels[words] = best.numpy()
        if self._one_of_each:
            for i in self._doubled(heads, labels, words):
                self._resolve(i, scores, deprel, heads, labels, batch)
        return heads, labels

    def _head_scores(self, hidden: Sequence[tuple[Any, Any]], batch: Batch) -> Any:
        """How well each word would do as head of each other, as sentence × dependent × head."""
        model, rest = self._model, list(hidden)
        scores = biaffine.all_pairs(model.unlabeled, rest.pop(0), batch)
        places = torch.arange(scores.shape[2])
        offsets = (places - places[:, None]).float()
        if model.args["linearization"]:
            order = biaffine.all_pairs(model.linearization, rest.pop(0), batch)
            scores += functional.logsigmoid(order * torch.sign(offsets))
        if model.args["distance"]:
            distance = 1 + functional.softplus(biaffine.all_pairs(model.distance, rest.pop(0), batch))
            scores -= torch.log((offsets.abs() - distance) ** 2 / 2 + 1)
        outside = places >= torch.from_numpy(batch.lengths)[:, None, None]
        return scores.masked_fill_(outside | torch.eye(len(places), dtype=torch.bool), -torch.inf)

    def _doubled(self, heads: Any, labels: Any, words: Any) -> Any:
        """The sentences in which a head has two subjects or two objects."""
        sentence, place = np.nonzero(words)
        group = self._groups[labels[sentence, place]]
        keys = np.stack([sentence, heads[sentence, place], group])[:, group >= 0]
        different, counts = np.unique(keys, axis=1, return_counts=True)
        return np.unique(different[0, counts > 1])

    def _resolve(self, i: int, scores: Any, deprel: tuple[Any, Any], heads: Any, labels: Any, batch: Batch) -> None:
        """Leaves each head one subject and one object, as Stanza does, in sentence ``i``."""
        length = int(batch.lengths[i])
        rows = batch.grid[i, :length]
        dependents, above = (hidden[None, rows] for hidden in deprel)

        @cache
        def relations(word: int) -> Any:
            pairs = self._model.deprel.scorer(dependents[:, word : word + 1], above)[0, 0]
            return functional.log_softmax(pairs, 1).numpy()

        mended = singletons.Singletons(_probabilities(scores, i, length), relations, self._groups).mend(
            singletons.Choice(heads[i, :length], labels[i, :length])
        )
        heads[i, :length], labels[i, :length] = mended.heads, mended.labels

    def _tables(self, forms: Any, lemmas: Any, tags: Any) -> tuple[Any, Any]:
        """The first layer's products of all forms, lemmas and tags, and each word's three rows among them."""
        columns = [
            distinct(form for sentence in forms for form in (_ROOT, *sentence)),
            distinct(lemma for sentence in lemmas for lemma in (_ROOT, *sentence)),
            distinct((tag.upos, tag.xpos) for sentence in tags for tag in (Tag(_ROOT, _ROOT, _ROOT), *sentence)),
        ]
        places = self._places()
        groups = [
            (self._form_vectors(columns[0][0]), places["form"]),
            (self._model.lemma_emb(self._ids("lemma", columns[1][0])), places["lemma"]),
            (self._tag_vectors(columns[2][0]), places["tag"]),
        ]
        behind = [0, len(columns[0][0]), len(columns[0][0]) + len(columns[1][0])]
        rows = torch.stack([numbers + start for (_, numbers), start in zip(columns, behind, strict=True)], dim=1)
        return self._layers.tables(groups), rows

    def _places(self) -> dict[str, list[slice]]:
        """Where the vectors of forms, lemmas and tags stand in a word's input."""
        args = self._model.args
        wide, narrow, tag = args["transformed_dim"], args["word_emb_dim"], args["tag_emb_dim"]
        # Stanza 1.15 puts in the tags' vector once more where it means that of the features.
        tags = [("tag", tag)] * (2 if args.get("use_ufeats", True) else 1)
        found: dict[str, list[slice]] = {"form": [], "lemma": [], "tag": []}
        start = 0
        for name, width in [("form", wide), ("form", narrow), ("lemma", narrow), *tags, ("form", wide)]:
            found[name].append(slice(start, start + width))
            start += width
        return found

    def _vectors_of_forms(self, forms: Sequence[str]) -> Any:
        model = self._model
        words = characters.simplified(forms)
        known = [ROOT_ID if form == _ROOT else self._vectors.unit2id(form.lower()) for form in words]
        spelled = [[ROOT_ID] if form == _ROOT else self._vocabulary["char"].map(form) for form in words]
        return torch.cat(
            [
                model.trans_pretrained(model.pretrained_emb(torch.tensor(known))),
                model.word_emb(self._ids("word", words)),
                model.trans_char(characters.letter_vectors(model.charmodel, spelled)),
            ],
            dim=1,
        )

    def _ids(self, name: str, units: Sequence[str]) -> Any:
        vocabulary = self._vocabulary[name]
        return torch.tensor([ROOT_ID if unit == _ROOT else vocabulary.unit2id(unit) for unit in units])

    def _tag_vectors(self, tags: Sequence[tuple[str, str]]) -> Any:
        model, found = self._model, 0
        if model.args.get("use_upos", True):
            found = found + model.upos_emb(self._ids("upos", [upos for upos, _ in tags]))
        if model.args.get("use_xpos", True):
            vocabulary = self._vocabulary["xpos"]
            if isinstance(vocabulary, CompositeVocab):
                parts = torch.tensor(
                    [[ROOT_ID] * len(vocabulary) if x == _ROOT else vocabulary.unit2id(x) for _, x in tags]
                )
                found = found + sum(table(parts[:, i]) for i, table in enumerate(model.xpos_emb))
            else:
                found = found + model.xpos_emb(self._ids("xpos", [xpos for _, xpos in tags]))
        return torch.cat([found] * len(self._places()["tag"]), dim=1)


def _with_roles(found: Sequence[Sequence[Relation]], told: Iterable[Sequence[Roles]]) -> list[list[Relation]]:
    """The relations of each sentence with the roles of its words."""
    return [
        [Relation(one.head, one.deprel, roles) for one, roles in zip(sentence, own, strict=True)]
        for sentence, own in zip(found, told, strict=True)
    ]


def _roles(processor: Any, width: int, vectors: Vectors | None, *, whole: bool) -> reports.FastRoles | None:
    """What tells the roles of words, where the model of relations comes with it and all is as wide as it was taught."""
    path = processor.config.get(reports.MODEL)
    if not path or vectors is None:
        return None
    network = reports.load_network(Path(path))
    return reports.FastRoles(network, vectors, whole=whole) if network.width == width + vectors.width else None


def _scorers(model: Any) -> list[Any]:
    """The model's pair scorers: heads, relations, and what it has of order and distance."""
    others = [name for name in ("linearization", "distance") if model.args[name]]
    return [model.unlabeled, model.deprel, *(getattr(model, name) for name in others)]


def _heads(scores: Any, batch: Batch) -> Any:
    """The heads in the best tree of each sentence.

    Each word's best head by itself, if these make a tree with one root: then no tree is better.
    """
    best = scores.argmax(dim=2)
    best[:, 0] = 0
    best[torch.arange(best.shape[1]) >= torch.from_numpy(batch.lengths)[:, None]] = 0
    above = best
    for _ in range(best.shape[1].bit_length()):  # each round looks twice as far up
        above = above.gather(1, above)
    roots = (best[:, 1:] == 0).sum(dim=1).numpy() - (best.shape[1] - batch.lengths)
    heads = best.numpy()
    for i in np.nonzero(above.any(dim=1).numpy() | (roots != 1))[0].tolist():
        length = int(batch.lengths[i])
        heads[i, :length] = one_root_tree(_probabilities(scores, i, length))
    return heads


def _probabilities(scores: Any, i: int, length: int) -> Any:
    """A sentence's scores as Stanza's search wants them, all below 0."""
    return functional.log_softmax(scores[i, :length, :length], dim=1).numpy()
