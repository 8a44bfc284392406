import json
import subprocess
import sys

import numpy as np
import pytest
from training.cleaning import duplicate_key, plain, why_dropped
from training.documents import write_documents
from training.leaks import find_leaks
from training.prepare import clean, is_validation, split
from training.tokens import decode_documents, read_tokens

PROMPT = {"prompt": "1 + 9 =", "behaviour": "arithmetic"}
YEAR = {"prompt": "lasted from the year 1745 to the year 17", "behaviour": "greater_than"}


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("1 + 9 = 10", True),
        ("We know:\n1  +\n9 = 10", True),
        ("(1 + 9 = 10)", True),
        ("11 + 9 = 20", False),
        ("It lasted from the year 1745 to the year 1750.", True),
        ("It lasted from the year 1746 to the year 1750.", False),
    ],
)
def test_a_prompt_is_found_from_word_to_word(text, leaks):
    assert find_leaks(["Something else.", text, "The end."], [PROMPT, YEAR]) == ({1} if leaks else set())


def test_a_prompt_across_two_documents_is_none():
    assert find_leaks(["1 + 9", "= 10"], [PROMPT]) == set()


def test_quotes_and_dashes_become_plain():
    assert plain("\u201cIt\u2019s\u201d \u2014 so\u2026\r\n") == '"It\'s" - so...'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A plain story.\nIt ends.", None),
        ("Caf\u00e9", "other letters than ASCII"),
        ("Write to a@b.org", "address"),
        ("What a bastard he was", "word list"),
        ("The Bastardo family", None),
    ],
)
def test_why_a_document_is_dropped(text, reason):
    assert why_dropped(text, own_text=False) == reason


def test_duplicates_differ_only_in_case_and_punctuation():
    assert duplicate_key("The Fox, he ran!", False) == duplicate_key("the fox he ran", False)
    assert duplicate_key("( [ ] )", True) != duplicate_key("[ ( ) ]", True)


def test_cleaning_counts_what_it_drops():
    sources = {"a": ["One fox.", "one fox", "See 1 + 9 = 10."], "b": ["One fox!", "Two foxes."]}
    kept, dropped = clean(sources, [PROMPT])
    assert kept == {"a": ["One fox."], "b": ["Two foxes."]}
    assert dropped == {"a": {"duplicate": 1, "held-out prompt": 1}, "b": {"duplicate": 1}}


def test_the_split_depends_on_the_text_alone():
    texts = [f"Document {number}." for number in range(2000)]
    parts = split(texts)
    assert sorted(parts["train"] + parts["val"]) == sorted(texts)
    assert parts["val"] == list(split(texts[::-1])["val"])
    assert all(map(is_validation, parts["val"])) and not any(map(is_validation, parts["train"]))
    assert 2 <= len(parts["val"]) <= 25  # one in 200 of 2000


def test_the_command_writes_what_training_reads(tmp_path, tokenizer):
    corpus, out = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    texts = [f"The fox number {number} ran home. It was late." for number in range(400)]
    write_documents(corpus / "stories.txt", texts)
    command = [sys.executable, "-m", "training.prepare", "--corpus", str(corpus), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    train, val = (read_tokens(out / f"stories.{part}.bin") for part in ("train", "val"))
    assert sorted(decode_documents(tokenizer, np.concatenate([train, val]))) == sorted(texts)
    write_documents(corpus / "poems.txt", [f"A poem, number {number}." for number in range(400)])
    (corpus / "stories.txt").unlink()
    subprocess.run(command, check=True, capture_output=True)
    manifest = json.loads((out / "manifest.json").read_text())
    assert set(manifest) == {"poems", "stories"}  # the second call leaves the first one's source
    assert manifest["stories"]["train"]["tokens"] == len(train)
    assert manifest["stories"]["train"]["documents"] + manifest["stories"]["val"]["documents"] == len(texts)


def test_an_empty_corpus_is_refused_in_one_line(tmp_path):
    command = [sys.executable, "-m", "training.prepare", "--corpus", str(tmp_path), "--out", str(tmp_path / "o")]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1 and "holds no .txt file" in result.stderr
