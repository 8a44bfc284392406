"""Writes runs that GPT-2 Lens opens without weights: the file of docs/recordings.md.

    from gpt2_lens import record_transformers, record_transformer_lens

    record_transformers("once.lens", "path/to/gpt2", model, tokenizer("Once upon a time")["input_ids"])

    logits, cache = model.run_with_cache(tokens)   # TransformerLens, no weights folded, nothing centred
    record_transformer_lens("once.lens", "path/to/gpt2", cache, logits, tokens[0].tolist())

The folder is the model's, in Hugging Face's layout (config.json, model.safetensors, tokenizer): names, hash, vocabulary and
the weights that a few pictures need are taken from it. Needs numpy, safetensors and tokenizers; torch only where the
model brings it.
"""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import ByteLevelBPETokenizer

from .derived import worked_out

FORMAT, VERSION = "gpt2-lens recording", 1
NAMING = "TransformerLens names without a batch axis; no weights folded, nothing centred"
FLOAT16_LARGEST = 65504.0
CONFIG_FIELDS = (
    "n_layer n_head n_embd n_positions n_inner vocab_size layer_norm_epsilon bos_token_id eos_token_id "
    "activation_function scale_attn_weights scale_attn_by_inverse_layer_idx reorder_and_upcast_attn tie_word_embeddings"
).split()


class Folder:
    """A model folder in Hugging Face's layout."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self.config = json.loads((self.path / "config.json").read_text())
        weights = self.path / "model.safetensors"
        self.sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
        raw = load_file(weights)
        self.weights = {name.removeprefix("transformer."): value.astype(np.float32) for name, value in raw.items()}
        self.tokenizer = ByteLevelBPETokenizer(str(self.path / "vocab.json"), str(self.path / "merges.txt"))

    def vocabulary(self) -> dict:
        """Every piece by id, as vocab.json spells it; those that stand for their name, and those that are no text."""
        by_piece = self.tokenizer.get_vocab()
        pieces = [None] * (max(by_piece.values()) + 1)
        for piece, place in by_piece.items():
            pieces[place] = piece
        special = [by_piece[name] for name in ("<|endoftext|>",) if name in by_piece]
        return {"pieces": pieces, "names": special, "specials": special, "byteLevel": True}


def byte_of_character() -> dict[str, int]:
    """The byte that each character of GPT-2's vocabulary stands for (openai/gpt-2, src/encoder.py, bytes_to_unicode)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    stands = {chr(byte): byte for byte in printable}
    return stands | {chr(256 + place): byte for place, byte in enumerate(others)}


