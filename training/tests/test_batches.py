import itertools

import numpy as np
import pytest
from training import batches as batches_module
from training.batches import (
    Batches,
    Negatives,
    copied,
    random_sequence,
    repeated_rows,
    token_counts,
    token_pools,
)
from training.config import VOCAB_SIZE
from training.losses import IGNORED
from training.rows import Beginnings
from training.tokens import END_OF_TEXT_ID

LEFT = np.array([1, 2, 3, END_OF_TEXT_ID, 4, 5, 6, 7, END_OF_TEXT_ID], dtype=np.uint16)
RIGHT = np.array([11, 12, 13, 14, 15, 16, 17, END_OF_TEXT_ID], dtype=np.uint16)
ANY_POOLS = [np.arange(9)] * 3
NO_TWINS = np.arange(VOCAB_SIZE)


def batches(right="right"):
    return Batches({"left": LEFT, right: RIGHT}, seed=3, beginnings=Beginnings(0.5), own=Beginnings(1.0))


def test_a_row_is_consecutive_tokens_of_one_source_and_targets_are_the_next_ones():
    batch = batches().draw(step=0, rows=200, context=4, shares={"left": 1, "right": 1})
    whole = np.concatenate([batch.ids, batch.targets[:, -1:]], 1)
    np.testing.assert_array_equal(whole[:, 1:], batch.targets)
    allowed = {tuple(stream[i : i + 5]) for stream in (LEFT, RIGHT) for i in range(len(stream) - 4)}
    assert set(map(tuple, whole)) == allowed  # all of them, and none that crosses from one source into the other


def test_rows_of_the_curriculum_have_beginnings_of_their_own():
    batch = batches("synthetic").draw(step=0, rows=100, context=4, shares={"left": 1, "synthetic": 1})
    of_curriculum = batch.ids[np.isin(batch.ids[:, 1], RIGHT[:-1])]
    assert len(of_curriculum) > 20
    assert (of_curriculum == RIGHT[:4]).all()


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


def test_repeats_repeat_and_count_only_what_stood_there_before(monkeypatch):
    fresh = itertools.count()
    drawn = {}  # first token of a sequence -> its length

    def another_sequence(rng, longest, pools):
        ids = np.array([next(fresh) for _ in range(len(random_sequence(rng, longest, pools)))])
        drawn[ids[0]] = len(ids)
        return ids

    monkeypatch.setattr(batches_module, "random_sequence", another_sequence)
    batch = repeated_rows(np.random.default_rng(0), 300, 33, ANY_POOLS, NO_TWINS)
    begun = batch.ids[:, 0] == END_OF_TEXT_ID
    assert abs(begun.mean() - 0.5) < 0.12  # 4 standard deviations
    assert not (batch.ids[:, 1:] == END_OF_TEXT_ID).any()
    for ids, targets in zip(batch.ids, batch.targets, strict=True):
        times = {}  # how often each token stood before
        for place, token in enumerate(ids):
            times[token] = times.get(token, 0) + 1
            if place > 0:
                assert targets[place - 1] == (IGNORED if times[token] == 1 else token)
        for first in set(drawn) & set(ids):
            period = drawn[first]
            places = np.flatnonzero(ids == first)
            assert (np.diff(places) == period).all()
            assert len(places) <= 4
            copies = ids[places[0] : places[0] + len(places) * period]
            assert copies.tolist() == (list(range(first, first + period)) * 4)[: len(copies)]
            cut_off = places[0] + 2 * period > len(ids)
            assert cut_off or len(places) >= 2
    assert min(drawn.values()) == 3
    assert max(drawn.values()) == 16


def test_some_tokens_of_a_first_copy_stand_without_their_space_and_do_not_count_before_they_stood_there():
    once = np.arange(1000)
    copies, fresh = copied(np.random.default_rng(3), once, bare=np.where(NO_TWINS % 2, NO_TWINS, NO_TWINS + 20_000))
    first, second, *others = copies.reshape(-1, 1000)
    is_bare = first != once
    assert (first[is_bare] == once[is_bare] + 20_000).all()
    assert not is_bare[once % 2 == 1].any()
    assert abs(is_bare.sum() / 500 - 0.35) < 0.09  # 4 standard deviations
    assert all((copy == once).all() for copy in [second, *others])
    np.testing.assert_array_equal(fresh, [*np.ones(1000), *is_bare, *np.zeros(len(copies) - 2000)])
    lengths = {len(copied(np.random.default_rng(seed), np.arange(5), NO_TWINS)[0]) for seed in range(40)}
    assert lengths == {10, 15, 20}


def test_repeats_are_of_the_pools_as_often_as_their_shares_say():
    pools = [np.arange(100, 200), np.arange(1000, 2000), np.arange(10_000, 30_000)]
    ids = repeated_rows(np.random.default_rng(1), 3000, 33, pools, NO_TWINS).ids
    ids = ids[ids != END_OF_TEXT_ID]
    shares = [((ids >= pool[0]) & (ids <= pool[-1])).mean() for pool in pools]
    np.testing.assert_allclose(shares, [0.4, 0.35, 0.25], atol=0.03)
    assert len(np.unique(ids[ids >= 10_000])) > 5000


def test_short_periods_are_drawn_as_often_as_twice_as_long_ones():
    rng = np.random.default_rng(2)
    lengths = np.array([len(random_sequence(rng, 47, ANY_POOLS)) for _ in range(8000)])
    shares = [((lengths >= low) & (lengths < 2 * low)).mean() for low in (3, 6, 12, 24)]
    np.testing.assert_allclose(shares, 0.25, atol=0.02)  # 4 standard deviations


def test_pools_are_by_how_often_tokens_stand_in_the_texts():
    counts = np.zeros(VOCAB_SIZE, np.int64)
    counts[[6, 7, 8, 9, END_OF_TEXT_ID]] = 1000, 999, 10, 9, 5000
    frequent, common, every = token_pools(counts)
    assert frequent.tolist() == [6]
    assert common.tolist() == [6, 7, 8]
    assert every.tolist() == list(range(END_OF_TEXT_ID))
    assert [len(pool) for pool in token_pools(np.zeros(VOCAB_SIZE, np.int64))] == [END_OF_TEXT_ID] * 3


def test_negatives_are_drawn_as_often_as_their_q_says():
    counts = token_counts({"left": LEFT, "right": RIGHT})
    counts[5] = 100_000
    negatives = Negatives(counts, seed=0)
    ids = np.array([[40_000, 5], [40_000, 40_001]])
    drawn, log_q = negatives.draw(0, 20_000, ids)
    assert negatives.q.shape == (VOCAB_SIZE,)
    assert negatives.q.min() > 0
    for token, here in ((5, 1 / 4), (40_000, 1 / 2), (1, 0)):
        q = 0.7 * negatives.q[token] + 0.3 * here
        assert abs((drawn == token).mean() - q) < 4 * np.sqrt(q * (1 - q) / 20_000)
        if (drawn == token).any():
            np.testing.assert_allclose(log_q[drawn == token], np.log(q), rtol=1e-6)
