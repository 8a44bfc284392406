import dataclasses
import sys

import pytest
import torch
from training import branch
from training.checkpoint import read_checkpoint
from training.config import load_config
from training.schedule import learning_rate
from training.train import Log, train
from training.trainer import Trainer


@pytest.fixture
def trunk(tiny, data, tmp_path):
    """A run at a constant rate, stopped at step 3."""
    folder = tmp_path / "trunk"
    folder.mkdir()
    trainer = Trainer(dataclasses.replace(tiny, schedule="stable", decay_from=0.99, dropout=0.0), data, folder)
    train(trainer, Log(folder), minutes=None, stop_at=3)
    return folder


def run_branch(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["branch", *map(str, arguments)])
    branch.main()


def test_a_branch_goes_on_from_where_the_run_stood_and_falls_to_its_end(trunk, data, tmp_path, monkeypatch):
    out = tmp_path / "branch"
    run_branch(monkeypatch, "--run", trunk, "--out", out, "--steps", 4, "--set", "dropout=0.2")
    config = load_config(out / "config.json", [])
    assert (config.steps, config.dropout, config.seed) == (7, 0.2, 0)
    rates = [learning_rate(config, step / 7) / config.learning_rate for step in (3, 5, 7)]
    assert rates == pytest.approx([1, 0.525, 0.05])  # final_learning_rate is 0.05 of it
    trainer = Trainer(config, data, out)
    trainer.resume()
    assert trainer.step == 3
    for (name, p), kept in zip(trainer.model.named_parameters(), read_checkpoint(trunk)["model"].values(), strict=True):
        assert torch.equal(p, kept), name
    assert train(trainer, Log(out), minutes=None, stop_at=None) is True
    assert trainer.step == 7
    assert read_checkpoint(trunk)["step"] == 3  # the trunk can still go on


def test_a_branch_that_cannot_be_is_refused(trunk, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        run_branch(monkeypatch, "--run", trunk, "--out", tmp_path / "branch", "--steps", 0)
    with pytest.raises(ValueError, match=r"got \['wdith'\]"):
        run_branch(monkeypatch, "--run", trunk, "--out", tmp_path / "branch", "--steps", 1, "--set", "wdith=5")
    assert not (tmp_path / "branch").exists()
    with pytest.raises(ValueError, match="must not hold a run"):
        run_branch(monkeypatch, "--run", trunk, "--out", trunk, "--steps", 1)
    assert read_checkpoint(trunk)["config"].decay_from == 0.99
