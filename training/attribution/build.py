"""Learns all that quotekit knows of reported speech: ``python training/attribution/build.py CORPUS PARSES``.

CORPUS is PolNeAR's training part (``text/``, ``attributions/``). Its articles are parsed into PARSES where they are not
there yet, then the cues are counted and the scorer is learned; the same parses give the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STEPS = ("parse", "cues", "roles", "scorer")


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    for step in STEPS:
        print(f"=== {step}", flush=True)
        script = Path(__file__).with_name(f"{step}.py")
        subprocess.run([sys.executable, str(script), *sys.argv[1:]], check=True, env=environment)


if __name__ == "__main__":
    main()
