"""Label Studio's tasks with predictions: https://labelstud.io/guide/predictions.

Line ends become line feeds, because its editor counts CRLF in more than one way (issues 539, 1347, 4929); offsets are
those of the text in the task, in code points. It knows no interrupted stretches: an interrupted content is a region for
each of its parts, linked by *continues*. The type of a quote is a choice of its first region. ``SETUP`` is the
labelling configuration that the project must have.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quotekit.model import Extraction
from quotekit.writers.pieces import array
from quotekit.writers.standoff import LABELS, LINKS, Region, links, regions

_TYPES = ("direct", "mixed", "indirect")
# Dark enough for white letters, and told apart by those who see red and green alike.
_COLOURS = dict(zip(LABELS, ("#0b63a5", "#8a5a00", "#7a2e8c", "#4d4d4d"), strict=True))
_RETURN = re.compile(r"\r\n?")
SETUP = f"""\
<View>
  <Style>.htx-text{{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text">
{chr(10).join(f'    <Label value="{label}" background="{colour}"/>' for label, colour in _COLOURS.items())}
  </Labels>
  <Relations>
{chr(10).join(f'    <Relation value="{link}"/>' for link in LINKS)}
  </Relations>
  <Choices name="type" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Content">
{chr(10).join(f'    <Choice value="{type}"/>' for type in _TYPES)}
  </Choices>
  <Text name="text" value="$text"/>
</View>
"""


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """An array of tasks, one a document, with what was found as a prediction; the text must be there."""
    yield from array(map(_task, extractions))


def _task(extraction: Extraction) -> dict[str, Any]:
    document, generator = extraction.document, extraction.generator
    task = _Text.of(document.text or "")
    result: list[dict[str, Any]] = []
    for quote in extraction.quotes:
        found = regions(quote)
        result += [_value(region, task, "label", "labels", region.label) for region in found]
        result.append(_value(found[0], task, "type", "choices", quote.type))
    result += [
        {
            "type": "relation",
            "from_id": link.start,
            "to_id": link.end,
            "direction": "right",
            "labels": [link.name],
        }
        for link in links(extraction)
    ]
    # Tasks are sorted by their score: how sure a document's quotes are on the whole.
    score = sum(quote.confidence for quote in extraction.quotes) / max(1, len(extraction.quotes))
    prediction = {
        "model_version": f"{generator.name} {generator.version}, {generator.model}",
        "score": round(score, 4),
        "result": result,
    }
    data = {"text": task.text, "doc_id": document.id, "source": document.source, "title": document.title}
    return {"data": data, "predictions": [prediction]}


def _value(region: Region, task: _Text, name: str, kind: str, choice: str) -> dict[str, Any]:
    start, end = task.place(region.start), task.place(region.end)
    return {
        "id": region.key,
        "from_name": name,
        "to_name": "text",
        "type": kind,
        "score": region.quote.confidence,
        "value": {"start": start, "end": end, "text": task.text[start:end], kind: [choice]},
    }


@dataclass(frozen=True)
class _Text:
    """A text with line feeds for all line ends, as a browser has it, and where each CRLF of the original ended."""

    text: str
    shortened: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        ends = (found.end() for found in _RETURN.finditer(text) if found.end() - found.start() == 2)
        return cls(_RETURN.sub("\n", text), tuple(ends))

    def place(self, offset: int) -> int:
        """Where an offset of the original is here."""
        return offset - bisect_right(self.shortened, offset)
