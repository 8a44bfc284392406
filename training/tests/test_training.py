import dataclasses
import json
from pathlib import Path

import pytest
import torch
from training.averaging import Average
from training.checkpoint import read_checkpoint
from training.config import load_config, make_config
from training.muon import Muon
from training.rows import Beginnings
from training.schedule import learning_rate
from training.train import Log, train
from training.trainer import Trainer

CONFIGS = Path(__file__).parent.parent / "configs"


def run(config, data, folder, stop_at=None):
    folder.mkdir(exist_ok=True)
    trainer = Trainer(config, data, folder)
    trainer.resume()
    train(trainer, Log(folder), minutes=None, stop_at=stop_at)
    return trainer


def test_a_run_that_was_interrupted_equals_one_that_was_not(tiny, data, tmp_path):
    whole = run(tiny, data, tmp_path / "whole")
    run(tiny, data, tmp_path / "parts", stop_at=3)  # inside the sampled phase and the warm-up
    run(tiny, data, tmp_path / "parts", stop_at=5)  # inside the full phase
    parts = run(tiny, data, tmp_path / "parts")
    assert whole.step == parts.step == tiny.steps
    for (name, a), b in zip(whole.model.named_parameters(), parts.model.parameters(), strict=True):
        assert torch.equal(a, b), name
    for name, a in whole.average.weights.items():
        assert torch.equal(a, parts.average.weights[name]), name


def test_a_run_with_muon_that_was_interrupted_equals_one_that_was_not(tiny, data, tmp_path):
    muon = dataclasses.replace(tiny, optimiser="muon")
    whole = run(muon, data, tmp_path / "whole")
    run(muon, data, tmp_path / "parts", stop_at=3)
    parts = run(muon, data, tmp_path / "parts")
    adamw = run(tiny, data, tmp_path / "adamw")
    for (name, a), b in zip(whole.model.named_parameters(), parts.model.parameters(), strict=True):
        assert torch.equal(a, b), name
    assert not torch.equal(whole.model.h[0].c_fc.weight, adamw.model.h[0].c_fc.weight)


def test_muon_moves_a_matrix_alike_in_all_directions(tiny, data, tmp_path):
    muon = dataclasses.replace(tiny, optimiser="muon", weight_decay=0.0, warmup=0.0, dropout=0.0)
    trainer = Trainer(muon, data, tmp_path)
    before = trainer.model.h[0].attn_c_proj.weight.detach().clone()
    rate = trainer.train_step()["learning_rate"]
    moved = torch.linalg.svdvals(trainer.model.h[0].attn_c_proj.weight.detach() - before)
    size = 0.2 * rate * 16**0.5  # 0.2 lr sqrt(n_embd): "Muon is Scalable for LLM Training", section 2.2
    assert (moved / size < 1.3).all()
    assert (moved / size > 0.6).sum() >= 12  # of 16: five Newton-Schulz steps bring all but the smallest near 1


def test_our_muon_is_torchs():
    shapes = [(16, 16), (48, 16), (16, 64), (16, 16)]
    generator = torch.Generator().manual_seed(3)
    ours, theirs = ([torch.nn.Parameter(torch.ones(shape)) for shape in shapes] for _ in range(2))
    pairs = [Muon([{"params": ours, "weight_decay": 0.1}]), torch.optim.Muon(theirs, adjust_lr_fn="match_rms_adamw")]
    for optimiser in pairs:
        optimiser.param_groups[0]["lr"] = 0.1
    for _ in range(3):
        for a, b in zip(ours, theirs, strict=True):
            a.grad = b.grad = torch.randn(a.shape, generator=generator)
        for optimiser in pairs:
            optimiser.step()
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=4e-3)  # torch's is bfloat16 inside; changes are 0.02 each
        assert (a - 1).abs().mean() > 0.02


def test_a_run_starts_from_the_weights_of_a_folder(tiny, data, tmp_path):
    from training.convert import convert
    from training.tokens import TOKENIZER_FOLDER

    first = run(tiny, data, tmp_path / "first")
    convert(tmp_path / "first", [data], tmp_path / "model", TOKENIZER_FOLDER)
    second = Trainer(dataclasses.replace(tiny, start_from=str(tmp_path / "model")), data, tmp_path / "second")
    for name, p in second.model.named_parameters():
        own = first.average.weights[name].half().float()
        rows = 50_257 if name == "wte.weight" else len(p)
        assert torch.equal(p[:rows], own[:rows]), name
    wider = dataclasses.replace(tiny, n_embd=32, start_from=str(tmp_path / "model"))
    with pytest.raises(ValueError, match="got n_embd 16"):
        Trainer(wider, data, tmp_path / "third")


