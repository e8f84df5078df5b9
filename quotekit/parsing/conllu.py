"""CoNLL-U: a tree written as a file any treebank tool reads, and read back, aligned to its text.

Beside what the format prescribes, a file written here has the article's full text as JSON in one comment of its first
sentence, ``# quotekit_text = "…"``, so that it can be read back with no other file; and in MISC the place of each word
in that text, ``start_char=0|end_char=3``, its entity tag, ``NER=S-PLACE``, and its roles where the parser told them,
``Roles=-6,3,-5,-2,0``. None of these is needed for reading: a plain treebank file takes its text from the ``# text``
lines or, without those, from the forms and ``SpaceAfter=No``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from quotekit.errors import InputError
from quotekit.parsing.alignment import Aligner, cut_token
from quotekit.parsing.conllu_lines import Block, Row, Token, read_blocks
from quotekit.tree import Roles, Sentence, Tree, Word

_HALVES = re.compile("[\ud800-\udfff]")
_ROLES = re.compile(r"-?\d(,-?\d){4}")
_BLANK = re.compile(r"\s")
# Line ends that other readers split at, and halves of pairs that UTF-8 cannot hold.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write_conllu(tree: Tree, *, doc_id: str = "text") -> str:
    """The tree as one CoNLL-U document; ``read_conllu`` makes an equal tree of it."""
    text_comment = _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(tree.text, ensure_ascii=False))
    lines = [f"# newdoc id = {_clean(doc_id)}", f"# quotekit_text = {text_comment}"]
    paragraph = None
    for number, sentence in enumerate(tree.sentences, start=1):
        if sentence.paragraph != paragraph:
            lines.append("# newpar")
            paragraph = sentence.paragraph
        following = tree.sentences[number].start if number < len(tree.sentences) else len(tree.text)
        lines.append(f"# sent_id = {_clean(doc_id)}-{number}")
        lines += [*_sentence_lines(tree.text, sentence, following), ""]
    return "\n".join(lines) + ("\n" if tree.sentences else "\n\n")


def read_conllu(data: str, text: str | None = None) -> Tree:
    """The tree in this CoNLL-U data, its words aligned to the text; the text is in the data where none is given.

    Raises InputError, with the number of the line, where the data break the format or do not belong to the text.
    """
    blocks = read_blocks(data)
    texts = [block.full_text for block in blocks if block.full_text is not None]
    if len(texts) > 1:
        raise InputError("CoNLL-U", f"{len(texts)} documents where one was expected", "read_conllu_documents reads all")
    return _tree(blocks, text if text is not None else texts[0] if texts else None)


def read_conllu_documents(data: str) -> list[tuple[str, Tree]]:
    """The id and the tree of each ``# newdoc`` in this CoNLL-U data; the id is empty where none is given."""
    documents: list[list[Block]] = []
    for block in read_blocks(data):
        if block.new_document is not None or not documents:
            documents.append([])
        documents[-1].append(block)
    return [(blocks[0].new_document or "", _tree(blocks, blocks[0].full_text)) for blocks in documents]


def _sentence_lines(text: str, sentence: Sentence, following: int) -> Iterator[str]:
    groups = list(_tokens(sentence.words))
    borders = [*(group[0].start for group in groups[1:]), following]
    gaps = [text[_end(group) : border] for group, border in zip(groups, borders, strict=True)]
    forms = [_clean(text[group[0].start : _end(group)]) for group in groups]
    surface = "".join(form + (" " if _BLANK.search(gap) else "") for form, gap in zip(forms, gaps, strict=True))
    yield f"# text = {surface.strip()}"
    for group, form, gap in zip(groups, forms, gaps, strict=True):
        spacing = "" if _BLANK.search(gap) else "|SpaceAfter=No"
        if len(group) > 1:
            place = f"start_char={group[0].start}|end_char={_end(group)}{spacing}"
            yield f"{group[0].id}-{group[-1].id}\t{form}" + "\t_" * 7 + f"\t{place}"
            spacing = ""
        for word in group:
            yield _word_line(word, spacing)


