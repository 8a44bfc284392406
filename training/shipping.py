"""Which weights of a run ship."""

from pathlib import Path

import torch
from torch import Tensor

from .model import GPT2
from .warm_start import start_from


@torch.no_grad()
def shipped_weights(state: dict) -> dict[str, Tensor]:
    """A run's averaged weights (its last ones if it keeps no average), or their mean with those of `mean_with`.

    The mean of two models is often better than both, where one came from the other or both from a third.
    Source: Wortsman et al. (2022), "Robust fine-tuning of zero-shot models", section 3, and "Model soups", section 2.
    The folder must still hold the weights that were meant: convert before it is replaced.
    Throws: FileNotFoundError if it is not there; ValueError if its model has another shape.
    """
    config, weights = state["config"], state["average"] or state["model"]
    if not config.mean_with:
        return weights
    model = GPT2(config)
    start_from(model, config, Path(config.mean_with))
    others = model.state_dict()
    return {name: torch.lerp(value.float(), others[name].float(), config.mean_share) for name, value in weights.items()}