def test_training_lowers_the_loss(tiny, data, tmp_path):
    longer = dataclasses.replace(tiny, tokens=128 * 40, dropout=0.0)
    trainer = run(longer, data, tmp_path / "run")
    losses = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    validations = [line["validation"]["stories"] for line in losses if "validation" in line]
    assert trainer.step == 40
    assert validations[-1] < validations[0] - 1


def test_micro_batches_add_up_to_the_batch(tiny, data, tmp_path):
    tiny = dataclasses.replace(tiny, dropout=0.0)
    whole = Trainer(dataclasses.replace(tiny, micro_tokens=128), data, tmp_path)
    parts = Trainer(tiny, data, tmp_path)
    for phase in tiny.phases:
        loss_of_whole, loss_of_parts = (part.backward(phase, phase.contexts[0]) for part in (whole, parts))
        torch.testing.assert_close(loss_of_whole, loss_of_parts)
        for a, b in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
            torch.testing.assert_close(a.grad, b.grad, rtol=1e-4, atol=1e-7)


def test_a_run_does_not_go_on_with_another_config(tiny, data, tmp_path):
    run(tiny, data, tmp_path, stop_at=1)
    with pytest.raises(ValueError, match="another seed, learning_rate"):
        other = dataclasses.replace(tiny, seed=2, learning_rate=0.5)
        run(other, data, tmp_path)


def test_a_run_folder_without_a_checkpoint_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"latest\.pt is missing"):
        read_checkpoint(tmp_path)


def test_validation_uses_the_average_and_leaves_the_weights_alone(tiny, data, tmp_path):
    trainer = Trainer(tiny, data, tmp_path)
    for _ in range(3):
        trainer.train_step()
    before = [p.clone() for p in trainer.model.parameters()]
    first = trainer.validate()
    assert all(torch.equal(a, b) for a, b in zip(before, trainer.model.parameters(), strict=True))
    assert trainer.model.training
    for p in trainer.average.weights.values():
        p.zero_()
    assert trainer.validate()["stories"] == pytest.approx(10.825, abs=1e-3)  # log 50,257: all logits are 0
    assert first["stories"] != pytest.approx(10.825, abs=1e-4)


def test_the_average_by_hand():
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(model.weight, 1.0)
    average = Average(model, decay=0.5)
    torch.nn.init.constant_(model.weight, 3.0)
    average.update(model, step=1)  # decay min(0.5, 1 / 11)
    assert float(average.weights["weight"]) == pytest.approx(1 / 11 * 1 + 10 / 11 * 3)
    average.update(model, step=90)  # decay 0.5
    assert float(average.weights["weight"]) == pytest.approx(0.5 * (1 / 11 + 30 / 11) + 0.5 * 3)


@pytest.mark.parametrize(
    ("schedule", "progress", "rate"),
    [
        ("cosine", 0.05, 0.5),
        ("cosine", 0.1, 1.0),
        ("cosine", 0.55, 0.55),
        ("cosine", 1.0, 0.1),
        ("stable", 0.05, 0.5),
        ("stable", 0.5, 1.0),
        ("stable", 0.8, 1.0),
        ("stable", 0.9, 0.55),
        ("stable", 1.0, 0.1),
    ],
)
def test_learning_rates_by_hand(tiny, schedule, progress, rate):
    config = dataclasses.replace(
        tiny, schedule=schedule, warmup=0.1, decay_from=0.8, learning_rate=1.0, final_learning_rate=0.1
    )
    assert learning_rate(config, progress) == pytest.approx(rate)


def test_phases_follow_progress(tiny):
    assert [tiny.phase_at(progress).contexts for progress in (0, 0.49, 0.5, 1)] == [[16], [16], [32], [32]]


def test_the_contexts_of_a_phase_take_turns(tiny):
    phase = dataclasses.replace(tiny.phases[0], contexts=[32, 32, 8])
    assert [phase.context_at(step) for step in range(7)] == [32, 32, 8, 32, 32, 8, 32]


