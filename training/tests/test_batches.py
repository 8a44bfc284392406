import numpy as np
import pytest
from training.batches import Batches, Negatives, Source, repeated_rows, token_counts
from training.config import VOCAB_SIZE
from training.losses import IGNORED
from training.tokens import END_OF_TEXT_ID

LEFT = np.array([1, 2, 3, END_OF_TEXT_ID, 4, 5, 6, 7, END_OF_TEXT_ID], dtype=np.uint16)
RIGHT = np.array([11, 12, 13, 14, 15, 16, 17, END_OF_TEXT_ID], dtype=np.uint16)


def batches(document_start=0.5):
    return Batches({"left": LEFT, "right": RIGHT}, seed=3, document_start=document_start)


def test_a_row_is_consecutive_tokens_of_one_source_and_targets_are_the_next_ones():
    batch = batches().draw(step=0, rows=200, context=4, shares={"left": 1, "right": 1})
    whole = np.concatenate([batch.ids, batch.targets[:, -1:]], 1)
    np.testing.assert_array_equal(whole[:, 1:], batch.targets)
    allowed = {tuple(stream[i : i + 5]) for stream in (LEFT, RIGHT) for i in range(len(stream) - 4)}
    assert set(map(tuple, whole)) == allowed  # all of them, and none that crosses from one source into the other


def test_rows_never_run_past_the_end_of_a_stream():
    rows = Source(LEFT).rows(np.random.default_rng(0), 500, len(LEFT), document_start=1.0)
    np.testing.assert_array_equal(rows, np.tile(LEFT.astype(np.int64), (500, 1)))


def test_document_starts_are_where_documents_start():
    rows = Source(LEFT).rows(np.random.default_rng(0), 100, 3, document_start=1.0)
    assert set(rows[:, 0]) == {1, 4}


def test_a_stream_shorter_than_a_row_is_refused():
    with pytest.raises(ValueError, match="at most 9 tokens long, got 10"):
        Source(LEFT).rows(np.random.default_rng(0), 1, 10, 0.5)


def test_a_step_depends_on_seed_and_number_alone():
    one, other = batches(), batches()
    other.draw(0, 5, 4, {"left": 1})
    for a, b in zip(one.draw(7, 9, 4, {"left": 1}), other.draw(7, 9, 4, {"left": 1}), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one.draw(7, 50, 4, {"left": 1}).ids, one.draw(8, 50, 4, {"left": 1}).ids)


def test_shares_are_how_often_a_source_comes():
    batch = batches().draw(0, 4000, 2, {"left": 3, "right": 1})
    of_left = np.isin(batch.ids[:, 0], LEFT[:-1]) & ~np.isin(batch.ids[:, 1], RIGHT[:-1])
    assert abs(of_left.mean() - 0.75) < 0.03  # 4 standard deviations


def test_an_unknown_source_is_refused_by_name():
    with pytest.raises(ValueError, match=r"one of \['left', 'right', 'repeats'\], got 'poems'"):
        batches().draw(0, 1, 2, {"poems": 1})


def test_repeats_repeat_and_count_only_what_can_be_known():
    batch = repeated_rows(np.random.default_rng(0), 300, 33)
    assert batch.ids.max() < END_OF_TEXT_ID
    for ids, targets in zip(batch.ids, batch.targets, strict=True):
        period = int((targets == IGNORED).sum()) + 1
        assert 4 <= period <= 16
        np.testing.assert_array_equal(ids[period:], ids[: len(ids) - period])
        np.testing.assert_array_equal(targets[period - 1 : -1], ids[period:])


def test_negatives_are_drawn_as_often_as_their_q_says():
    counts = token_counts({"left": LEFT, "right": RIGHT})
    counts[5] = 100_000
    negatives = Negatives(counts, seed=0)
    drawn, log_q = negatives.draw(0, 20_000)
    q = negatives.q[5]
    assert negatives.q.shape == (VOCAB_SIZE,)
    assert abs((drawn == 5).mean() - q) < 4 * np.sqrt(q * (1 - q) / 20_000)
    np.testing.assert_allclose(log_q, np.log(negatives.q[drawn]), rtol=1e-6)
    assert negatives.q.min() > 0
