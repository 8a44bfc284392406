"""The learning rate over a run."""

import math

from .config import Config


def learning_rate(config: Config, progress: float) -> float:
    """Straight up in the warm-up, then by the schedule down to final_learning_rate times the highest rate.

    "cosine": half a cosine from the warm-up on. "stable": constant until decay_from, then a straight line.
    Units: progress is a fraction of the run, 0 to 1.
    """
    if progress < config.warmup:
        return config.learning_rate * progress / config.warmup
    low = config.final_learning_rate
    if config.schedule == "cosine":
        along = (progress - config.warmup) / (1 - config.warmup)
        return config.learning_rate * (low + (1 - low) * 0.5 * (1 + math.cos(math.pi * along)))
    along = max(0.0, (progress - config.decay_from) / (1 - config.decay_from))
    return config.learning_rate * (1 - (1 - low) * along)
