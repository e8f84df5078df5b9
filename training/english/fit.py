"""The training loop of every network here: warm-up, linear decay, averaged weights, and checkpoints it resumes from."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Schedule:
    """How long and how fast a network learns; ``steps`` are updates, ``averaging`` is the weight of the past."""

    steps: int
    rate: float
    warmup: int = 200
    averaging: float = 0.999
    evaluate_every: int = 500
    weight_decay: float = 0.01
    clip: float = 1.0

    def factor(self, step: int) -> float:
        """The share of the full rate at this step: up in a line, then down in a line to a hundredth."""
        if step < self.warmup:
            return (step + 1) / self.warmup
        return max(0.01, (self.steps - step) / max(1, self.steps - self.warmup))


CHECKPOINT_SECONDS = 180


def fit(
    model: nn.Module,
    batches: Callable[[int], Iterator[Any]],
    loss: Callable[[nn.Module, Any], Tensor],
    evaluate: Callable[[nn.Module], dict[str, float]],
    *,
    schedule: Schedule,
    folder: Path,
    seed: int,
    groups: Callable[[nn.Module], list[dict[str, Any]]] | None = None,
) -> nn.Module:
    """The model with averaged weights after all steps; resumes from ``folder/checkpoint.pt`` where that exists.

    ``batches(epoch)`` gives an epoch's batches, the same ones each time it is asked; ``folder/log.jsonl`` tells the
    loss, the rate and what ``evaluate`` measured with the averaged weights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parameters = groups(model) if groups else [{"params": [p for p in model.parameters() if p.requires_grad]}]
    optimizer = torch.optim.AdamW(
        parameters, lr=schedule.rate, betas=(0.9, 0.98), eps=1e-6, weight_decay=schedule.weight_decay, foreach=True
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    average = {name: value.detach().clone() for name, value in _trained(model)}
    step, epoch, skip, spent = 0, 0, 0, 0.0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        _load(model, state["model"])
        average = state["average"]
        optimizer.load_state_dict(state["optimizer"])
        step, epoch, skip, spent = state["step"], state["epoch"], state["skip"], state["seconds"]
    _seed(seed + step)
    started = saved = time.monotonic()
    losses: list[float] = []

    def save(within: int) -> None:
        part = checkpoint.with_suffix(".part")
        state = {
            "model": dict(_trained(model)),
            "average": average,
            "optimizer": optimizer.state_dict(),
            "step": step,
            "epoch": epoch,
            "skip": within,
            "seconds": spent + time.monotonic() - started,
        }
        torch.save(state, part)
        part.replace(checkpoint)

    while step < schedule.steps:
        for within, batch in enumerate(batches(epoch)):
            if within < skip:
                continue
            if step >= schedule.steps:
                break
            model.train()
            factor = schedule.factor(step)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            optimizer.zero_grad(set_to_none=True)
            value = loss(model, batch)
            value.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
            optimizer.step()
            step += 1
            losses.append(value.item())
            decay = min(schedule.averaging, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, weights in _trained(model):
                    average[name].lerp_(weights, 1 - decay)
            if step % schedule.evaluate_every == 0 or step == schedule.steps:
                seconds = spent + time.monotonic() - started
                scores = _with(model, average, evaluate)
                mean = sum(losses) / len(losses)
                losses = []
                _log(
                    folder, {"step": step, "epoch": epoch, "seconds": round(seconds), "loss": round(mean, 4), **scores}
                )
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                save(within + 1)
                saved = time.monotonic()
        epoch, skip = epoch + 1, 0
    save(0)
    _load(model, average)
    model.eval()
    return model


def length_batches(lengths: Sequence[int], *, words: int, seed: int) -> list[list[int]]:
    """Indices in batches of about ``words`` words of about equal length, in random order; the same for a seed."""
    chance = random.Random(seed)
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + chance.random() * 3)
    batches: list[list[int]] = [[]]
    longest = 0
    for i in order:
        longest = max(longest, lengths[i])
        if batches[-1] and longest * (len(batches[-1]) + 1) > words:
            batches.append([])
            longest = lengths[i]
        batches[-1].append(i)
    chance.shuffle(batches)
    return batches


def _trained(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    return ((name, value.data) for name, value in model.named_parameters() if value.requires_grad)


def _load(model: nn.Module, weights: dict[str, Tensor]) -> None:
    with torch.no_grad():
        for name, value in _trained(model):
            value.copy_(weights[name])


def _with(
    model: nn.Module, weights: dict[str, Tensor], evaluate: Callable[[nn.Module], dict[str, float]]
) -> dict[str, float]:
    """What ``evaluate`` measures of the model with these weights in place of its own."""
    own = {name: value.clone() for name, value in _trained(model)}
    _load(model, weights)
    model.eval()
    try:
        with torch.inference_mode():
            return evaluate(model)
    finally:
        _load(model, own)


def _seed(seed: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)


def _log(folder: Path, entry: dict[str, Any]) -> None:
    line = json.dumps(entry)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a") as file:
        file.write(line + "\n")
