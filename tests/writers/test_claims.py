"""Claims as rows, as text, and under the names of schema.org and of Google's Fact Check Tools."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotekit.model import Extraction
from quotekit.writers import claimreview_draft, factcheck_tools, schema_claim
from quotekit.writers.claim_rows import COLUMNS, claim_rows, ranked, write_claims_csv
from quotekit.writers.claim_text import write_claims_text
from quotekit.writers.json import from_record
from tests.writers.conftest import VALID
from tests.writers.schema_org import complaints

VOTED = "Lucia Brandt voted against the tunnel in 2019"


@pytest.fixture
def tunnel() -> Extraction:
    """A mayor who asserts and denies, a union, and a date: seven claims or so."""
    return from_record(json.loads((VALID / "claims.json").read_text("utf-8")))


def nodes(writer: Any, *made: Extraction) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads("".join(writer.write(made)))["@graph"]
    return found


def changed(made: Extraction, **values: Any) -> Extraction:
    """The extraction with its first claim changed."""
    first, *others = made.claims
    return replace(made, claims=(replace(first, **values), *others))


class TestRows:
    def test_every_claim_has_a_row_with_every_column(self, tunnel: Extraction) -> None:
        rows = list(claim_rows(tunnel))
        assert len(rows) == len(tunnel.claims) > 4
        assert all(tuple(row) == COLUMNS for row in rows)

    def test_a_row_says_who_what_and_where(self, tunnel: Extraction) -> None:
        row = next(row for row in claim_rows(tunnel) if row["text"] == VOTED)
        assert (row["speaker"], row["verbatim"]) == ("Lucia Brandt", "I voted against the tunnel in 2019")
        assert (tunnel.document.text or "")[row["start"] : row["end"]] == row["verbatim"]
        assert row["published"] == "2026-11-24"

    def test_the_most_worth_a_check_comes_first(self, tunnel: Extraction) -> None:
        scores = [row["checkworthiness"] for row in ranked(claim_rows(tunnel))]
        assert scores == sorted(scores, reverse=True)
        assert len(ranked(claim_rows(tunnel), top=2)) == 2

    def test_csv_reads_back(self, tunnel: Extraction) -> None:
        lines = list(csv.DictReader("".join(write_claims_csv(claim_rows(tunnel))).splitlines()))
        assert [line["text"] for line in lines] == [claim.text for claim in tunnel.claims]
        assert lines[0]["types"] == "; ".join(tunnel.claims[0].types)

    def test_a_cell_is_no_formula(self, tunnel: Extraction) -> None:
        made = changed(tunnel, text="=1+1", edits=())
        assert ",'=1+1," in "".join(write_claims_csv(claim_rows(made)))

    @pytest.mark.parametrize("width", [40, 80])
    def test_text_keeps_to_the_width(self, tunnel: Extraction, width: int) -> None:
        text = "".join(write_claims_text(list(claim_rows(tunnel)), width=width))
        assert all(len(line) <= width for line in text.splitlines())
        assert VOTED in " ".join(text.split())
        assert text.endswith(f"{len(tunnel.claims)} claims\n")


class TestSchemaClaim:
    def test_a_claim_has_its_author_date_appearance_and_exact_words(self, tunnel: Extraction) -> None:
        node = next(node for node in nodes(schema_claim, tunnel) if node["text"] == VOTED)
        assert node["@type"] == "Claim"
        assert node["author"]["name"] == "Lucia Brandt"
        assert node["datePublished"] == "2026-11-24"
        assert node["appearance"]["url"] == "https://example.org/tunnel"
        assert node["isBasedOn"]["text"] == "I voted against the tunnel in 2019"

    @pytest.mark.parametrize(
        ("stance", "kept"),
        [
            ("asserted", True),
            ("conceded", True),
            ("quoted", True),
            ("denied", False),
            ("questioned", False),
            ("unsaid", False),
        ],
    )
    def test_only_what_is_put_forward_is_somebody_s_claim(self, tunnel: Extraction, stance: str, kept: bool) -> None:
        texts = [node["text"] for node in nodes(schema_claim, changed(tunnel, stance=stance))]
        assert (VOTED in texts) is kept

    def test_what_was_denied_is_not_put_into_the_mouth_of_who_denied_it(self, tunnel: Extraction) -> None:
        denied = [claim.text for claim in tunnel.claims if claim.stance == "denied"]
        assert denied
        assert not set(denied) & {node["text"] for node in nodes(schema_claim, tunnel)}

    def test_schema_org_s_own_shapes_take_it(self, tunnel: Extraction, standard: Callable[[str], Path]) -> None:
        assert complaints("".join(schema_claim.write([tunnel])), standard("schemaorg-30.0")) == ""


class TestClaimReviewDraft:
    def test_a_draft_has_no_verdict(self, tunnel: Extraction) -> None:
        text = "".join(claimreview_draft.write([tunnel]))
        assert not {"reviewRating", "ratingValue", "alternateName"} & set(text.replace('"', " ").split())
        assert all({"url", "author", "reviewRating"}.isdisjoint(node) for node in nodes(claimreview_draft, tunnel))

    def test_what_is_reviewed_is_the_claim(self, tunnel: Extraction) -> None:
        claims = nodes(schema_claim, tunnel)
        reviews = nodes(claimreview_draft, tunnel)
        assert [review["itemReviewed"] for review in reviews] == claims
        assert [review["claimReviewed"] for review in reviews] == [claim["text"] for claim in claims]

    def test_schema_org_s_own_shapes_take_it(self, tunnel: Extraction, standard: Callable[[str], Path]) -> None:
        assert complaints("".join(claimreview_draft.write([tunnel])), standard("schemaorg-30.0")) == ""


class TestFactCheckTools:
    def test_a_claim_is_named_as_a_search_names_it(self, tunnel: Extraction) -> None:
        answer = json.loads("".join(factcheck_tools.write([tunnel])))
        assert answer["claims"][0] == {
            "text": VOTED,
            "claimant": "Lucia Brandt",
            "claimDate": "2026-11-24",
            "claimReview": [],
        }

    def test_a_page_begins_with_what_is_known_without_a_review(self, tunnel: Extraction) -> None:
        (page,) = json.loads("".join(factcheck_tools.write([tunnel])))["claimReviewMarkupPages"]
        first = page["claimReviewMarkups"][0]
        assert first["claimAuthor"]["name"] == "Lucia Brandt"
        assert first["claimAppearances"] == ["https://example.org/tunnel"]
        assert "rating" not in first

    def test_a_document_without_claims_has_no_page(self, empty: Extraction) -> None:
        assert json.loads("".join(factcheck_tools.write([empty]))) == {"claims": [], "claimReviewMarkupPages": []}
