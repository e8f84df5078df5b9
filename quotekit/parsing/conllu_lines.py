"""The lines of a CoNLL-U file: comments, tokens and words of each sentence, checked, with their line numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotekit.errors import InputError

_RANGE = re.compile(r"(\d+)-(\d+)")
_EMPTY_NODE = re.compile(r"\d+\.\d+")


@dataclass(slots=True)
class Row:
    """One syntactic word as the file gives it."""

    line: int
    id: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: dict[str, str]


@dataclass(slots=True)
class Token:
    """What stands in the text: one word, or the several of a range line."""

    line: int
    form: str
    misc: dict[str, str]
    rows: list[Row] = field(default_factory=list)

    @property
    def space_after(self) -> bool:
        return self.misc.get("SpaceAfter") != "No"


@dataclass(slots=True)
class Block:
    """One sentence; ``new_document`` is the id after ``# newdoc``, None without that comment."""

    line: int
    text: str = ""
    full_text: str | None = None
    new_document: str | None = None
    new_paragraph: bool = False
    tokens: list[Token] = field(default_factory=list)


def read_blocks(data: str) -> list[Block]:
    """The sentences in this CoNLL-U data.

    Raises InputError with the line's number at the first line that breaks the format.
    """
    return [_block(lines) for lines in _stanzas(data.removeprefix("\ufeff"))]


def _stanzas(data: str) -> Iterator[list[tuple[int, str]]]:
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(data.split("\n"), start=1):
        line = line.removesuffix("\r")
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _block(lines: Sequence[tuple[int, str]]) -> Block:
    block = Block(lines[0][0])
    rows: list[Row] = []
    covered = 0  # the last id of the open range
    for number, line in lines:
        if line.startswith("#"):
            _comment(block, number, line[1:].strip())
            continue
        fields = line.split("\t")
        if len(fields) != 10:
            raise _error(number, f"{len(fields)} columns separated by tabs, not 10")
        if _EMPTY_NODE.fullmatch(fields[0]):
            continue
        if found := _RANGE.fullmatch(fields[0]):
            covered = _range_end(number, int(found[1]), int(found[2]), len(rows))
            block.tokens.append(Token(number, _form(number, fields[1]), _misc(fields[9])))
            continue
        row = _row(number, fields, len(rows) + 1)
        rows.append(row)
        if row.id > covered:
            block.tokens.append(Token(number, row.form, row.misc))
        block.tokens[-1].rows.append(row)
    _check_tree(block.line, rows, covered)
    block.text = block.text or _spelled(block.tokens)
    return block


def _comment(block: Block, number: int, comment: str) -> None:
    key, _, value = (part.strip() for part in comment.partition("="))
    if key == "text":
        block.text = value
    elif key in ("newdoc", "newdoc id"):
        block.new_document = value
    elif key in ("newpar", "newpar id"):
        block.new_paragraph = True
    elif key == "quotekit_text":
        try:
            block.full_text = json.loads(value)
        except ValueError as error:
            raise _error(number, f"the text is not a JSON string ({error})") from error
        if not isinstance(block.full_text, str):
            raise _error(number, "the text is not a JSON string")


def _row(number: int, fields: Sequence[str], expected: int) -> Row:
    if fields[0] != str(expected):
        raise _error(number, f"ID is {fields[0]!r} where {expected} follows")
    form = _form(number, fields[1])
    if not fields[6].isdecimal():
        raise _error(number, f"HEAD is {fields[6]!r}, not a number")
    lemma, upos, xpos, feats, deprel = ("" if fields[i] == "_" else fields[i] for i in (2, 3, 4, 5, 7))
    if form == "_" and not lemma:
        lemma = "_"
    return Row(number, expected, form, lemma, upos, xpos, feats, int(fields[6]), deprel, _misc(fields[9]))


def _form(number: int, form: str) -> str:
    if not form.strip():
        raise _error(number, "FORM is empty")
    return form


def _misc(column: str) -> dict[str, str]:
    return {key: value for key, _, value in (item.partition("=") for item in column.split("|")) if value}


def _range_end(number: int, first: int, last: int, seen: int) -> int:
    if first != seen + 1 or last <= first:
        raise _error(number, f"the range {first}-{last} does not cover the words that follow")
    return last


def _check_tree(line: int, rows: Sequence[Row], covered: int) -> None:
    """Raises InputError unless the heads make one tree with one root."""
    if covered > len(rows):
        raise _error(line, f"a range reaches to word {covered}, the sentence has {len(rows)}")
    if not rows:
        return
    for row in rows:
        if row.head > len(rows):
            raise _error(row.line, f"HEAD is {row.head}, the sentence has {len(rows)} words")
    roots = [row for row in rows if row.head == 0]
    if len(roots) != 1:
        raise _error(line, f"the sentence has {len(roots)} roots (HEAD 0), not one")
    reached = {0}
    for row in rows:
        path: set[int] = set()
        current = row.id
        while current not in reached:
            if current in path:
                raise _error(rows[current - 1].line, f"HEAD leads in a circle back to word {current}")
            path.add(current)
            current = rows[current - 1].head
        reached.update(path)


def _spelled(tokens: Sequence[Token]) -> str:
    return "".join(token.form + (" " if token.space_after else "") for token in tokens).strip()


def _error(line: int, problem: str) -> InputError:
    return InputError(f"line {line}", problem, "see https://universaldependencies.org/format.html")
