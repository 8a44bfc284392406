"""Trains the model, or goes on with a run that was stopped:

    python -m training.train --config training/configs/nano.json --data training-runs/data --run training-runs/run

Writes training-runs/run/latest.pt (all that is needed to go on) and log.jsonl (a line a report). --minutes stops after
a save; Ctrl-C or a crash lose the steps since the last save. The same command goes on where the last save was.
"""

import argparse
import json
import time
from pathlib import Path

import torch

from .checkpoint import LATEST
from .config import load_config
from .errors import run_command
from .model import count_parameters
from .trainer import Trainer

REPORT_EVERY = 20  # steps
LOG = "log.jsonl"
SECONDS_A_MINUTE = 60


class Log:
    """Lines of JSON, on screen and in a file; times and speeds count from when it was opened."""

    def __init__(self, run: Path):
        self.file = (run / LOG).open("a", encoding="utf-8")
        self.opened = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.opened

    def write(self, **values) -> None:
        line = json.dumps({key: round(v, 5) if isinstance(v, float) else v for key, v in values.items()})
        print(line, flush=True)
        self.file.write(line + "\n")
        self.file.flush()


def train(trainer: Trainer, log: Log, minutes: float | None, stop_at: int | None) -> bool:
    """Trains until the end, the minutes are over or step `stop_at` is done.  Gives whether the run is finished.

    Saves before it returns.
    """
    config = trainer.config
    first = trainer.step
    last = min(config.steps, stop_at or config.steps)
    while trainer.step < last:
        values = trainer.train_step()
        step = trainer.step
        if step % REPORT_EVERY == 0 or step == last:
            tokens_a_second = (step - first) * config.batch_tokens / log.seconds
            plain = {key: float(value) for key, value in values.items()}
            log.write(
                step=step,
                tokens=step * config.batch_tokens,
                **plain,
                tokens_a_second=round(tokens_a_second),
                seconds=round(log.seconds),
            )
        if step % config.validate_every == 0 or step == config.steps:
            log.write(step=step, validation=trainer.validate())
        if step % config.save_every == 0:
            trainer.save()
        if minutes is not None and log.seconds > minutes * SECONDS_A_MINUTE:
            break
    trainer.save()
    return trainer.step >= config.steps


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains a GPT-2, or goes on with a run.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="what training.prepare wrote")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the config; repeatable")
    parser.add_argument("--minutes", type=float, help="stop after so long, to go on later")
    parser.add_argument("--stop-at", type=int, help="stop after this step, to go on later")
    parser.add_argument("--threads", type=int, help="of the processor (default: torch's choice)")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.set_float32_matmul_precision("high")
    config = load_config(args.config, args.set)
    args.run.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(config, args.data, args.run)
    trainer.resume()
    log = Log(args.run)
    log.write(
        device=torch.cuda.get_device_name() if trainer.device.type == "cuda" else "cpu",
        precision=str(trainer.dtype),
        torch=torch.__version__,
        parameters=count_parameters(trainer.model),
        from_step=trainer.step,
        steps=config.steps,
    )
    finished = train(trainer, log, args.minutes, args.stop_at)
    again = "The run is finished." if finished else "Run the same command to go on."
    print(f"{args.run / LATEST}: step {trainer.step} of {config.steps}. {again}")


if __name__ == "__main__":
    run_command(main)
