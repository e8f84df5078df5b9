"""A quote is chosen by a click, a key or an address, and stands out in the text and beside it; in headless Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotekit.model import Extraction
from tests.writers.report.browsing import FIVE, FOUR, ONE, THREE, TWO, Page

pytestmark = pytest.mark.browser
Keys = pytest.importorskip("selenium.webdriver", reason="selenium is not installed").Keys


class TestChoosing:
    def test_a_click_on_any_part_lights_all_parts_and_the_card(self, page: Page) -> None:
        for css in (".running a.cue", ".running a.source", ".running mark.quoted", ".running a.n"):
            page.press(Keys.ESCAPE)
            assert page.chosen is None
            page.click(css)
            assert page.chosen == ONE
            assert page.lit == ["It will hold", "Ann Lee", "said", "I built it"]

    def test_a_click_where_quotes_nest_chooses_the_inner_and_the_next_one_the_outer(self, page: Page) -> None:
        inner = page.driver.find_elements("css selector", ".deep2")[1]
        inner.click()
        assert page.chosen == THREE
        assert page.lit == ["Bo Ray", "warned", "had “", "not even looked", "”"]
        inner.click()
        assert page.chosen == TWO
        assert "the mayor’s men, " in page.lit
        inner.click()
        assert page.chosen == THREE

    def test_a_click_on_a_card_brings_its_words_into_view(self, page: Page) -> None:
        number = f"#{page.ids[FIVE]}-text"
        assert not page.is_in_window(number)
        page.click(f"#{page.ids[FIVE]} .said")
        assert page.chosen == FIVE
        page.wait(lambda: page.is_in_window(number))

    def test_keys_go_through_the_list_and_round(self, page: Page) -> None:
        order = [FOUR, ONE, TWO, THREE, FIVE]  # the one whose speaker is not known comes first
        assert page.shown == order
        for key, expected in zip("jnjnjj", [*order, FOUR], strict=True):
            page.press(key)
            assert page.chosen == expected
        for key, expected in zip("kp", [FIVE, THREE], strict=True):
            page.press(key)
            assert page.chosen == expected
        assert page.find("#where").text == "4 of 5"
        assert page.run("return document.activeElement.id") == page.ids[THREE]

    def test_buttons_do_what_keys_do(self, page: Page) -> None:
        page.click("#next")
        page.click("#next")
        assert page.chosen == ONE
        page.click("#previous")
        assert page.chosen == FOUR

    def test_a_key_opens_details(self, page: Page) -> None:
        page.press("j", "e")
        assert "Construction" in page.texts(f"#{page.ids[FOUR]} dt")
        page.press("e")
        assert page.texts(f"#{page.ids[FOUR]} dt") == []

    def test_details_of_a_claim_open_by_click_and_key_and_lead_to_the_holder(self, page: Page) -> None:
        claim = "#c-0000000000000003"
        assert page.texts(f"{claim} dd") == []
        page.click(f"{claim} summary")
        assert "“it” became “the bridge”: whom or what the article means" in page.texts(f"{claim} dd")
        assert page.chosen is None
        page.press(Keys.ENTER)  # the summary has the focus
        assert page.texts(f"{claim} dd") == []
        page.press(Keys.SPACE)
        page.driver.find_element("css selector", claim).find_element("link text", "quote 1").click()
        assert page.chosen == ONE

    def test_the_details_of_an_open_identity_weigh_its_candidates(self, page: Page) -> None:
        page.press("j", "e")
        assert "Ann Lee 0.60; Bo Ray" in page.texts(f"#{page.ids[FOUR]} dd")

    def test_page_and_time_are_in_sight(self, page: Page) -> None:
        told = page.find(f"#{page.ids[FIVE]} .how").text.split("\n")
        assert told[told.index("direct") :] == ["direct", "p. 3", "Time", "1:02–1:10", "Confidence", "0.90"]

    def test_keys_that_are_typed_or_switched_off_do_nothing(self, page: Page) -> None:
        page.press("/", "j")
        assert page.chosen is None
        assert page.find("#f-words").get_attribute("value") == "j"
        page.press(Keys.ESCAPE)
        page.click("#keys summary")
        page.click("#keys-on")
        page.press("j")
        assert page.chosen is None

    def test_an_address_with_a_quote_opens_at_it(self, open_report: Callable[..., Page], story: Extraction) -> None:
        page = open_report(story, hash=f"#{story.quotes[FIVE].id}")
        assert page.chosen == FIVE
        page.wait(lambda: page.is_in_window(f"#{page.ids[FIVE]}"))

    def test_the_address_names_the_chosen_quote(self, page: Page) -> None:
        page.press("j")
        assert page.driver.current_url.endswith(f"#{page.ids[FOUR]}")
