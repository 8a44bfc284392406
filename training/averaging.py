"""The exponential moving average of the weights: what is validated, converted and shipped."""

from contextlib import contextmanager

import torch
from torch import Tensor, nn


class Average:
    """average <- d * average + (1 - d) * weights, with a smaller d in the first steps, so that it is never stale."""

    def __init__(self, model: nn.Module, decay: float):
        self.decay = decay
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters()}

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """After optimiser step `step`, counted from 1."""
        decay = min(self.decay, step / (step + 10))  # 10: after n steps, about the last n / 10 count
        new = [p.detach() for _, p in model.named_parameters()]
        torch._foreach_lerp_(list(self.weights.values()), new, 1 - decay)

    def state_dict(self) -> dict[str, Tensor]:
        return self.weights

    def load_state_dict(self, weights: dict[str, Tensor]) -> None:
        for name, value in weights.items():
            self.weights[name].copy_(value)

    @contextmanager
    def in_place_of(self, model: nn.Module):
        """The model computes with the averaged weights inside the `with`, and with its own again after it."""
        own = {name: p.detach().clone() for name, p in model.named_parameters()}
        copy_weights(model, self.weights)
        try:
            yield model
        finally:
            copy_weights(model, own)


@torch.no_grad()
def copy_weights(model: nn.Module, weights: dict[str, Tensor]) -> None:
    for name, p in model.named_parameters():
        p.copy_(weights[name])
