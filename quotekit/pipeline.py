"""Extractor: the whole flow, from the text of an article to who said what in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from os import PathLike
from typing import TypeVar

from quotekit import __version__
from quotekit.attribution import Attribution, attribute
from quotekit.claims import Worth, find_claims, load_worth
from quotekit.constructions import Context
from quotekit.errors import InputError
from quotekit.garbage import uncollected
from quotekit.language import Language, load_language
from quotekit.marks import find_marks
from quotekit.model import SCHEMA_VERSION, Article, Document, Extraction, Generator, SpeakerRef
from quotekit.parsing import Parser
from quotekit.places import placed
from quotekit.records import quotes_of
from quotekit.scoring import Scorers, load_scorers
from quotekit.speakers import Source, identify
from quotekit.speech import spoken_by, with_speech
from quotekit.tree import Tree

_Item = TypeVar("_Item")

# Articles are parsed together up to this many characters: enough to fill the parser's batches many times over (24
# articles of news took 12.2 s of processor time, as with 200,000, and 13.2 s with 12,500); few enough that the first
# results of a long run come within seconds and that several workers end at about the same time.
BATCH_CHARACTERS = 50_000


class Extractor:
    """Finds who said what. The parser and its model are loaded when the first text is parsed, and kept.

    ``model`` is a directory in Stanza's resources layout or the name of an installed package; by default the bundled
    model. ``parser`` takes the place of Stanza altogether. With ``explain`` every quote says why it was found; with
    ``all_claims`` opinions, wishes, orders, promises and the like are claims too, typed as such.
    """

    def __init__(
        self,
        model: str | PathLike[str] | None = None,
        *,
        language: str = "en",
        parser: Parser | None = None,
        explain: bool = False,
        all_claims: bool = False,
    ) -> None:
        self._model = model
        self._given_parser = parser
        self._explain = explain
        self._all_claims = all_claims
        self._language: Language = load_language(language)
        self._scorers: Scorers = load_scorers(self._language)

    def __reduce__(self) -> tuple[partial[Extractor], tuple[()]]:
        # Its copy, in a worker process, loads a model of its own.
        code, parser = self._language.code, self._given_parser
        options = {"explain": self._explain, "all_claims": self._all_claims}
        return partial(Extractor, self._model, language=code, parser=parser, **options), ()

    def load(self) -> None:
        """Load the parser and its model now; without it, the first text does."""
        _ = self._parser

    @cached_property
    def _parser(self) -> Parser:
        if self._given_parser is not None:
            return self._given_parser
        from quotekit.parsing.stanza_parser import StanzaParser  # takes seconds; reading a parse needs none of it

        return StanzaParser(self._model, self._language.code)

    def extract(self, text: str, *, id: str = "text") -> Extraction:
        """Who said what in this text; offsets count its code points."""
        return next(self.extract_many([self._article(text, id)]))

    def extract_many(
        self, articles: Iterable[Article | str], *, workers: int = 1, lost: Callable[[InputError], None] | None = None
    ) -> Iterator[Extraction]:
        """Who said what in each article, in order; the articles go through the parser many at a time.

        A plain text is an article called ``text-1``, ``text-2`` …, by its place among all of them.

        Several ``workers`` are processes, each with the model; 0 stands for one on each usable core. A script that
        starts them needs ``if __name__ == "__main__":``. An article with which two of them died, the second on nothing
        else, raises InputError; or ``lost`` is told, and the article is left out.
        """
        named = self._named(articles)
        if workers != 1:
            from quotekit.workers import extract_in_processes  # its imports are for those who ask for processes

            yield from extract_in_processes(self, ((one, None) for one in named), workers=workers, lost=lost)
            return
        for batch in batches(named, size=lambda article: len(article.text)):
            trees = self._parser.parse([article.text for article in batch])
            for article, tree in zip(batch, trees, strict=True):
                yield self._extraction(article, tree, self._parser.name, self._parser.model)

    def _named(self, articles: Iterable[Article | str]) -> Iterator[Article]:
        if isinstance(articles, str):  # whose letters would be a text each
            raise TypeError("extract_many takes several texts: [text], or extract(text)")
        for number, one in enumerate(articles, start=1):
            yield self._article(one, f"text-{number}") if isinstance(one, str) else one

    def _article(self, text: str, id: str) -> Article:
        return Article(text=text, id=id, source=id, language=self._language.code)

    def extract_tree(self, article: Article, tree: Tree) -> Extraction:
        """Who said what in an article that has been parsed before; no model is loaded."""
        return self._extraction(article, tree, "conllu", "as given")

    def checkworthiness(self, sentences: Sequence[str]) -> list[float]:
        """How much each sentence is worth a check, 0 to 1: an aid for ranking, learned from debates, no verdict.

        Of sentences given 0.8, four in five were found worth checking where as many are as in its training data, one in
        four.
        """
        found: list[float] = []
        for batch in batches(sentences, size=len):
            for tree in self._parser.parse(batch):
                found.append(round(self._worth.probability(tree.words), 4))
        return found

    @cached_property
    def _worth(self) -> Worth:
        return load_worth(self._language)

    @uncollected
    def _extraction(self, article: Article, tree: Tree, parser: str, model: str) -> Extraction:
        sha256 = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
        context = Context(tree, find_marks(article.text), self._language)
        attributions = attribute(context, self._scorers, explain=self._explain)
        if article.speaker is not None:
            attributions = with_speech(attributions, context)
        sources = sources_of(attributions)
        author = article.speaker or article.author
        identification = identify(context, sources, sha256=sha256, author=author)
        if article.speaker is not None:
            identification = spoken_by(identification, attributions, article.speaker, sha256)
        refs = _refs_by_quote(attributions, identification.refs)
        quotes = placed(quotes_of(attributions, refs, tree, self._language, sha256), article)
        claims = find_claims(
            attributions,
            quotes,
            identification.speakers,
            context,
            sha256=sha256,
            published=article.published,
            all_claims=self._all_claims,
        )
        return Extraction(
            schema_version=SCHEMA_VERSION,
            generator=Generator(
                "quotekit", __version__, parser, model, f"{self._language.code} {self._language.version}"
            ),
            document=_document(article, sha256),
            speakers=identification.speakers,
            quotes=quotes,
            claims=claims,
            warnings=article.notices,
        )


def extract(text: str, *, language: str = "en") -> Extraction:
    """Who said what in this text, with the bundled model; for many texts, keep an Extractor."""
    return Extractor(language=language).extract(text)


def batches(items: Iterable[_Item], *, size: Callable[[_Item], int]) -> Iterator[list[_Item]]:
    """The items in lists of up to ``BATCH_CHARACTERS``; a larger item is a list of its own."""
    batch: list[_Item] = []
    total = 0
    for item in items:
        if batch and total + size(item) > BATCH_CHARACTERS:
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size(item)
    if batch:
        yield batch


def sources_of(attributions: Sequence[Attribution]) -> list[Source]:
    """The sources of all quotes, then those of their ``via``, as the speakers' room asks for them."""
    own = [Source(a.match.source, a.match.source_head, a.content, a.type == "direct", a.parent) for a in attributions]
    outer = [
        Source(match.source, match.source_head, a.content, False, a.parent) for a in attributions for match in a.via
    ]
    return own + outer


def _refs_by_quote(
    attributions: Sequence[Attribution], refs: Sequence[SpeakerRef | None]
) -> list[tuple[SpeakerRef | None, tuple[SpeakerRef | None, ...]]]:
    """For each quote its speaker and those of its ``via``."""
    own, rest = refs[: len(attributions)], iter(refs[len(attributions) :])
    return [(ref, tuple(next(rest) for _ in a.via)) for a, ref in zip(attributions, own, strict=True)]


def _document(article: Article, sha256: str) -> Document:
    return Document(
        id=article.id,
        source=article.source,
        title=article.title,
        author=article.author,
        published=article.published,
        url=article.url,
        language=article.language,
        sha256=sha256,
        length=len(article.text),
        offset_unit="codepoint",
        text=article.text,
        pages=article.pages,
        times=article.times,
    )
