"""The model as it ships: a Hugging Face folder, run by Hugging Face's own GPT-2."""

import os
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # only the folder given is read

import torch
from torch import Tensor
from transformers import GPT2LMHeadModel

from .device import pick_device
from .tokens import load_tokenizer


class Shipped(NamedTuple):
    model: GPT2LMHeadModel
    tokenizer: object  # tokenizers.Tokenizer
    device: torch.device
    n_ctx: int

    def logits(self, ids: Tensor) -> Tensor:
        """Shapes: ids [B, T] -> [B, T, vocab_size], nats."""
        return self.model(ids).logits

    def encode(self, text: str) -> Tensor:
        """Shapes: -> [1, T]."""
        return torch.tensor([self.tokenizer.encode(text).ids], device=self.device)


def load_shipped(folder: Path) -> Shipped:
    """Loads a folder in float32, with attention that can be looked at.

    Throws: FileNotFoundError if the folder has no config.json or no vocabulary.
    """
    if not (folder / "config.json").exists():
        raise FileNotFoundError(
            f"load_shipped: {folder}/config.json is missing. Run `python -m training.convert` first."
        )
    device = pick_device()
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    model = model.to(device).eval()
    return Shipped(model, load_tokenizer(folder), device, model.config.n_positions)
