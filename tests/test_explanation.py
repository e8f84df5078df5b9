"""Explanations add up, say every feature in words, and name the likeliest other reading. No figure is written here:
the weights are learned anew now and then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from quotekit import Extractor, role_features
from quotekit import features as features_room
from quotekit.attribution import attribute, candidates
from quotekit.constructions import CONSTRUCTIONS, Context
from quotekit.explanation import MOST_SHOWN, contributions, explain, words_for
from quotekit.features import features
from quotekit.language import load_language
from quotekit.model import Article, Explanation, Quote
from quotekit.scoring import Scorer, load_scorer, logistic
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record
from quotekit.writers.text import write_text
from tests.gold import article, gold_tree, gold_trees
from tests.trees import RandomParser, context_of, gold_context, random_tree

EVEN = Scorer(weights={}, intercept=0.0, slope=1.0, offset=0.0, threshold=0.5)
NAMES = Path(features_room.__file__).with_name("features.tsv")
DOUBTFUL = "She said the river was rising, but the pumps kept working all night."
SENTENCE = "Nadia Haddad said that the clinic would close its night ward in March."


@cache
def scorer() -> Scorer:
    return load_scorer(load_language("en").scorer)


@cache
def contexts() -> tuple[Context, ...]:
    return tuple(context_of(tree) for tree in gold_trees().values())


@cache
def rows() -> tuple[tuple[str, str], ...]:
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "feature\twords"
    return tuple((name, words) for name, words in (line.split("\t") for line in lines[1:]))


@cache
def plain_names() -> frozenset[str]:
    """Every feature that gold trees, random trees and the shipped weights have."""
    text = "Ruiz said, “The dam is full,” and told us: “Go!” It leaks? He asked ‘why’ – “He said ‘run’,” Ann Lee wrote.\n\n"
    return frozenset(_plain_names(text))


def _plain_names(text: str) -> Iterator[str]:
    frames = set()
    for context in (*contexts(), *(context_of(random_tree(text * number)) for number in (1, 2, 3))):
        for candidate in candidates(context):
            frames |= {candidate.match.frame, candidate.match.construction}
            yield from contributions(candidate, EVEN, context)
    frames |= {construction.name for construction in CONSTRUCTIONS}
    for name in (*scorer().weights, *load_language("en").scorer_with_roles["weights"]):
        before, sign, behind = name.partition("&")
        if not (sign and behind):
            yield name
        elif before in frames or before.split(":")[0] in frames:
            yield behind


def has_words(name: str) -> bool:
    """Whether a row is for this feature, and not only for the frame, link or kind in it."""
    known = [
        row.removesuffix("*") if row.endswith("*") else row + "\n" for row, _ in rows() if not row.startswith("*=")
    ]
    return any(f"{name}\n".startswith(row) for row in known)


def test_every_feature_has_a_reader_s_name() -> None:
    assert len(plain_names()) > 1000
    assert sorted(name for name in plain_names() if not has_words(name)) == []


def test_every_feature_that_the_code_spells_has_a_reader_s_name() -> None:
    """Also those that no tree here has: what stands after ``yield`` or in the list of frame features, up to a brace."""
    code = "".join(Path(room.__file__).read_text("utf-8") for room in (features_room, role_features))
    spelled = re.findall(
        r"""(?:yield|\[|,)\s*\(?f?"([a-zA-Z][^"]*)\"""", re.sub(r"(?m)#.*$|\"\"\"[\s\S]*?\"\"\"", "", code)
    )
    begun = {name.partition("{")[0] for name in spelled if "=" in name or " " in name}
    assert len(begun) > 40
    known = {row.removesuffix("*") for row, _ in rows()}
    assert (
        sorted(
            begin for begin in begun if not any(row.startswith(begin) or begin.startswith(row) for row in known if row)
        )
        == []
    )


def test_every_frame_and_link_of_a_gold_tree_has_words() -> None:
    known = dict(rows())
    ways = {
        f"{kind}={value}"
        for context in contexts()
        for candidate in candidates(context)
        for kind, value in (("frame", candidate.match.frame), ("link", candidate.match.link))
    }
    for way in ways:
        fitting = [row for row in known if row == way or (row.endswith("*") and way.startswith(row[:-1]))]
        assert set(fitting) - {"frame=*", "link=*"}, way


def test_the_names_are_one_line_each_and_all_places_are_known() -> None:
    names = [name for name, _ in rows()]
    assert len(names) == len(set(names))
    for _, words in rows():
        assert words
        assert words == words.strip()
        assert set(re.findall(r"\{(\w*)\}", words)) <= {"value", "kind", "count", "frame", "link"}


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("L=say", "the cue is “say”"),
        ("L=left", "the cue is “left”"),
        ("S=none", "no source is named"),
        ("S=PROPN", "the source's main word is a name"),
        ("E=", "the source holds no name"),
        ("after content=.", "after the content comes “.”"),
        ("after content=end", "the content ends the sentence"),
        ("length=2^4", "the content is 8 to 15 words long"),
        ("gap=that", "“that” leads to the content"),
        ("gap=2^3", "4 to 7 words or signs stand between cue and content"),
        ("f=complement ccomp-tail", "the content is a clause that completes the cue"),
        ("f=quotation nested after", "the content is a quotation inside a quotation"),
        ("l=quotation neighbour", "the source is the noun next to the cue"),
        ("left=held , False", "the content holds the quotation before the cue"),
        ("holds conj of cue", "the content holds what is coordinated with the cue"),
        ("a feature of tomorrow=7", "a feature of tomorrow=7"),
        ("mark={value}", "the cue's clause opens with “{value}”"),
    ],
)
def test_words(feature: str, words: str) -> None:
    assert words_for(feature) == words


def test_no_place_is_left_open_in_the_words_of_any_feature() -> None:
    assert [name for name in plain_names() if re.search(r"\{\w+\}", words_for(name))] == []


def added_up(explanation: Explanation) -> float:
    return explanation.intercept + sum(item.weight for item in explanation.evidence) + explanation.rest.weight


def test_evidence_adds_up_to_the_score_and_through_the_calibration_to_the_confidence() -> None:
    seen = 0
    for context in contexts()[::2]:
        for found in attribute(context, scorer(), explain=True):
            explanation = found.explanation
            assert explanation is not None
            assert added_up(explanation) == pytest.approx(explanation.score, abs=1e-9)
            likely = logistic(explanation.slope * explanation.score + explanation.offset)
            assert likely == pytest.approx(found.confidence, abs=2e-4)
            assert explanation.rest.count >= 0
            seen += 1
    assert seen > 50


def test_the_sum_is_that_of_the_scorer_for_every_candidate() -> None:
    for context in contexts()[::5]:
        for candidate in candidates(context):
            total = scorer().intercept + sum(contributions(candidate, scorer(), context).values())
            likely = scorer().probability(candidate, context)
            assert logistic(scorer().slope * total + scorer().offset) == pytest.approx(likely)


def test_what_a_feature_adds_within_its_construction_and_frame_is_one_weight() -> None:
    context = gold_context(SENTENCE)
    candidate = next(found for found in candidates(context) if found.match.frame == "ccomp")
    weights = {
        "L=say": 0.5,
        "complement&L=say": 0.25,
        "ccomp&L=say": 0.125,
        "complement&T=indirect": -1.0,
        "finite": 0.0,
    }
    explanation = explain(candidate, None, replace(EVEN, weights=weights, intercept=0.0625), context)
    assert [(item.feature, item.weight) for item in explanation.evidence] == [("T=indirect", -1.0), ("L=say", 0.875)]
    assert (explanation.rest.count, explanation.rest.weight) == (0, 0.0)
    assert explanation.score == -0.0625
    assert explanation.alternative is None


def test_the_largest_few_on_both_sides_are_shown_the_weightiest_first() -> None:
    context = gold_context(SENTENCE)
    candidate = next(found for found in candidates(context) if found.match.frame == "ccomp")
    names = [name for name in features(candidate, context) if "&" not in name]
    weights = {name: (1 + number) * (-1) ** number / 8 for number, name in enumerate(names)}
    explanation = explain(candidate, None, replace(EVEN, weights=weights), context)
    shown = [item.weight for item in explanation.evidence]
    assert shown == sorted(shown, key=abs, reverse=True)
    assert sum(weight > 0 for weight in shown) == sum(weight < 0 for weight in shown) == MOST_SHOWN
    hidden = [weight for weight in weights.values() if weight not in shown]
    assert explanation.rest.count == len(hidden)
    assert explanation.rest.weight == pytest.approx(sum(hidden))
    assert max(map(abs, hidden)) <= min(map(abs, shown))


def spans(quote: Quote) -> tuple[object, ...]:
    cue = None if quote.cue is None else (quote.cue.start, quote.cue.end)
    return quote.content, cue, quote.source


def test_the_alternative_is_another_reading_of_the_same_cue_or_content() -> None:
    named, extractor = 0, Extractor(explain=True)
    for tree in list(gold_trees().values())[::2]:
        quotes = extractor.extract_tree(article(tree.text), tree).quotes
        readings = [spans(quote) for quote in quotes]
        for quote in quotes:
            other = quote.explanation.alternative if quote.explanation else None
            if other is None:
                continue
            named += 1
            cue = None if other.cue is None else (other.cue.start, other.cue.end)
            assert (other.content, cue, other.source) not in readings
            assert 0 <= other.confidence <= 1
            shares = quote.cue and cue and quote.cue.start < cue[1] and cue[0] < quote.cue.end
            assert shares or _letters(other.content) == _letters(quote.content)
    assert named > 40


def _letters(content: tuple[object, ...]) -> str:
    return re.sub(r"\W", "", "".join(span.text for span in content))  # type: ignore[attr-defined]


def test_the_best_alternative_is_the_likeliest_of_those_that_were_not_taken() -> None:
    context = gold_context(DOUBTFUL)
    found = list(candidates(context))
    quote = attribute(context, scorer(), explain=True)[0]
    assert quote.explanation is not None
    assert quote.explanation.alternative is not None
    said = {id(word) for word in quote.match.cue}
    taken = ([word.start for word in quote.words if word.upos != "PUNCT"], quote.match.source)
    others = [
        round(scorer().probability(other, context), 4)
        for other in found
        if said & {id(word) for word in other.match.cue}
        and ([word.start for word in other.words if word.upos != "PUNCT"], other.match.source) != taken
    ]
    assert quote.explanation.alternative.confidence == max(others)


def test_what_has_one_reading_has_no_alternative() -> None:
    context = gold_context(SENTENCE)
    candidate = next(found for found in candidates(context) if found.match.frame == "ccomp")
    only = explain(candidate, None, scorer(), context)
    assert only.alternative is None


def test_explanations_change_nothing_else() -> None:
    silent, telling = Extractor(), Extractor(explain=True)
    for text, tree in list(gold_trees().items())[::6]:
        plain = silent.extract_tree(article(text), tree)
        told = telling.extract_tree(article(text), tree)
        bare = tuple(replace(quote, explanation=None) for quote in told.quotes)
        assert replace(told, quotes=bare) == plain
        assert all(quote.explanation is None for quote in plain.quotes)
        assert all("explanation" not in quote for quote in to_record(plain)["quotes"])


def test_no_feature_is_looked_at_twice_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("explained without being asked")

    monkeypatch.setattr("quotekit.explanation.features", refuse)
    monkeypatch.setattr("quotekit.attribution.explanations", refuse)
    assert Extractor().extract_tree(article(SENTENCE), gold_tree(SENTENCE)).quotes


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_records_with_explanations_keep_the_contract_and_come_back(unit: str) -> None:
    text = "“[Q Who],” [S she] [C asked], “[Q pays for the roof?]”"
    text = re.sub(r"\[\w+ |\]", "", text)
    told = Extractor(explain=True).extract_tree(article(text), gold_tree(text))
    record = to_record(told, offsets=unit)
    assert find_problems(record, closed=True) == []
    assert from_record(json.loads(json.dumps(record))) == told


def test_explanations_of_any_tree_keep_the_contract() -> None:
    text = "“The dam is full,” Ruiz said. She told him: “Go!” According to Lee it leaks, Ann claims.\n\n" * 3
    told = Extractor(parser=RandomParser(), explain=True).extract(text)
    assert find_problems(to_record(told), closed=True) == []
    assert told.quotes


class TestValidation:
    @pytest.fixture
    def record(self) -> dict[str, object]:
        told = Extractor(explain=True).extract_tree(article(DOUBTFUL), gold_tree(DOUBTFUL))
        return json.loads(json.dumps(to_record(told)))

    def problems(self, record: dict[str, object], change: dict[str, object]) -> list[str]:
        record["quotes"][0]["explanation"] |= change  # type: ignore[index]
        return [problem.pointer for problem in find_problems(record)]

    def test_a_score_that_is_no_sum_is_told(self, record: dict[str, object]) -> None:
        pointers = self.problems(record, {"rest": {"count": 3, "weight": 99.0}})
        assert pointers == ["/quotes/0/explanation/score"]

    def test_a_score_that_gives_another_confidence_is_told(self, record: dict[str, object]) -> None:
        assert self.problems(record, {"offset": 99.0}) == ["/quotes/0/explanation"]

    def test_the_spans_of_an_alternative_must_be_true(self, record: dict[str, object]) -> None:
        alternative = record["quotes"][0]["explanation"]["alternative"]  # type: ignore[index]
        alternative["content"][0]["text"] += "!"
        assert self.problems(record, {}) == ["/quotes/0/explanation/alternative/content/0"]


class TestText:
    def written(self, width: int = 80, colour: bool = False) -> str:
        told = Extractor(explain=True).extract_tree(article(DOUBTFUL), gold_tree(DOUBTFUL))
        return "".join(write_text(told, width=width, colour=colour))

    def test_every_weight_has_a_line_and_they_add_up(self) -> None:
        text = self.written()
        weights = [float(found) for found in re.findall(r"(?m)^ +([+-]\d+\.\d{4})  ", text)]
        assert sum(weights[:-1]) == pytest.approx(weights[-1], abs=1e-3)
        assert re.search(r"(?m)^ +[+-]\S+  score, which calibration makes 0\.\d\d$", text)

    def test_lines_are_indented_under_their_quote_and_plain_when_piped(self) -> None:
        block = self.written().split("\n\n")[1].splitlines()
        assert block[0] == "“She”"
        assert all(line.startswith("    ") for line in block[3:])
        assert block[3].startswith("    why: ")
        assert any(line.startswith("    instead of: ") for line in block)
        assert "\x1b" not in self.written()
        assert re.sub(r"\x1b\[\d+m", "", self.written(colour=True)) == self.written()

    def test_long_reasons_are_wrapped(self) -> None:
        assert max(map(len, self.written(width=50).split("\n\n")[1].splitlines()[3:])) <= 50


def test_a_worker_explains_too() -> None:
    """An extractor's copy, in another process, is asked for the same."""
    made, arguments = Extractor(explain=True).__reduce__()
    copy = made(*arguments)
    quotes = copy.extract_tree(Article(SENTENCE, "a", "a"), gold_tree(SENTENCE)).quotes
    assert [quote.explanation is None for quote in quotes] == [False]
