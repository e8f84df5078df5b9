"""Words within the tokens that the tokeniser marks as several: *gonna* → *gon* + *na*. Each token is asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from stanza.models.common.doc import Document

# Tokens remembered, so that no run grows without end; in 67,609 words of news only four different ones are asked for.
MAX_REMEMBERED = 10_000


class Expansions:
    """Finds the words of tokens with Stanza's processor, where the model has one."""

    def __init__(self, processor: Any | None) -> None:
        self._processor = processor
        self._known: dict[str, list[str]] = {}

    def __call__(self, tokens: Iterable[str]) -> Mapping[str, list[str]]:
        """The words of each of these different tokens."""
        wanted = dict.fromkeys(tokens)
        if self._processor is None:
            return {token: [token] for token in wanted}
        if len(self._known) > MAX_REMEMBERED:
            self._known = {}
        known = self._known
        new = [token for token in wanted if token not in known]
        if new:
            document = Document([[{"id": (1,), "text": token, "misc": "MWT=Yes"}] for token in new])
            for token, sentence in zip(new, self._processor.process(document).sentences, strict=True):
                known[token] = [word.text for word in sentence.words] or [token]
        return {token: known[token] for token in wanted}
