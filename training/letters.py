"""What a token's letters say of where sentences begin."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .tokens import TOKENIZER_FOLDER

SPACE, NEWLINE = "\u0120", "\u010a"  # how vocab.json writes them
STOP = re.compile(r"""[.!?]+["']?""")
CAPITAL = re.compile(rf"""{SPACE}?["'A-Z]""")


class Letters(NamedTuple):
    """Of each token: shapes [vocab_size]; bare int64, the others bool."""

    bare: np.ndarray  # the token of the same letters with no space in front; itself where there is none
    stop: np.ndarray  # ends a sentence: . ! ? and a quotation mark after them
    newline: np.ndarray
    capital: np.ndarray  # begins, after its space if it has one, with a capital letter or a quotation mark

    def sentence_starts(self, ids: np.ndarray) -> np.ndarray:
        """The places of a stream where a sentence begins: after a stop and a space, or after a new line.

        Shapes: ids [tokens] -> [sentences], int64.
        """
        before, here = ids[:-1], ids[1:]
        spaced = self.bare[here] != here
        return np.flatnonzero(self.capital[here] & (self.newline[before] | (self.stop[before] & spaced))) + 1


def read_letters(folder: Path = TOKENIZER_FOLDER) -> Letters:
    """Reads them off a folder's vocab.json.  Throws: FileNotFoundError if there is none."""
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    tokens = sorted(vocabulary, key=vocabulary.get)
    bare = [vocabulary.get(token.removeprefix(SPACE), number) for number, token in enumerate(tokens)]
    return Letters(
        bare=np.array(bare),
        stop=np.array([bool(STOP.fullmatch(token)) for token in tokens]),
        newline=np.array([set(token) == {NEWLINE} for token in tokens]),
        capital=np.array([bool(CAPITAL.match(token)) for token in tokens]),
    )
