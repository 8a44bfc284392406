import numpy as np
from training.letters import read_letters
from training.tokens import END_OF_TEXT_ID, encode_documents

LETTERS = read_letters()


def test_a_token_without_its_space_is_what_begins_a_line(tokenizer):
    for word in ("king", "was", "The", "("):
        [with_space], [alone] = tokenizer.encode(f" {word}").ids, tokenizer.encode(word).ids
        assert LETTERS.bare[with_space] == alone
        assert LETTERS.bare[alone] == alone
    [space] = tokenizer.encode(" ").ids
    assert LETTERS.bare[space] == space
    assert LETTERS.bare.shape == (END_OF_TEXT_ID + 1,)


def test_sentences_begin_behind_a_stop_and_a_space_or_a_new_line(tokenizer):
    texts = [
        'The fox ran. He said, "Stop! Who?" She did.\n"No," he said.\nthe end',
        "It was 3. but not 4.A Dog. Is\n\nIt",
    ]
    ids = encode_documents(tokenizer, texts)
    tokens = [tokenizer.decode([i], skip_special_tokens=False) for i in ids]
    starts = LETTERS.sentence_starts(ids)
    assert [tokens[i] for i in starts] == [" He", " Who", " She", '"', " Is", "It"]
    assert np.all(np.diff(starts) > 0)
