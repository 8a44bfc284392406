"""Writes the synthetic curriculum:

python -m training.synthetic --out training-runs/synthetic.txt --seed 7 --scale 1
"""

import argparse
from collections import Counter
from pathlib import Path
from random import Random

from ..documents import write_documents
from .curriculum import curriculum


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the synthetic curriculum, documents in a seeded order.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0, help="1: about 12 million letters")
    args = parser.parse_args()
    documents = list(curriculum(args.seed, args.scale))
    Random(f"{args.seed}|order").shuffle(documents)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_documents(args.out, (document.text for document in documents))
    for behaviour, count in sorted(Counter(document.behaviour for document in documents).items()):
        print(f"{behaviour:16}{count:8} documents")


if __name__ == "__main__":
    main()
