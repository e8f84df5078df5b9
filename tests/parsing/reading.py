"""What a network that reads words should say of them, by PyTorch's own layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Drawn:
    """Vectors of forms, drawn by lot but the same for a form."""

    def __init__(self, width: int) -> None:
        self.width = width

    def __call__(self, forms: Sequence[str]) -> Any:
        import torch

        lots = (torch.Generator().manual_seed(sum(map(ord, form))) for form in forms)
        return torch.stack([torch.rand(self.width, generator=lot) for lot in lots])


def drawn_network(width: int, units: int, outputs: int) -> Any:
    """A network of this shape with weights drawn by lot."""
    import torch

    from quotekit.parsing.fast.reading import ReadingNetwork

    torch.manual_seed(3)
    made = ReadingNetwork(width, units, outputs)
    for weight in made.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    return made.eval()


def plain_reading(network: Any, inputs: Any) -> Any:
    """What the network says of the words of one sentence."""
    import torch

    read, _ = network.lstm(torch.relu(network.entry(inputs))[:, None])
    return network.out(torch.relu(network.hidden(torch.cat([inputs, read[:, 0]], 1))))