def test_a_step_trains_on_rows_of_its_turn(tiny, data, tmp_path, monkeypatch):
    phase = dataclasses.replace(tiny.phases[0], until=1, contexts=[16, 8])
    trainer = Trainer(dataclasses.replace(tiny, phases=[phase]), data, tmp_path)
    drawn = []
    draw = trainer.batches.draw
    monkeypatch.setattr(trainer.batches, "draw", lambda *args: drawn.append(draw(*args)) or drawn[-1])
    assert [trainer.train_step()["context"] for _ in range(3)] == [16, 8, 16]
    assert [batch.ids.shape for batch in drawn] == [(8, 16), (16, 8), (8, 16)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_embd": 17}, "n_embd must be a multiple of n_head"),
        ({"n_ctx": 8}, "contexts must be 2 to n_ctx"),
        (
            {"phases": [{"until": 1, "contexts": [], "softmax": "full", "shares": {"a": 1}}]},
            "each phase must have contexts",
        ),
        ({"tokens": 5}, "tokens must be at least batch_tokens"),
        ({"dropout": 1}, "dropout must be at least 0 and below 1"),
        ({"mean_with": "folder", "mean_share": 1}, "mean_share must be at least 0 and below 1"),
        ({"mean_share": 0.5}, "mean_with and mean_share need each other"),
        ({"mean_with": "folder"}, "mean_with and mean_share need each other"),
        ({"document_start": 0.6, "sentence_start": 0.5}, r"must be shares, got \[0.6, 0.5, 0.0\]"),
        ({"sentence_start": -0.1}, r"must be shares, got \[0.5, -0.1, 0.0\]"),
        ({"own_sentence_start": 1.5}, r"must be shares, got \[0.5, 0.0, 1.5\]"),
        ({"schedule": "linear"}, "schedule must be one of"),
        ({"wdith": 5}, r"got \['wdith'\]"),
    ],
)
def test_a_config_that_cannot_be_is_refused(tiny, changes, message):
    with pytest.raises(ValueError, match=message):
        make_config({**tiny.as_dict(), **changes})


def test_a_config_says_where_rows_begin(tiny, data, tmp_path):
    config = make_config({**tiny.as_dict(), "document_start": 0.4, "sentence_start": 0.25, "own_sentence_start": 0.15})
    assert config.beginnings == Beginnings(document=0.4, sentence=0.25)
    assert config.own_beginnings == Beginnings(document=0.85, sentence=0.15)
    trainer = Trainer(config, data, tmp_path)
    assert trainer.batches.sources["stories"].beginnings == config.beginnings


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.json")), ids=lambda path: path.stem)
def test_the_configs_of_the_repository_load(path):
    assert load_config(path, []).n_layer == 12
    assert load_config(path, ["seed=5", "schedule=cosine"]).seed == 5


def test_bfloat16_is_near_float32(tiny, data, tmp_path):
    tiny = dataclasses.replace(tiny, dropout=0.0)
    exact = Trainer(tiny, data, tmp_path).train_step()
    rough = Trainer(dataclasses.replace(tiny, precision="bfloat16"), data, tmp_path).train_step()
    assert float(rough["loss"]) == pytest.approx(float(exact["loss"]), rel=0.01)
    assert float(rough["loss"]) != float(exact["loss"])
    assert float(rough["gradient_norm"]) == pytest.approx(float(exact["gradient_norm"]), rel=0.05)


def test_minutes_stop_a_run_that_can_go_on(tiny, data, tmp_path):
    trainer = Trainer(tiny, data, tmp_path)
    assert train(trainer, Log(tmp_path), minutes=0, stop_at=None) is False
    assert trainer.step == 1
    assert read_checkpoint(tmp_path)["step"] == 1
    assert train(trainer, Log(tmp_path), minutes=None, stop_at=None) is True


def test_speed_is_measured_phase_by_phase(tiny, data):
    from training.bench import measure

    for number in range(2):
        speed = measure(tiny, data, number, steps=1)
        assert speed.clock > 0 and speed.processor > 0


def test_compiled_blocks_are_one_graph_for_all_and_compute_the_same(tiny):
    from torch._dynamo.testing import CompileCounterWithBackend
    from training.model import GPT2

    config = dataclasses.replace(tiny, dropout=0.0)
    plain, compiled = GPT2(config), GPT2(config)
    compiled.load_state_dict(plain.state_dict())
    counter = CompileCounterWithBackend("aot_eager")  # what CUDA compiles, without its code
    compiled.compile_blocks(backend=counter)
    for length in (16, 32):
        ids = torch.randint(50_257, (2, length), generator=torch.Generator().manual_seed(0))
        torch.testing.assert_close(compiled(ids), plain(ids))
    assert counter.frame_count == 2  # one for each length, not for each block
    assert compiled.state_dict().keys() == plain.state_dict().keys()
