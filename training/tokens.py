"""Token files: uint16 GPT-2 ids, little-endian, each document followed by 50256; and the tokenizer that makes them."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

END_OF_TEXT_ID = 50_256
ID_DTYPE = np.dtype("<u2")
TOKENIZER_FOLDER = Path(__file__).parent.parent / "static" / "models" / "gpt2-nano"
BATCH = 1_000  # documents encoded at once


def load_tokenizer(folder: Path = TOKENIZER_FOLDER):
    """GPT-2's byte-level BPE from a folder's vocab.json and merges.txt, as a tokenizers.Tokenizer.

    It knows no special token: the letters of <|endoftext|> in a text are letters.
    Throws: FileNotFoundError if one of the two is missing.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415 (training itself needs none)

    files = [folder / "vocab.json", folder / "merges.txt"]
    for file in files:
        if not file.exists():
            raise FileNotFoundError(f"load_tokenizer: {file} is missing. Give a folder with vocab.json and merges.txt.")
    tokenizer = Tokenizer(models.BPE.from_file(*map(str, files)))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def encode_documents(tokenizer, documents: list[str]) -> np.ndarray:
    """The ids of all documents, 50256 after each.  Shapes: n texts -> [tokens + n], uint16."""
    parts = []
    for start in range(0, len(documents), BATCH):
        for encoding in tokenizer.encode_batch(documents[start : start + BATCH]):
            parts += [np.array(encoding.ids, dtype=ID_DTYPE), np.array([END_OF_TEXT_ID], dtype=ID_DTYPE)]
    return np.concatenate(parts) if parts else np.empty(0, dtype=ID_DTYPE)


def decode_documents(tokenizer, ids: np.ndarray) -> list[str]:
    """The texts that encode_documents was given."""
    ends = np.flatnonzero(ids == END_OF_TEXT_ID)
    starts = np.concatenate([[0], ends[:-1] + 1])
    return [tokenizer.decode(ids[a:b].tolist()) for a, b in zip(starts, ends, strict=True)]


def write_tokens(path: Path, ids: np.ndarray) -> None:
    ids.astype(ID_DTYPE).tofile(path)


def read_tokens(path: Path) -> np.ndarray:
    """The ids of a file, mapped from disk.  Shapes: -> [tokens], uint16.

    Throws: FileNotFoundError; ValueError if the file is empty or does not end with 50256.
    """
    if not path.exists():
        raise FileNotFoundError(f"read_tokens: {path} is missing. Run `python -m training.prepare` first.")
    ids = np.memmap(path, dtype=ID_DTYPE, mode="r") if path.stat().st_size else np.empty(0, dtype=ID_DTYPE)
    if len(ids) == 0 or ids[-1] != END_OF_TEXT_ID:
        raise ValueError(f"read_tokens: {path} must end with {END_OF_TEXT_ID}. Run `python -m training.prepare` again.")
    return ids


def sources_in(folder: Path, part: str, names: Iterable[str] | None = None) -> dict[str, np.ndarray]:
    """The token files `<source>.<part>.bin` of a prepared folder, part "train" or "val"; all of them, or those named.

    Throws: FileNotFoundError if there is none, or not one that is named.
    """
    found = names if names is not None else sorted(p.name.split(".")[0] for p in folder.glob(f"*.{part}.bin"))
    files = {name: read_tokens(folder / f"{name}.{part}.bin") for name in found}
    if not files:
        raise FileNotFoundError(f"sources_in: {folder} holds no *.{part}.bin. Run `python -m training.prepare` first.")
    return files
