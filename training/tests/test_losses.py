import itertools
import math

import pytest
import torch
import torch.nn.functional as F
from training.losses import IGNORED, full_loss, sampled_loss


@pytest.fixture
def problem():
    torch.manual_seed(0)
    h = torch.randn(10, 6, requires_grad=True)
    wte = torch.randn(7, 6, requires_grad=True)
    targets = torch.tensor([0, 6, 3, IGNORED, 2, 2, IGNORED, 5, 1, 4])
    return h, wte, targets


@pytest.mark.parametrize("rows", [1, 3, 10, 100])
def test_full_loss_and_gradients_are_those_of_torch(problem, rows):
    h, wte, targets = problem
    ours = full_loss(h, wte, targets, rows, torch.float32)
    theirs = F.cross_entropy(h @ wte.T, targets, ignore_index=IGNORED, reduction="sum")
    torch.testing.assert_close(ours, theirs)
    # a factor, to see that backward takes it
    ours_grads = torch.autograd.grad(ours * 3, (h, wte))
    theirs_grads = torch.autograd.grad(theirs * 3, (h, wte))
    for a, b in zip(ours_grads, theirs_grads, strict=True):
        torch.testing.assert_close(a, b)


def test_full_loss_in_bfloat16_is_near(problem):
    h, wte, targets = problem
    exact = full_loss(h, wte, targets, 4, torch.float32)
    assert abs(full_loss(h, wte, targets, 4, torch.bfloat16) - exact) < 0.02 * exact


def test_sampled_loss_by_hand():
    h = torch.tensor([[1.0, 0.0]])
    wte = torch.tensor([[2.0, 0.0], [1.0, 0.0], [0.0, 5.0]])  # logits 2, 1, 0
    drawn = torch.tensor([1, 0, 2, 1])  # the target 0 is drawn too, and does not count twice
    log_q = torch.log(torch.tensor([0.5, 0.25, 0.25, 0.5]))
    z = math.exp(2) + math.exp(1) / (4 * 0.5) + math.exp(0) / (4 * 0.25) + math.exp(1) / (4 * 0.5)
    loss = sampled_loss(h, wte, torch.tensor([0]), drawn, log_q, torch.float32)
    assert float(loss) == pytest.approx(math.log(z) - 2, abs=1e-6)


def test_the_estimated_sum_has_the_true_sum_as_its_mean():
    torch.manual_seed(0)
    h, wte = torch.randn(1, 3), torch.randn(4, 3)
    q = torch.tensor([0.1, 0.2, 0.3, 0.4])
    target = torch.tensor([2])
    mean = 0.0
    for drawn in itertools.product(range(4), repeat=3):  # all outcomes of three draws
        chosen = torch.tensor(drawn)
        loss = sampled_loss(h, wte, target, chosen, torch.log(q[chosen]), torch.float32)
        sum_over_j = torch.exp(loss + h @ wte[2])  # loss = log sum - l_target
        mean += float(q[chosen].prod() * sum_over_j)
    assert mean == pytest.approx(float(torch.exp(h @ wte.T).sum()), rel=1e-5)


def test_sampled_loss_ignores_what_does_not_count(problem):
    h, wte, targets = problem
    drawn, log_q = torch.tensor([0, 1, 2]), torch.log(torch.full((3,), 1 / 7))
    counted = targets != IGNORED
    whole = sampled_loss(h, wte, targets, drawn, log_q, torch.float32)
    part = sampled_loss(h[counted], wte, targets[counted], drawn, log_q, torch.float32)
    torch.testing.assert_close(whole, part)
