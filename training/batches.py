"""Batches: rows of tokens, each from one source.  All randomness of a step comes from (seed, step), so that a resumed
run sees the same rows as one that was never interrupted, with no state to keep."""

from typing import NamedTuple

import numpy as np

from .config import VOCAB_SIZE
from .documents import OWN_TEXT
from .letters import read_letters
from .losses import IGNORED
from .rows import WITH_END_OF_TEXT, Beginnings, Source
from .tokens import END_OF_TEXT_ID

REPEATS = "repeats"  # the source that is made up: random tokens, over and over
SHORTEST_PERIOD = 3
MOST_COPIES = 4  # of one period, before another follows
POOLS = (
    (0.4, 1_000),
    (0.35, 10),
    (0.25, 0),
)  # share of the repeated sequences, how often their tokens stand in the texts
WITHOUT_SPACE = 0.35  # of the tokens of a first copy stand as where a line begins
SMOOTHING = 1.0  # added to each token's count, so that a token of no text is drawn sometimes
SHARE_OF_STEP = 0.3  # of the negatives, drawn among the step's own tokens
NEGATIVE_POWER = 0.75  # flattens the counts; as in word2vec (Mikolov et al. 2013)


class Batch(NamedTuple):
    """Shapes: ids, targets [B, T], int64; a target of IGNORED does not count."""

    ids: np.ndarray
    targets: np.ndarray


def repeated_rows(
    rng: np.random.Generator, count: int, length: int, pools: list[np.ndarray], bare: np.ndarray
) -> Batch:
    """Random sequences, each two to four times over; what was not there before does not count as a target.

    Copying is all that these rows can teach. Most sequences are of tokens that the texts use (see `token_pools`), of
    which the texts have habits of their own that a copy must outweigh; the others give each of the 50,256 tokens its
    part, also those of no text. Short periods are drawn as often as twice as long ones: heads that copy are found by
    them first. Some tokens of a first copy stand without their space: so "king" at a line's beginning is the same word
    as " king" later.
    Shapes: pools as of `token_pools`, bare as of `Letters` -> [count, length - 1] twice.
    """
    ids = np.empty((count, length), dtype=np.int64)
    new = np.empty((count, length), dtype=bool)
    for row in range(count):
        start = int(rng.random() < WITH_END_OF_TEXT)
        ids[row, :start] = END_OF_TEXT_ID
        new[row, :start] = True
        while start < length:
            copies, fresh = copied(rng, random_sequence(rng, length // 2, pools), bare)
            end = min(start + len(copies), length)
            ids[row, start:end] = copies[: end - start]
            new[row, start:end] = fresh[: end - start]
            start = end
    return Batch(ids[:, :-1], np.where(new, IGNORED, ids)[:, 1:])


def copied(rng: np.random.Generator, once: np.ndarray, bare: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A sequence two to four times, the first time some tokens without their space; and which stand there first.

    Shapes: once [period], bare [vocab_size] -> [copies * period] twice.
    """
    first = np.where(rng.random(len(once)) < WITHOUT_SPACE, bare[once], once)
    others = int(rng.integers(1, MOST_COPIES))
    never = np.zeros((others - 1) * len(once), dtype=bool)
    fresh = np.concatenate([np.ones(len(once), dtype=bool), first != once, never])
    return np.concatenate([first, np.tile(once, others)]), fresh


def random_sequence(rng: np.random.Generator, longest: int, pools: list[np.ndarray]) -> np.ndarray:
    """Tokens of one pool drawn at random, as many as SHORTEST_PERIOD to `longest`, the logarithm drawn evenly."""
    low, high = np.log(SHORTEST_PERIOD), np.log(max(longest, SHORTEST_PERIOD) + 1)
    period = int(np.exp(rng.uniform(low, high)))
    pool = pools[rng.choice(len(POOLS), p=[share for share, _ in POOLS])]
    return pool[rng.integers(0, len(pool), size=period)]


class Batches:
    """Draws the rows of any step.  `own` is for the curriculum, `beginnings` for all other sources.

    Throws: ValueError if a share names a source that there is no text of.
    """

    def __init__(self, sources: dict[str, np.ndarray], seed: int, *, beginnings: Beginnings, own: Beginnings):
        letters = read_letters()
        self.sources = {
            name: Source(ids, own if name == OWN_TEXT else beginnings, letters) for name, ids in sources.items()
        }
        self.counts = token_counts(sources)
        self.pools = token_pools(self.counts)
        self.bare = letters.bare
        self.seed = seed

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
            return repeated_rows(rng, count, context + 1, self.pools, self.bare)
        if name not in self.sources:
            known = [*self.sources, REPEATS]
            raise ValueError(f"Batches: shares must name one of {known}, got {name!r}. Correct the config's shares.")
        rows = self.sources[name].rows(rng, count, context + 1)
        return Batch(rows[:, :-1], rows[:, 1:])


def token_counts(sources: dict[str, np.ndarray]) -> np.ndarray:
    """How often each token stands in the sources.  Shapes: -> [vocab_size], int64."""
    return sum((np.bincount(ids, minlength=VOCAB_SIZE) for ids in sources.values()), np.zeros(VOCAB_SIZE, np.int64))


def token_pools(counts: np.ndarray) -> list[np.ndarray]:
    """For each of POOLS the tokens that stand in the texts so often, without 50256; all tokens where none does."""
    counts = counts[:END_OF_TEXT_ID]
    pools = (np.flatnonzero(counts >= least) for _, least in POOLS)
    return [pool if len(pool) else np.arange(END_OF_TEXT_ID) for pool in pools]


class Negatives:
    """Tokens for the sampled softmax, drawn with replacement.

    q is a mixture: ~ (count + 1)^0.75 over the vocabulary, and the step's own tokens. Without these a repeated row of
    rare tokens is told apart from others, but not its tokens from each other, which is what copying is about.
    """

    def __init__(self, counts: np.ndarray, seed: int):
        weights = (counts + SMOOTHING) ** NEGATIVE_POWER
        self.q = weights / weights.sum()
        self.seed = seed

    def draw(self, step: int, count: int, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Drawn tokens and the logarithm of their probabilities.  Shapes: ids, of any shape -> [count] twice."""
        rng = np.random.default_rng([self.seed, step, 1])  # 1: another stream than the rows'
        here = np.bincount(ids.ravel(), minlength=len(self.q)) / ids.size
        q = (1 - SHARE_OF_STEP) * self.q + SHARE_OF_STEP * here
        drawn = rng.choice(len(q), size=count, p=q)
        return drawn, np.log(q[drawn]).astype(np.float32)
