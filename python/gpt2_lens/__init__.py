"""Recorded runs for GPT-2 Lens, from TransformerLens and from Hugging Face."""

from .record import record_run, record_transformer_lens, record_transformers

__all__ = ["record_run", "record_transformer_lens", "record_transformers"]
