"""Products with a layer's matrix: in floats, or in whole numbers, which takes a third of the time.

A matrix in whole numbers has a step for each of its rows, and takes inputs of a known bound: what a gate lets through
lies between -1 and 1. So what comes out for one input depends on no other, and is the same in any company.
"""

from __future__ import annotations

import warnings
from typing import Any

import torch
from torch.nn import functional

# Inputs take eight bits, -128 to 127, the matrix seven: on processors without an instruction of their own for it, two
# products are added up in sixteen bits, which 2 · 255 · 63 does not exceed. EWT's and GUM's test texts lost 0.01 and
# gained 0.02 LAS by it.
INPUT_STEPS, MATRIX_STEPS = 128, 63
_ENGINE = "fbgemm"
_LINEAR = "linear_with_input_q_dq_qweight_dq_output_fp32"


class Floats:
    """The products of inputs with a matrix, as they are."""

    def __init__(self, weight: Any, bias: Any) -> None:
        self._weight, self._bias = weight, bias

    def __call__(self, inputs: Any) -> Any:
        """One row of products for each input."""
        return functional.linear(inputs, self._weight, self._bias)


class Rounded:
    """The products of inputs between ``-bound`` and ``bound`` with a matrix, both rounded to whole numbers of steps."""

    def __init__(self, weight: Any, bias: Any, bound: float) -> None:
        self._step = bound / INPUT_STEPS
        self._steps = weight.abs().amax(dim=1).clamp(min=torch.finfo(torch.float).tiny) / MATRIX_STEPS
        self._whole = torch.round(weight / self._steps[:, None])
        self._bias = bias
        self._packed = _packed(weight, self._steps, bias) if can_round() else None

    def __call__(self, inputs: Any) -> Any:
        """One row of products for each input."""
        if self._packed is None:
            return self.in_floats(inputs)
        return getattr(torch.ops.quantized, _LINEAR)(inputs, self._step, INPUT_STEPS, self._packed)

    def in_floats(self, inputs: Any) -> Any:
        """The same without the engine: sums of whole numbers under 2²⁴, as all are here, are exact in floats too."""
        whole = torch.round(inputs / self._step).clamp_(-INPUT_STEPS, INPUT_STEPS - 1)
        products = functional.linear(whole, self._whole).mul_(self._steps * self._step)
        return products if self._bias is None else products.add_(self._bias)


def can_round() -> bool:
    """Whether Torch has the engine for whole numbers here: on x86 processors, and while it keeps quantized tensors."""
    return _ENGINE in torch.backends.quantized.supported_engines and hasattr(torch.ops.quantized, _LINEAR)


def _packed(weight: Any, steps: Any, bias: Any) -> Any:
    """The matrix as the engine wants it."""
    zeros = torch.zeros(len(steps), dtype=torch.long)
    before = torch.backends.quantized.engine
    torch.backends.quantized.engine = _ENGINE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Torch 2.13 says that a later one will have no such tensors
            whole = torch.quantize_per_channel(weight, steps, zeros, 0, torch.qint8)
        return torch.ops.quantized.linear_prepack(whole, bias)
    finally:
        torch.backends.quantized.engine = before
