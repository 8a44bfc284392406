import numpy as np
import pytest
from training.documents import OWN_TEXT
from training.seen import evenly, sample
from training.tokens import END_OF_TEXT_ID, write_tokens


def documents(count: int, length: int) -> np.ndarray:
    return np.concatenate([np.array([*[place] * length, END_OF_TEXT_ID]) for place in range(count)]).astype("<u2")


def test_whole_documents_are_taken_evenly():
    taken = evenly(documents(100, 9), 250)
    assert taken[taken != END_OF_TEXT_ID].reshape(-1, 9)[:, 0].tolist() == list(range(3, 100, 4))
    assert taken[-1] == END_OF_TEXT_ID


def test_a_short_text_is_taken_whole():
    ids = documents(5, 3)
    np.testing.assert_array_equal(evenly(ids, 1_000), ids)


def test_sources_have_their_shares(tmp_path):
    write_tokens(tmp_path / f"{OWN_TEXT}.train.bin", documents(1_000, 9))
    with pytest.raises(FileNotFoundError, match="books"):
        sample(tmp_path, 1_000)
    write_tokens(tmp_path / "books.train.bin", documents(1_000, 4))
    ids = sample(tmp_path, 1_000)
    runs = np.diff(np.flatnonzero(ids == END_OF_TEXT_ID))
    assert (runs == 10).sum() == 59  # 600 tokens: 60 documents, and the ends between them
    assert (runs == 5).sum() == 80
