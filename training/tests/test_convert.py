import dataclasses

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from training.checkpoint import save_checkpoint
from training.convert import canonical, convert, fill_unseen, half
from training.model import GPT2, PADDED_VOCAB, count_parameters
from training.tokens import END_OF_TEXT_ID, TOKENIZER_FOLDER, read_tokens, write_tokens
from training.trainer import Trainer
from training.verify import verify


@pytest.fixture
def run(tiny, data, tmp_path):
    trainer = Trainer(tiny, data, tmp_path)
    for _ in range(2):
        trainer.train_step()
    for p in trainer.average.weights.values():  # large enough that each part of the model matters
        p.add_(torch.randn(p.shape, generator=torch.Generator().manual_seed(p.numel())) * 0.3)
    trainer.save()
    return tmp_path


def test_the_folder_computes_what_the_run_does(run, data, tiny):
    facts = convert(run, [data], run / "folder", TOKENIZER_FOLDER)
    assert verify(run, run / "folder") < 1e-3
    assert facts["tokens"] == 2 * tiny.batch_tokens
    assert facts["parameters"] == count_parameters(GPT2(tiny))
    assert facts["their_rows"] == "repeats"
    assert (run / "folder" / "model.safetensors").stat().st_mode & 0o777 == 0o644


def test_the_mean_with_another_model_can_ship(run, data, tiny, tmp_path):
    convert(run, [data], run / "first", TOKENIZER_FOLDER)
    second = tmp_path / "second"
    second.mkdir()
    mean = dataclasses.replace(tiny, seed=tiny.seed + 1, mean_with=str(run / "first"), mean_share=0.25)
    trainer = Trainer(mean, data, second)
    trainer.train_step()
    trainer.save()
    convert(second, [data], second / "folder", TOKENIZER_FOLDER)
    assert verify(second, second / "folder") < 1e-3
    name = "h.1.mlp.c_fc.weight"
    own = canonical(trainer.average.weights)[name]
    first, mixed = (
        load_file(folder / "model.safetensors")[name].float() for folder in (run / "first", second / "folder")
    )
    assert (first - own).abs().max() > 1e-3
    torch.testing.assert_close(mixed, 0.75 * own + 0.25 * first, rtol=1e-3, atol=1e-6)


def test_verify_notices_a_wrong_weight(run, data):
    convert(run, [data], run / "folder", TOKENIZER_FOLDER)
    from safetensors.torch import save_file

    tensors = load_file(run / "folder" / "model.safetensors")
    tensors["h.1.mlp.c_proj.weight"] = tensors["h.1.mlp.c_proj.weight"] * 1.1
    save_file(tensors, run / "folder" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ValueError, match=r"must be within 0\.001 of Hugging Face's"):
        verify(run, run / "folder")


def test_names_and_dtypes_are_those_of_the_shipped_model(run, data):
    convert(run, [data], run / "folder", TOKENIZER_FOLDER)
    ours = load_file(run / "folder" / "model.safetensors")
    shipped = load_file(TOKENIZER_FOLDER / "model.safetensors")
    assert set(ours) == {name for name in shipped if not name.startswith("h.") or int(name.split(".")[1]) < 2}
    assert {value.dtype for value in ours.values()} == {torch.float16}
    assert ours["h.0.attn.c_attn.weight"].shape == (16, 48)  # input first


def test_the_logits_are_those_of_transformers_without_rounding(tiny):
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    ours = GPT2(dataclasses.replace(tiny, dropout=0.0))
    for p in ours.parameters():
        torch.nn.init.normal_(p, std=0.3)
    theirs = GPT2LMHeadModel(GPT2Config(n_layer=2, n_head=2, n_embd=16, n_positions=32)).eval()
    theirs.transformer.load_state_dict(canonical(dict(ours.named_parameters())))
    ids = torch.randint(50_257, (2, 32))
    with torch.no_grad():
        torch.testing.assert_close(ours.eval().logits(ids), theirs(ids).logits, rtol=1e-5, atol=2e-4)


def test_padding_rows_are_cut_off(tiny):
    model = GPT2(tiny)
    assert model.wte.weight.shape[0] == PADDED_VOCAB == 50_304
    assert canonical(model.state_dict())["wte.weight"].shape[0] == 50_257


def test_unseen_rows_by_hand():
    wte = torch.tensor([[10.0], [2.0], [4.0], [0.0], [8.0]])
    filled = fill_unseen(wte, np.array([5, 1, 2, 0, 0]))  # the rarest tenth of three is one row: 2
    torch.testing.assert_close(filled, torch.tensor([[10.0], [2.0], [4.0], [2 - 0.3 * 4], [2 + 0.3 * 4]]))


def test_without_repeats_unseen_rows_are_filled(tiny, data, tmp_path):
    phase = dataclasses.replace(tiny.phases[1], until=1, shares={"stories": 1.0})
    trainer = Trainer(dataclasses.replace(tiny, phases=[phase]), data, tmp_path)
    trainer.train_step()
    save_checkpoint(tmp_path, trainer.config, 1, trainer.model, trainer.optimiser, trainer.average)
    facts = convert(tmp_path, [data], tmp_path / "folder", TOKENIZER_FOLDER)
    assert facts["their_rows"] == "filled"
    assert facts["tokens_in_no_text"] > 40_000
    assert verify(tmp_path, tmp_path / "folder") < 1e-3


def test_what_an_earlier_run_read_is_no_token_without_text(run, data, tmp_path, tokenizer):
    alone = convert(run, [data], run / "folder", TOKENIZER_FOLDER)["tokens_in_no_text"]
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    new, known = tokenizer.encode(" xylophone").ids, tokenizer.encode(" the").ids
    write_tokens(earlier / "stories.train.bin", np.array([*new, *known, END_OF_TEXT_ID]))
    both = convert(run, [data, earlier], run / "folder", TOKENIZER_FOLDER)["tokens_in_no_text"]
    seen = set(read_tokens(data / "stories.train.bin").tolist())
    assert alone - both == len(set(new) - seen) > 0


def test_a_value_that_f16_cannot_hold_is_refused():
    with pytest.raises(ValueError, match=r"ln_f\.weight must be within 65504, got 100000"):
        half({"ln_f.weight": torch.tensor([1e5])})
    with pytest.raises(ValueError, match="nan"):
        half({"ln_f.weight": torch.tensor([float("nan")])})
