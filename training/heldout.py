"""The held-out prompts: what should come next, by behaviour.  heldout.jsonl, one prompt a line."""

import json
from pathlib import Path

HELDOUT = Path(__file__).parent / "heldout.jsonl"
NEEDED = ("behaviour", "sub", "prompt", "expected", "accept", "single_token")


def read_heldout(path: Path = HELDOUT) -> list[dict]:
    """The prompts, each with the fields in NEEDED.  Throws: FileNotFoundError; ValueError that names the line."""
    prompts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        prompt = json.loads(line)
        missing = [field for field in NEEDED if field not in prompt]
        if missing:
            raise ValueError(f"read_heldout: {path}:{number} must have {', '.join(NEEDED)}, got none of {missing}.")
        prompts.append(prompt)
    return prompts
