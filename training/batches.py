"""Batches: rows of tokens, each from one source.  All randomness of a step comes from (seed, step), so that a resumed
run sees the same rows as one that was never interrupted, with no state to keep."""

from typing import NamedTuple

import numpy as np

from .config import VOCAB_SIZE
from .losses import IGNORED
from .tokens import END_OF_TEXT_ID

REPEATS = "repeats"  # the source that is made up: random tokens, over and over
SHORTEST_PERIOD = 4
SMOOTHING = 1.0  # added to each token's count, so that a token of no text is drawn sometimes
NEGATIVE_POWER = 0.75  # flattens the counts; as in word2vec (Mikolov et al. 2013)


class Batch(NamedTuple):
    """Shapes: ids, targets [B, T], int64; a target of IGNORED does not count."""

    ids: np.ndarray
    targets: np.ndarray


class Source:
    """A token stream that rows are cut from."""

    def __init__(self, ids: np.ndarray):
        self.ids = ids
        ends = np.flatnonzero(ids == END_OF_TEXT_ID)
        self.starts = np.concatenate([[0], ends[:-1] + 1])

    def rows(self, rng: np.random.Generator, count: int, length: int, document_start: float) -> np.ndarray:
        """Rows of consecutive tokens, a share of them from a document's first token on; never past the stream's end.

        A row may run into the next document, as it does for GPT-2: 50256 stands between.
        Shapes: -> [count, length], int64.  Throws: ValueError if the stream is shorter than a row.
        """
        last = len(self.ids) - length
        if last < 0:
            raise ValueError(f"Source: rows must be at most {len(self.ids)} tokens long, got {length}. Use more text.")
        starts = self.starts[: np.searchsorted(self.starts, last, side="right")]
        anywhere = rng.integers(0, last + 1, size=count)
        at_start = starts[rng.integers(0, len(starts), size=count)]
        first = np.where(rng.random(count) < document_start, at_start, anywhere)
        return self.ids[first[:, None] + np.arange(length)].astype(np.int64)


def repeated_rows(rng: np.random.Generator, count: int, length: int) -> Batch:
    """Random tokens of the whole vocabulary, repeated with a period; the first period's targets do not count.

    Copying is all that these rows can teach, and each of the 50,256 tokens takes part, also those of no text.
    Shapes: -> [count, length - 1] twice.
    """
    ids = np.empty((count, length), dtype=np.int64)
    targets = np.empty((count, length - 1), dtype=np.int64)
    longest = max(SHORTEST_PERIOD, length // 2)
    for row in range(count):
        period = int(rng.integers(SHORTEST_PERIOD, longest + 1))
        ids[row] = np.resize(rng.integers(0, END_OF_TEXT_ID, size=period), length)
        targets[row] = ids[row, 1:]
        targets[row, : period - 1] = IGNORED
    return Batch(ids[:, :-1], targets)


class Batches:
    """Draws the rows of any step.

    Throws: ValueError if a share names a source that there is no text of.
    """

    def __init__(self, sources: dict[str, np.ndarray], seed: int, document_start: float):
        self.sources = {name: Source(ids) for name, ids in sources.items()}
        self.seed = seed
        self.document_start = document_start

    def draw(self, step: int, rows: int, context: int, shares: dict[str, float]) -> Batch:
        """Shapes: -> [rows, context] twice; row by row in a random order of sources."""
        rng = np.random.default_rng([self.seed, step])
        names = sorted(shares)
        p = np.array([shares[name] for name in names], dtype=np.float64)
        which = rng.choice(len(names), size=rows, p=p / p.sum())
        ids = np.empty((rows, context), dtype=np.int64)
        targets = np.empty((rows, context), dtype=np.int64)
        for number, name in enumerate(names):
            here = np.flatnonzero(which == number)
            ids[here], targets[here] = self.rows_of(name, rng, len(here), context)
        return Batch(ids, targets)

    def rows_of(self, name: str, rng: np.random.Generator, count: int, context: int) -> Batch:
        if name == REPEATS:
            return repeated_rows(rng, count, context + 1)
        if name not in self.sources:
            known = [*self.sources, REPEATS]
            raise ValueError(f"Batches: shares must name one of {known}, got {name!r}. Correct the config's shares.")
        rows = self.sources[name].rows(rng, count, context + 1, self.document_start)
        return Batch(rows[:, :-1], rows[:, 1:])


def token_counts(sources: dict[str, np.ndarray]) -> np.ndarray:
    """How often each token stands in the sources.  Shapes: -> [vocab_size], int64."""
    return sum((np.bincount(ids, minlength=VOCAB_SIZE) for ids in sources.values()), np.zeros(VOCAB_SIZE, np.int64))


class Negatives:
    """Tokens for the sampled softmax, drawn with replacement: q ~ (count + 1)^0.75."""

    def __init__(self, counts: np.ndarray, seed: int):
        weights = (counts + SMOOTHING) ** NEGATIVE_POWER
        self.q = weights / weights.sum()
        self.seed = seed

    def draw(self, step: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Drawn tokens and the logarithm of their probabilities.  Shapes: -> [count] twice."""
        rng = np.random.default_rng([self.seed, step, 1])  # 1: another stream than the rows'
        drawn = rng.choice(len(self.q), size=count, p=self.q)
        return drawn, np.log(self.q[drawn]).astype(np.float32)
