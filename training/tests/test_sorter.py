import json

import pytest
import torch
from training.sorter import (
    CONTEXT,
    END,
    EQUALS,
    LETTERS,
    LONGEST,
    NO_TARGET,
    VOCAB,
    draw_lists,
    make_model,
    save,
    score,
    train,
    written,
)


def test_a_line_is_the_list_its_order_and_the_end():
    lists = draw_lists(500, torch.Generator().manual_seed(3))
    assert set(lists.lengths.tolist()) == set(range(1, LONGEST + 1))
    for ids, targets, length in zip(lists.ids.tolist(), lists.targets.tolist(), lists.lengths.tolist(), strict=True):
        letters = ids[:length]
        assert max(letters) < len(LETTERS)
        line = [*letters, EQUALS, *sorted(letters), END]
        assert ids == line + [END] * (CONTEXT - len(line))
        asked = [NO_TARGET] * length + sorted(letters) + [END]
        assert targets == asked + [NO_TARGET] * (CONTEXT - len(asked))


def test_lists_of_one_length_can_be_asked_for():
    assert draw_lists(20, torch.Generator().manual_seed(3), 7).lengths.tolist() == [7] * 20


def test_it_learns_and_its_folder_is_read_by_transformers(tmp_path):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.manual_seed(0)
    model = make_model()
    losses = [loss for _, loss, _ in train(model, 60, torch.Generator().manual_seed(0))]
    assert losses[0] == pytest.approx(2.64, abs=0.1)  # log 14: all tokens alike
    assert losses[-1] < 2.2
    save(model, tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    assert tokenizer("CAB=ABC<|endoftext|>")["input_ids"] == [2, 0, 1, EQUALS, 0, 1, 2, END]
    assert json.loads((tmp_path / "vocab.json").read_text()) == VOCAB
    ids = draw_lists(4, torch.Generator().manual_seed(5)).ids
    with torch.no_grad():
        torch.testing.assert_close(AutoModelForCausalLM.from_pretrained(tmp_path)(ids).logits, model(ids).logits)


def test_only_whole_answers_to_new_lists_count():
    class Sorter:
        """Answers as it should, but for lists that begin with A."""

        def __call__(self, ids):
            targets = torch.zeros(ids.shape, dtype=torch.int64)
            for row, line in enumerate(ids.tolist()):
                following = [*line[1:], END]
                targets[row] = torch.tensor(following if line[0] else [END] * len(line))
            return type("Output", (), {"logits": torch.nn.functional.one_hot(targets, len(VOCAB)).float()})

    def generator():
        return torch.Generator().manual_seed(1)

    scores = score(Sorter(), set(), generator())
    right, of = scores[5]
    assert of == 2_000
    assert 0.85 < right / of < 0.97  # 11 of 12 lists begin with another letter
    twice = generator()
    drawn = {row for length in range(1, LONGEST + 1) for row in written(draw_lists(2_000, twice, length))}
    assert score(Sorter(), drawn, generator())[5] == (0, 0)
