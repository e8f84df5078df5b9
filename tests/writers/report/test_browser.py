"""The report in headless Chromium, with real clicks and keys; skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotekit.model import Claim, Extraction
from quotekit.writers.report import write_report
from tests.extractions import noted

pytestmark = pytest.mark.browser
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
# axe-core is looked for and not demanded: it is large, and nothing of ours.
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900"),
)
STORY = (
    "“[Q1 It will hold],” [S1 Ann Lee] [C1 said]. “[Q1 I built it].”\n\n"
    "[S2 She] [C2 added] that [Q2 the mayor’s men, [S3 Bo Ray] [C3 warned], [Q3 had “not even looked”]].\n\n"
    "[S4 They] [C4 denied] that [Q4 it was closed].\n\n"
    + "The river ran high all week, and the town talked of little else.\n\n" * 30
    + "“[Q5 Come and see],” [C5 said] [S5 Cy Moss].\n"
)
ONE, TWO, THREE, FOUR, FIVE = range(5)  # the quotes in text order


@pytest.fixture(scope="module")
def story() -> Extraction:
    values = ({}, {}, {"confidence": 0.4}, {"act": "denies", "confidence": 0.6}, {})
    found = noted(
        STORY, names={"She": "Ann Lee", "They": None}, quotes=values, title="A bridge", url="https://example.org/b"
    )
    claims = tuple(
        Claim(
            f"c-{number:016x}",
            found.quotes[number].id,
            found.quotes[number].content[:1],
            "A claim.",
            None,
            "asserts",
            (),
            0.5,
            (),
        )
        for number in (FOUR, FIVE)
    )
    return replace(found, claims=claims)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not CHROMIUM or not DRIVER:
        pytest.skip("chromium and chromedriver are not installed (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


class Page:
    """An open report, as its reader handles it."""

    def __init__(self, driver: Any, extractions: tuple[Extraction, ...]) -> None:
        self.driver = driver
        self.ids = [quote.id for extraction in extractions for quote in extraction.quotes]

    def find(self, css: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def texts(self, css: str) -> list[str]:
        """What is seen of these elements."""
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, css) if element.is_displayed()]

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, css: str) -> None:
        self.find(css).click()

    def choose(self, css: str, value: str) -> None:
        self.click(f"{css} option[value='{value}']")

    @property
    def chosen(self) -> int | None:
        """Which quote is chosen, by its place in the text."""
        cards = self.driver.find_elements(By.CSS_SELECTOR, ".card[aria-current]")
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


@pytest.fixture
def open_report(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a report on these documents, with or without scripts, in light or dark, at a width."""

    def opened(
        *extractions: Extraction, scripts: bool = True, scheme: str = "light", width: int = 1280, hash: str = ""
    ) -> Page:
        file = tmp_path / "report.html"
        file.write_text("".join(write_report(extractions)), "utf-8")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        browser.get("about:blank")
        browser.get(file.as_uri() + hash)
        return Page(browser, extractions)

    yield opened
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture
def page(open_report: Callable[..., Page], story: Extraction) -> Page:
    return open_report(story)


class TestChoosing:
    def test_a_click_on_any_part_lights_all_parts_and_the_card(self, page: Page) -> None:
        for css in (".running a.cue", ".running a.source", ".running mark.quoted", ".running a.n"):
            page.press(Keys.ESCAPE)
            assert page.chosen is None
            page.click(css)
            assert page.chosen == ONE
            assert page.lit == ["It will hold", "Ann Lee", "said", "I built it"]

    def test_a_click_where_quotes_nest_chooses_the_inner_and_the_next_one_the_outer(self, page: Page) -> None:
        inner = page.driver.find_elements(By.CSS_SELECTOR, ".deep2")[1]
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


def test_a_citation_is_copied(page: Page) -> None:
    origin = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    page.driver.execute_cdp_cmd("Browser.grantPermissions", origin)
    page.press("j", "c")
    page.wait(lambda: page.texts(".copy")[0] == "Copied")
    copied = page.driver.execute_async_script("navigator.clipboard.readText().then(arguments[arguments.length - 1])")
    assert copied == (
        "“They” (speaker not known) [denies; paraphrased]: it was closed. — “A bridge”, "
        "https://example.org/b#:~:text=They%20denied%20that-,it%20was%20closed,-."
    )


def test_the_browser_has_nothing_to_complain_of(page: Page) -> None:
    page.press("j")
    assert page.complaints() == []


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, open_report: Callable[..., Page], story: Extraction) -> Page:
        return open_report(story, scripts=False)

    def test_all_is_there_but_what_needs_them(self, plain: Page) -> None:
        assert len(plain.texts(".card")) == 5
        assert len(plain.texts(".speakers tbody tr")) == 4
        assert plain.texts(".toolbar, .copy") == []

    def test_numbers_sources_and_cues_lead_to_the_card_and_back(self, plain: Page) -> None:
        for css in (".n", ".source", ".cue"):
            plain.click(f".running {css}")
            assert plain.driver.current_url.endswith(f"#{plain.ids[ONE]}")
            assert plain.find(".card:target").get_attribute("id") == plain.ids[ONE]
        plain.click(f"#{plain.ids[FIVE]} .who .n")
        assert plain.is_in_window(f"#{plain.ids[FIVE]}-text")

    def test_details_open(self, plain: Page) -> None:
        plain.click(f"#{plain.ids[FOUR]} summary")
        assert "“They” (speaker not known)" in plain.texts(f"#{plain.ids[FOUR]} .citation")[0]


class TestSafety:
    def test_nothing_of_an_article_runs(self, open_report: Callable[..., Page]) -> None:
        bad = "<img src=x onerror=\"document.title='run'\"></script><script>document.title='run'</script>"
        page = open_report(noted(f"“[Q1 {bad} a],” [S1 {bad} b] [C1 {bad} c].", title=bad))
        page.press("j", "e")
        assert page.driver.title.startswith("Who said what: <img")
        assert page.chosen == 0
        assert page.complaints() == []

    def test_the_policy_stops_what_would_run_all_the_same(self, page: Page) -> None:
        page.run(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\"><b style=\"color:red\">b</b>')"
        )
        page.wait(
            lambda: (
                len(complaints := page.complaints()) > 0 and any("Content Security Policy" in one for one in complaints)
            )
        )
        assert page.driver.title == "Who said what: A bridge"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_it_fits_the_window(open_report: Callable[..., Page], story: Extraction, scheme: str, width: int) -> None:
    page = open_report(story, scheme=scheme, width=width)
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    paper = page.run("return getComputedStyle(document.body).backgroundColor")
    assert (int(paper.partition("(")[2].partition(",")[0]) > 127) == (scheme == "light")


def test_paper_has_the_quotes_and_no_buttons_and_is_white(page: Page) -> None:
    page.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    )
    assert page.texts(".toolbar, .copy, .actions") == []
    assert len(page.texts(".card .said")) == 5
    assert page.run("return getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#1c1b19"
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(open_report: Callable[..., Page], story: Extraction, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip(f"axe-core is not here (npm install axe-core, or AXE_CORE=FILE); looked for {AXE}")
    page = open_report(story, story, scheme=scheme, width=width)
    page.press("j", "e")
    page.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = "axe.run(document, { runOnly: arguments[0] }).then((found) => arguments[1](found.violations))"
    violations = page.driver.execute_async_script(run, tags)
    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in violations] == []
