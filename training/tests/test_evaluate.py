import math

import numpy as np
import pytest
import torch
from training.evaluate import __main__ as command
from training.evaluate.behaviours import Answers, behaviour_scores, best_tokens, score
from training.evaluate.heads import PERIOD, head_scores, induction_scores, previous_token_scores
from training.evaluate.memorisation import SEED, Corpus, outside_quotations
from training.evaluate.openings import OPENINGS, Judge, gone_astray, pairs
from training.evaluate.originality import originality
from training.evaluate.samples import stories, write
from training.heldout import HELDOUT, read_heldout
from training.shipped import Shipped
from training.tokens import write_tokens
from training.validation import validation_loss, windows
from training.wordlist import LISTED_WORDS
from transformers import GPT2Config, GPT2LMHeadModel

CPU = torch.device("cpu")


def planted(tokenizer, ranking):
    """A model that says the same at every position: the tokens of `ranking`, the likeliest first, then all others."""
    config = GPT2Config(n_layer=2, n_head=2, n_embd=8, n_positions=160, attn_implementation="eager")
    model = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.zero_()
        model.transformer.ln_f.bias[0] = 1.0  # the final state: 1, 0, 0, ...
        for place, token in enumerate(ranking):
            model.transformer.wte.weight[token, 0] = 40.0 - place
    return Shipped(model, tokenizer, CPU, 160)


def shares(prompts, *values):
    names = ("expected_top1", "expected_top5", "accepted_top1", "accepted_top5")
    return {"prompts": prompts, **dict(zip(names, values, strict=True))}


def prompt(behaviour, accept, single_token=True):
    return {
        "behaviour": behaviour,
        "sub": "kind",
        "prompt": "When Mary and John went to the store, John gave a drink to",
        "expected": accept[0],
        "accept": accept,
        "single_token": single_token,
    }


def test_a_planted_model_gets_the_scores_it_should(tokenizer):
    ranking = [tokenizer.encode(word).ids[0] for word in (" Mary", " John", " Tom", " Anna", " Lucy", " Kate")]
    prompts = [
        prompt("ioi", [" Mary"]),
        prompt("ioi", [" John"]),
        prompt("ioi", [" Kate"]),  # the sixth
        prompt("facts", [" Kate", " Mary"]),
        prompt("facts", [" Mary"], single_token=False),  # does not count
    ]
    scores = behaviour_scores(planted(tokenizer, ranking), prompts)
    assert scores["ioi"] == shares(3, 1 / 3, 2 / 3, 1 / 3, 2 / 3)
    assert scores["facts"] == scores["facts/kind"] == shares(1, 0.0, 0.0, 1.0, 1.0)
    assert scores["all"] == shares(4, 0.25, 0.5, 0.5, 0.75)


def test_prompts_of_other_lengths_do_not_change_an_answer(tokenizer):
    torch.manual_seed(0)
    config = GPT2Config(n_layer=1, n_head=2, n_embd=8, n_positions=160, attn_implementation="eager")
    shipped = Shipped(GPT2LMHeadModel(config).eval(), tokenizer, CPU, 160)
    prompts = [{"prompt": text} for text in ("One day", "Once upon a time there was a fox", "Tom")]
    assert best_tokens(shipped, prompts) == [best_tokens(shipped, [one])[0] for one in prompts]


def test_scores_by_hand():
    prompts = [{"behaviour": "a", "sub": "x"}, {"behaviour": "a", "sub": "y"}]
    scores = score(prompts, [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]], [Answers(9, {5, 9}), Answers(1, {1})])
    assert scores["a"] == shares(2, 0.5, 0.5, 0.5, 1.0)
    assert scores["a/x"] == shares(1, 0.0, 0.0, 0.0, 1.0)


def test_the_heldout_file_has_what_it_says():
    prompts = read_heldout()
    assert len(prompts) == 972
    assert sum(p["single_token"] for p in prompts) == 875
    assert len({p["prompt"] for p in prompts}) == 972
    assert all(p["expected"] in p["accept"] for p in prompts if p["behaviour"] != "greater_than")


def test_head_scores_of_planted_patterns():
    previous = torch.diag(torch.ones(9), -1)
    pattern = torch.stack([previous, torch.eye(10)])[None]  # head 0: the token before; head 1: the token itself
    torch.testing.assert_close(previous_token_scores(pattern), torch.tensor([1.0, 0.0]))
    induction = torch.zeros(10, 10)
    for query in range(5, 10):
        induction[query, query - 4] = 1.0  # the token after the first copy, with a period of 5
    pattern = torch.stack([induction, previous])[None]
    torch.testing.assert_close(induction_scores(pattern, 5), torch.tensor([1.0, 0.0]))


