"""Language: the words of one language, read from its data files; a new language is a folder of data and no Python.

A word list is a table in any ``languages/CODE/*.toml``: ``about`` (what it holds), ``source`` (where its words come
from) and ``words``. The cues, with their classes and corpus counts, stand in ``cues.tsv``; the scorer's weights in
``scorer.json`` and, for trees whose words have roles, in ``scorer-with-roles.json``; those of whom a
pronoun means in ``antecedents.json``, of the speakers' identity in ``identity.json``, of check-worthiness in
``worth.json``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from quotekit.errors import LanguageError

# Of a language whose parser tells the words' roles; others have none.
WITH_ROLES = "scorer-with-roles.json"


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A word that may report speech: its class, and how often the training corpus saw it report, of all times seen."""

    lemma: str
    upos: str
    cue_class: str
    reporting: int
    seen: int


@dataclass(frozen=True, eq=False)
class Language:
    """The data of one language. ``words`` maps a list's name to its words; ``version`` is a hash over all files.

    There is one object a language, so what is worked out of its lists can be cached by it.
    """

    code: str
    version: str
    cues: Mapping[tuple[str, str], CueEntry]
    words: Mapping[str, frozenset[str]]
    scorer: Mapping[str, Any]
    scorer_with_roles: Mapping[str, Any]
    antecedents: Mapping[str, Any]
    identity: Mapping[str, Any]
    worth: Mapping[str, Any]


@cache
def load_language(code: str) -> Language:
    """The language with this code, such as ``en``.

    Raises LanguageError when there is no such folder or a file in it cannot be read.
    """
    folder = files("quotekit") / "languages" / code
    if not folder.is_dir():
        raise LanguageError(code, "no data for this language", f"available: {', '.join(language_codes())}")
    try:
        texts = {item.name: item.read_text("utf-8") for item in folder.iterdir() if item.is_file()}
        return Language(
            code=code,
            version=_version(texts),
            cues=_cues(texts["cues.tsv"]),
            words={
                name: frozenset(table["words"])
                for file_name in sorted(texts)
                if file_name.endswith(".toml")
                for name, table in tomllib.loads(texts[file_name]).items()
            },
            scorer=json.loads(texts["scorer.json"]),
            scorer_with_roles=json.loads(texts.get(WITH_ROLES, "{}")),
            antecedents=json.loads(texts["antecedents.json"]),
            identity=json.loads(texts["identity.json"]),
            worth=json.loads(texts["worth.json"]),
        )
    except (KeyError, ValueError) as error:
        raise LanguageError(f"languages/{code}", f"damaged language data ({error})", "reinstall quotekit") from error


@cache
def either(language: Language, *names: str) -> frozenset[str]:
    """The words of several lists together."""
    return frozenset().union(*(language.words[name] for name in names))


@cache
def pairs(language: Language, name: str) -> Mapping[str, str]:
    """A list whose entries are *this = that*, as a table."""
    return dict(entry.split(" = ") for entry in language.words[name])


@cache
def openers(language: Language, name: str) -> frozenset[str]:
    """What a word must be to open one of a list's phrases, or to be one."""
    phrases = [entry.partition(" = ")[0] for entry in language.words[name]]
    return frozenset(form for phrase in phrases for form in (phrase, phrase.split()[0]))


def language_codes() -> list[str]:
    """The codes of the languages that quotekit has data for."""
    return sorted(item.name for item in (files("quotekit") / "languages").iterdir() if (item / "cues.tsv").is_file())


def _cues(text: str) -> dict[tuple[str, str], CueEntry]:
    lines = (line for line in io.StringIO(text) if not line.startswith("#"))
    entries = (
        CueEntry(row["lemma"], row["upos"], row["class"], int(row["reporting"]), int(row["seen"]))
        for row in csv.DictReader(lines, delimiter="\t")
    )
    return {(entry.lemma, entry.upos): entry for entry in entries}


def _version(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{texts[name]}\0".encode())
    return digest.hexdigest()[:16]
