"""Which combinations of words the training text never holds, so that a held-out prompt can ask for them.

heldout.jsonl was drawn from these reserved parts (and from whole templates and nouns that no module here has). A change
of a key or of a share below would let its prompts leak into the training text: tests/test_synthetic.py looks for them.
"""

from hashlib import sha1

HASH_DIGITS = 12  # hexadecimal, of SHA-1: 48 bits


def hash_number(*key: object) -> int:
    """A number below 2^48 that depends on the key alone, on every machine."""
    return int(sha1("|".join(map(str, key)).encode()).hexdigest()[:HASH_DIGITS], 16)


def one_in(share: int, *key: object) -> bool:
    """Whether the key is among the reserved ones: one key in `share`."""
    return hash_number(*key) % share == 0