def test_heads_that_look_everywhere_get_the_mean(tokenizer):
    scores = head_scores(planted(tokenizer, []))  # all weights 0: attention is even
    T = 2 * PERIOD
    assert scores["previous_token"][0]["score"] == pytest.approx(sum(1 / (i + 1) for i in range(1, T)) / (T - 1))
    assert scores["induction"][0]["score"] == pytest.approx(sum(1 / (i + 1) for i in range(PERIOD, T)) / PERIOD)
    assert scores["loss_second_copy"] == pytest.approx(math.log(50_257), abs=1e-4)


def test_windows_make_each_token_a_target_once():
    rows = windows(np.arange(12), 3)
    np.testing.assert_array_equal(rows, [[0, 1, 2, 3], [3, 4, 5, 6], [6, 7, 8, 9]])
    with pytest.raises(ValueError, match="longer than the context of 20, got 12"):
        windows(np.arange(12), 20)


def test_validation_loss_by_hand():
    def logits_of(ids):  # says the next number with odds 3 : 1 against each of two others
        logits = torch.zeros(*ids.shape, 30)
        logits[..., 3:] = -torch.inf
        return logits.scatter(2, (ids % 3)[..., None], math.log(2))

    ids = np.array([0, 0, 0, 0, 1, 1, 1])
    # targets equal to the token before: 5 of 6, each log 4/2; the one that is not: log 4/1
    expected = (5 * math.log(2) + math.log(4)) / 6
    assert validation_loss(logits_of, ids, 3, CPU) == pytest.approx(expected, abs=1e-6)


def test_a_planted_text_is_found_at_its_full_length():
    rng = np.random.default_rng(0)
    corpus, other = rng.integers(0, 50_000, 5_000), rng.integers(0, 50_000, 3_000)
    sample = np.concatenate([rng.integers(0, 50_000, 20), other[1_000:1_047], rng.integers(0, 50_000, 20)])
    index = Corpus([corpus, other], [sample])
    assert index.longest_run(sample) == (47, 20)


def test_a_run_at_the_very_end_of_a_corpus_is_found():
    corpus = np.arange(100)
    sample = np.arange(90, 110)
    assert Corpus([corpus], [sample]).longest_run(sample) == (10, 0)


def test_the_longest_of_many_copies_is_found():
    start = np.arange(10)
    corpus = np.concatenate([start, [500], start, [10, 11, 12, 501], start, [10]])
    sample = np.arange(15)
    assert Corpus([corpus], [sample]).longest_run(sample) == (13, 0)


def test_a_run_shorter_than_the_seed_counts_as_none():
    sample = np.arange(SEED - 1)
    assert Corpus([np.arange(100)], [sample]).longest_run(sample) == (0, 0)


def test_agrees_with_a_search_of_every_run():
    rng = np.random.default_rng(1)
    corpus = rng.integers(0, 2, 600)  # two tokens only: many copies, some long
    for _ in range(20):
        sample = rng.integers(0, 2, 40)
        text, longest = bytes(corpus.astype(np.uint8)), 0
        for a in range(40):
            for b in range(a + SEED, 41):
                if bytes(sample[a:b].astype(np.uint8)) in text:
                    longest = max(longest, b - a)
        assert Corpus([corpus], [sample]).longest_run(sample)[0] == longest


@pytest.mark.parametrize(
    ("pieces", "stretches"),
    [
        (["a", "b"], [(0, 2)]),
        (["a", ' "', "b", '."', "c"], [(0, 1), (4, 5)]),
        (["a", ' "', "b"], [(0, 1)]),
        (['"Hi"', "c", "d"], [(1, 3)]),
        (["a", '"', "b", '"', '"', "c", '"'], [(0, 1)]),
    ],
)
def test_what_stands_outside_quotations(pieces, stretches):
    assert outside_quotations(pieces) == stretches


def test_a_model_that_repeats_its_text_is_caught(tokenizer):
    the = tokenizer.encode(" the").ids[0]
    shipped = planted(tokenizer, [the])
    corpus = np.concatenate([np.full(60, the), [50_256]]).astype(np.uint16)
    found = originality(shipped, {"stories": corpus}, count=2, seed=0)
    assert found["samples"] == 2 and found["above_limit"] == 2
    assert found["longest"] == 60  # of 120 tokens written, all " the"
    assert found["longest_runs"][0]["text"].count("the") >= 60
    assert found["listed_words"] == 0


def test_a_model_that_writes_what_is_in_no_text_is_not(tokenizer):
    shipped = planted(tokenizer, [tokenizer.encode(" fox").ids[0]])
    corpus = np.array([*tokenizer.encode("The old man went home and slept until noon.").ids, 50_256], dtype=np.uint16)
    found = originality(shipped, {"stories": corpus}, count=2, seed=0)
    assert found["above_limit"] == 0


