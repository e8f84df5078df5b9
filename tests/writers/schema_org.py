"""schema.org's own SHACL shapes, by which its examples are validated before a release."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# In release 30.0 the shapes of the data types ask for a node, as those of all other types do; but a text is a literal.
LITERALS = ("Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean")


def complaints(text: str, folder: Path) -> str:
    """What in this JSON-LD breaks the shapes in this folder; empty where nothing does.

    The context is that of the release, never the net's. Fails where no shape looks at the data at all.
    """
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    document["@context"] = _context(folder)
    data = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    shapes, subclasses = _shapes(folder)
    targets = set(shapes.objects(None, rdflib.SH.targetClass))
    assert targets & set(data.objects(None, rdflib.RDF.type))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, ont_graph=subclasses, inference="none")
    return "" if conforms else report


@cache
def _context(folder: Path) -> Any:
    return json.loads((folder / "schemaorgcontext.jsonld").read_text("utf-8"))["@context"]


@cache
def _shapes(folder: Path) -> tuple[Any, Any]:
    import rdflib

    shapes = rdflib.Graph().parse(folder / "schemaorg-shapes.shacl", format="turtle")
    for name in LITERALS:
        shape = rdflib.URIRef(f"http://schema.org/validation#ValidSchema{name}")
        shapes.set((shape, rdflib.SH.nodeKind, rdflib.SH.IRIOrLiteral))
    return shapes, rdflib.Graph().parse(folder / "schemaorg-subclasses.shacl", format="turtle")
