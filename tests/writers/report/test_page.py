"""The page: who said what in the text and beside it, links that lead somewhere, and nothing that an article can break."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from quotekit.model import (
    Alternative,
    Candidate,
    Claim,
    Evidence,
    Explanation,
    Extraction,
    Rest,
    SpeakerRef,
)
from quotekit.validation import find_problems
from quotekit.writers.json import from_record, to_record
from quotekit.writers.report import write_report
from tests.extractions import noted
from tests.timing import seconds
from tests.writers.report.pages import Element, page_of

VALID = Path(__file__).parents[3] / "fixtures" / "json" / "valid"
BRIDGE = (
    "“[Q1 It will hold],” [S1 Ann Lee] [C1 said]. “[Q1 I built it].”\n\n"
    "[S2 She] [C2 added] that [Q2 the mayor’s men, [S3 Bo Ray] [C3 warned], [Q3 had “not even looked”]]."
)


@pytest.fixture
def bridge() -> Extraction:
    extraction = noted(BRIDGE, names={"She": "Ann Lee"}, roles={"Ann Lee": "engineer"}, title="A bridge")
    assert find_problems(to_record(extraction), closed=True) == []
    return extraction


@pytest.fixture
def ferry() -> Extraction:
    return from_record(json.loads((VALID / "ferry.json").read_text("utf-8")))


def stretches(page: Element) -> list[str]:
    """The marked stretches of the text: *classes: words [numbers of the quotes]*."""
    return [
        f"{' '.join(sorted(element.classes))}: {element.seen} [{element.attributes['data-q']}]"
        for element in page.one("div", "running").all()
        if "data-q" in element.attributes
    ]


def cards(page: Element) -> list[str]:
    return [f"{card.one(css='who').seen}: {card.one(css='said').seen}" for card in page.all("li", "card")]


def test_the_text_shows_content_cue_and_source_of_every_quote_where_they_nest_too(bridge: Extraction) -> None:
    assert stretches(page_of(bridge)) == [
        "content quoted: It will hold [1]",
        "source: Ann Lee [1]",
        "cue: said [1]",
        "content quoted: I built it [1]",
        "source: She [2]",
        "cue: added [2]",
        "content: the mayor’s men, [2]",
        "content source: Bo Ray [3 2]",
        "content:  [2]",
        "content cue: warned [3 2]",
        "content: , [2]",
        "content deep2: had “ [3 2]",
        "content deep2 quoted: not even looked [3 2]",
        "content deep2: ” [3 2]",
    ]


def test_the_text_is_the_article_s_with_numbers_before_the_opening_marks(bridge: Extraction) -> None:
    page = page_of(bridge)
    assert [block.seen for block in page.one("div", "running").all("p")] == [
        "1“It will hold,” Ann Lee said. “I built it.”",
        "She added that 2the mayor’s men, Bo Ray warned, 3had “not even looked”.",
    ]


def test_the_text_is_not_altered_but_for_numbers_and_notes(ferry: Extraction) -> None:
    running = page_of(ferry).one("div", "running")
    for element in running.all():
        element.children = [
            child for child in element.children if isinstance(child, str) or not {"n", "aside"} & child.classes
        ]
    assert [block.text for block in running.all("p")] == re.split(r"\n\s*\n", ferry.document.text or "")


def test_a_card_for_each_quote(bridge: Extraction) -> None:
    assert cards(page_of(bridge)) == [
        "1 Ann Lee engineer: “It will hold,” … “I built it.”",
        "2 Ann Lee engineer: the mayor’s men, Bo Ray warned, had “not even looked”",
        "3 Bo Ray: had “not even looked”",
    ]


def test_quotes_whose_speaker_is_not_known_come_first() -> None:
    page = page_of(noted("[S1 Ann] [C1 said] [Q1 yes]. [S2 They] [C2 said] [Q2 no].", names={"They": None}))
    assert cards(page) == ["2 “They”: no", "1 Ann: yes"]
    assert [title.seen for title in page.all(css="group-title")] == ["Speaker not known 1", "Speaker known 1"]
    assert "Speaker not known" in next(page.all("li", "card")).seen
    assert [row.one("th").seen for row in page.one("table", "speakers").one("tbody").all("tr")] == [
        "“They” not known",
        "Ann",
    ]


def test_who_it_may_be_is_said(bridge: Extraction) -> None:
    candidates = tuple(Candidate(speaker.id, speaker.name) for speaker in bridge.speakers)
    quotes = tuple(replace(quote, speaker=SpeakerRef(None, None, "pronoun", candidates)) for quote in bridge.quotes)
    assert "Speaker not known: Ann Lee or Bo Ray" in page_of(replace(bridge, quotes=quotes)).one("li", "card").seen


def test_the_table_of_speakers(ferry: Extraction) -> None:
    rows = [
        [cell.seen for cell in row.children if isinstance(cell, Element)]
        for row in page_of(ferry).one("table", "speakers").one("tbody").all("tr")
    ]
    assert rows == [
        ["“Lindqvist” not known: Rosa Lindqvist or Anton Lindqvist", "", "1", "4", "10 %", "7:94"],
        ["Rosa Lindqvist Mayor", "person", "2", "17", "44 %", "3:1"],
        ["the harbour office", "organization", "1", "8", "21 %", "6:45"],
        ["Anton Lindqvist the mayor's brother", "person", "1", "7", "18 %", "7:1"],
        ["a captain", "anonymous", "1", "3", "8 %", "7:53"],
        ["the Fjord Courier", "organization", "0", "0", "0 %", "6:70"],
    ]  # fmt: skip


def test_details_tell_construction_place_via_and_citation(ferry: Extraction) -> None:
    card = list(page_of(ferry).all("li", "card"))[3]
    names = [name.text for name in card.one("dl").all("dt")]
    facts = dict(zip(names, (fact.seen for fact in card.one("dl").all("dd")), strict=True))
    assert facts == {
        "Source": "the harbour office",
        "Speaker found by": "description",
        "Cue": "said (say, neutral)",
        "Act": "says",
        "Via": "the Fjord Courier (reported)",
        "Place": "line 6, column 1; 8 words",
        "Construction": "parataxis",
        "Citation": "the harbour office, via the Fjord Courier [paraphrased]: The last crossing leaves at noon on Friday. — "
        "“Ferry stops for the winter”, 2026-01-12, "
        "https://example.org/ferry#:~:text=The%20last%20crossing%20leaves%20at%20noon%20on%20Friday",
    }


def test_a_quote_that_is_more_likely_wrong_than_right_is_marked(bridge: Extraction) -> None:
    quotes = (replace(bridge.quotes[0], confidence=0.49), replace(bridge.quotes[1], confidence=0.5))
    page = page_of(replace(bridge, quotes=quotes))
    assert [number.text for number in page.one("div", "running").all("a", "n")] == ["1?", "2"]
    assert [card.one(css="confidence").seen for card in page.all("li", "card")] == ["0.49 doubtful", "0.50"]


def test_an_explanation_adds_up_on_the_page(bridge: Extraction) -> None:
    evidence = (Evidence("a", "nothing stands between", 1.25), Evidence("b", "it is far away", -0.5))
    alternative = Alternative("direct", bridge.quotes[1].content, None, bridge.quotes[1].source, "dash", 0.25)
    why = Explanation("Like *this*: so", -1.0, evidence, Rest(7, 0.375), 0.125, 1.1, 0.0, alternative)
    card = page_of(replace(bridge, quotes=(replace(bridge.quotes[0], explanation=why),))).one("li", "card")
    assert [item.seen for item in card.one("ul", "evidence").all("li")] == [
        "+1.250 nothing stands between",
        "−0.500 it is far away",
        "+0.375 7 lesser reasons together",
        "−1.000 what every reading begins with",
        "+0.125 score, which calibration makes 0.90",
    ]
    assert card.one("p", "alternative").seen == (
        "Instead of: “the mayor’s men, Bo Ray warned, had “not even looked”” from “She”, direct, dash, 0.25"
    )
    assert card.one("i").text == "this"


def test_claims_are_ranked_and_lead_to_their_quote_and_their_words(bridge: Extraction) -> None:
    def claim(number: int, text: str, worth: float) -> Claim:
        quote = bridge.quotes[number]
        return Claim(
            f"c-{number:016x}", quote.id, quote.content[:1], text, None, "asserts", ("quantity",), worth, ("a figure",)
        )

    claims = (claim(0, "The bridge will hold.", 0.2), claim(1, "The men had not looked.", 0.9))
    page = page_of(replace(bridge, claims=claims))
    items = list(page.one("ol", "claims").all("li"))
    assert [item.one(css="claim-text").seen for item in items] == ["1The men had not looked.", "2The bridge will hold."]
    assert [item.one(css="how").seen for item in items] == [
        "Ann Leeassertsquantity 0.90",
        "Ann Leeassertsquantity 0.20",
    ]
    assert [link.attributes["href"] for link in items[0].all("a")] == [
        f"#{bridge.quotes[1].id}",
        "#c-0000000000000001-text",
    ]
    assert_links_lead_somewhere(page)


def test_without_claims_there_is_no_list_of_them(bridge: Extraction) -> None:
    assert list(page_of(bridge).all(css="claims")) == []


def test_without_the_text_the_quotes_are_listed(bridge: Extraction) -> None:
    page = page_of(replace(bridge, document=replace(bridge.document, text=None)))
    assert len(list(page.all("li", "card"))) == 3
    assert "The text was left out" in page.one("section", "text").seen
    assert_links_lead_somewhere(page)


def test_nothing_found_is_said() -> None:
    page = page_of(noted("The bridge is old."))
    assert "No quotes were found." in page.one("section", "quotes").seen
    assert_links_lead_somewhere(page)


def test_several_documents_have_an_index_and_one_place_each(bridge: Extraction, ferry: Extraction) -> None:
    page = page_of(bridge, ferry, bridge)
    assert page.one("h1").text == "Who said what in 3 documents"
    index = page.one("table", "index").one("tbody")
    assert [[cell.seen for cell in row.children if isinstance(cell, Element)] for row in index.all("tr")] == [
        ["A bridge", "", "22", "3", "1", "2", "0", "2", "0"],
        ["Ferry stops for the winter", "2026-01-12", "70", "6", "2", "2", "2", "5", "1"],
        ["A bridge", "", "22", "3", "1", "2", "0", "2", "0"],
    ]
    assert [link.attributes["href"] for link in index.all("a")] == ["#d-1", "#d-2", "#d-3"]
    assert_links_lead_somewhere(page)


def test_a_quote_is_named_by_its_id_so_that_links_to_it_stay_good(bridge: Extraction) -> None:
    first, *_ = page_of(bridge).all("li", "card")
    assert first.attributes["id"] == bridge.quotes[0].id


def assert_links_lead_somewhere(page: Element) -> None:
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert sorted(set(ids)) == sorted(ids)
    hrefs = [element.attributes["href"] or "" for element in page.all("a")]
    assert [href for href in hrefs if href.startswith("#") and href[1:] not in ids] == []
    named = [
        element.attributes[name]
        for element in page.all()
        for name in ("for", "aria-controls")
        if name in element.attributes
    ]
    assert set(named) <= set(ids)


def test_links_lead_somewhere(bridge: Extraction, ferry: Extraction) -> None:
    for page in (page_of(bridge), page_of(ferry)):
        assert_links_lead_somewhere(page)


def test_headings_go_down_one_level_at_a_time(bridge: Extraction, ferry: Extraction) -> None:
    for page in (page_of(bridge), page_of(ferry), page_of(bridge, ferry)):
        levels = [int(element.tag[1]) for element in page.all() if re.fullmatch("h[1-6]", element.tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_input_gives_the_same_bytes(ferry: Extraction) -> None:
    assert "".join(write_report([ferry])) == "".join(write_report([ferry]))


def test_no_documents_give_no_page() -> None:
    assert list(write_report([])) == []


def test_three_thousand_quotes_in_a_hundred_thousand_words_take_seconds() -> None:
    """Four times as much takes four times as long, not sixteen; the bound leaves room for a busy machine."""

    def taken(times: int) -> float:
        turns = "\n\n".join(
            f"“[Q{number} {'The pier will stay as it is and nobody will pay for it. ' * 2}],” [C{number} said] [S{number} Ann Lee]."
            for number in range(1, times + 1)
        )
        extraction = noted(turns)
        assert sum(map(len, write_report([extraction]))) > 500 * times
        return seconds(lambda: sum(map(len, write_report([extraction]))))

    taken(10)  # templates are compiled
    assert taken(1200) < 8 * taken(300)
