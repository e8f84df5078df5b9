"""One thread for the model's tests."""

from __future__ import annotations

import os

# Torch's threads wait for each other in busy loops: beside other work on two cores, two are four times slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")
