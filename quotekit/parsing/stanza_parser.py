"""The one place that knows Stanza: many texts in, their trees out.

Texts go through the processors together, as shadows, in chunks: tokeniser, then our mending of sentence splits, then
multi-word tokens, tags, lemmas, relations and names on the mended sentences.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import stanza
import torch

from quotekit.errors import ModelError
from quotekit.garbage import uncollected
from quotekit.language import language_codes, load_language
from quotekit.parsing.alignment import cut_token
from quotekit.parsing.chunks import Chunk, Paragraph, chunks
from quotekit.parsing.datelines import cut_dateline
from quotekit.parsing.fast.columns import Relation, Tag
from quotekit.parsing.fast.stages import fast_stages, plain_stages
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
from quotekit.parsing.words import join_names, split_clitics
from quotekit.tree import Sentence, Tree, Word

# Words in one batch of the dependency parser: on one core 1,420 words a second with 700, 1,280 with the model's 1,200.
PARSER_BATCH = 700
# The tagger lays all words of a batch out at the length of the longest: one address of 1,000 letters takes gigabytes.
MAX_TOKEN_LETTERS = 60


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A sentence at its place in a chunk: its tokens, and what the stages found on them and their words."""

    paragraph: Paragraph
    tokens: Sequence[Token]
    forms: Sequence[Sequence[str]]  # of the words of each token
    names: Sequence[str]  # of all words, as are the next three
    tags: Sequence[Tag]
    lemmas: Sequence[str]
    relations: Sequence[Relation]


class StanzaParser:
    """Parses with a Stanza model: the bundled one, a resources folder, or the name of an installed package.

    Much of the model is multiplied in whole numbers, which hangs one word of news in 325 elsewhere, with no loss of
    accuracy, a network over words helps the tokeniser tell where sentences end, and names are read off the parser's
    states. If ``exact``, none of these: the trees are those of Stanza's own processors. Not ``fast`` leaves
    all work to these.
    Raises ModelError where the model is missing or damaged.
    """

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        language: str = "en",
        *,
        fast: bool = True,
        exact: bool = False,
    ) -> None:
        self._place = find_model(model, language)
        self._words = _text_words(language)
        processors = _load(self._place).processors
        with _named_damage(self._place):  # the stages load what stands beside a model, such as the words' roles
            self._stages = fast_stages(processors, exact=exact) if fast else plain_stages(processors)

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
            self._add_chunk(chunk, texts, shadows, found)
        return [Tree(text, tuple(sentences)) for text, sentences in zip(texts, found, strict=True)]

    @uncollected
    def _add_chunk(
        self, chunk: Chunk, texts: Sequence[str], shadows: Sequence[Shadow], found: Sequence[list[Sentence]]
    ) -> None:
        """Adds the sentences of this chunk to those found of its texts."""
        with torch.inference_mode():
            parsed = list(self._parse_chunk(chunk))
        for sentence in parsed:
            paragraph = sentence.paragraph
            sentences = found[paragraph.text]
            words = _words(texts[paragraph.text], shadows[paragraph.text], sentence)
            number = sentences[-1].paragraph if sentences else -1
            # Paragraphs are counted as they have words; one of invisible characters alone has none.
            new = not sentences or sentences[-1].end <= shadows[paragraph.text].starts[paragraph.opening]
            sentences.append(Sentence(words, number + new, len(sentences)))

    def _parse_chunk(self, chunk: Chunk) -> Iterator[_Parsed]:
        """The sentences of this chunk, parsed."""
        placed = [
            (paragraph, sentence)
            for paragraph, sentences in groupby(
                self._stages.tokens(chunk.text), lambda s: chunk.paragraph_at(s[0].start)
            )
            for sentence in cut_long(cut_dateline(mend(list(sentences), self._words), chunk.text))
            for sentence in [self._split(sentence)]
        ]
        if not placed:
            return
        stages = self._stages
        texts = [[token.text[:MAX_TOKEN_LETTERS] for token in tokens] for _, tokens in placed]
        split = list(self._expanded(texts, [tokens for _, tokens in placed]))
        forms = [[form for words in sentence for form in words] for sentence in split]
        tags = stages.tags(forms)
        lemmas = stages.lemmas(forms, tags)
        relations, states = stages.relations(forms, lemmas, tags)
        if stages.names_by_states is not None and states is not None:
            names = stages.names_by_states(forms, states)
        else:
            names = [_names_of_words(*columns) for columns in zip(stages.names(texts), split, tags, strict=True)]
        for (paragraph, tokens), *columns in zip(placed, split, names, tags, lemmas, relations, strict=True):
            yield _Parsed(paragraph, tokens, *columns)

    def _expanded(
        self, texts: Sequence[Sequence[str]], sentences: Sequence[Sequence[Token]]
    ) -> Iterator[list[list[str]]]:
        """The words of each token of each sentence."""
        pairs = [list(zip(words, tokens, strict=True)) for words, tokens in zip(texts, sentences, strict=True)]
        known = self._stages.expansions(text for sentence in pairs for text, token in sentence if token.several)
        for sentence in pairs:
            yield [known[text] if token.several else [text] for text, token in sentence]

    def _split(self, tokens: Sequence[Token]) -> list[Token]:
        words = self._words
        whole = join_names(tokens, words.name_openings)
        return split_clitics(whole, words.clitics, after_s=words.clitics_after_s, never=words.never_split)


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


