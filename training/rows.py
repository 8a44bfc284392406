"""Rows of consecutive tokens, cut from one source."""

from typing import NamedTuple

import numpy as np

from .letters import Letters
from .tokens import END_OF_TEXT_ID

WITH_END_OF_TEXT = 0.5  # of the rows that begin as a text does have 50256 in front


class Beginnings(NamedTuple):
    """Shares of the rows that begin where a document or a sentence does; the others begin anywhere."""

    document: float
    sentence: float = 0.0


class Source:
    """A token stream that rows are cut from.

    A row may run into the next document, as it does for GPT-2: 50256 stands between. One that begins at a document's or
    a sentence's first token reads as a text of its own: half of these have 50256 in front, and a sentence's first word
    stands without its space. So a model learns that a text may begin with any sentence of the stories.
    """

    def __init__(self, ids: np.ndarray, beginnings: Beginnings, letters: Letters):
        self.ids, self.beginnings, self.bare = ids, beginnings, letters.bare
        self.documents = np.concatenate([[0], np.flatnonzero(ids[:-1] == END_OF_TEXT_ID) + 1])
        self.sentences = letters.sentence_starts(ids)

    def rows(self, rng: np.random.Generator, count: int, length: int) -> np.ndarray:
        """Rows that never go past the stream's end.

        Shapes: -> [count, length], int64.
        Throws: ValueError if the stream is shorter than a row, or has no sentence where rows are to begin with one.
        """
        last = len(self.ids) - length
        if last < 0:
            raise ValueError(f"Source: rows must be at most {len(self.ids)} tokens long, got {length}. Use more text.")
        kind = rng.random(count)
        document = kind < self.beginnings.document
        sentence = ~document & (kind < sum(self.beginnings))
        first = rng.integers(0, last + 1, size=count)
        first[document] = drawn(rng, self.documents, last, document.sum())
        first[sentence] = drawn(rng, self.sentences, last, sentence.sum())
        marked = (document | sentence) & (first > 0) & (rng.random(count) < WITH_END_OF_TEXT)
        rows = self.ids[(first - marked)[:, None] + np.arange(length)].astype(np.int64)
        rows[marked, 0] = END_OF_TEXT_ID
        begun, column = np.flatnonzero(sentence), marked[sentence].astype(int)
        rows[begun, column] = self.bare[rows[begun, column]]
        return rows


def drawn(rng: np.random.Generator, places: np.ndarray, last: int, count: int) -> np.ndarray:
    """Some of the places that are at most `last`.  Throws: ValueError if there is none and some are wanted."""
    among = np.searchsorted(places, last, side="right")
    if count and not among:
        raise ValueError(
            f"Source: a sentence must begin among the first {last + 1} tokens, got none. Use more text, or set "
            "sentence_start (own_sentence_start for the curriculum) to 0."
        )
    return places[rng.integers(0, max(among, 1), size=count)] if count else places[:0]
