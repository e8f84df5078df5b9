"""The recipe of check-worthiness: sentences with other words keep their parse, and are the same at every run."""

from __future__ import annotations

import pytest

from tests.gold import gold_tree

pytestmark = pytest.mark.model  # not that it is loaded: what gold_tree reads takes as long
