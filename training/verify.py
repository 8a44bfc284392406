"""Compares a converted folder, loaded by Hugging Face transformers, with our model on the same rounded weights."""

import dataclasses
from pathlib import Path

import torch
from safetensors.torch import load_file

from .checkpoint import read_checkpoint
from .config import VOCAB_SIZE
from .model import GPT2
from .shipping import shipped_weights

TOLERANCE = 1e-3  # nats; float32 sums in another order differ by some 1e-5, a wrong GELU or layout by far more
ROWS = 2


def verify(run: Path, folder: Path, seed: int = 0) -> float:
    """The largest difference of the two models' logits on random tokens, n_ctx of them in a row.  Units: nats.

    The blocks are those of our run that ship, rounded to F16; wte is the folder's, whose unseen rows may be new.
    Throws: ValueError if the difference is above TOLERANCE.
    """
    from .shipped import load_shipped  # noqa: PLC0415 (transformers is needed for this alone)

    shipped = load_shipped(folder)
    state = read_checkpoint(run)
    config = dataclasses.replace(state["config"], dropout=0.0)
    model = GPT2(config).eval()
    weights = {name: value.half().float() for name, value in shipped_weights(state).items()}
    weights["wte.weight"][:VOCAB_SIZE] = load_file(folder / "model.safetensors")["wte.weight"].float()
    model.load_state_dict(weights)
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(VOCAB_SIZE, (ROWS, config.n_ctx), generator=generator)
    with torch.no_grad():
        difference = float((model.logits(ids) - shipped.logits(ids.to(shipped.device)).cpu()).abs().max())
    if not difference <= TOLERANCE:
        raise ValueError(
            f"verify: logits must be within {TOLERANCE} of Hugging Face's, got {difference}. "
            "The conversion or the model differs from GPT-2: do not ship this folder."
        )
    return difference
