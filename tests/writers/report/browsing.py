"""An open report, as its reader handles it, and the story that it tells."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from quotekit.model import Extraction

STORY = (
    "“[Q1 It will hold],” [S1 Ann Lee] [C1 said]. “[Q1 I built it].”\n\n"
    "[S2 She] [C2 added] that [Q2 the mayor’s men, [S3 Bo Ray] [C3 warned], [Q3 had “not even looked”]].\n\n"
    "[S4 They] [C4 denied] that [Q4 it was closed].\n\n"
    + "The river ran high all week, and the town talked of little else.\n\n" * 30
    + "“[Q5 Come and see],” [C5 said] [S5 Cy Moss].\n"
)
ONE, TWO, THREE, FOUR, FIVE = range(5)  # the quotes in text order


class Page:
    """An open report, as its reader handles it."""

    def __init__(self, driver: Any, extractions: tuple[Extraction, ...]) -> None:
        self.driver = driver
        self.ids = [quote.id for extraction in extractions for quote in extraction.quotes]

    def find(self, css: str) -> Any:
        return self.driver.find_element("css selector", css)

    def texts(self, css: str) -> list[str]:
        """What is seen of these elements."""
        return [element.text for element in self.driver.find_elements("css selector", css) if element.is_displayed()]

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, css: str) -> None:
        self.find(css).click()

    def choose(self, css: str, value: str) -> None:
        self.click(f"{css} option[value='{value}']")

    @property
    def chosen(self) -> int | None:
        """Which quote is chosen, by its place in the text."""
        cards = self.driver.find_elements("css selector", ".card[aria-current]")
        return self.ids.index(cards[0].get_attribute("id")) if cards else None

    @property
    def lit(self) -> list[str]:
        """The stretches of the text that stand out as the chosen quote's."""
        return self.run(
            "return [...document.querySelectorAll('.running [data-q].on')].map((part) => part.firstChild.textContent)"
        )

    @property
    def shown(self) -> list[int]:
        """The quotes whose cards are to be seen, in the order of the list."""
        return [
            self.ids.index(id)
            for id in self.run("return [...document.querySelectorAll('.card:not([hidden])')].map((card) => card.id)")
        ]

    def is_in_window(self, css: str) -> bool:
        return self.run(
            "const { top, bottom } = document.querySelector(arguments[0]).getBoundingClientRect(); return top >= 0 && bottom <= innerHeight",
            css,
        )

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.05)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]
