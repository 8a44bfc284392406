import numpy as np
import pytest
from training.documents import read_documents, write_documents
from training.tokens import (
    END_OF_TEXT_ID,
    decode_documents,
    encode_documents,
    load_tokenizer,
    read_tokens,
    write_tokens,
)

TEXTS = ["Once upon a time, there was a fox.", 'Tom said, "Hi!"\nHe ran.', "caf\u00e9 \U0001f98a  two  spaces", "a"]


def test_known_ids(tokenizer):
    # openai/gpt-2's own encoder gives these for its README's sentence
    assert tokenizer.encode("Hello world").ids == [15496, 995]


def test_documents_come_back_from_ids(tokenizer):
    ids = encode_documents(tokenizer, TEXTS)
    assert decode_documents(tokenizer, ids) == TEXTS
    assert (ids == END_OF_TEXT_ID).sum() == len(TEXTS)


def test_the_marker_in_a_text_is_letters(tokenizer):
    assert END_OF_TEXT_ID not in tokenizer.encode("<|endoftext|>").ids


def test_ids_agree_with_transformers(tokenizer):
    transformers = pytest.importorskip("transformers")
    from training.tokens import TOKENIZER_FOLDER

    other = transformers.AutoTokenizer.from_pretrained(TOKENIZER_FOLDER)
    for text in TEXTS:
        assert tokenizer.encode(text).ids == other(text)["input_ids"]


def test_a_token_file_comes_back(tmp_path, tokenizer):
    ids = encode_documents(tokenizer, TEXTS)
    write_tokens(tmp_path / "a.bin", ids)
    np.testing.assert_array_equal(read_tokens(tmp_path / "a.bin"), ids)


def test_a_token_file_that_was_cut_off_is_refused(tmp_path, tokenizer):
    write_tokens(tmp_path / "a.bin", encode_documents(tokenizer, TEXTS)[:-1])
    with pytest.raises(ValueError, match="must end with 50256"):
        read_tokens(tmp_path / "a.bin")


def test_a_folder_without_a_vocabulary_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"vocab\.json is missing"):
        load_tokenizer(tmp_path)


def test_a_corpus_file_comes_back(tmp_path):
    write_documents(tmp_path / "a.txt", TEXTS)
    assert read_documents(tmp_path / "a.txt") == TEXTS


def test_a_marker_inside_a_line_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("one\n<|endoftext|>\ntwo <|endoftext|> three\n")
    with pytest.raises(ValueError, match="inside document 1"):
        read_documents(tmp_path / "a.txt")
