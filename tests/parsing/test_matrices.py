"""Whole numbers: as exact with Torch's engine as without it, near to what floats give, and the same in any company."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.model

SIZES = [(1, 24, 40), (7, 200, 800), (60, 240, 96), (130, 480, 64)]


def drawn(inputs: int, width: int, outcomes: int, *, bound: float) -> tuple[Any, Any, Any]:
    """Inputs within the bound, a matrix whose rows are of different sizes, and a bias."""
    import torch

    chance = torch.Generator().manual_seed(inputs)
    values = (2 * torch.rand(inputs, width, generator=chance) - 1) * bound
    sizes = torch.rand(outcomes, 1, generator=chance) * 3
    return values, torch.randn(outcomes, width, generator=chance) * sizes, torch.randn(outcomes, generator=chance)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("bound", [0.5, 1.0, 2.0])
def test_the_engine_and_floats_multiply_the_same_whole_numbers(size: tuple[int, int, int], bound: float) -> None:
    import torch

    from quotekit.parsing.fast.matrices import Rounded, can_round

    if not can_round():
        pytest.skip("this Torch has no engine for whole numbers")
    values, weight, bias = drawn(*size, bound=bound)
    bare, biased = Rounded(weight, None, bound), Rounded(weight, bias, bound)
    assert bare(values).equal(bare.in_floats(values))
    torch.testing.assert_close(biased(values), biased.in_floats(values))


@pytest.mark.parametrize("size", SIZES)
def test_rounding_costs_little(size: tuple[int, int, int]) -> None:
    from quotekit.parsing.fast.matrices import Floats, Rounded

    values, weight, bias = drawn(*size, bound=1.0)
    exact = Floats(weight, bias)(values)
    assert (Rounded(weight, bias, 1.0)(values) - exact).norm() < 0.02 * exact.norm()


def test_products_in_whole_numbers_are_the_same_in_any_company() -> None:
    from quotekit.parsing.fast.matrices import Rounded

    values, weight, bias = drawn(90, 200, 80, bound=1.0)
    matrix = Rounded(weight, bias, 1.0)
    together = matrix(values)
    for i in range(len(values)):
        assert matrix(values[i : i + 1]).equal(together[i : i + 1])
    assert matrix(values[40:70]).equal(together[40:70])


def test_inputs_beyond_the_bound_are_taken_to_it() -> None:
    import torch

    from quotekit.parsing.fast.matrices import Rounded

    matrix = Rounded(torch.eye(3), torch.zeros(3), 1.0)
    far = torch.tensor([[5.0, -5.0, 0.5]])
    assert matrix(far).tolist()[0] == pytest.approx([127 / 128, -1.0, 0.5])
    assert matrix(far).equal(matrix.in_floats(far))


def test_a_matrix_of_nothing_gives_its_bias() -> None:
    import torch

    from quotekit.parsing.fast.matrices import Rounded

    assert Rounded(torch.zeros(2, 4), torch.tensor([1.0, -2.0]), 1.0)(torch.ones(1, 4)).tolist() == [[1.0, -2.0]]
