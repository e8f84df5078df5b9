"""A report read back: its elements, ids, links and texts, as a browser would find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from quotekit.model import Extraction
from quotekit.writers.report import write_report

VOID = {"meta", "input", "br", "link", "img", "hr"}


@dataclass
class Element:
    """One element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def seen(self) -> str:
        """The text without what is for screen readers only, blanks evened."""
        return " ".join(self._visible().split())

    def _visible(self) -> str:
        parts = (child if isinstance(child, str) else child._visible() for child in self.children)
        return "" if "aside" in self.classes else "".join(parts)

    def all(self, tag: str | None = None, css: str | None = None) -> Iterator[Element]:
        """Every element below with this tag, with this class."""
        for child in self.children:
            if isinstance(child, Element):
                if (tag is None or child.tag == tag) and (css is None or css in child.classes):
                    yield child
                yield from child.all(tag, css)

    def one(self, tag: str | None = None, css: str | None = None) -> Element:
        return next(self.all(tag, css))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attributes}) == len(attributes), f"<{tag}> says something twice: {attributes}"
        element = Element(tag, dict(attributes))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page_of(*extractions: Extraction) -> Element:
    """The report on these, parsed; fails where its elements do not nest."""
    reader = _Reader()
    reader.feed("".join(write_report(extractions)))
    reader.close()
    assert reader.open == [reader.root]
    return reader.root