def _words(text: str, shadowed: Shadow, parsed: _Parsed) -> tuple[Word, ...]:
    """The words of a sentence at their places in the original text."""
    words: list[Word] = []
    shift = parsed.paragraph.shift
    for token, forms in zip(parsed.tokens, parsed.forms, strict=True):
        start, end = shadowed.original(token.start + shift, token.end + shift)
        slices = cut_token(text[start:end], forms) if len(forms) > 1 else [(0, end - start)]
        for number, (begin, stop) in enumerate(slices, len(words)):
            form = text[start + begin : start + stop]
            known = parsed.lemmas[number] != "_" and len(token.text) <= MAX_TOKEN_LETTERS
            lemma = " ".join(parsed.lemmas[number].split()) if known else " ".join(form.split())
            upos, xpos, feats = _told(parsed.tags[number])
            place = (start + begin, start + stop)
            head, deprel, roles = parsed.relations[number]
            name = parsed.names[number]
            words.append(Word(number + 1, form, lemma, upos or "X", xpos, feats, head, deprel, *place, name, roles))
    return tuple(words)


@lru_cache(maxsize=1 << 12)  # a treebank has some hundred
def _told(tag: Tag) -> Tag:
    """The tag with nothing where Stanza writes ``_``."""
    return Tag(*("" if part == "_" else part for part in tag))


def _names_of_words(names: Sequence[str], split: Sequence[Sequence[str]], tags: Sequence[Tag]) -> list[str]:
    """The entity tags of the words of a sentence, from those of its tokens."""
    upos = iter(tag.upos for tag in tags)
    marked = (_name_tags(name, [next(upos) for _ in words]) for name, words in zip(names, split, strict=True))
    return [mark for marks in marked for mark in marks]


def _name_tags(tag: str, tags: Sequence[str]) -> list[str]:
    """The entity tag of each word of a token with these tags; of *Bush's* as a whole only *Bush* is the name."""
    if tag == "O" or len(tags) == 1:
        return [tag] * len(tags)
    position, _, label = tag.partition("-")
    inside = [f"I-{label}"] * len(tags)
    if position in "BS":
        inside[0] = f"B-{label}"
    if position in "ES":
        last = len(inside)
        while last > 1 and tags[last - 1] in ("PART", "AUX", "PUNCT"):
            last -= 1
        inside[last:] = ["O"] * (len(inside) - last)
        inside[last - 1] = f"S-{label}" if position == "S" and last == 1 else f"E-{label}"
    return inside


def _text_words(language: str) -> TextWords:
    if language not in language_codes():
        return TextWords()  # a language without data of ours can still be parsed
    return TextWords.of(load_language(language).words)


def _load(place: ModelPlace) -> Any:
    if "OMP_NUM_THREADS" not in os.environ:
        # The matrices are small: a second thread costs more than it gives, three times the processor time for an
        # article on two cores, one of them busy.
        torch.set_num_threads(1)
    with _named_damage(place):
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


@contextmanager
def _named_damage(place: ModelPlace) -> Iterator[None]:
    """Turns what a damaged file of this model raises into a ModelError that names the model."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # torch, pickle, zip and JSON each have their own ways to say that a file is damaged
        remedy = "reinstall quotekit" if place.package == BUNDLED else install_command(place.language, place.package)
        reason = ": ".join(part for part in (type(error).__name__, str(error)) if part)
        problem = f"cannot be loaded from {place.folder} ({reason})"
        raise ModelError(f"model {place.package}", " ".join(problem.split()), remedy) from error
