import numpy as np
import pytest
from training.config import VOCAB_SIZE
from training.letters import Letters, read_letters
from training.rows import Beginnings, Source
from training.tokens import END_OF_TEXT_ID, encode_documents

STREAM = np.array([1, 2, 3, END_OF_TEXT_ID, 4, 5, 6, 7, END_OF_TEXT_ID], dtype=np.uint16)
PLAIN = Letters(np.arange(VOCAB_SIZE), *np.zeros((3, VOCAB_SIZE), dtype=bool))
TEXTS = ['The fox ran. He said, "Stop! Who are you?" She did.\nA dog came.', "Mr. Fox is 3. but not. 4 now! It"]


def rows(ids, count, length, letters=PLAIN, **beginnings):
    return Source(ids, Beginnings(**beginnings), letters).rows(np.random.default_rng(0), count, length)


def texts_of(tokenizer, ids):
    return {tokenizer.decode(row.tolist(), skip_special_tokens=False) for row in ids}


def test_rows_never_run_past_the_end_of_a_stream():
    np.testing.assert_array_equal(rows(STREAM, 500, len(STREAM), document=1.0), np.tile(STREAM.astype(int), (500, 1)))


def test_document_starts_are_where_documents_start_half_of_them_behind_50256():
    drawn = rows(STREAM, 4000, 3, document=1.0)
    assert set(map(tuple, drawn)) == {(1, 2, 3), (4, 5, 6), (END_OF_TEXT_ID, 4, 5)}
    of_second = drawn[drawn[:, 0] != 1]
    assert abs((of_second[:, 0] == END_OF_TEXT_ID).mean() - 0.5) < 0.05  # 4 standard deviations


def test_rows_begin_as_often_as_the_shares_say(tokenizer):
    ids = encode_documents(tokenizer, [f"{'a b c d e f g h i j' * 9}. The end" for _ in range(40)])
    drawn = rows(ids, 8000, 3, read_letters(), document=0.3, sentence=0.5)
    [first], [the] = tokenizer.encode("a").ids, tokenizer.encode("The").ids
    begins = np.where(drawn[:, 0] == END_OF_TEXT_ID, drawn[:, 1], drawn[:, 0])
    assert abs((begins == the).mean() - 0.5) < 0.03
    assert abs((begins == first).mean() - 0.3) < 0.04  # a few of the rows that begin anywhere do too
    assert abs((drawn[:, 0] == END_OF_TEXT_ID).mean() - 0.4) < 0.03


def test_a_sentence_begins_a_row_without_its_space_and_what_follows_is_the_text(tokenizer):
    drawn = rows(encode_documents(tokenizer, TEXTS), 2000, 4, read_letters(), document=0, sentence=1.0)
    marked = drawn[:, 0] == END_OF_TEXT_ID
    begun = {'He said, "', 'Who are you?"', "She did.\n", "A dog came.", "Fox is 3."}
    shorter = {tokenizer.decode(tokenizer.encode(text).ids[:3]) for text in begun}
    assert texts_of(tokenizer, drawn[~marked]) == begun
    assert texts_of(tokenizer, drawn[marked][:, 1:]) == shorter
    assert len(shorter) == len(begun)


def test_a_sentence_start_needs_a_sentence():
    with pytest.raises(ValueError, match="a sentence must begin among the first 7 tokens, got none"):
        rows(STREAM, 10, 3, document=0, sentence=1.0)
    assert rows(STREAM, 10, 3, document=1.0).shape == (10, 3)


def test_a_stream_shorter_than_a_row_is_refused():
    with pytest.raises(ValueError, match="at most 9 tokens long, got 10"):
        rows(STREAM, 1, 10, document=0.5)
