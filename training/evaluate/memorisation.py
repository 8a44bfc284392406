"""Does the model repeat its texts?  The longest run of tokens, word for word, that samples share with the corpus.

A run is looked up exactly: the places of its first SEED tokens in the corpus are found by a hash of SEED tokens, then
checked and followed as far as they agree.
"""

from collections.abc import Iterable

import numpy as np

SEED = 8  # tokens; shorter runs count as 0: "Once upon a time, there was a little" is no memory
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, so that the hash loses nothing; 2^64 / golden ratio
ALL_TOKENS = 2**16


def hashes(ids: np.ndarray) -> np.ndarray:
    """A number for each SEED tokens in a row, by polynomial hashing modulo 2^64.  Shapes: [n] -> [n - SEED + 1]."""
    values = ids.astype(np.uint64) + np.uint64(1)
    count = len(ids) - SEED + 1
    total = np.zeros(max(count, 0), dtype=np.uint64)
    for offset in range(SEED if count > 0 else 0):
        total = total * MULTIPLIER + values[offset : offset + count]
    return total


class Corpus:
    """Where the beginnings of some samples stand in a corpus.

    Shapes: corpora, samples: arrays of ids.  Memory: 8 bytes a corpus token while it is made.
    """

    def __init__(self, corpora: Iterable[np.ndarray], samples: Iterable[np.ndarray]):
        wanted = np.unique(
            np.concatenate([hashes(np.asarray(sample)) for sample in samples] + [np.empty(0, np.uint64)])
        )
        self.corpora = [np.asarray(ids) for ids in corpora]
        self.places: dict[int, list[tuple[int, np.ndarray]]] = {}
        for number, ids in enumerate(self.corpora):
            found = hashes(ids)
            at = np.flatnonzero(np.isin(found, wanted))
            if len(at) == 0:
                continue
            order = np.argsort(found[at], kind="stable")
            keys, firsts = np.unique(found[at][order], return_index=True)
            for key, places in zip(keys.tolist(), np.split(at[order], firsts[1:]), strict=True):
                self.places.setdefault(key, []).append((number, places))

    def longest_run(self, sample: np.ndarray) -> tuple[int, int]:
        """Length and start of the sample's longest run in the corpus; (0, 0) if none has SEED tokens."""
        sample = np.asarray(sample)
        longest = (0, 0)
        for start, key in enumerate(hashes(sample).tolist()):
            for number, places in self.places.get(key, []):
                length = follow(self.corpora[number], places, sample[start:])
                if length >= SEED:
                    longest = max(longest, (length, start), key=lambda run: run[0])
        return longest


def follow(corpus: np.ndarray, places: np.ndarray, tokens: np.ndarray) -> int:
    """How many of the tokens agree with the corpus from the best of the places on."""
    length = 0
    while length < len(tokens):
        places = places[places + length < len(corpus)]
        places = places[corpus[places + length] == tokens[length]]
        if len(places) == 0:
            break
        length += 1
    return length


def outside_quotations(pieces: list[str]) -> list[tuple[int, int]]:
    """The stretches of tokens that stand outside double quotation marks, as (start, end).

    A token that holds a quotation mark belongs to the quotation; one that is not closed continues to the end.
    """
    stretches, start, inside = [], 0, False
    for number, piece in enumerate(pieces):
        marks = piece.count('"')
        if marks and not inside:
            stretches.append((start, number))
        if marks % 2:
            inside = not inside
        if marks and not inside:
            start = number + 1
    if not inside:
        stretches.append((start, len(pieces)))
    return [(a, b) for a, b in stretches if b > a]
