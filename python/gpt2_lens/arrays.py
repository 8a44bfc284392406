"""A run's arrays as pictures take them: float32, under TransformerLens's names, without a batch axis."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

Arrays = dict[str, np.ndarray]

PATTERN = "attn.hook_pattern"
# What the picture of attention draws (docs/recordings.md); other entries of a cache stay where they are.
ATTENTION = re.compile(r"blocks\.\d+\.attn\.hook_(q|k|attn_scores|pattern)")
NO_PATTERN = f"lens: cache must hold a pattern ({PATTERN}), got none. Run the model with its cache."
AXES = 3  # q and k: position, head, its width; scores and pattern: head, query, key


def as_array(value) -> np.ndarray:
    """float32 in row-major order, from numpy, torch (any device) or anything that numpy reads."""
    if hasattr(value, "detach"):
        value = value.detach().float().cpu().numpy()
    return np.ascontiguousarray(value, dtype=np.float32)


def by_name(cache):
    """A TransformerLens cache or a mapping by its names as it is; Hugging Face's `attentions` under those names.

    Raises TypeError if it is none of them.
    """
    if isinstance(cache, Sequence) and not isinstance(cache, (str, bytes)):
        return {f"blocks.{layer}.{PATTERN}": value for layer, value in enumerate(cache)}
    if not isinstance(cache, Mapping) and not hasattr(cache, "items"):
        raise TypeError(
            f"lens: cache must be an ActivationCache, a mapping or a list of patterns, got {type(cache).__name__}. "
            "Pass what run_with_cache returns, or outputs.attentions."
        )
    return cache


def count_tokens(cache) -> int:
    """How many tokens were run: the last axis of a pattern. Raises ValueError if there is no pattern."""
    for name, value in by_name(cache).items():
        if name.endswith(PATTERN):
            return int(as_array(value).shape[-1])
    raise ValueError(NO_PATTERN)


def attention_arrays(cache, n_tokens: int) -> Arrays:
    """Patterns, scores, queries and keys of one prompt. Raises TypeError or ValueError that says what was wrong."""
    found = {
        name: unbatched(name, value, n_tokens) for name, value in by_name(cache).items() if ATTENTION.fullmatch(name)
    }
    if not any(name.endswith(PATTERN) for name in found):
        raise ValueError(NO_PATTERN)
    return found


def unbatched(name: str, value, n_tokens: int) -> np.ndarray:
    """One prompt's array. Raises ValueError if there are several prompts, or if it is of other tokens."""
    array = as_array(value)
    if array.ndim == AXES + 1:
        if array.shape[0] != 1:
            raise ValueError(f"lens: {name} must be of one prompt, got {array.shape[0]}. Choose one: value[0:1].")
        array = array[0]
    square = name.endswith(("pattern", "attn_scores"))
    if array.ndim != AXES or (array.shape[1:] != (n_tokens, n_tokens) if square else array.shape[0] != n_tokens):
        raise ValueError(
            f"lens: {name} must have {AXES} axes and {n_tokens} positions, got {list(array.shape)}. "
            "Give the tokens of the same run."
        )
    return array
