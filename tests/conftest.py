"""What every test may count on: no network, and one extractor for the tests marked ``model``."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from quotekit import Extractor

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """What a shell starts in the background ignores interrupts, and so would the programs that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but `quotekit models install` may reach out; a test that tries fails where it tried.

    A test marked ``browser`` speaks to the browser that it started on this machine.
    """
    if request.node.get_closest_marker("slow"):
        return

    steers_a_browser = request.node.get_closest_marker("browser")
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        here = steers_a_browser and address[0] in ("127.0.0.1", "::1", "localhost")
        if self.family != socket.AF_UNIX and not here:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of the repository's own articles, trees and cases."""
    return ROOT / "fixtures"


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with the bundled model, loaded once; for tests marked ``model``."""
    from quotekit import Extractor

    return Extractor()
