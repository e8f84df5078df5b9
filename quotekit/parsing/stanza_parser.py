"""The one place that knows Stanza: many texts in, their trees out.

Texts go through the processors together, as shadows, in chunks: tokeniser, then our mending of sentence splits, then
multi-word tokens, tags, lemmas, relations and names on the mended sentences.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import stanza
import stanza.models.depparse.model as depparse_model
import torch
from stanza.models.common.chuliu_edmonds import chuliu_edmonds, chuliu_edmonds_one_root
from stanza.models.common.doc import Document

from quotekit.errors import ModelError
from quotekit.language import language_codes, load_language
from quotekit.parsing.alignment import cut_token
from quotekit.parsing.arborescence import best_tree
from quotekit.parsing.chunks import Chunk, Paragraph, chunks
from quotekit.parsing.datelines import cut_dateline
from quotekit.parsing.models import (
    BUNDLED,
    ModelPlace,
    find_model,
    find_package,
    install_command,
    parser_name,
    stanza_folder,
)
from quotekit.parsing.sentences import TextWords, Token, cut_long, mend
from quotekit.parsing.shadow import Shadow, shadow
from quotekit.parsing.words import split_clitics
from quotekit.tree import Sentence, Tree, Word

# Words in one batch of the dependency parser: on one core 1,420 words a second with 700, 1,280 with the model's 1,200.
PARSER_BATCH = 700
# The tagger lays all words of a batch out at the length of the longest: one address of 1,000 letters takes gigabytes.
MAX_TOKEN_LETTERS = 60


class StanzaParser:
    """Parses with a Stanza model: the bundled one, a resources folder, or the name of an installed package.

    Raises ModelError where the model is missing or damaged.
    """

    def __init__(self, model: str | os.PathLike[str] | None = None, language: str = "en") -> None:
        self._place = find_model(model, language)
        self._words = _text_words(language)
        self._processors: dict[str, Any] = _load(self._place).processors

    @property
    def name(self) -> str:
        """The parser and its version."""
        return parser_name()

    @property
    def model(self) -> str:
        """The model and what tells its versions apart."""
        return self._place.label

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        """The trees of these texts, in the same order."""
        shadows = [shadow(text) for text in texts]
        found: list[list[Sentence]] = [[] for _ in texts]
        for chunk in chunks(shadows):
            with torch.inference_mode():
                parsed = list(self._parse_chunk(chunk))
            for paragraph, tokens, sentence in parsed:
                sentences = found[paragraph.text]
                words = _words(texts[paragraph.text], shadows[paragraph.text], paragraph, tokens, sentence)
                number = sentences[-1].paragraph if sentences else -1
                # Paragraphs are counted as they have words; one of invisible characters alone has none.
                new = not sentences or sentences[-1].end <= shadows[paragraph.text].starts[paragraph.opening]
                sentences.append(Sentence(words, number + new, len(sentences)))
        return [Tree(text, tuple(sentences)) for text, sentences in zip(texts, found, strict=True)]

    def _parse_chunk(self, chunk: Chunk) -> Iterator[tuple[Paragraph, list[Token], Any]]:
        """The sentences of this chunk: each with its paragraph, its tokens, and what Stanza found on them."""
        placed = [
            (paragraph, sentence)
            for paragraph, sentences in groupby(self._tokenize(chunk.text), lambda s: chunk.paragraph_at(s[0].start))
            for sentence in cut_long(cut_dateline(mend(list(sentences), self._words), chunk.text))
            for sentence in [self._split(sentence)]
        ]
        if not placed:
            return
        document = Document([[_entry(i, token) for i, token in enumerate(tokens, 1)] for _, tokens in placed])
        for name, processor in self._processors.items():
            if name != "tokenize":
                document = processor.process(document)
        for (paragraph, tokens), sentence in zip(placed, document.sentences, strict=True):
            yield paragraph, tokens, sentence

    def _split(self, tokens: Sequence[Token]) -> list[Token]:
        words = self._words
        return split_clitics(tokens, words.clitics, after_s=words.clitics_after_s, never=words.never_split)

    def _tokenize(self, text: str) -> Iterator[list[Token]]:
        for sentence in self._processors["tokenize"].process(text).sentences:
            yield [
                Token(
                    text[token.start_char : token.end_char],
                    token.start_char,
                    token.end_char,
                    "MWT" in (token.misc or ""),
                )
                for token in sentence.tokens
            ]


def download_model(language: str, package: str = "default") -> ModelPlace:
    """The model that was downloaded from Stanza's server into Stanza's own folder; whole, or nothing is left behind.

    Raises ModelError when the server cannot be reached or has no such model.
    """
    folder = stanza_folder()
    place = f"model {package} for {language}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".download-", dir=folder) as part:
            stanza.download(language, model_dir=part, package=package, verbose=False, logging_level="ERROR")
            find_package(Path(part), language, package)
            for file in sorted(path for path in Path(part).rglob("*") if path.is_file() and path.suffix != ".zip"):
                target = folder / file.relative_to(part)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
    except ModelError:
        raise ModelError(
            place, "Stanza has no such model", "https://stanfordnlp.github.io/stanza/models.html"
        ) from None
    except ValueError as error:  # how stanza says that it does not know the language
        raise ModelError(place, str(error), "https://stanfordnlp.github.io/stanza/models.html") from error
    except OSError as error:  # requests' and the hub's errors among them
        reason = error.strerror or type(error).__name__
        raise ModelError(place, f"cannot be downloaded ({reason})", "is there a connection to the network?") from error
    return find_package(folder, language, package)


def _entry(number: int, token: Token) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": (number,), "text": token.text[:MAX_TOKEN_LETTERS]}
    return entry | {"misc": "MWT=Yes"} if token.several else entry


def _words(
    text: str, shadowed: Shadow, paragraph: Paragraph, tokens: Sequence[Token], sentence: Any
) -> tuple[Word, ...]:
    """The words of a sentence at their places in the original text."""
    words: list[Word] = []
    for token, parsed in zip(tokens, sentence.tokens, strict=True):
        start, end = shadowed.original(token.start + paragraph.shift, token.end + paragraph.shift)
        slices = cut_token(text[start:end], [word.text for word in parsed.words])
        tags = _name_tags(parsed)
        for word, (first, last), tag in zip(parsed.words, slices, tags, strict=True):
            form = text[start + first : start + last]
            lemma = word.lemma if word.lemma and len(token.text) <= MAX_TOKEN_LETTERS else form
            place = (start + first, start + last)
            feats = (word.upos or "X", word.xpos or "", word.feats or "", word.head, word.deprel)
            words.append(Word(word.id, form, " ".join(lemma.split()), *feats, *place, tag))
    return tuple(words)


def _name_tags(token: Any) -> list[str]:
    """The entity tag of each word of a token: in *Bush's*, tagged as a whole, only *Bush* is the name."""
    tag = token.ner or "O"
    position, _, label = tag.partition("-")
    if tag == "O" or len(token.words) == 1:
        return [tag] * len(token.words)
    inside = [f"I-{label}"] * len(token.words)
    if position in "BS":
        inside[0] = f"B-{label}"
    if position in "ES":
        last = len(inside)
        while last > 1 and token.words[last - 1].upos in ("PART", "AUX", "PUNCT"):
            last -= 1
        inside[last:] = ["O"] * (len(inside) - last)
        inside[last - 1] = f"S-{label}" if position == "S" and last == 1 else f"E-{label}"
    return inside


