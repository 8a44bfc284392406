"""Trains the model that can be read whole: a GPT-2 of 86,832 parameters that sorts up to a dozen letters.

    python -m training.sorter --out training-runs/sorter

A line is letters, "=", the same letters in order, and the end: "CAB=ABC<|endoftext|>". Lists are drawn while it
trains; only the answer counts. The model is Hugging Face's own GPT-2, so nothing has to be converted. The folder's
card has the scores on lists that training has not drawn. One core takes some minutes.
"""

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from .convert import READABLE
from .errors import run_command

LETTERS = "ABCDEFGHIJKL"
LONGEST = 12  # letters of a list
EQUALS = len(LETTERS)  # the id of "=": from here on the model answers
END = EQUALS + 1  # the id of END_OF_TEXT
END_OF_TEXT = "<|endoftext|>"
VOCAB = {**{letter: id for id, letter in enumerate(LETTERS)}, "=": EQUALS, END_OF_TEXT: END}
CONTEXT = 2 * LONGEST + 2  # the list, "=", the answer, the end
SHAPE = {"n_layer": 3, "n_head": 3, "n_embd": 48, "n_positions": CONTEXT}
NO_TARGET = -100  # cross_entropy leaves these out

PROMPTS = ("FACE=", "CABBAGE=", "BLACKJACK=", "HEADACHE=", "DECIBEL=")  # words of these letters, for the page's menu

BATCH = 256  # lists of a step
LEARNING_RATE = 2e-3
FINAL_RATE = 0.02  # fraction of it at the end
WARMUP = 200  # steps
WEIGHT_DECAY = 0.01
CLIP = 1.0  # norm of all gradients together
TESTED = 2_000  # lists of each length; those that training drew are left out
REPORT_EVERY = 500  # steps


class Lists(NamedTuple):
    """Lines of random lists.  Shapes: ids and targets [B, CONTEXT], int64; lengths [B], letters of each list."""

    ids: Tensor
    targets: Tensor
    lengths: Tensor


def draw_lists(count: int, generator: torch.Generator, length: int | None = None) -> Lists:
    """Lines of `length` random letters, or of 1 to LONGEST; letters may repeat.

    A target is the next token where the model answers (from "=" to the end), else NO_TARGET.
    """
    drawn = torch.randint(1, LONGEST + 1, (count,), generator=generator)
    lengths = drawn if length is None else torch.full((count,), length)
    letters = torch.randint(len(LETTERS), (count, LONGEST), generator=generator)
    inside = torch.arange(LONGEST) < lengths[:, None]
    ordered = letters.masked_fill(~inside, len(VOCAB)).sort(dim=1).values
    at = torch.arange(CONTEXT).expand(count, CONTEXT)
    end = lengths[:, None]
    answer = (at - end - 1).clamp(0, LONGEST - 1)
    ids = torch.full((count, CONTEXT), END)
    ids = torch.where(at < end, letters.gather(1, at.clamp(max=LONGEST - 1)), ids)
    ids = torch.where(at == end, EQUALS, ids)
    ids = torch.where((at > end) & (at <= 2 * end), ordered.gather(1, answer), ids)
    following = F.pad(ids[:, 1:], (0, 1), value=END)
    targets = torch.where((at >= end) & (at <= 2 * end), following, NO_TARGET)
    return Lists(ids, targets, lengths)


def make_model():
    """GPT-2 of SHAPE with random weights, seeded by torch's global generator."""
    from transformers import GPT2Config, GPT2LMHeadModel  # noqa: PLC0415 (the tests of lists need none of it)

    no_dropout = {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}
    return GPT2LMHeadModel(GPT2Config(vocab_size=len(VOCAB), bos_token_id=END, eos_token_id=END, **SHAPE, **no_dropout))


def rate_at(step: int, steps: int) -> float:
    """The learning rate: a straight rise, then half a cosine down."""
    fall = FINAL_RATE + (1 - FINAL_RATE) * 0.5 * (1 + math.cos(math.pi * step / steps))
    return LEARNING_RATE * min(1, (step + 1) / WARMUP) * fall


