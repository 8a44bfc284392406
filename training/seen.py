"""Writes the part of the training text that the page looks into (the lesson "Why did it say that?"):

    python -m training.seen --data training-runs/data --out static/texts/training-sample.bin

Whole documents of sources that may be passed on, evenly through each source, as token ids (tokens.py).
"""

import argparse
from pathlib import Path

import numpy as np

from .documents import OWN_TEXT
from .errors import run_command
from .tokens import END_OF_TEXT_ID, sources_in, write_tokens

SHARES = {OWN_TEXT: 0.6, "books": 0.4}  # of the tokens; TinyStories may be passed on under its own licence only
TOKENS = 1_200_000


def evenly(ids: np.ndarray, wanted: int) -> np.ndarray:
    """Whole documents, evenly through the text, at most `wanted` tokens.  Shapes: [tokens] -> [at most wanted]."""
    ends = np.flatnonzero(ids == END_OF_TEXT_ID) + 1
    starts = np.concatenate([[0], ends[:-1]])
    share = min(1.0, wanted / len(ids))
    parts, taken = [], 0
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        is_due = int((place + 1) * share) > int(place * share)
        if is_due and taken + end - start <= wanted:
            parts.append(ids[start:end])
            taken += end - start
    return np.concatenate(parts) if parts else ids[:0]


def sample(data: Path, tokens: int) -> np.ndarray:
    """Documents of each source of SHARES, one source after the other.  Throws: FileNotFoundError if one is missing."""
    sources = sources_in(data, "train", SHARES)
    return np.concatenate([evenly(sources[name], int(share * tokens)) for name, share in SHARES.items()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of training.prepare")
    parser.add_argument("--out", type=Path, required=True, help="file that is written")
    parser.add_argument("--tokens", type=int, default=TOKENS)
    args = parser.parse_args()
    ids = sample(args.data, args.tokens)
    write_tokens(args.out, ids)
    print(f"{args.out}: {len(ids):,} tokens of {int((ids == END_OF_TEXT_ID).sum()):,} documents")


if __name__ == "__main__":
    run_command(main)
