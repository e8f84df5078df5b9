"""What the details of quotes and claims tell: place in the source, identity, members, edits, factors and holders."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotekit.model import Candidate, Claim, Edit, Extraction, Holder, Quote, Shown, Span, Speaker, SpeakerRef, Time
from quotekit.writers.json import from_record
from tests.extractions import noted
from tests.writers.report.pages import Element, page_of

VALID = Path(__file__).parents[3] / "fixtures" / "json" / "valid"


def valid(name: str) -> Extraction:
    return from_record(json.loads((VALID / name).read_text("utf-8")))


def facts(item: Element) -> dict[str, list[str]]:
    """The names in the details of a quote or a claim, each with what stands beside it."""
    found: dict[str, list[str]] = {}
    for child in item.one("dl").children:
        if isinstance(child, Element) and child.tag == "dt":
            found[child.seen] = []
        elif isinstance(child, Element):
            found[list(found)[-1]].append(child.seen)
    return found


def details(extraction: Extraction) -> list[dict[str, list[str]]]:
    """The details of each quote, in text order."""
    cards = sorted(page_of(extraction).all("li", "card"), key=lambda card: int(card.attributes["data-n"] or ""))
    return [facts(card) for card in cards]


def only(extraction: Extraction, **values: object) -> Extraction:
    """The extraction with its first quote alone, which has other values."""
    fields = {name: getattr(extraction.quotes[0], name) for name in Quote.__slots__}
    return replace(extraction, quotes=(Quote(**fields | values),))


@pytest.fixture
def pier() -> Extraction:
    return noted(
        "“[Q1 It will hold],” [S1 Ann Lee] [C1 said] of the pier.", title="The pier", roles={"Ann Lee": "mayor"}
    )


def test_a_quote_of_a_paged_document_has_its_page_in_sight_in_the_details_and_in_the_citation() -> None:
    extraction = valid("pages.json")
    card = page_of(extraction).one("li", "card")
    assert "p. 2" in card.one("p", "how").seen
    assert facts(card)["Page"] == ["2"]
    assert card.one("dd", "citation").seen.endswith(", p. 2, https://a.example/paper.pdf#page=2")
    assert card.one("p", "actions").one("a").attributes["href"] == "https://a.example/paper.pdf#page=2"
    assert [one["Page"] for one in details(extraction)] == [["1"], ["2"], ["2"], ["2"], ["2"], ["2"]]


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (62.25, 70.0, "1:02–1:10"),
        (0.5, 0.9, "0:00"),
        (59.99, 3600.0, "0:59–1:00:00"),
        (7505.0, 7505.0, "2:05:05"),
    ],
)
def test_a_quote_of_a_recording_has_its_time(pier: Extraction, begins: float, ends: float, expected: str) -> None:
    card = page_of(only(pier, time=Time(begins, ends))).one("li", "card")
    assert expected in card.one("p", "how").one("span", "time").seen
    assert facts(card)["Time"] == [expected]
    assert card.one("dd", "citation").seen.endswith(f"— “The pier”, {expected}")


def test_without_pages_and_times_nothing_is_said_of_them(pier: Extraction) -> None:
    assert {"Page", "Time", "Candidates", "Members", "Medium"} & set(details(pier)[0]) == set()
    assert "p." not in page_of(pier).one("p", "how").seen


def test_an_identity_says_how_sure_it_is_and_from_which_document_it_speaks(pier: Extraction) -> None:
    speaker = SpeakerRef(pier.speakers[0].id, "Ann Lee", "surname", confidence=0.9251, medium="Lee's report")
    found = details(only(pier, speaker=speaker))[0]
    assert found["Speaker found by"] == ["surname; confidence 0.93"]
    assert found["Medium"] == ["Lee's report"]
    assert details(pier)[0]["Speaker found by"] == ["name"]  # an older record


def test_an_open_identity_lists_its_candidates_with_their_scores(pier: Extraction) -> None:
    candidates = (Candidate("s-0000000000000001", "Ann Lee", 0.61), Candidate("s-0000000000000002", "Bo Ray", 0.3))
    extraction = only(pier, speaker=SpeakerRef(None, None, "pronoun", candidates))
    assert details(extraction)[0]["Candidates"] == ["Ann Lee 0.61; Bo Ray 0.30"]
    assert "Speaker not known: Ann Lee or Bo Ray" in page_of(extraction).one("li", "card").seen
    unscored = tuple(replace(candidate, score=None) for candidate in candidates)
    assert details(only(pier, speaker=SpeakerRef(None, None, "pronoun", unscored)))[0]["Candidates"] == [
        "Ann Lee; Bo Ray"
    ]


def test_a_group_names_its_members_in_the_table_and_in_the_details(pier: Extraction) -> None:
    lee = pier.speakers[0]
    ray = Speaker("s-0000000000000002", "Bo Ray", "person", None, "Port Ellan", ())
    both = Speaker("s-0000000000000003", "Ann Lee and Bo Ray", "group", None, None, (), (lee.id, ray.id))
    extraction = replace(only(pier, speaker=SpeakerRef(both.id, both.name, "coordination")), speakers=(lee, ray, both))
    assert details(extraction)[0]["Members"] == ["Ann Lee, mayor; Bo Ray, Port Ellan"]
    rows = [row.one("th").seen for row in page_of(extraction).one("table", "speakers").one("tbody").all("tr")]
    assert rows == [
        "Ann Lee and Bo Ray members: Ann Lee, mayor; Bo Ray, Port Ellan",
        "Bo Ray Port Ellan 1 quote with others",
        "Ann Lee mayor 1 quote with others",
    ]


def test_whoever_can_be_chosen_has_the_number_of_quotes_alone_and_with_others(pier: Extraction) -> None:
    lee = pier.speakers[0]
    ray = Speaker("s-0000000000000002", "Bo Ray", "person", None, None, ())
    both = Speaker("s-0000000000000003", "Ann Lee and Bo Ray", "group", None, None, (), (lee.id, ray.id))
    (alone,) = pier.quotes
    together = replace(alone, id="q-00000000000000aa", speaker=SpeakerRef(both.id, both.name, "coordination"))
    page = page_of(replace(pier, speakers=(lee, ray, both), quotes=(alone, together)))
    (speakers,) = (select for select in page.all("select") if select.attributes["id"] == "f-speaker")
    assert [(option.attributes["value"], option.text) for option in speakers.all("option")] == [
        ("*", "all"),
        ("ann lee", "Ann Lee (1 + 1 with others)"),
        ("ann lee and bo ray", "Ann Lee and Bo Ray (1)"),
        ("bo ray", "Bo Ray (1 with others)"),
    ]
    rows = [row.one("th") for row in page.one("table", "speakers").one("tbody").all("tr")]
    assert [row.seen for row in rows if "members" not in row.seen] == [
        "Ann Lee mayor and 1 quote with others",
        "Bo Ray 1 quote with others",
    ]
    assert [row.one("a").attributes["href"] for row in rows if row.seen.startswith("Bo Ray")] == [f"#{together.id}"]


def test_what_was_denied_is_not_cited_as_said(pier: Extraction) -> None:
    page = page_of(only(pier, type="mixed", act="denies", polarity="negative", modality="future"))
    assert page.one("dd", "citation").text.startswith(
        "Ann Lee, mayor [denies; future; negated; partly verbatim]: “It will hold,”"
    )
    assert [deed.text for deed in page.one("li", "card").all("span", "deed")] == ["denies", "future", "negated"]


def test_a_turn_of_a_transcript_is_cited_as_transcribed_and_what_it_reports_as_paraphrased() -> None:
    turn = noted("[S VALE][C :] [Q We said that the pier will hold].")
    ref = turn.quotes[0].speaker
    assert ref
    cited = {
        (construction, method): page_of(
            replace(
                turn, quotes=(replace(turn.quotes[0], construction=construction, speaker=replace(ref, method=method)),)
            )
        ).one("dd", "citation")
        for construction, method in (("colon", "label"), ("complement", "label"), ("colon", "surname"))
    }
    assert [line.text.partition(":")[0] for line in cited.values()] == [
        "VALE [as transcribed]",
        "VALE [paraphrased]",  # *I said that …* within a turn
        "VALE [paraphrased]",  # *Vale: the pier will hold* as a headline
    ]


class TestClaims:
    def test_edits_are_told_with_their_reason_beside_the_article_s_words(self) -> None:
        items = list(page_of(valid("claims.json")).one("ol", "claims").all("li"))
        found = {item.one(css="claim-text").seen[1:]: facts(item) for item in items}
        union = "The carpenters' union lost six hundred jobs because the mill closed in October 2026"
        assert found[union]["In the article"] == ["We lost six hundred jobs … because the mill closed last month"]
        assert found[union]["Changed"] == [
            "“We” became “The carpenters' union”: who speaks",
            "“,” the carpenters' union said, “” was left out: it parts the claim",
            "“last month” became “in October 2026”: counted from the day of speaking",
        ]
        assert found["It doubled our debt"]["Changed"] == ["“It” was put in: the subject that the clause shares"]
        assert "Changed" not in found["the council had sold the yard"]

    def test_factors_and_types_have_the_words_that_show_them(self, pier: Extraction) -> None:
        proofs = (Shown("negated", 1, 3, "not"), Shown("quantity", 4, 8, "two"), Shown("quantity", 9, 12, "ten"))
        item = claim_item(pier, factors=("asserted", "negated"), types=("quantity", "date"), shown=proofs)
        assert facts(item)["Factors"] == ["asserted, negated (“not”)"]
        assert facts(item)["Types"] == ["quantity (“two”, “ten”), date"]

    def test_an_older_record_has_its_stance_alone(self, pier: Extraction) -> None:
        assert facts(claim_item(pier)) == {"In the article": ["It will hold"], "Factors": ["denied"]}

    def test_holders_lead_to_their_quotes(self, pier: Extraction) -> None:
        quote = pier.quotes[0]
        chain = (Holder(None, None, None), Holder(quote.id, None, "Ann Lee"), Holder(None, None, "the Courier"))
        item = claim_item(pier, chain=chain)
        assert facts(item)["Holders"] == ["nobody named, through Ann Lee (quote 1), through the Courier"]
        assert item.one("dl").one("a").attributes["href"] == f"#{quote.id}"
        assert "Holders" not in facts(claim_item(pier, chain=chain[:1]))

    def test_what_nobody_can_tell_without_the_article_is_in_sight(self, pier: Extraction) -> None:
        item = claim_item(pier, unresolved=(Span(1, 3, "It"), Span(4, 6, "our")))
        assert item.one("p", "unsure").seen == "Open: whom or what “It” or “our” means"

    def test_line_ends_are_no_change_to_be_read(self, pier: Extraction) -> None:
        item = claim_item(pier, edits=(Edit(3, 4, "\n", " ", "space"), Edit(5, 9, "have", "has", "agreement")))
        assert facts(item)["Changed"] == ["“have” became “has”: the verb fits the name"]


def claim_item(extraction: Extraction, **values: object) -> Element:
    """The list item of a claim with these values, the first quote's content."""
    quote = extraction.quotes[0]
    fields: dict[str, object] = {"types": (), "reasons": (), **values}
    claim = Claim(
        "c-0000000000000001", quote.id, quote.content, "It holds.", None, "denied", checkworthiness=0.5, **fields
    )  # type: ignore[arg-type]
    return next(page_of(replace(extraction, claims=(claim,))).one("ol", "claims").all("li"))
