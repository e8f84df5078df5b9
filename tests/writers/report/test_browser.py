"""The report in headless Chromium: copying, without scripts, hostile texts, small windows, paper, barriers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quotekit.model import Extraction
from tests.extractions import noted
from tests.writers.report.browsing import FIVE, FOUR, ONE, STORY, Page

pytestmark = pytest.mark.browser
# axe-core is looked for and not demanded: it is large, and nothing of ours.
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))


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


def test_it_fits_a_window_that_narrows(open_report: Callable[..., Page]) -> None:
    # As a tablet that is turned, or at 300 %: what was shown once and is out of sight keeps the width that it had.
    page = open_report(noted(STORY + "\n\nThe river ran high all week." * 300))
    for script in ("scrollTo(0, document.body.scrollHeight)", "scrollTo(0, 0)"):
        page.driver.execute_async_script(f"{script}; setTimeout(arguments[0], 200)")
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    page.driver.execute_async_script("setTimeout(arguments[0], 200)")
    assert page.run("return [innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [360, True]


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
    page.run("scrollTo(0, 0)")  # axe takes what is half under the toolbar for a small target
    page.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = "axe.run(document, { runOnly: arguments[0] }).then((found) => arguments[1](found.violations))"
    violations = page.driver.execute_async_script(run, tags)
    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in violations] == []
