"""Validation loss: mean cross-entropy over held-out text, the whole vocabulary in the softmax."""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

TOKENS_AT_ONCE = 2_048  # whose logits are in memory

Logits = Callable[[Tensor], Tensor]  # ids [B, T] -> [B, T, vocab_size]


def windows(ids: np.ndarray, context: int) -> np.ndarray:
    """The stream cut into rows of context + 1 tokens that share one, so that each token but the first is a target once.

    What does not fill a row at the end is left out.  Shapes: [tokens] -> [rows, context + 1], int64.
    Throws: ValueError if not one row is full.
    """
    rows = (len(ids) - 1) // context
    if rows < 1:
        raise ValueError(f"windows: ids must be longer than the context of {context}, got {len(ids)}. Use more text.")
    return np.stack([ids[row * context : (row + 1) * context + 1] for row in range(rows)]).astype(np.int64)


@torch.no_grad()
def validation_loss(logits_of: Logits, ids: np.ndarray, context: int, device: torch.device, most: int = 0) -> float:
    """Mean over all targets of the first `most` rows (0: of all).  Units: nats a token."""
    rows = windows(ids, context)
    rows = rows[:most] if most else rows
    total = 0.0
    at_once = max(1, TOKENS_AT_ONCE // context)
    for start in range(0, len(rows), at_once):
        part = torch.from_numpy(rows[start : start + at_once]).to(device)
        logits = logits_of(part[:, :-1]).float()
        total += float(F.cross_entropy(logits.flatten(0, 1), part[:, 1:].flatten(), reduction="sum"))
    return total / (len(rows) * context)
