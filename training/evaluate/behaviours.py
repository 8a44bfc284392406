"""Held-out prompts: how often the right token is the likeliest one, or among the five likeliest."""

from collections import defaultdict
from typing import NamedTuple

import torch

from ..shipped import Shipped

FIVE = 5
ROWS = 64  # prompts at once


class Answers(NamedTuple):
    """The first tokens of what may come next: the one answer named, and all that count as right."""

    expected: int
    accepted: set[int]


def answers(shipped: Shipped, prompt: dict) -> Answers:
    first = {text: shipped.tokenizer.encode(text).ids[0] for text in [prompt["expected"], *prompt["accept"]]}
    return Answers(first[prompt["expected"]], {first[text] for text in prompt["accept"]})


@torch.no_grad()
def best_tokens(shipped: Shipped, prompts: list[dict]) -> list[list[int]]:
    """The five likeliest next tokens of each prompt, the likeliest first."""
    ids = [shipped.tokenizer.encode(prompt["prompt"]).ids for prompt in prompts]
    best: list[list[int]] = [[]] * len(ids)
    order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
    for start in range(0, len(order), ROWS):
        part = order[start : start + ROWS]
        longest = max(len(ids[number]) for number in part)
        rows = torch.zeros(len(part), longest, dtype=torch.int64)
        for row, number in enumerate(part):
            rows[row, : len(ids[number])] = torch.tensor(ids[number])  # zeros after them: no earlier position sees them
        states = shipped.model.transformer(rows.to(shipped.device)).last_hidden_state
        last = torch.stack([states[row, len(ids[number]) - 1] for row, number in enumerate(part)])
        for number, row in zip(part, shipped.model.lm_head(last).topk(FIVE).indices.tolist(), strict=True):
            best[number] = row
    return best


def score(prompts: list[dict], best: list[list[int]], right: list[Answers]) -> dict:
    """Shares of the prompts, by behaviour, by "behaviour/kind", and of all.  Units: fractions.

    "expected": the one answer named, as in the first version's card. "accepted": any answer that counts as right; where
    many do (any later year, "is" or "was"), this is the fairer one.
    """
    groups = defaultdict(list)
    for prompt, tokens, answer in zip(prompts, best, right, strict=True):
        hits = {
            "expected_top1": tokens[0] == answer.expected,
            "expected_top5": answer.expected in tokens,
            "accepted_top1": tokens[0] in answer.accepted,
            "accepted_top5": bool(answer.accepted & set(tokens)),
        }
        for group in (prompt["behaviour"], f"{prompt['behaviour']}/{prompt['sub']}", "all"):
            groups[group].append(hits)
    return {
        group: {"prompts": len(rows), **{name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}}
        for group, rows in sorted(groups.items())
    }


def behaviour_scores(shipped: Shipped, prompts: list[dict]) -> dict:
    """Scores of the prompts whose expected answer is one token."""
    single = [prompt for prompt in prompts if prompt["single_token"]]
    return score(single, best_tokens(shipped, single), [answers(shipped, prompt) for prompt in single])
