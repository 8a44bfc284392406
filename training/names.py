"""What the parts of a model are called, in our modules and in GPT-2's files."""

WEIGHTS = "model.safetensors"
LINEAR = {"c_attn": "attn.c_attn", "attn_c_proj": "attn.c_proj", "c_fc": "mlp.c_fc", "mlp_c_proj": "mlp.c_proj"}
OURS = {theirs: ours for ours, theirs in LINEAR.items()}


def our_name(name: str) -> str:
    """h.0.attn.c_attn.weight -> h.0.c_attn.weight; others as they are."""
    *head, layer, kind = name.split(".")
    block, inner = head[:2], ".".join([*head[2:], layer])
    return ".".join([*block, OURS[inner], kind]) if inner in OURS else name