def test_a_listed_word_in_a_sample_is_counted(tokenizer):
    word = " bastard"
    assert LISTED_WORDS.search(word)
    shipped = planted(tokenizer, tokenizer.encode(word).ids)
    corpus = np.array([1, 2, 3, 50_256, 4, 5, 6, 50_256], dtype=np.uint16)
    assert originality(shipped, {"stories": corpus}, count=1, seed=0)["listed_words"] == 1


def test_samples_are_seeded_and_as_long_as_asked(tokenizer):
    torch.manual_seed(1)
    config = GPT2Config(n_layer=1, n_head=2, n_embd=8, n_positions=160, attn_implementation="eager")
    shipped = Shipped(GPT2LMHeadModel(config).eval(), tokenizer, CPU, 160)
    one = write(shipped, [[1, 2], [1, 2]], tokens=6, seed=5)
    assert [len(row) for row in one] == [6, 6] and one[0] != one[1]
    assert write(shipped, [[1, 2], [1, 2]], 6, seed=5) == one
    assert write(shipped, [[1, 2], [1, 2]], 6, seed=6) != one
    assert len(stories(shipped, seed=0)) == 6
    with pytest.raises(ValueError, match="at most 160 together, got 162"):
        write(shipped, [[1, 2]], 160, seed=0)


def test_each_prompt_gets_its_own_continuation_whatever_its_length(tokenizer):
    class Echo:
        def generate(self, ids, **_):
            return torch.cat([ids, ids[:, -1:]], 1)

    shipped = Shipped(Echo(), tokenizer, CPU, 160)
    assert write(shipped, [[1, 2], [3, 4, 5], [6, 7]], tokens=1, seed=0) == [[2], [5], [7]]


def test_a_sample_ends_where_a_document_ends(tokenizer):
    assert write(planted(tokenizer, [50_256]), [[1, 2]], 9, seed=0) == [[]]


def test_evidence_by_hand():
    judge = Judge(np.array([1, 2, 1, 2, 3]), np.array([1, 3, 50_256]))
    # five kinds of pairs: in the one text 12 twice, 21, 23; in the other 13 and 3 50256; so 4 + 2.5 and 2 + 2.5 in all
    for ids, other, one in (
        ([1, 2], 0.5 / 4.5, 2.5 / 6.5),
        ([1, 3], 1.5 / 4.5, 0.5 / 6.5),
        ([3, 50_256], 1.5 / 4.5, 0.5 / 6.5),
        ([9, 8], 1, 1),  # stands in neither
        ([50_256, 50_256, 1], 1, 1),
    ):
        assert judge.evidence(ids) == pytest.approx(math.log(other / one))
    assert judge.evidence([1, 2, 3]) == pytest.approx(judge.evidence([1, 2]) + judge.evidence([2, 3]))
    assert judge.evidence([1]) == 0
    assert len(np.unique(pairs([0, 1, 0, 0, 256, 1, 0, 256, 257, 0, 1]))) == 7


def test_stories_and_curriculum_are_told_apart_where_both_are_there(tmp_path, monkeypatch):
    for name in ("losses", "behaviour_scores", "head_scores", "stories", "originality"):
        monkeypatch.setattr(command, name, lambda *_: {})
    monkeypatch.setattr(command, "gone_astray", lambda _, one, other, each, seed: (one[0], other[0], each, seed))
    write_tokens(tmp_path / "tinystories.train.bin", np.array([7, 50_256]))
    assert command.evaluate(None, tmp_path, HELDOUT, 1, 3, 0)["gone_astray"] is None
    write_tokens(tmp_path / "synthetic.train.bin", np.array([5, 50_256]))
    assert command.evaluate(None, tmp_path, HELDOUT, 1, 3, 0)["gone_astray"] == (7, 5, 12, 3)


@pytest.mark.parametrize(("ends", "share"), [([], 0.0), ([0], 1 / 24), ([0, 4, 23], 3 / 24)])
def test_beginnings_that_go_on_as_curriculum_are_counted(tokenizer, ends, share):
    """A planted model that writes 5 5 5 ... after some openings and 7 7 7 ... after the others."""
    prompts = [tokenizer.encode(text).ids for text in OPENINGS]
    astray = [prompts[number] for number in ends]

    class Planted:
        def generate(self, ids, max_new_tokens, **_):
            token = torch.tensor([[5 if row in astray else 7] for row in ids.tolist()])
            return torch.cat([ids, token.repeat(1, max_new_tokens)], 1)

    shipped = Shipped(Planted(), tokenizer, CPU, 160)
    found = gone_astray(shipped, np.array([7] * 50), np.array([5] * 30), each=2, seed=0)
    assert found["samples"] == 48 and found["tokens_each"] == 40
    assert found["share"] == pytest.approx(share)
    assert found["by_opening"] == {OPENINGS[number]: 1.0 for number in ends}
