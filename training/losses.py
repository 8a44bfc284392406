"""The two losses: cross-entropy over the whole vocabulary, and over a few tokens drawn at random.

    loss = log sum_j exp(h . wte_j) - h . wte_target      (nats a token, mean over the targets)

A full softmax of 50,257 tokens costs more than all blocks of a model this small; on a processor without a GPU most of a
run therefore estimates the sum over j from some thousand drawn tokens.
"""

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

IGNORED = -100  # a target that does not count


class FullLoss(torch.autograd.Function):
    """Sum of cross-entropies whose logits never stand in memory at once: `rows` positions at a time.

    The gradient is worked out while the logits are there: softmax minus one-hot, times wte for h, times h for wte.
    """

    @staticmethod
    def forward(ctx, h: Tensor, wte: Tensor, targets: Tensor, rows: int, dtype: torch.dtype, softmax) -> Tensor:
        weights = wte.to(dtype)
        grad_h = torch.empty_like(h, dtype=torch.float32)
        grad_wte = torch.zeros_like(wte, dtype=torch.float32)
        total = torch.zeros((), dtype=torch.float32, device=h.device)
        for start in range(0, h.shape[0], rows):
            part = h[start : start + rows].to(dtype)
            loss, grad = softmax(part, weights, targets[start : start + rows])
            total += loss
            grad_h[start : start + rows] = grad @ weights
            grad_wte += grad.T @ part
        ctx.save_for_backward(grad_h, grad_wte)
        ctx.dtypes = h.dtype, wte.dtype
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx, scale: Tensor):
        grad_h, grad_wte = ctx.saved_tensors
        h_dtype, wte_dtype = ctx.dtypes
        return (grad_h * scale).to(h_dtype), (grad_wte * scale).to(wte_dtype), None, None, None, None


def softmax_and_gradient(h: Tensor, weights: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
    """Sum of cross-entropies, and its gradient by the logits.

    Shapes: h [N, C], weights [V, C], targets [N] -> [], [N, V] in h's dtype.
    """
    logits = (h @ weights.T).float()
    counts = targets != IGNORED
    index = targets.clamp(min=0)[:, None]
    log_sum = torch.logsumexp(logits, 1, keepdim=True)
    loss = ((log_sum - logits.gather(1, index)).squeeze(1) * counts).sum()
    is_target = torch.arange(len(weights), device=h.device) == index
    grad = torch.exp(logits - log_sum) - is_target.float()
    return loss, (grad * counts[:, None]).to(h.dtype)


def full_loss(
    h: Tensor, wte: Tensor, targets: Tensor, rows: int, dtype: torch.dtype, softmax=softmax_and_gradient
) -> Tensor:
    """Sum over the targets that count.

    Shapes: h [N, C], wte [V, C], targets [N], int64 -> [], nats. `softmax` is softmax_and_gradient, or it compiled.
    """
    return FullLoss.apply(h, wte, targets, rows, dtype, softmax)


def sampled_loss(h: Tensor, wte: Tensor, targets: Tensor, drawn: Tensor, log_q: Tensor, dtype: torch.dtype) -> Tensor:
    """Cross-entropy whose sum over the vocabulary is estimated from drawn tokens; sum over the targets that count.

        sum_j exp(l_j)  ~  exp(l_target) + sum over drawn d != target of exp(l_d) / (m q_d)

    Drawn with replacement with probabilities q, the right side has the left one as its mean, so the loss is a little
    low (Jensen), less so the more are drawn. A drawn token that is the target does not count: its term is exact.

    Shapes: h [N, C], wte [V, C], targets [N]; drawn, log_q [m]: tokens drawn and the logarithm of their q -> [], nats.
    Source: Bengio and Senecal (2003), "Quick training of probabilistic neural nets by importance sampling".
    """
    counts = targets != IGNORED
    right = targets.clamp(min=0)
    correction = log_q + torch.log(torch.tensor(float(drawn.shape[0]), device=h.device))
    wrong_logits = (h.to(dtype) @ wte[drawn].to(dtype).T).float() - correction
    wrong_logits = wrong_logits.masked_fill(drawn[None, :] == right[:, None], -torch.inf)
    right_logits = (h.float() * wte[right].float()).sum(1, keepdim=True)
    log_sum = torch.logsumexp(torch.cat([right_logits, wrong_logits], 1), 1)
    return ((log_sum - right_logits.squeeze(1)) * counts).sum()
