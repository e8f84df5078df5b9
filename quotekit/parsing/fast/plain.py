"""The stages as Stanza's own processors do them, for models of a shape that the other files do not drive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import stanza.models.depparse.model as depparse_model
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.common.doc import Document

from quotekit.parsing.fast.columns import Forms, Related, Relation, Tag
from quotekit.parsing.fast.trees import one_root_tree
from quotekit.parsing.sentences import Token


class PlainTokens:
    """Finds the sentences of a text, and their tokens."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    def __call__(self, text: str) -> Iterator[list[Token]]:
        for sentence in self._processor.process(text).sentences:
            yield [
                Token(
                    text[token.start_char : token.end_char],
                    token.start_char,
                    token.end_char,
                    "MWT" in (token.misc or ""),
                )
                for token in sentence.tokens
            ]


class PlainTags:
    """Finds the tags of the words of sentences."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    def __call__(self, forms: Forms) -> list[list[Tag]]:
        """The tags of each word of each sentence."""
        return [
            [Tag(word.upos or "_", word.xpos or "_", word.feats or "_") for word in sentence.words]
            for sentence in _processed(self._processor, forms)
        ]


class PlainLemmas:
    """Finds the lemmas of the words of sentences."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    def __call__(self, forms: Forms, tags: Sequence[Sequence[Tag]]) -> list[list[str]]:
        """The lemma of each word of each sentence."""
        return [[word.lemma or "_" for word in sentence.words] for sentence in _processed(self._processor, forms, tags)]


class PlainRelations:
    """Finds the heads of the words of sentences, and the relations."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        if depparse_model.chuliu_edmonds_one_root is chuliu_edmonds_one_root:
            depparse_model.chuliu_edmonds_one_root = one_root_tree

    def __call__(self, forms: Forms, lemmas: Forms, tags: Sequence[Sequence[Tag]]) -> Related:
        """The relation of each word of each sentence."""
        return Related(
            [
                [Relation(word.head, word.deprel) for word in sentence.words]
                for sentence in _processed(self._processor, forms, tags, lemmas)
            ]
        )


class PlainNames:
    """Finds the names in sentences."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor

    def __call__(self, forms: Forms) -> list[list[str]]:
        """The entity tag of each token of each sentence."""
        return [[token.ner or "O" for token in sentence.tokens] for sentence in _processed(self._processor, forms)]


def _processed(processor: Any, forms: Forms, tags: Sequence[Sequence[Tag]] = (), lemmas: Forms = ()) -> list[Any]:
    """The sentences as Stanza has them behind this processor; all their tokens are words."""
    entries = [[{"id": (i,), "text": form} for i, form in enumerate(sentence, 1)] for sentence in forms]
    for sentence, found in zip(entries, tags, strict=False):
        for entry, tag in zip(sentence, found, strict=True):
            entry.update(tag._asdict())
    for sentence, words in zip(entries, lemmas, strict=False):
        for entry, lemma in zip(sentence, words, strict=True):
            entry["lemma"] = lemma
    return list(processor.process(Document(entries)).sentences) if entries else []


def no_names(forms: Forms) -> list[list[str]]:
    """The entity tags of a model that knows no names."""
    return [["O"] * len(sentence) for sentence in forms]
