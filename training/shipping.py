"""Which weights of a run ship."""

from pathlib import Path

import torch
from torch import Tensor

from .model import GPT2
from .warm_start import start_from


@torch.no_grad()
def shipped_weights(state: dict) -> dict[str, Tensor]:
    """A run's averaged weights (its last ones if it keeps no average), mixed with those it began with by `start_share`.

    The mean of two models of which one came from the other is often better than both.
    Source: Wortsman et al. (2022), "Robust fine-tuning of zero-shot models", section 3.
    The folder `start_from` must still hold what the run began with: convert before it is replaced.
    Throws: FileNotFoundError if it is no longer there.
    """
    config, weights = state["config"], state["average"] or state["model"]
    if config.start_share == 0:
        return weights
    began = GPT2(config)
    start_from(began, config, Path(config.start_from))
    first = began.state_dict()
    return {name: torch.lerp(value.float(), first[name].float(), config.start_share) for name, value in weights.items()}
