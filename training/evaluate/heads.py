"""Which heads look at the token before, and which at the token after an earlier copy, on repeated random tokens."""

import torch
from torch import Tensor

from ..config import VOCAB_SIZE
from ..shipped import Shipped

SEQUENCES = 8
PERIOD = 50  # random tokens, then the same again
BEST = 5  # heads listed


def repeated_random(seed: int, seen: Tensor) -> Tensor:
    """Random tokens among `seen`, twice over.  Shapes: -> [SEQUENCES, 2 * PERIOD]."""
    generator = torch.Generator().manual_seed(seed)
    once = seen[torch.randint(len(seen), (SEQUENCES, PERIOD), generator=generator)]
    return torch.cat([once, once], 1)


def previous_token_scores(pattern: Tensor) -> Tensor:
    """Mean attention from each position to the one before it.  Shapes: [B, n_head, T, T] -> [n_head]."""
    return pattern.diagonal(-1, 2, 3).mean((0, 2))


def induction_scores(pattern: Tensor, period: int) -> Tensor:
    """Mean attention, in the second copy, to the token after the same token's first copy.

    Shapes: [B, n_head, 2 period, 2 period] -> [n_head].
    Source: Olsson et al. (2022); TransformerLens, utils of the induction head detector.
    """
    return pattern[:, :, period:].diagonal(1, 2, 3).mean((0, 2))


@torch.no_grad()
def head_scores(shipped: Shipped, seed: int = 0, seen: Tensor | None = None) -> dict:
    """The best heads of both kinds, and how well the repetition is predicted.

    `seen`: the tokens drawn from (default: the whole vocabulary).  Units: attention weights, nats a token.
    """
    ids = repeated_random(seed, torch.arange(VOCAB_SIZE - 1) if seen is None else seen).to(shipped.device)
    output = shipped.model(ids, output_attentions=True)
    previous = torch.stack([previous_token_scores(pattern) for pattern in output.attentions])
    induction = torch.stack([induction_scores(pattern, PERIOD) for pattern in output.attentions])
    losses = -torch.log_softmax(output.logits[:, :-1].float(), -1).gather(2, ids[:, 1:, None]).squeeze(2)
    return {
        "previous_token": best_heads(previous),
        "induction": best_heads(induction),
        "loss_first_copy": float(losses[:, : PERIOD - 1].mean()),
        "loss_second_copy": float(losses[:, PERIOD:].mean()),
    }


def best_heads(scores: Tensor) -> list[dict]:
    """The highest scores.  Shapes: [n_layer, n_head] -> heads named as layer.head, both from 0."""
    values, places = scores.flatten().topk(min(BEST, scores.numel()))
    heads = scores.shape[1]
    return [
        {"head": f"{place // heads}.{place % heads}", "score": value}
        for value, place in zip(values.tolist(), places.tolist(), strict=True)
    ]
