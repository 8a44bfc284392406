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
def write(shipped: Shipped, prompt: list[int], count: int, tokens: int, seed: int) -> list[list[int]]:
    """`count` continuations of a prompt, without it, each cut at an end of text.  Drawn at 0.8 from the 40 likeliest.

    Throws: ValueError if prompt and tokens do not fit n_ctx.
    """
    if len(prompt) + tokens > shipped.n_ctx:
        raise ValueError(
            f"write: prompt and new tokens must be at most {shipped.n_ctx} together, got {len(prompt) + tokens}. Cut."
        )
    torch.manual_seed(seed)
    rows = shipped.model.generate(
        torch.tensor([prompt], device=shipped.device),
        attention_mask=torch.ones(1, len(prompt), dtype=torch.int64, device=shipped.device),
        do_sample=True,
        temperature=TEMPERATURE,
        top_k=TOP_K,
        max_new_tokens=tokens,
        num_return_sequences=count,
        pad_token_id=END_OF_TEXT_ID,
    )
    written = [row[len(prompt) :].tolist() for row in rows]
    return [row[: row.index(END_OF_TEXT_ID)] if END_OF_TEXT_ID in row else row for row in written]


def stories(shipped: Shipped, seed: int) -> list[dict]:
    """One text of 60 tokens for each of a few prompts."""
    texts = []
    for prompt in STORY_PROMPTS:
        ids = shipped.tokenizer.encode(prompt).ids
        written = write(shipped, ids, 1, STORY_TOKENS, seed)[0]
        texts.append({"prompt": prompt, "text": shipped.tokenizer.decode(written)})
    return texts
