"""Measures a model folder and writes all figures to one file:

python -m training.evaluate --model training-runs/gpt2-nano --data training-runs/data --out training-runs/results.json
"""

import argparse
import json
from pathlib import Path

import torch

from ..batches import token_counts
from ..documents import OWN_TEXT, STORIES
from ..errors import run_command
from ..heldout import HELDOUT, read_heldout
from ..shipped import Shipped, load_shipped
from ..tokens import sources_in
from ..validation import validation_loss
from .behaviours import behaviour_scores
from .heads import head_scores
from .openings import gone_astray
from .originality import originality
from .samples import stories

SHORT_CONTEXT = 128  # as in the first version's card
SAMPLES_OF_OPENING = 12  # 24 openings: the share is known to about .01


def losses(shipped: Shipped, data: Path, most: int) -> dict:
    """Validation loss by source, at 128 tokens of context and at n_ctx; None where a source is too short for it."""
    table = {}
    for name, ids in sources_in(data, "val").items():
        table[name] = {
            str(context): validation_loss(shipped.logits, ids, context, shipped.device, most)
            if len(ids) > context
            else None
            for context in sorted({min(SHORT_CONTEXT, shipped.n_ctx), shipped.n_ctx})
        }
    return table


def evaluate(shipped: Shipped, data: Path, heldout: Path, samples: int, seed: int, most: int) -> dict:
    corpora = sources_in(data, "train")
    written_by_others = {name: ids for name, ids in corpora.items() if name != OWN_TEXT}
    seen = torch.from_numpy(token_counts(corpora)[:-1].nonzero()[0])
    return {
        "validation": losses(shipped, data, most),
        "behaviours": behaviour_scores(shipped, read_heldout(heldout)),
        "heads": {"of_seen_tokens": head_scores(shipped, seed, seen), "of_all_tokens": head_scores(shipped, seed)},
        "stories": stories(shipped, seed),
        "gone_astray": gone_astray(shipped, corpora[STORIES], corpora[OWN_TEXT], SAMPLES_OF_OPENING, seed)
        if {STORIES, OWN_TEXT} <= set(corpora)
        else None,
        "originality": originality(shipped, written_by_others, samples, seed),
    }


def show(results: dict) -> None:
    print("validation loss, nats a token, by tokens of context")
    for name, by_context in results["validation"].items():
        print(f"  {name:14}", {k: v and round(v, 3) for k, v in by_context.items()})
    print("held-out prompts: the expected answer among the top 1, 5; any accepted answer among the top 1, 5")
    for name, row in results["behaviours"].items():
        if "/" not in name or name == "facts/capital":
            shares = [row[f"{kind}_top{n}"] for kind in ("expected", "accepted") for n in (1, 5)]
            print(f"  {name:16}{row['prompts']:5}  ", "  ".join(f"{share:.2f}" for share in shares))
    for name, scores in results["heads"].items():
        print(f"heads, repeated random tokens, {name}")
        for kind in ("previous_token", "induction"):
            print(f"  {kind:15}", " ".join(f"{head['head']}: {head['score']:.2f}" for head in scores[kind]))
        print(f"  loss {scores['loss_first_copy']:.2f}, in the second copy {scores['loss_second_copy']:.2f}")
    for story in results["stories"]:
        print(f"  {story['prompt']}|{story['text']!r}")
    astray = results["gone_astray"]
    if astray:
        print(f"{astray['samples']} samples of story openings: {astray['share']:.3f} likelier from the curriculum")
        print("  ", {opening: round(share, 2) for opening, share in astray["by_opening"].items()})
    found = results["originality"]
    print(
        f"{found['samples']} samples: longest run {found['longest']} tokens (median {found['median']:.0f}), "
        f"{found['above_limit']} above {found['limit']}; listed words in {found['listed_words']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures a Hugging Face GPT-2 folder.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="what training.prepare wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heldout", type=Path, default=HELDOUT)
    parser.add_argument("--samples", type=int, default=200, help="texts held against the corpus")
    parser.add_argument("--rows", type=int, default=0, help="validation rows of each source (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int)
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    results = evaluate(load_shipped(args.model), args.data, args.heldout, args.samples, args.seed, args.rows)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    show(results)


if __name__ == "__main__":
    run_command(main)
