"""What the model's tests share: one thread, and no gradients."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# Torch's threads wait for each other in busy loops: beside other work on two cores, two are four times slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture
def no_gradients() -> Iterator[None]:
    """The layers alone, as the parser runs them."""
    import torch

    with torch.inference_mode():
        yield
