import hashlib
import subprocess
import sys
from collections import Counter

import pytest
from training.documents import read_documents
from training.evaluate.openings import OPENINGS
from training.heldout import read_heldout
from training.leaks import find_leaks
from training.synthetic.arithmetic import never_shown
from training.synthetic.curriculum import BEHAVIOURS, curriculum
from training.synthetic.ioi import reserved_pair
from training.synthetic.openings import begins_as_a_story, unlike_a_story
from training.synthetic.words import NAMES, WORDS, YEARS
from training.wordlist import LISTED_WORDS

SMALL = 0.02
SHA256_OF_SMALL = (
    "9a61de19af8896f423c3e9576956335c47b0f41573ff61743eda91041dc9c5ce"  # of the texts of seed 7, joined by \n
)


@pytest.fixture(scope="module")
def texts():
    return list(curriculum(seed=7, scale=SMALL))


def test_a_seed_gives_the_same_text_on_every_machine(texts):
    joined = "\n".join(document.text for document in texts)
    assert hashlib.sha256(joined.encode()).hexdigest() == SHA256_OF_SMALL


def test_another_seed_gives_another_text(texts):
    other = {document.text for document in curriculum(seed=8, scale=SMALL)}
    assert not other & {document.text for document in texts}


def test_a_larger_scale_begins_with_the_same_documents(texts):
    larger = [d.text for d in curriculum(seed=7, scale=2 * SMALL) if d.behaviour == "ioi"]
    small = [d.text for d in texts if d.behaviour == "ioi"]
    assert larger[: len(small)] == small
    assert len(larger) > len(small)


def test_each_behaviour_gets_its_share(texts):
    letters = Counter()
    for document in texts:
        letters[document.behaviour] += len(document.text)
    for behaviour, _, size in BEHAVIOURS:
        assert size * SMALL <= letters[behaviour] < size * SMALL + 3000  # 3000: the last document runs over


def test_no_document_holds_a_held_out_prompt(texts):
    assert find_leaks([document.text for document in texts], read_heldout()) == set()


def test_no_document_holds_a_listed_word(texts):
    assert [d.text for d in texts if LISTED_WORDS.search(d.text)] == []


def test_a_document_of_unrelated_lines_does_not_begin_as_a_story_does(texts):
    of_lines = [d.text for d in texts if d.behaviour not in ("induction", "mixed")]
    assert [text for text in of_lines if begins_as_a_story(text)] == []
    assert len(of_lines) > 400


def test_stories_begin_as_stories_do():
    stories = [*OPENINGS, "It was a sunny day.", "Tom's dog", "Lily ran"]
    others = ["Both keys are new.", "Then", "When Tom got home", "5 + 5 = 10", "ball, cat", "Theory", "Is that Tom?"]
    assert [text for text in stories + others if begins_as_a_story(text)] == [*stories, "Then"]


def test_the_first_line_that_no_story_begins_with_comes_first():
    drawn = iter([["The a", "Tom b"], ["The c", "Red d", "An e", "Up to f"]])
    assert unlike_a_story(lambda: next(drawn)) == ["Red d", "The c", "An e", "Up to f"]


def test_a_scale_of_nothing_is_refused():
    with pytest.raises(ValueError, match="scale must be above 0, got 0"):
        next(curriculum(seed=7, scale=0))


def test_names_and_words_are_one_token(tokenizer):
    assert [word for word in NAMES + WORDS if len(tokenizer.encode(f" {word}").ids) != 1] == []


def test_years_are_a_century_and_a_rest(tokenizer):
    for century, rests in YEARS.items():
        for rest in rests:
            assert tokenizer.encode(f" {century}{rest}").tokens == [f"\u0120{century}", rest]


def test_mary_and_john_never_meet(texts):
    assert reserved_pair("Mary", "John")
    sentences = [line for d in texts if d.behaviour == "ioi" for line in d.text.replace(". ", ".\n").split("\n")]
    assert [s for s in sentences if s.startswith("When Mary and John") or s.startswith("When John and Mary")] == []


def test_a_sum_that_is_never_shown_is_in_no_form(texts):
    unseen = [(a, b) for a in range(21) for b in range(21 - a) if never_shown("+", a, b)]
    assert len(unseen) > 5
    everything = "\n".join(f" {d.text} " for d in texts)
    for a, b in unseen:
        assert f" {a} + {b} = {a + b}" not in everything.replace("\n", " ")


def test_the_command_writes_all_documents_in_a_seeded_order(tmp_path):
    out = tmp_path / "new" / "synthetic.txt"
    command = [sys.executable, "-m", "training.synthetic", "--out", str(out), "--scale", "0.003"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    written, made = read_documents(out), [document.text for document in curriculum(seed=7, scale=0.003)]
    assert sorted(written) == sorted(text.strip() for text in made)
    assert written != [text.strip() for text in made]
    assert "greater_than" in printed
