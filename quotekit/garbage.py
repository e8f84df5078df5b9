"""Python's search for cycles of garbage, put off while work goes on that makes many objects and drops few."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def uncollected(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """The function, during which nothing is searched for garbage; what it leaves is found after it.

    Each search goes through all objects again, which took a tenth of what follows the parse of an article.
    """

    @wraps(function)
    def working(*arguments: _P.args, **named: _P.kwargs) -> _T:
        if not gc.isenabled():
            return function(*arguments, **named)
        gc.disable()
        try:
            return function(*arguments, **named)
        finally:
            gc.enable()

    return working
