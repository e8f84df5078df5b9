"""Named entities: the recurrent tagger, and the best way through its tags for many sentences at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import torch
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags
from torch.nn import functional

from quotekit.parsing.fast import characters, recurrent
from quotekit.parsing.fast.batches import Batch, batches, distinct
from quotekit.parsing.fast.columns import Forms
from quotekit.parsing.fast.remembered import Remembered


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

    def __init__(self, processor: Any, *, whole: bool = True) -> None:
        self._model = processor.trainer.model.eval()
        self._vocabulary = processor.trainer.vocab
        model = self._model
        self._layer = recurrent.Layer(
            model.taggerlstm.lstm, 0, model.taggerlstm_h_init, model.taggerlstm_c_init, whole=whole
        )
        self._form_vectors = Remembered(self._vectors_of_forms)
        self._moves = model.crits[0]._transitions.detach().t().contiguous()  # from the second to the first

    def __call__(self, forms: Forms) -> list[list[str]]:
        """The entity tag of each token of each sentence."""
        words, rows = distinct(form for sentence in forms for form in sentence)
        table = functional.linear(self._form_vectors(words), self._layer.weight, self._layer.bias)
        lengths = [len(sentence) for sentence in forms]
        found = torch.empty(len(rows), dtype=torch.long)
        for batch in batches(lengths):
            outputs = self._layer(table, rows[batch.rows], batch)
            found[batch.rows] = self._best_way(self._model.tag_clfs[0](outputs), batch)
        # The model can say that there is not even a tag; Stanza takes that for the first tag.
        return [self._named(numbers.tolist()) for numbers in found.clamp_(min=VOCAB_PREFIX_SIZE).split(lengths)]

    def _vectors_of_forms(self, forms: Sequence[str]) -> Any:
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

    def _best_way(self, scores: Any, batch: Batch) -> Any:
        """The tags of the best way through each sentence: Viterbi's search, in all sentences of the batch at once."""
        sizes = batch.sizes
        starts = [end - size for end, size in zip(accumulate(sizes), sizes, strict=True)]
        totals = scores.clone()
        before = torch.zeros(scores.shape, dtype=torch.long)
        for start, size, last in zip(starts[1:], sizes[1:], starts, strict=False):
            best, before[start : start + size] = (totals[last : last + size, None] + self._moves).max(dim=2)
            totals[start : start + size] += best
        tags = totals.argmax(dim=1)
        for start, size, last in reversed(list(zip(starts[1:], sizes[1:], starts, strict=False))):
            here = slice(start, start + size)
            tags[last : last + size] = before[here].gather(1, tags[here, None])[:, 0]
        return tags

    def _named(self, numbers: Sequence[int]) -> list[str]:
        """The tags with these numbers, as Stanza mends them: none begins that does not go on."""
        vocabulary = self._vocabulary["tag"]
        tags = [vocabulary.id2unit((number,))[0] for number in numbers]
        return list(fix_singleton_tags(tags)) if set(tags) != {"O"} else tags