def train(model, steps: int, generator: torch.Generator) -> Iterator[tuple[int, float, Tensor]]:
    """Trains in place; gives each step's number, its loss in nats a token and the lists that it drew."""
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98))
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, steps)
        lists = draw_lists(BATCH, generator)
        logits = model(lists.ids).logits
        loss = F.cross_entropy(logits.flatten(0, 1), lists.targets.flatten(), ignore_index=NO_TARGET)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
        yield step, loss.item(), lists.ids


def written(lists: Lists) -> list[tuple[int, ...]]:
    """The letters of each list as ids, to tell lists apart."""
    return [tuple(row[:length].tolist()) for row, length in zip(lists.ids, lists.lengths, strict=True)]


@torch.no_grad()
def score(model, drawn: set[tuple[int, ...]], generator: torch.Generator) -> dict[int, tuple[int, int]]:
    """For each length how many lists that training has not drawn are answered without a fault, and of how many.

    The right answer up to a token is given and the next one asked for, at all tokens: a list counts if each is the
    best one. That is so exactly if the model, asked for one token after another, writes the whole answer.
    """
    scores = {}
    for length in range(1, LONGEST + 1):
        lists = draw_lists(TESTED, generator, length)
        new = torch.tensor([row not in drawn for row in written(lists)])
        best = model(lists.ids).logits.argmax(-1)
        right = ((best == lists.targets) | (lists.targets == NO_TARGET)).all(1)
        scores[length] = (int((right & new).sum()), int(new.sum()))
    return scores


def save(model, folder: Path) -> None:
    """Hugging Face's layout in F32, with a vocabulary of one character a token."""
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(READABLE)
    (folder / "generation_config.json").unlink(missing_ok=True)
    (folder / "vocab.json").write_text(json.dumps(VOCAB) + "\n", encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    special = dict.fromkeys(("bos_token", "eos_token", "unk_token"), END_OF_TEXT)
    settings = {"tokenizer_class": "GPT2Tokenizer", "model_max_length": CONTEXT, "add_prefix_space": False, **special}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def card(parameters: int, steps: int, seed: int, scores: dict[int, tuple[int, int]]) -> str:
    """The folder's CARD.md; its first lines go into the page's list of models."""
    shape = ", ".join(f"{name} {value}" for name, value in SHAPE.items())
    rows = "\n".join(f"| {length} | {right:,} | {of:,} |" for length, (right, of) in scores.items() if of)
    return f"""---
license: mit
summary: Sorts up to twelve letters. Small enough to read every number of a pass.
prompts: {" ".join(PROMPTS)}
---

# sorter

A GPT-2 of {parameters:,} parameters, in F32: {shape}.
Each of its {len(VOCAB)} tokens is a letter from A to L, `=`, or `{END_OF_TEXT}`.
After `CAB=` it writes `ABC` and the end.

Trained from random weights on {steps * BATCH:,} random lists:
`python -m training.sorter --steps {steps} --seed {seed}` ([training/](../../../training)).
Weights: MIT, as the rest of this project ([LICENSE](../../../LICENSE)).

## Lists that it had not seen

A list is right if each letter and the end is the likeliest token at its place. Lists that training had drawn are left
out; of the short ones it had drawn all.

| letters | right | of |
| ------: | ----: | -: |
{rows}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder that is written")
    parser.add_argument("--steps", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)  # the products are too small to be shared
    torch.manual_seed(args.seed)
    model = make_model()
    generator = torch.Generator().manual_seed(args.seed)
    drawn: set[tuple[int, ...]] = set()
    for step, loss, ids in train(model, args.steps, generator):
        drawn.update(tuple(row[: row.index(EQUALS)]) for row in ids.tolist())
        if step % REPORT_EVERY == 0:
            print(f"step {step} of {args.steps}: loss {loss:.5f} nats a token", flush=True)
    model.eval()
    scores = score(model, drawn, torch.Generator().manual_seed(args.seed + 1))
    save(model, args.out)
    (args.out / "CARD.md").write_text(card(model.num_parameters(), args.steps, args.seed, scores), encoding="utf-8")
    print("\n".join(f"{length} letters: {right} of {of} right" for length, (right, of) in scores.items()))


if __name__ == "__main__":
    run_command(main)
