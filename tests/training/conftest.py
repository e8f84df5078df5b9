"""The recipe's modules import one another by name, as scripts of one folder do."""

from __future__ import annotations

import sys

from tests.conftest import ROOT

for folder in ("claims", "english", "attribution"):
    sys.path.insert(0, str(ROOT / "training" / folder))
