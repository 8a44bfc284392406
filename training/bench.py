"""Measures how fast a config trains on this machine, phase by phase, and what the whole run would take:

python -m training.bench --config training/configs/nano.json --data training-runs/data --steps 5
"""

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import torch

from .config import Config, load_config
from .errors import run_command
from .trainer import Trainer

WARM_UP_STEPS = 1  # of each context: compiling and first allocations
SECONDS_AN_HOUR = 3_600


class Speed(NamedTuple):
    """Tokens a second of the clock, and tokens a second of processor time (all threads together).

    On a machine that does other work, the second is the truer one: with one thread, it is the speed of an idle core.
    """

    clock: float
    processor: float


def measure(config: Config, data: Path, number: int, steps: int) -> Speed:
    """The speed of one phase alone: `steps` optimiser steps of each context, after one of each that does not count."""
    contexts = len(config.phases[number].contexts)
    steps, warm_up = steps * contexts, WARM_UP_STEPS * contexts
    alone = dataclasses.replace(config, phases=[dataclasses.replace(config.phases[number], until=1)])
    with tempfile.TemporaryDirectory() as run:
        trainer = Trainer(alone, data, Path(run))
        for step in range(warm_up + steps):
            if step == warm_up:
                wait(trainer)
                clock, processor = time.monotonic(), time.process_time()
            trainer.train_step()
        wait(trainer)
        tokens = steps * config.batch_tokens
        return Speed(tokens / (time.monotonic() - clock), tokens / (time.process_time() - processor))


def wait(trainer: Trainer) -> None:
    if trainer.device.type == "cuda":
        torch.cuda.synchronize()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures tokens a second.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="what training.prepare wrote")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the config; repeatable")
    parser.add_argument("--steps", type=int, default=5, help="of each context of a phase")
    parser.add_argument("--threads", type=int)
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.set_float32_matmul_precision("high")
    config = load_config(args.config, args.set)
    begin, hours = 0.0, 0.0
    for number, phase in enumerate(config.phases):
        speed = measure(config, args.data, number, args.steps)
        hours += (phase.until - begin) * config.tokens / speed.clock / SECONDS_AN_HOUR
        begin = phase.until
        contexts = ", ".join(map(str, phase.contexts))
        print(
            f"contexts {contexts}, {phase.softmax:7} softmax: {speed.clock:9,.0f} tokens a second, "
            f"{speed.processor:9,.0f} a second of processor time",
            flush=True,
        )
    print(f"the whole run of {config.tokens:,} tokens: {hours:.1f} hours")


if __name__ == "__main__":
    run_command(main)
