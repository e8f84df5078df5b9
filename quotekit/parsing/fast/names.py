"""Named entities: Stanza's recurrent tagger, or a network over the parser's states and the tagger's vectors of forms.

The second finds more, for the parser has read the sentence (on GUM's test documents F1 75.2 instead of 71.9), and it
works on words; in both the best way through the tags is sought in many sentences at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags
from torch.nn import functional

from quotekit.parsing.fast import characters, recurrent
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.columns import Forms
from quotekit.parsing.fast.reading import Reader, ReadingNetwork, Vectors, network_of
from quotekit.parsing.fast.remembered import Remembered

# A model of names may name a network over the parser's states as its dependency in resources.json, as that of relations
# does with one of roles.
MODEL = "names_path"
_FORBIDDEN = -1e6  # no score comes near it


def can_drive(processor: Any) -> bool:
    """Whether this is one tagger of one layer and one column of tags, with word vectors and letters of its own."""
    model: Any = getattr(processor.trainer, "model", None)
    if type(model) is not NERTagger or len(processor.trainers) != 1 or hasattr(processor, "_variant"):
        return False
    args = model.args
    return (
        not any(args.get(name) for name in ("charlm", "bert_model", "char_rec_dropout"))
        and args["word_emb_dim"] > 0
        and bool(args["char"] and args["char_emb_dim"] > 0)
        and "word" in model.vocab
        and model.num_output_layers == 1
        and args["num_layers"] == 1
        and characters.can_drive(model.charmodel)
        and recurrent.can_drive(model.taggerlstm.lstm)
    )


class FastNames:
    """Finds the entity tags of tokens with the model of this processor."""

    def __init__(self, processor: Any, vectors: FormVectors, *, whole: bool = True) -> None:
        self._model = processor.trainer.model.eval()
        self._vocabulary = processor.trainer.vocab["tag"]
        model = self._model
        self._layer = recurrent.Layer(
            model.taggerlstm.lstm, 0, model.taggerlstm_h_init, model.taggerlstm_c_init, whole=whole
        )
        self.vectors = vectors
        self._moves = model.crits[0]._transitions.detach().t().contiguous()  # from the second to the first

    def __call__(self, forms: Forms) -> list[list[str]]:
        """The entity tag of each token of each sentence."""
        words, rows = distinct(form for sentence in forms for form in sentence)
        table = functional.linear(self.vectors(words), self._layer.weight, self._layer.bias)
        lengths = [len(sentence) for sentence in forms]
        found = torch.empty(len(rows), dtype=torch.long)
        for batch in batches(lengths):
            outputs = self._layer(table, rows[batch.rows], batch)
            found[batch.rows] = _best_way(self._model.tag_clfs[0](outputs), self._moves, batch)
        # The model can say that there is not even a tag; Stanza takes that for the first tag.
        return [self._named(numbers.tolist()) for numbers in found.clamp_(min=VOCAB_PREFIX_SIZE).split(lengths)]

    def _named(self, numbers: Sequence[int]) -> list[str]:
        """The tags with these numbers, as Stanza mends them: none begins that does not go on."""
        tags = [self._vocabulary.id2unit((number,))[0] for number in numbers]
        return list(fix_singleton_tags(tags)) if set(tags) != {"O"} else tags


class StateNames:
    """Finds the entity tags of words from the parser's states of their sentences and the vectors of their forms."""

    def __init__(self, network: ReadingNetwork, labels: Sequence[str], vectors: Vectors, *, whole: bool = True) -> None:
        self._labels = labels
        self._read = Reader(network, vectors, whole=whole)
        # A name begins with B and ends with E, one of a single word is S, and nothing else stands beside these.
        follows = [[_fits(before, label) for before in labels] for label in labels]
        self._moves = torch.where(torch.tensor(follows), 0.0, _FORBIDDEN)
        self._first = torch.tensor([0.0 if _fits("O", label) else _FORBIDDEN for label in labels])
        self._last = torch.tensor([0.0 if _fits(label, "O") else _FORBIDDEN for label in labels])

    def __call__(self, forms: Forms, states: Any) -> list[list[str]]:
        """The entity tag of each word of each sentence; ``states`` are those of all words, sentence after sentence."""
        scores = self._read(forms, states)
        found = torch.empty(len(scores), dtype=torch.long)
        for batch in batches([len(sentence) for sentence in forms]):
            own = scores[batch.rows]
            own[: batch.sizes[0]] += self._first
            own[batch.grid[torch.arange(len(batch.lengths)), torch.from_numpy(batch.lengths) - 1]] += self._last
            found[batch.rows] = _best_way(own, self._moves, batch)
        tags = iter(found.tolist())
        return [[self._labels[next(tags)] for _ in sentence] for sentence in forms]


