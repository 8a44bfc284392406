"""GPT-2 Lens in Python: its pictures in a notebook, and recorded runs from TransformerLens and from Hugging Face."""

from importlib import import_module

_WHERE = {
    "record_run": "record",
    "record_transformer_lens": "record",
    "record_transformers": "record",
    "LensWidget": "widget",
    "attention": "widget",
    "show": "widget",
}

__all__ = sorted(_WHERE)


def __getattr__(name: str):
    """Imports a part when it is first asked for: recording needs no notebook, and pictures need no tokenizer."""
    if name not in _WHERE:
        raise AttributeError(f"module 'gpt2_lens' has no attribute '{name}'")
    return getattr(import_module(f".{_WHERE[name]}", __name__), name)
