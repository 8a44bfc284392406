"""How good the shipped model is: losses, held-out prompts, heads, samples and what they repeat."""
