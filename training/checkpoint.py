"""Checkpoints: all that a run needs to go on exactly.  Rows and dropout are drawn from (seed, step), so the step is
enough of a random state."""

from pathlib import Path

import torch

from .averaging import Average
from .config import Config, make_config

LATEST = "latest.pt"
UNFINISHED = ".part"


def save_checkpoint(run: Path, config: Config, step: int, model, optimiser, average: Average | None) -> None:
    """Writes a run's state (see `write_state`)."""
    state = {
        "config": config.as_dict(),
        "step": step,
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "average": average.state_dict() if average else None,
    }
    write_state(run, state)


def write_state(run: Path, state: dict) -> None:
    """Writes run/latest.pt; a crash while writing leaves the older one."""
    part = run / (LATEST + UNFINISHED)
    torch.save(state, part)
    part.replace(run / LATEST)


def read_checkpoint(run: Path) -> dict:
    """The saved state, on the CPU.  Throws: FileNotFoundError if the run has none."""
    path = run / LATEST
    if not path.exists():
        raise FileNotFoundError(f"read_checkpoint: {path} is missing. Run `python -m training.train` first.")
    state = torch.load(path, map_location="cpu", weights_only=True)
    state["config"] = make_config(state["config"])
    return state


def restore(state: dict, config: Config, model, optimiser, average: Average | None) -> int:
    """Puts a saved state into a run's parts, and gives the number of steps done.

    Throws: ValueError if the run was started with another config: its schedule would not be the one it had.
    """
    saved, now = state["config"].as_dict(), config.as_dict()
    other = [key for key in now if saved[key] != now[key] and key not in ("save_every", "validate_every", "compile")]
    if other:
        raise ValueError(
            f"restore: the config must be the one that the run was started with, got another {', '.join(other)}. "
            "Give the same config and --set, or another --run folder."
        )
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    if average:
        average.load_state_dict(state["average"])
    return state["step"]
