"""The whole curriculum: how much of which behaviour, and texts that mix several."""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from . import agreement, arithmetic, brackets, facts, greater_than, induction, ioi, lists, pronouns, successor

SHORTEST = 40  # letters; a shorter document is left out
KEY_LENGTH = 200  # letters; two documents with the same first ones are one
MIXED_BYTES = 500_000

BEHAVIOURS = [  # name, one document, bytes at scale 1
    ("ioi", ioi.document, 2_200_000),
    ("induction", induction.document, 2_200_000),
    ("facts", facts.document, 1_450_000),
    ("successor", successor.document, 1_500_000),
    ("greater_than", greater_than.document, 350_000),
    ("agreement", agreement.document, 900_000),
    ("brackets_quotes", brackets.document, 400_000),
    ("arithmetic", arithmetic.document, 1_300_000),
    ("pronoun", pronouns.document, 600_000),
    ("lists_rhymes", lists.document, 1_000_000),
]


class Document(NamedTuple):
    behaviour: str
    text: str


def curriculum(seed: int, scale: float) -> Iterator[Document]:
    """All documents, one behaviour after the other, then mixed ones; at scale 1 about 12 million letters.

    The same seed gives the same text on every machine, and a larger scale begins each behaviour with the same documents.
    Throws: ValueError if scale is not above 0.
    """
    if not scale > 0:
        raise ValueError(f"curriculum: scale must be above 0, got {scale}. 1 gives about 12 million letters.")
    seen: set[str] = set()
    for behaviour, make, size in BEHAVIOURS:
        rng = Random(f"{seed}|{behaviour}|train")
        written = 0
        while written < size * scale:
            text = make(rng)
            key = duplicate_key(behaviour, text)
            if key in seen or len(text) < SHORTEST:
                continue
            seen.add(key)
            written += len(text)
            yield Document(behaviour, text)
    yield from mixed(seed, scale)


def mixed(seed: int, scale: float) -> Iterator[Document]:
    """Texts of two to four behaviours, a few lines of each."""
    rng = Random(f"{seed}|mix")
    written = 0
    while written < MIXED_BYTES * scale:
        parts = rng.sample(BEHAVIOURS, rng.randint(2, 4))
        text = "\n".join("\n".join(make(rng).split("\n")[: rng.randint(1, 4)]) for _, make, _ in parts)
        written += len(text)
        yield Document("mixed", text)


def duplicate_key(behaviour: str, text: str) -> str:
    if behaviour == "lists_rhymes":  # brackets are all there is in some
        return text[:KEY_LENGTH]
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()[:KEY_LENGTH]
