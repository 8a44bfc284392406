"""Begins another run where a run stands: its learning rate falls from there straight to the end.

    python -m training.branch --run training-runs/run --out training-runs/end --steps 2400 --set dropout=0.15
    python -m training.train  --config training-runs/end/config.json --data training-runs/data --run training-runs/end

So one long run at a constant rate can be brought to an end at several points, in several ways, and none of it is lost.
Source: Hu et al. (2024), "MiniCPM", section 4 (warm-up, stable, decay).
"""

import argparse
import json
from pathlib import Path

from .checkpoint import LATEST, read_checkpoint, write_state
from .config import Config, changed_config
from .errors import run_command

CONFIG = "config.json"


def branched(config: Config, step: int, more: int, changes: list[str]) -> Config:
    """The config of a run that was at `step` and has `more` steps to go.

    Throws: ValueError if the changes cannot be, or if `more` is not at least 1.
    """
    if more < 1:
        raise ValueError(f"branch: --steps must be at least 1, got {more}. Say how many steps are to come.")
    length = {"tokens": (step + more) * config.batch_tokens, "schedule": "stable", "decay_from": step / (step + more)}
    return changed_config({**config.as_dict(), **length}, changes)


def main() -> None:
    parser = argparse.ArgumentParser(description="Begins another run where a run stands.")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the new run")
    parser.add_argument("--steps", type=int, required=True, help="from there to the end")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the config; repeatable")
    args = parser.parse_args()
    state = read_checkpoint(args.run)
    config = branched(state["config"], state["step"], args.steps, args.set)
    if (args.out / LATEST).exists():
        raise ValueError(
            f"branch: {args.out} must not hold a run, but does. Give another --out, or go on with that one."
        )
    args.out.mkdir(parents=True, exist_ok=True)
    write_state(args.out, {**state, "config": config.as_dict()})
    (args.out / CONFIG).write_text(json.dumps(config.as_dict(), indent=2) + "\n", encoding="utf-8")
    print(f"{args.out}: at step {state['step']} of {config.steps}. Train with --config {args.out / CONFIG}.")


if __name__ == "__main__":
    run_command(main)
