"""Floors: the figures that no commit may fall below, each for one corpus known by its bytes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")

# What is gated, each as F1; precision and recall may trade places.
GATED = (
    "content.exact",
    "content.overlap",
    "cue",
    "attribution",
    "attribution.direct",
    "attribution.mixed",
    "attribution.indirect",
)

# A floor lies this far below what was measured: other processors round differently, and on PolNeAR dev 0.003 is some
# six attributions that may tip either way without anybody having changed a line.
MARGIN = 0.003


def settle(
    corpus: Path,
    figures: Mapping[str, Any],
    speed: Mapping[str, Any],
    *,
    update: bool,
    lower: bool,
    path: Path = FLOORS,
) -> int:
    """Compare with the recorded floors, or record new ones; 1 when a floor is broken and nobody allowed it."""
    measured = {name: figures[name]["f1"] for name in GATED}
    digest = corpus_digest(corpus)
    return hold(corpus_name(corpus), digest, measured, {"speed": speed}, update=update, lower=lower, path=path)


def hold(
    name: str,
    digest: str,
    measured: Mapping[str, float],
    beside: Mapping[str, Any],
    *,
    update: bool,
    lower: bool,
    path: Path = FLOORS,
) -> int:
    """Compare figures, the more the better, with the floors under this name, or record new ones with what is beside."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    entry = known.get(name, {"floors": {}})
    if entry.get("corpus_sha256", digest) != digest and not (update and lower):
        return complain("these are not the texts and annotations that the floors were measured on")
    broken = [
        f"{figure} is {measured[figure]:.4f}, its floor {floor:.4f}"
        for figure, floor in entry["floors"].items()
        if measured[figure] < floor
    ]
    if broken and not (update and lower):
        return complain("; ".join(broken))
    if update:
        floors = new_floors({} if lower else entry["floors"], measured)
        known[name] = {"corpus_sha256": digest, "floors": floors, "measured": dict(measured), **beside}
        path.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
    return 0


def new_floors(old: Mapping[str, float], measured: Mapping[str, float]) -> dict[str, float]:
    """A floor just under each figure, never under the one that was there."""
    return {name: max(old.get(name, 0.0), round(max(0.0, value - MARGIN), 4)) for name, value in measured.items()}


def corpus_digest(corpus: Path) -> str:
    """SHA-256 over names and bytes of all texts and annotations, in name order."""
    digest = hashlib.sha256()
    for path in sorted([*corpus.glob("text/*.txt"), *corpus.glob("attributions/*.ann")]):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def corpus_name(corpus: Path) -> str:
    """The last two folders of the path, such as polnear/dev."""
    return "/".join(corpus.resolve().parts[-2:])


def complain(problem: str) -> int:
    print(f"benchmarks: {problem}", file=sys.stderr)
    return 1
