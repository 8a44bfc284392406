"""Starts a run from the weights of a model folder instead of random ones."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from .config import VOCAB_SIZE, Config
from .model import GPT2
from .names import WEIGHTS, our_name

SHAPE = ("n_layer", "n_head", "n_embd", "n_ctx")


@torch.no_grad()
def start_from(model: GPT2, config: Config, folder: Path) -> None:
    """Copies the weights of a folder that `training.convert` wrote.  The rows that only pad wte stay as they are.

    Throws: ValueError if the folder's model has another shape than the config; FileNotFoundError.
    """
    theirs = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    other = [f"{key} {theirs[key]}" for key in SHAPE if theirs[key] != getattr(config, key)]
    if other:
        raise ValueError(
            f"start_from: the model in {folder} must have the config's shape, got {', '.join(other)}. "
            "Change the config, or its start_from or mean_with."
        )
    weights = {our_name(name): value.float() for name, value in load_file(folder / WEIGHTS).items()}
    for name, p in model.named_parameters():
        value = weights[name]
        linear = name.startswith("h.") and p.dim() > 1
        if name == "wte.weight":
            p[:VOCAB_SIZE].copy_(value)
        else:
            p.copy_(value.T if linear else value)
