"""Parses a corpus once, with the bundled model, into ``PARSES/ID.conllu``; what is there already is not parsed again.

python training/attribution/parse.py ../shared/data/polnear/train PARSES
"""

from __future__ import annotations

import sys
from pathlib import Path

from quotekit.parsing.conllu import write_conllu
from quotekit.parsing.stanza_parser import StanzaParser

BATCH = 20


def main() -> None:
    corpus, parses = map(Path, sys.argv[1:3])
    parses.mkdir(parents=True, exist_ok=True)
    parser = StanzaParser()
    missing = [path for path in sorted((corpus / "text").glob("*.txt")) if not _target(path, parses).exists()]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        for path, tree in zip(batch, parser.parse([path.read_bytes().decode("utf-8") for path in batch]), strict=True):
            _target(path, parses).write_text(write_conllu(tree, doc_id=path.stem), "utf-8")
        print(f"{start + len(batch)} of {len(missing)}", flush=True)


def _target(path: Path, parses: Path) -> Path:
    return parses / f"{path.stem}.conllu"


if __name__ == "__main__":
    main()