def record_run(
    out: str | Path,
    folder: str | Path,
    ids: Sequence[int],
    activations: Mapping[str, np.ndarray],
    *,
    dtype: str = "F32",
    tool: tuple[str, str] = ("gpt2_lens.record", "0.1.0"),
) -> None:
    """Writes a run from its activations under their TransformerLens names, without a batch axis.

    Raises ValueError if an activation has another shape than the model and the tokens give it.
    """
    if dtype not in ("F32", "F16"):
        raise ValueError(f'record_run: dtype must be F32 or F16, got "{dtype}". Leave it out for F32.')
    model = folder if isinstance(folder, Folder) else Folder(folder)
    expect_shapes(model.config, len(ids), activations)
    arrays = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in activations.items()}
    derived = worked_out(model.config, model.weights, arrays)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        file.writestr("recording.json", about(model, ids, dtype, tool))
        vocabulary = model.vocabulary()
        file.writestr("vocabulary.json", json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")))
        write_array(file, "input_ids", np.asarray(ids, dtype=np.int32))
        for name, value in arrays.items():
            write_array(file, name, narrowed(value) if dtype == "F16" else value)
        for name, value in derived.items():
            write_array(file, name, value)


def record_transformers(out, folder, model, ids: Sequence[int], **options) -> None:
    """Runs a Hugging Face GPT2LMHeadModel (eager attention, eval, float32) with hooks, and writes the run."""
    from .hooks import run_with_hooks

    record_run(out, folder, ids, run_with_hooks(model, ids), tool=tool_of("transformers"), **options)


def record_transformer_lens(out, folder, cache, logits, ids: Sequence[int], **options) -> None:
    """Writes what TransformerLens's run_with_cache gave for one prompt, nothing folded or centred."""
    names = {name for name in cache if name.startswith(("blocks.", "hook_", "ln_final."))}
    activations = {"logits": unbatched(logits)}
    for name in sorted(names & known_names(len({n.split(".")[1] for n in names if n.startswith("blocks.")}))):
        # Version 4 has hook_normalized before LayerNorm's weight and bias, and hook_out after them, as version 2 had.
        after = name.replace("hook_normalized", "hook_out")
        activations[name] = unbatched(cache[after if after in names else name])
    record_run(out, folder, ids, activations, tool=tool_of("transformer_lens"), **options)


def tool_of(library: str) -> tuple[str, str]:
    return f"gpt2_lens.record with {library}", version(library)


def unbatched(value) -> np.ndarray:
    array = np.asarray(value.detach().cpu().float() if hasattr(value, "detach") else value)
    return array[0]


def shapes(config: Mapping, n_tokens: int) -> dict[str, tuple[int, ...]]:
    """Every activation of a run, by its full name, with its shape."""
    T, layers, heads, width = n_tokens, config["n_layer"], config["n_head"], config["n_embd"]
    inner = config.get("n_inner") or 4 * width
    stream, head, square, column = (T, width), (T, heads, width // heads), (heads, T, T), (T, 1)
    block = {
        "hook_resid_pre": stream,
        "ln1.hook_scale": column,
        "ln1.hook_normalized": stream,
        **{f"attn.hook_{name}": head for name in ("q", "k", "v")},
        "attn.hook_attn_scores": square,
        "attn.hook_pattern": square,
        "attn.hook_z": head,
        "attn.hook_result": (T, heads, width),
        "hook_attn_out": stream,
        "hook_resid_mid": stream,
        "ln2.hook_scale": column,
        "ln2.hook_normalized": stream,
        "mlp.hook_pre": (T, inner),
        "mlp.hook_post": (T, inner),
        "hook_mlp_out": stream,
        "hook_resid_post": stream,
    }
    blocks = {f"blocks.{layer}.{name}": shape for layer in range(layers) for name, shape in block.items()}
    ends = {"ln_final.hook_scale": column, "ln_final.hook_normalized": stream, "logits": (T, config["vocab_size"])}
    return {"hook_embed": stream, "hook_pos_embed": stream, **blocks, **ends}


def known_names(n_layer: int) -> set[str]:
    names = set(shapes({"n_layer": n_layer, "n_head": 1, "n_embd": 1, "vocab_size": 1}, 1))
    return {name for name in names if not name.endswith("hook_result") and name != "logits"}


def expect_shapes(config: Mapping, n_tokens: int, activations: Mapping[str, np.ndarray]) -> None:
    expected = shapes(config, n_tokens)
    for name, value in activations.items():
        if name not in expected:
            raise ValueError(f'record_run: activations must be of a GPT-2, got "{name}". Leave it out.')
        if tuple(value.shape) != expected[name]:
            raise ValueError(
                f"record_run: {name} must be {list(expected[name])}, got {list(value.shape)}. Take off the batch axis."
            )


def about(model: Folder, ids: Sequence[int], dtype: str, tool: tuple[str, str]) -> str:
    vocabulary = model.vocabulary()
    stands, special = byte_of_character(), set(vocabulary["specials"])

    def token(place: int) -> dict:
        piece = vocabulary["pieces"][place]
        is_special = place in special
        spelled = list(piece.encode()) if is_special else [stands[character] for character in piece]
        return {"id": int(place), "bytes": spelled, **({"special": True} if is_special else {})}

    config = {name: model.config[name] for name in CONFIG_FIELDS if name in model.config}
    config.setdefault("n_positions", model.config.get("n_ctx"))
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "naming": NAMING,
            "model": {"name": model.path.resolve().name, "sha256": model.sha256, "config": config},
            "tokens": [token(place) for place in ids],
            "made": {
                "date": datetime.datetime.now(datetime.UTC).isoformat(),
                "tool": tool[0],
                "version": tool[1],
            },
            "dtype": dtype,
        },
        indent=1,
    )


def narrowed(value: np.ndarray) -> np.ndarray:
    """As float16; as it is where float16 cannot hold one of its numbers. The scores of later keys are -Infinity."""
    finite = value[np.isfinite(value)]
    fits = not np.isnan(value).any() and (finite.size == 0 or np.abs(finite).max() <= FLOAT16_LARGEST)
    return value.astype(np.float16) if fits else value


def write_array(file: zipfile.ZipFile, name: str, value: np.ndarray) -> None:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(value), version=(1, 0), allow_pickle=False)
    file.writestr(f"{name}.npy", buffer.getvalue())