def _tokens(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in groups, each of which shares letters: only these need a range line."""
    group: list[Word] = []
    for word in words:
        if group and word.start >= _end(group):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _end(group: Sequence[Word]) -> int:
    return max(word.end for word in group)


def _word_line(word: Word, spacing: str) -> str:
    ner = "" if word.ner == "O" else f"|NER={word.ner}"
    roles = "" if word.roles is None else f"|Roles={','.join(map(str, word.roles))}"
    misc = f"start_char={word.start}|end_char={word.end}{ner}{roles}{spacing}"
    fields = [word.form, word.lemma, word.upos, word.xpos, word.feats, str(word.head), word.deprel]
    return "\t".join([str(word.id), *(_clean(field) or "_" for field in fields), "_", misc])


def _clean(field: str) -> str:
    """The field without line ends and tabs, which would end it, and without what UTF-8 cannot hold."""
    return _HALVES.sub("\ufffd", _BLANK.sub(" ", field))


def _tree(blocks: Sequence[Block], text: str | None) -> Tree:
    full = any(block.full_text is not None for block in blocks)
    known = text is not None
    article = text if text is not None else _joined(blocks)
    aligner = Aligner(article)
    sentences: list[Sentence] = []
    paragraph = 0
    marked = known and not full and not any(block.new_paragraph for block in blocks)
    for block in blocks:
        if not block.tokens:
            continue
        words = tuple(word for token in block.tokens for word in _words(token, article, aligner, trusted=known))
        if sentences and (
            _blank_line(article, sentences[-1].end, words[0].start)
            if marked
            else block.new_paragraph or block.new_document is not None
        ):
            paragraph += 1
        sentences.append(Sentence(words, paragraph, len(sentences)))
    return Tree(article, tuple(sentences))


def _blank_line(text: str, start: int, end: int) -> bool:
    return re.search(r"\n[^\S\n]*\n", text[start:end].replace("\r\n", "\n").replace("\r", "\n")) is not None


def _joined(blocks: Sequence[Block]) -> str:
    """The text that the blocks' own ``# text`` lines make, blank lines between paragraphs."""
    text = ""
    spaced = False
    for block in (block for block in blocks if block.tokens):
        if text and (block.new_paragraph or block.new_document is not None):
            text += "\n\n"
        elif text and spaced:
            text += " "
        text += block.text
        spaced = block.tokens[-1].space_after
    return text


def _words(token: Token, text: str, aligner: Aligner, *, trusted: bool) -> Iterator[Word]:
    place = _place(token.misc, token.form, text) if trusted else None
    if place is not None:
        aligner.move(place[1])
    else:
        place = aligner.next(token.form)
    if place is None:
        problem = f"the form {token.form!r} is not what the text goes on with: {aligner.ahead()!r}"
        raise InputError(f"line {token.line}", problem, "give the text that this file was made from")
    start, end = place
    slices = cut_token(text[start:end], [row.form for row in token.rows])
    for row, (first, last) in zip(token.rows, slices, strict=True):
        own = _place(row.misc, row.form, text) if trusted and len(token.rows) > 1 else None
        yield _word(row, text, *(own or (start + first, start + last)))


def _place(misc: dict[str, str], form: str, text: str) -> tuple[int, int] | None:
    """The span that MISC names, where that is true of the text."""
    start, end = misc.get("start_char", ""), misc.get("end_char", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) and _clean(text[int(start) : int(end)]) == form:
        return int(start), int(end)
    return None


def _word(row: Row, text: str, start: int, end: int) -> Word:
    return Word(
        row.id, text[start:end], row.lemma, row.upos, row.xpos, row.feats, row.head, row.deprel, start, end,
        ner=row.misc.get("NER", "O"), roles=_roles(row.misc.get("Roles", "")),
    )  # fmt: skip


def _roles(written: str) -> Roles | None:
    """The roles in this value of MISC; None where it is of another kind."""
    return Roles(*map(int, written.split(","))) if _ROLES.fullmatch(written) else None
