"""Searches for garbage wait for the work, and go on after it."""

from __future__ import annotations

import gc

import pytest

from quotekit.garbage import uncollected


def test_nothing_is_collected_during_the_work_and_all_is_as_before_after_it() -> None:
    outer = uncollected(lambda: (gc.isenabled(), inner(), gc.isenabled()))
    inner = uncollected(gc.isenabled)
    assert gc.isenabled()
    assert outer() == (False, False, False)
    assert gc.isenabled()


def test_an_error_leaves_the_collector_on() -> None:
    with pytest.raises(ZeroDivisionError):
        uncollected(lambda: 1 // 0)()
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        uncollected(gc.isenabled)()
        assert not gc.isenabled()
    finally:
        gc.enable()
