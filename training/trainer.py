"""One training run: its model, optimiser, averaged weights and data, one optimiser step at a time."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .averaging import Average
from .batches import REPEATS, Batches, Negatives
from .checkpoint import LATEST, read_checkpoint, restore, save_checkpoint
from .config import Config, Phase
from .device import autocast, pick_device, pick_dtype
from .losses import IGNORED, full_loss, sampled_loss, softmax_and_gradient
from .model import GPT2
from .optimiser import Optimiser
from .schedule import learning_rate
from .tokens import sources_in
from .validation import validation_loss
from .warm_start import start_from

VALIDATION_ROWS = 64  # of each source; evaluate takes all
VALIDATION_CONTEXT = 128
SEED_STRIDE = 1_000_003  # keeps the dropout of (seed, step) apart from (seed + 1, step)


class Trainer:
    """`step` counts the optimiser steps done.

    Throws: FileNotFoundError if a source of the config has no token file in the data folder; ValueError if a validation
    file is shorter than a row, or if the model to start from has another shape.
    """

    def __init__(self, config: Config, data: Path, run: Path):
        self.config, self.run = config, run
        self.device = pick_device()
        self.dtype = pick_dtype(config.precision, self.device)
        names = sorted({name for phase in config.phases for name in phase.shares} - {REPEATS})
        sources = sources_in(data, "train", names)
        self.batches = Batches(sources, config.seed, beginnings=config.beginnings, own=config.own_beginnings)
        self.negatives = Negatives(self.batches.counts, config.seed)
        self.validation = sources_in(data, "val", names)
        torch.manual_seed(config.seed)
        self.model = GPT2(config).to(self.device)
        on_gpu = self.device.type == "cuda"
        if config.start_from:
            start_from(self.model, config, Path(config.start_from))
        self.optimiser = Optimiser(config, self.model, fused=on_gpu)
        self.average = Average(self.model, config.average_decay) if config.average_decay else None
        self.softmax = softmax_and_gradient
        if config.compile and on_gpu:
            self.model.compile_blocks()
            self.softmax = torch.compile(softmax_and_gradient, dynamic=False)
        self.step = 0

    def train_step(self) -> dict[str, Tensor | float]:
        """One optimiser step.  Gives its mean loss (nats a target) and the gradient's norm, still on the device."""
        config = self.config
        progress = self.step / config.steps
        phase = config.phase_at(progress)
        rate = learning_rate(config, (self.step + 1) / config.steps)  # so that the first step is one
        self.optimiser.set_rate(rate)
        torch.manual_seed(config.seed * SEED_STRIDE + self.step)  # dropout's
        self.optimiser.zero_grad()
        context = phase.context_at(self.step)
        loss = self.backward(phase, context)
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), config.clip)
        self.optimiser.step()
        self.step += 1
        if self.average:
            self.average.update(self.model, self.step)
        return {"loss": loss, "gradient_norm": norm, "learning_rate": rate, "context": context}

    def backward(self, phase: Phase, context: int) -> Tensor:
        """Adds up the gradients of a whole batch, micro_tokens at a time."""
        config = self.config
        batch = self.batches.draw(self.step, config.batch_tokens // context, context, phase.shares)
        counted = int((batch.targets != IGNORED).sum())
        drawn = self.draw_negatives(batch.ids) if phase.softmax == "sampled" else None
        rows = config.micro_tokens // context
        total = torch.zeros((), device=self.device)
        for start in range(0, len(batch.ids), rows):
            ids, targets = (self.put(part[start : start + rows]) for part in batch)
            with autocast(self.dtype, self.device):
                h = self.model(ids)
            h, targets, wte = h.flatten(0, 1), targets.flatten(), self.model.wte.weight
            if drawn:
                loss = sampled_loss(h, wte, targets, *drawn, self.dtype) / counted
            else:
                loss = full_loss(h, wte, targets, config.head_rows, self.dtype, self.softmax) / counted
            loss.backward()
            total += loss.detach()
        return total

    def draw_negatives(self, ids: np.ndarray) -> tuple[Tensor, Tensor]:
        drawn, log_q = self.negatives.draw(self.step, self.config.negatives, ids)
        return self.put(drawn), self.put(log_q)

    def put(self, array) -> Tensor:
        tensor = torch.from_numpy(array)
        return tensor.pin_memory().to(self.device, non_blocking=True) if self.device.type == "cuda" else tensor

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Loss on the first rows of each validation source, with the averaged weights.  Units: nats a token."""
        context = min(VALIDATION_CONTEXT, self.config.n_ctx)
        averaged = self.average.in_place_of(self.model) if self.average else nullcontext()
        self.model.eval()
        eager = torch.compiler.set_stance("force_eager")  # compiling for these shapes would take longer than they do
        with averaged, eager, autocast(self.dtype, self.device):
            losses = {
                name: validation_loss(self.model.logits, ids, context, self.device, VALIDATION_ROWS)
                for name, ids in self.validation.items()
            }
        self.model.train()
        return losses

    def save(self) -> None:
        save_checkpoint(self.run, self.config, self.step, self.model, self.optimiser, self.average)

    def resume(self) -> None:
        """Goes on from run/latest.pt where there is one."""
        if (self.run / LATEST).exists():
            self.step = restore(read_checkpoint(self.run), self.config, self.model, self.optimiser, self.average)
