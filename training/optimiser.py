"""What moves the weights: AdamW for all of them, or Muon for the matrices of the blocks and AdamW for the rest.

Muon makes each step's change of a matrix orthogonal, so that directions in which gradients are rare count as much as
the others. Its changes are scaled to AdamW's size ("match_rms_adamw"), so that both take the same learning rate.
Source: Jordan et al. 2024, "Muon"; Liu et al. 2025, "Muon is Scalable for LLM Training"; torch.optim.Muon.
"""

import torch

from .config import Config
from .model import GPT2, parameter_groups
from .muon import Muon

ADAM_EPSILON = 1e-8


class Optimiser:
    """One or two of torch's optimisers behind one's interface."""

    def __init__(self, config: Config, model: GPT2, fused: bool):
        matrices, others = parameter_groups(model, config.weight_decay)
        adamw = {"betas": config.betas, "eps": ADAM_EPSILON, "fused": fused}
        if config.optimiser == "adamw":
            self.parts = [torch.optim.AdamW([matrices, others], **adamw)]
        else:
            self.parts = [Muon([matrices]), torch.optim.AdamW([others], **adamw)]

    def set_rate(self, rate: float) -> None:
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = rate

    def zero_grad(self) -> None:
        for part in self.parts:
            part.zero_grad(set_to_none=True)

    def step(self) -> None:
        for part in self.parts:
            part.step()

    def state_dict(self) -> list[dict]:
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states: list[dict]) -> None:
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)
