"""What the filters, the orders and the table of speakers do, in headless Chromium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quotekit.model import Extraction, SpeakerRef
from tests.writers.report.browsing import FIVE, FOUR, ONE, THREE, TWO, Page

pytestmark = pytest.mark.browser
Keys = pytest.importorskip("selenium.webdriver", reason="selenium is not installed").Keys


class TestFilters:
    @pytest.mark.parametrize(
        ("css", "value", "expected"),
        [
            ("#f-speaker", "ann lee", [ONE, TWO]),
            ("#f-speaker", "", [FOUR]),
            ("#f-act", "denies", [FOUR]),
            ("#f-act", "says denies", [FOUR, ONE, TWO, THREE, FIVE]),
        ],
    )
    def test_by_speaker_and_act(self, page: Page, css: str, value: str, expected: list[int]) -> None:
        page.choose(css, value)
        page.wait(lambda: page.shown == expected)

    def test_a_person_has_the_quotes_of_groups_too(self, open_report: Callable[..., Page], story: Extraction) -> None:
        lee, ray = (next(one for one in story.speakers if one.name == name) for name in ("Ann Lee", "Bo Ray"))
        both = replace(lee, id="s-00000000000000aa", name="Ann Lee and Bo Ray", type="group", members=(lee.id, ray.id))
        quotes = list(story.quotes)
        quotes[FIVE] = replace(quotes[FIVE], speaker=SpeakerRef(both.id, both.name, "coordination"))
        page = open_report(replace(story, speakers=(*story.speakers, both), quotes=tuple(quotes)))
        for key, expected in (
            ("ann lee", [ONE, TWO, FIVE]),
            ("bo ray", [THREE, FIVE]),
            ("ann lee and bo ray", [FIVE]),
            ("", [FOUR]),
        ):
            page.choose("#f-speaker", key)
            page.wait(lambda expected=expected: page.shown == expected)

    def test_by_type(self, page: Page) -> None:
        page.click("[value='direct']")
        page.wait(lambda: page.shown == [FOUR, TWO, THREE])
        page.click("[value='indirect']")
        page.wait(lambda: page.shown == [TWO, THREE])
        assert page.find("#more").text.startswith("Filters are set")

    def test_by_confidence(self, page: Page) -> None:
        page.click("#f-confidence")  # in the middle
        page.wait(lambda: page.shown == [FOUR, ONE, TWO, FIVE])
        assert page.find("#f-confidence-shown").text == "0.50"
        page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        page.wait(lambda: page.shown == [ONE, TWO, FIVE])

    def test_by_words_in_content_source_and_cue(self, page: Page) -> None:
        for words, expected in (
            ("LOOKED", [TWO, THREE]),
            ("warned", [TWO, THREE]),
            ("cy come", [FIVE]),
            ("nowhere", []),
        ):
            page.find("#f-words").clear()
            page.find("#f-words").send_keys(words)
            page.wait(lambda expected=expected: page.shown == expected)

    def test_what_is_left_out_is_left_out_of_the_text_the_claims_and_the_steps(self, page: Page) -> None:
        assert len(page.texts(".claims > li")) == 2
        page.choose("#f-speaker", "ann lee")
        page.wait(lambda: page.shown == [ONE, TWO])
        assert page.texts(".claims > li") == []
        assert page.run(
            "return [...document.querySelectorAll('.running .cue.off')].map((part) => part.firstChild.textContent)"
        ) == ["denied", "said"]
        assert page.texts(".running .n") == ["1", "2"]
        assert page.texts(".group-title") == ["Speaker known 4"]
        assert page.find(".quotes .count").text == "2 of 5"
        page.press(Keys.ESCAPE, "j", "j", "j")
        assert page.chosen == ONE
        assert page.run("return document.querySelector('#heard').textContent") == "2 of 5 quotes shown"
        page.click("#f-reset")
        page.wait(lambda: len(page.shown) == 5)
        assert not page.find("#f-reset").is_displayed()

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ("text", [ONE, TWO, THREE, FOUR, FIVE]),
            ("unsure", [THREE, FOUR, ONE, TWO, FIVE]),
            ("long", [TWO, ONE, THREE, FOUR, FIVE]),
        ],
    )
    def test_order(self, page: Page, order: str, expected: list[int]) -> None:
        page.choose("#f-order", order)
        page.wait(lambda: page.shown == expected)
        page.press(Keys.ESCAPE, "j", "j")
        assert page.chosen == expected[1]
        page.choose("#f-order", "unknown")
        page.wait(lambda: page.shown == [FOUR, ONE, TWO, THREE, FIVE])

    def test_a_name_in_the_table_shows_that_speaker(self, page: Page) -> None:
        page.click(".speakers a[data-speaker='ann lee']")
        assert page.shown == [ONE, TWO]
        assert page.chosen == ONE

    def test_the_table_is_sorted_by_a_click_on_a_head(self, page: Page) -> None:
        def names() -> list[str]:
            return [name.split()[0] for name in page.texts(".speakers tbody th")]

        assert names() == ["“They”", "Ann", "Bo", "Cy"]
        page.click(".speakers thead th:first-child button")
        page.click(".speakers thead th:first-child button")
        assert names() == ["Cy", "Bo", "Ann", "“They”"]
        page.click(".speakers thead th:nth-child(3) button")
        assert names()[0] == "Ann"
        assert page.find(".speakers th[aria-sort]").get_attribute("aria-sort") == "descending"
