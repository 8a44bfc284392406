"""Turns a corpus folder into token files:

    python -m training.prepare --corpus CORPUS --out training-runs/data

CORPUS holds one file a source, <source>.txt (a <source>.val.txt beside it is read too); README.md says what ours were.
Writes <source>.train.bin, <source>.val.bin and manifest.json. Which documents are for validation depends on their text
alone, so it is the same at every run. Sources that an earlier call wrote to the same folder stay.
"""

import argparse
import json
from collections import Counter
from hashlib import sha1, sha256
from pathlib import Path
from random import Random

from .cleaning import duplicate_key, plain, why_dropped
from .documents import OWN_TEXT, read_documents
from .errors import run_command
from .heldout import HELDOUT, read_heldout
from .leaks import find_leaks
from .tokens import TOKENIZER_FOLDER, encode_documents, load_tokenizer, write_tokens

VALIDATION_SHARE = 200  # one document in so many
HASH_DIGITS = 8  # hexadecimal, of SHA-1
VALIDATION_SUFFIX = ".val"
MANIFEST = "manifest.json"
ORDER_SEED = 99


def read_sources(corpus: Path, synthetic: Path | None) -> dict[str, list[str]]:
    """All documents by source.  Throws: FileNotFoundError if the folder holds no .txt file."""
    names = sorted({path.stem.removesuffix(VALIDATION_SUFFIX) for path in corpus.glob("*.txt")})
    if not names:
        raise FileNotFoundError(f"read_sources: {corpus} holds no .txt file. Give a folder with one file a source.")
    sources = {}
    for name in names:
        files = [corpus / f"{name}.txt", corpus / f"{name}{VALIDATION_SUFFIX}.txt"]
        sources[name] = [plain(text) for file in files if file.exists() for text in read_documents(file)]
    if synthetic:
        sources[OWN_TEXT] = [plain(text) for text in read_documents(synthetic)]
    return sources


def clean(sources: dict[str, list[str]], prompts: list[dict]) -> tuple[dict[str, list[str]], dict[str, Counter]]:
    """The documents that stay, and how many were dropped why."""
    seen: set[str] = set()
    kept, dropped = {}, {}
    for name, documents in sources.items():
        own, reasons, stay = name == OWN_TEXT, Counter(), []
        for text in documents:
            key = duplicate_key(text, own)
            reason = "duplicate" if key in seen else why_dropped(text, own)
            if reason:
                reasons[reason] += 1
                continue
            seen.add(key)
            stay.append(text)
        leaks = find_leaks(stay, prompts)
        reasons["held-out prompt"] += len(leaks)
        kept[name] = [text for number, text in enumerate(stay) if number not in leaks]
        dropped[name] = +reasons
    return kept, dropped


def is_validation(text: str) -> bool:
    return int(sha1(text.encode()).hexdigest()[:HASH_DIGITS], 16) % VALIDATION_SHARE == 0


def split(documents: list[str]) -> dict[str, list[str]]:
    """Training and validation documents, in a seeded order that hides where they came from."""
    ordered = sorted(documents, key=lambda text: sha1(text.encode()).digest())
    Random(ORDER_SEED).shuffle(ordered)
    return {
        "train": [text for text in ordered if not is_validation(text)],
        "val": [text for text in ordered if is_validation(text)],
    }


def write_source(out: Path, name: str, documents: list[str], tokenizer) -> dict:
    """Writes a source's two token files.  Gives their counts and hashes."""
    facts = {}
    for part, texts in split(documents).items():
        ids = encode_documents(tokenizer, texts)
        write_tokens(out / f"{name}.{part}.bin", ids)
        facts[part] = {
            "documents": len(texts),
            "bytes": sum(len(text) for text in texts),
            "tokens": len(ids),
            "sha256": sha256(ids.tobytes()).hexdigest(),
        }
    return facts


def main() -> None:
    parser = argparse.ArgumentParser(description="Cleans and tokenizes a corpus folder.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--synthetic", type=Path, help="written by training.synthetic; instead of the corpus's own")
    parser.add_argument("--heldout", type=Path, default=HELDOUT)
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FOLDER, help="folder with vocab.json, merges.txt")
    args = parser.parse_args()
    tokenizer = load_tokenizer(args.tokenizer)
    kept, dropped = clean(read_sources(args.corpus, args.synthetic), read_heldout(args.heldout))
    args.out.mkdir(parents=True, exist_ok=True)
    new = {
        name: {**write_source(args.out, name, texts, tokenizer), "dropped": dropped[name]}
        for name, texts in kept.items()
    }
    path = args.out / MANIFEST
    earlier = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**earlier, **new}, indent=2) + "\n", encoding="utf-8")
    for name, facts in new.items():
        train, val = facts["train"], facts["val"]
        print(
            f"{name:12} {train['documents']:7} + {val['documents']:4} documents, {train['tokens']:9} tokens, dropped:"
        )
        print(f"{'':12} {dict(facts['dropped'])}")


if __name__ == "__main__":
    run_command(main)
