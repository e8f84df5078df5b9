"""Headless Chromium for the tests marked ``browser``; they are skipped where it, its driver or selenium is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotekit.model import Candidate, Claim, Edit, Extraction, Holder, Span, SpeakerRef, Time
from quotekit.writers.report import write_report
from tests.extractions import noted
from tests.writers.report.browsing import FIVE, FOUR, ONE, STORY, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900"),
)


@pytest.fixture(scope="session")
def story() -> Extraction:
    values = ({}, {}, {"confidence": 0.4}, {"act": "denies", "confidence": 0.6}, {})
    found = noted(
        STORY, names={"She": "Ann Lee", "They": None}, quotes=values, title="A bridge", url="https://example.org/b"
    )
    lee, ray, *_ = found.speakers
    open_identity = SpeakerRef(None, None, "pronoun", (Candidate(lee.id, "Ann Lee", 0.6), Candidate(ray.id, "Bo Ray")))
    quotes = list(found.quotes)
    quotes[FOUR] = replace(quotes[FOUR], speaker=open_identity)
    quotes[FIVE] = replace(quotes[FIVE], page=3, time=Time(62.0, 70.5))
    return replace(found, quotes=tuple(quotes), claims=tuple(_claim(found, number) for number in (FOUR, FIVE)))


def _claim(found: Extraction, number: int) -> Claim:
    """A claim of this quote, which comes through the first one, with an edit and a word that stays open."""
    quote, first = found.quotes[number], found.quotes[ONE]
    content = quote.content[0]
    word = Span(content.start, content.start + 2, content.text[:2])
    return Claim(
        f"c-{number:016x}",
        quote.id,
        quote.content[:1],
        "A claim.",
        None,
        "asserted",
        (),
        0.5,
        (),
        chain=(Holder(quote.id, None, "They"), Holder(first.id, None, "Ann Lee")),
        edits=(Edit(word.start, word.end, word.text, "the bridge", "name"),),
        unresolved=(word,),
    )


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not CHROMIUM or not DRIVER:
        pytest.skip("chromium and chromedriver are not installed (Debian: apt install chromium chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


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
