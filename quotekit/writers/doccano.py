"""doccano's JSON Lines for relation extraction: a document a line, its entities and the relations between them.

The project must have *relation* and *overlapping spans* switched on and *grapheme clusters* off: places are code
points.
An interrupted content is several entities, each linked to the one before by *continues*.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from quotekit.model import Extraction
from quotekit.writers.standoff import links, regions


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """One line a document; the text must be there."""
    next_id = 0  # doccano finds a relation's entities by their numbers, across the documents of a file
    for extraction in extractions:
        entities = [region for quote in extraction.quotes for region in regions(quote)]
        ids = {region.key: next_id + number for number, region in enumerate(entities)}
        next_id += len(entities)
        task = {
            "text": extraction.document.text,
            "entities": [
                {"id": ids[one.key], "start_offset": one.start, "end_offset": one.end, "label": one.label}
                for one in entities
            ],
            "relations": [
                {"id": number, "from_id": ids[link.start], "to_id": ids[link.end], "type": link.name}
                for number, link in enumerate(links(extraction))
            ],
            "doc_id": extraction.document.id,  # doccano keeps what it does not know beside the text
            "source": extraction.document.source,
        }
        yield json.dumps(task, ensure_ascii=False) + "\n"
