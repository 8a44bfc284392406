"""Does a story's beginning go on as a story?  Samples from openings, told from the curriculum by pairs of tokens."""

import math

import numpy as np

from ..shipped import Shipped
from .samples import write

OPENINGS = [
    "Once upon a time",
    "One day, a little girl",
    "The old man",
    "Tom and his dog",
    "In the garden there was",
    "There was a",
    "The king",
    "A boy named Tim",
    "Lily wanted",
    "It was a sunny day",
    "Mom said",
    "The big bear",
    "One morning",
    "A little bird",
    "The cat",
    "He saw",
    "She was sad because",
    "Sam and Mia",
    "In a small house",
    "The children",
    '"Hello," said',
    '"Where are you going?" asked',
    "My friend",
    "They all",
]
TOKENS = 40
SMOOTHING = 0.5  # added to the count of a pair that stands in one of the texts
ID_BITS = 16  # of a token in a pair's number


def pairs(ids: np.ndarray) -> np.ndarray:
    """A number for each two tokens in a row.  Shapes: [n] -> [n - 1], int64."""
    ids = np.asarray(ids, dtype=np.int64)
    return (ids[:-1] << ID_BITS) + ids[1:]


class PairCounts:
    """How often two tokens stand in a row in a text."""

    def __init__(self, ids: np.ndarray):
        self.numbers, self.counts = np.unique(pairs(ids), return_counts=True)
        self.total = int(self.counts.sum())

    def of(self, numbers: np.ndarray) -> np.ndarray:
        """Their counts, 0 for those that are not there.  Shapes: [n] -> [n]."""
        at = np.searchsorted(self.numbers, numbers).clip(max=len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, self.counts[at], 0)


class Judge:
    """Says which of two texts some tokens are likelier from, by pairs of tokens.  Shapes: arrays of ids."""

    def __init__(self, one: np.ndarray, other: np.ndarray):
        self.texts = PairCounts(one), PairCounts(other)
        kinds = len(np.union1d(self.texts[0].numbers, self.texts[1].numbers))
        self.totals = [text.total + SMOOTHING * kinds for text in self.texts]

    def evidence(self, ids: np.ndarray) -> float:
        """How much likelier the tokens are from the other text than from the one.  Units: nats.

        Pairs that stand in neither say nothing.
        """
        one, other = (text.of(pairs(ids)) for text in self.texts)
        known = (one > 0) | (other > 0)
        ratio = np.log(other[known] + SMOOTHING) - np.log(one[known] + SMOOTHING)
        return float(ratio.sum() - known.sum() * math.log(self.totals[1] / self.totals[0]))


def gone_astray(shipped: Shipped, stories: np.ndarray, curriculum: np.ndarray, each: int, seed: int) -> dict:
    """Of `each` samples of every opening, how many are likelier from the curriculum than from the stories.

    Judged are the opening's last token and what was written after it. The seed decides what is drawn. "share" is of all
    samples, "by_opening" of those of each opening that has any.  Units: fractions.
    Throws: ValueError if an opening and TOKENS do not fit n_ctx.
    """
    judge = Judge(stories, curriculum)
    prompts = [shipped.tokenizer.encode(text).ids for text in OPENINGS]
    written = write(shipped, [prompt for prompt in prompts for _ in range(each)], TOKENS, seed)
    shares = {}
    for number, (text, prompt) in enumerate(zip(OPENINGS, prompts, strict=True)):
        samples = written[number * each : (number + 1) * each]
        shares[text] = float(np.mean([judge.evidence([prompt[-1], *sample]) > 0 for sample in samples]))
    return {
        "samples": len(written),
        "tokens_each": TOKENS,
        "share": float(np.mean(list(shares.values()))),
        "by_opening": {text: share for text, share in shares.items() if share},
    }