def _text_words(language: str) -> TextWords:
    if language not in language_codes():
        return TextWords()  # a language without data of ours can still be parsed
    return TextWords.of(load_language(language).words)


def _shorten_search() -> None:
    """Has Stanza's parser look for its trees the short way; the trees are the same."""
    if depparse_model.chuliu_edmonds_one_root is chuliu_edmonds_one_root:
        depparse_model.chuliu_edmonds_one_root = partial(
            best_tree, any_roots=chuliu_edmonds, one_root=chuliu_edmonds_one_root
        )


def _load(place: ModelPlace) -> Any:
    _shorten_search()
    if "OMP_NUM_THREADS" not in os.environ:
        # The matrices are small: a second thread costs more than it gives, three times the processor time for an
        # article on two cores, one of them busy.
        torch.set_num_threads(1)
    try:
        return stanza.Pipeline(
            place.language,
            dir=str(place.folder),
            package=place.package,
            processors=",".join(place.processors),
            download_method=None,
            use_gpu=False,
            # Below it, Ctrl-C while a model loads is logged as a damaged model; verbose=False would set it to ERROR.
            logging_level="CRITICAL",
            depparse_batch_size=PARSER_BATCH,
        )
    except MemoryError:
        raise
    except Exception as error:  # torch, pickle, zip and JSON each have their own ways to say that a file is damaged
        remedy = "reinstall quotekit" if place.package == BUNDLED else install_command(place.language, place.package)
        reason = ": ".join(part for part in (type(error).__name__, str(error)) if part)
        problem = f"cannot be loaded from {place.folder} ({reason})"
        raise ModelError(f"model {place.package}", " ".join(problem.split()), remedy) from error
