"""Texts that the model writes."""

import torch

from ..shipped import Shipped
from ..tokens import END_OF_TEXT_ID

STORY_TOKENS = 60
STORY_PROMPTS = [
    "Once upon a time",
    "One day, a little girl named Lily",
    "The old man",
    "Tom and his dog",
    '"Where are you going?" asked',
    "In the garden there was",
]
TEMPERATURE = 0.8
TOP_K = 40


@torch.no_grad()
def write(shipped: Shipped, prompts: list[list[int]], tokens: int, seed: int) -> list[list[int]]:
    """One continuation of each prompt, without it, cut at an end of text.  Drawn at 0.8 from the 40 likeliest.

    Prompts of one length are written together, at the speed of one.
    Throws: ValueError if the longest prompt and its tokens do not fit n_ctx.
    """
    longest = max(map(len, prompts)) + tokens
    if longest > shipped.n_ctx:
        raise ValueError(f"write: prompt and new tokens must be at most {shipped.n_ctx} together, got {longest}. Cut.")
    torch.manual_seed(seed)
    written: list[list[int]] = [[]] * len(prompts)
    for length in sorted(set(map(len, prompts))):
        here = [number for number, prompt in enumerate(prompts) if len(prompt) == length]
        ids = torch.tensor([prompts[number] for number in here], device=shipped.device)
        rows = shipped.model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=True,
            temperature=TEMPERATURE,
            top_k=TOP_K,
            max_new_tokens=tokens,
            pad_token_id=END_OF_TEXT_ID,
        )
        for number, row in zip(here, rows[:, length:].tolist(), strict=True):
            written[number] = row[: row.index(END_OF_TEXT_ID)] if END_OF_TEXT_ID in row else row
    return written


def stories(shipped: Shipped, seed: int) -> list[dict]:
    """One text of 60 tokens for each of a few prompts."""
    prompts = [shipped.tokenizer.encode(prompt).ids for prompt in STORY_PROMPTS]
    written = write(shipped, prompts, STORY_TOKENS, seed)
    return [
        {"prompt": prompt, "text": shipped.tokenizer.decode(ids)}
        for prompt, ids in zip(STORY_PROMPTS, written, strict=True)
    ]
