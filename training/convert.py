"""Turns a run into a model folder in Hugging Face's layout (F16), and checks it against Hugging Face's GPT-2:

    python -m training.convert --run training-runs/run --data training-runs/data --out training-runs/gpt2-nano

Rows of wte for tokens that stand in no training text: the "repeats" source shows every token as input and as answer,
and the full softmax shows every token as a wrong answer, so those rows are trained and stay as they are. A run without
repeats has only pushed them away; each then becomes the mean of the rarest tenth of the seen rows plus a little of its
own difference from the other unseen rows, so that it is no likelier than a rare word and no two are the same.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from .batches import REPEATS, token_counts
from .checkpoint import read_checkpoint
from .config import VOCAB_SIZE, Config
from .errors import run_command
from .model import LN_EPSILON
from .names import LINEAR, WEIGHTS
from .shipping import shipped_weights
from .tokens import END_OF_TEXT_ID, TOKENIZER_FOLDER, sources_in
from .verify import verify

FACTS = "conversion.json"
READABLE = 0o644
RARE = 0.1  # of the seen tokens
OWN_SHARE = 0.3  # of an unseen row's own difference that is kept


def canonical(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Our names and shapes to GPT-2's: linear layers [out, in] -> [in, out], wte without its padding rows."""
    tensors = {}
    for name, value in weights.items():
        parts = name.split(".")
        if parts[0] == "h" and parts[2] in LINEAR:
            parts[2] = LINEAR[parts[2]]
            tensors[".".join(parts)] = (value.T if parts[3] == "weight" else value).float()
        else:
            tensors[name] = value.float()
    tensors["wte.weight"] = tensors["wte.weight"][:VOCAB_SIZE]
    return tensors


def fill_unseen(wte: Tensor, counts: np.ndarray) -> Tensor:
    """wte with new rows for the tokens whose count is 0 (see above).  Shapes: [vocab_size, n_embd], [vocab_size]."""
    counts = torch.from_numpy(counts)
    unseen, seen = (counts == 0).nonzero().squeeze(1), counts.nonzero().squeeze(1)
    if len(unseen) == 0:
        return wte
    rarest = seen[counts[seen].argsort(stable=True)[: max(1, int(len(seen) * RARE))]]
    own = wte[unseen] - wte[unseen].mean(0)
    filled = wte.clone()
    filled[unseen] = wte[rarest].mean(0) + OWN_SHARE * own
    return filled


def half(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors in F16.  Throws: ValueError that names a tensor with a value that F16 cannot hold."""
    limit = torch.finfo(torch.float16).max
    for name, value in tensors.items():
        if not value.abs().max() <= limit:
            raise ValueError(f"half: {name} must be within {limit:.0f}, got {value.abs().max()}. Did the run diverge?")
    return {name: value.to(torch.float16).contiguous() for name, value in tensors.items()}


def hugging_face_config(config: Config) -> dict:
    return {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "activation_function": "gelu_new",
        "n_layer": config.n_layer,
        "n_head": config.n_head,
        "n_embd": config.n_embd,
        "n_ctx": config.n_ctx,
        "n_positions": config.n_ctx,
        "n_inner": None,
        "vocab_size": VOCAB_SIZE,
        "layer_norm_epsilon": LN_EPSILON,
        "bos_token_id": END_OF_TEXT_ID,
        "eos_token_id": END_OF_TEXT_ID,
        "attn_pdrop": 0.0,
        "embd_pdrop": 0.0,
        "resid_pdrop": 0.0,
        "initializer_range": 0.02,
        "scale_attn_weights": True,
        "scale_attn_by_inverse_layer_idx": False,
        "reorder_and_upcast_attn": False,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
    }


def write_folder(out: Path, config: Config, tensors: dict[str, Tensor], tokenizer: Path) -> None:
    """Writes config.json, model.safetensors, vocab.json, merges.txt and tokenizer_config.json."""
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / WEIGHTS, metadata={"format": "pt"})
    (out / WEIGHTS).chmod(READABLE)  # save_file leaves it to its owner, and a web server may be someone else
    (out / "config.json").write_text(json.dumps(hugging_face_config(config), indent=2), encoding="utf-8")
    for name in ("vocab.json", "merges.txt"):
        shutil.copyfile(tokenizer / name, out / name)
    marker = "<|endoftext|>"
    settings = {
        "tokenizer_class": "GPT2Tokenizer",
        "model_max_length": config.n_ctx,
        "add_prefix_space": False,
        "add_bos_token": False,
        **dict.fromkeys(("bos_token", "eos_token", "unk_token"), marker),
    }
    (out / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")


def convert(run: Path, data: list[Path], out: Path, tokenizer: Path) -> dict:
    """Converts the weights of a run that ship.  Gives what the card says of it.

    `data` are the run's prepared folder and those of the runs before it whose weights it began with: what stands in one
    of them has been read.
    """
    state = read_checkpoint(run)
    config = state["config"]
    tensors = canonical(shipped_weights(state))
    names = sorted({name for phase in config.phases for name in phase.shares} - {REPEATS})
    counts = sum(token_counts(sources_in(folder, "train", names)) for folder in data)
    repeats = any(phase.shares.get(REPEATS, 0) > 0 for phase in config.phases)
    if not repeats:
        tensors["wte.weight"] = fill_unseen(tensors["wte.weight"], counts)
    tensors = half(tensors)
    write_folder(out, config, tensors, tokenizer)
    return {
        "steps": state["step"],
        "tokens": state["step"] * config.batch_tokens,
        "parameters": sum(value.numel() for value in tensors.values()),
        "tokens_in_no_text": int((counts == 0).sum()),
        "their_rows": "repeats" if repeats else "filled",
        "config": config.as_dict(),
        "weights": "average" if state["average"] else "last",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a run as a Hugging Face GPT-2 folder.")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        nargs="+",
        help="what training.prepare wrote, for this run and those before it",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FOLDER, help="folder with vocab.json, merges.txt")
    parser.add_argument("--attribution", type=Path, help="a file that names authors, copied into the folder")
    args = parser.parse_args()
    facts = convert(args.run, args.data, args.out, args.tokenizer)
    if args.attribution:
        shutil.copyfile(args.attribution, args.out / args.attribution.name)
    facts["largest_difference"] = verify(args.run, args.out)
    facts["folder_bytes"] = sum(file.stat().st_size for file in args.out.iterdir())
    (args.run / FACTS).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    print(
        f"{args.out}: {facts['parameters']:,} parameters, {facts['folder_bytes'] / 1e6:.1f} MB, step {facts['steps']}; "
        f"logits differ from Hugging Face's by at most {facts['largest_difference']:.1e}"
    )


if __name__ == "__main__":
    run_command(main)