def state_names(processor: Any, width: int, vectors: FormVectors) -> StateNames | None:
    """What finds names in states of this width, where this tagger comes with a network for such."""
    # Stanza can use several taggers of names at once, and keeps for each what it depends on.
    path = processor.config.get("dependencies", [{}])[0].get(MODEL)
    if not path:
        return None
    kept = torch.load(Path(path), map_location="cpu", weights_only=True)
    network = network_of(kept["network"])
    return StateNames(network, kept["labels"], vectors) if network.width == width + vectors.width else None


class FormVectors:
    """The vectors of words without their sentences, from this tagger's model: known vectors, and letters read."""

    def __init__(self, processor: Any) -> None:
        self._model = processor.trainer.model.eval()
        self._vocabulary = processor.trainer.vocab
        self._remembered = Remembered(self._computed)

    @property
    def width(self) -> int:
        """How many numbers a form has."""
        return int(self._model.taggerlstm.lstm.input_size)

    def __call__(self, forms: Sequence[str]) -> Any:
        """One row for each of these different forms."""
        return self._remembered(forms)

    def _computed(self, forms: Sequence[str]) -> Any:
        model, vocabulary, args = self._model, self._vocabulary, self._model.args
        words = [form.lower() for form in forms] if args.get("lowercase", True) else forms
        known = torch.tensor(vocabulary["word"].map(words))
        vectors = model.word_emb(known)
        if "delta" in vocabulary and model.delta_emb is not None:
            own = torch.tensor(vocabulary["delta"].map(words))
            own[(own == UNK_ID) & (known != UNK_ID)] = PAD_ID
            vectors = vectors + model.delta_emb(own)
        spelled = [form.lower() for form in forms] if args.get("char_lowercase", False) else forms
        letters = characters.letter_vectors(model.charmodel, [vocabulary["char"].map(form) for form in spelled])
        vectors = torch.cat([vectors, letters], dim=1)
        return model.input_transform(vectors) if model.input_transform else vectors


def _best_way(scores: Any, moves: Any, batch: Batch) -> Any:
    """The tags of the best way through each sentence: Viterbi's search, in all sentences of the batch at once.

    ``moves`` has what a step adds, to each tag from each.
    """
    sizes = batch.sizes
    starts = [end - size for end, size in zip(accumulate(sizes), sizes, strict=True)]
    totals = scores.clone()
    before = torch.zeros(scores.shape, dtype=torch.long)
    for start, size, last in zip(starts[1:], sizes[1:], starts, strict=False):
        best, before[start : start + size] = (totals[last : last + size, None] + moves).max(dim=2)
        totals[start : start + size] += best
    tags = totals.argmax(dim=1)
    for start, size, last in reversed(list(zip(starts[1:], sizes[1:], starts, strict=False))):
        here = slice(start, start + size)
        tags[last : last + size] = before[here].gather(1, tags[here, None])[:, 0]
    return tags


def _fits(before: str, label: str) -> bool:
    inside = before[0] in "BI"
    return (inside == (label[0] in "IE")) and (not inside or before[2:] == label[2:])
