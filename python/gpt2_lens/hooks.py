"""What Hugging Face's GPT-2 computes, under TransformerLens's names."""

from collections.abc import Sequence

import numpy as np
import torch


def run_with_hooks(model, ids: Sequence[int]) -> dict[str, np.ndarray]:
    """Every activation of one forward pass.

    Scores and LayerNorm scales are what no module gives: they are computed from q and k, and from the LayerNorms' inputs,
    as the model's code does. Raises ValueError unless the model's attention is eager.
    """
    config = model.config
    if config._attn_implementation != "eager":
        found = config._attn_implementation
        raise ValueError(
            f'record: attention must be "eager", got "{found}". Load the model with attn_implementation="eager".'
        )
    out, _ = read_modules(model, ids)
    T, epsilon = len(ids), config.layer_norm_epsilon
    out["ln_final.hook_scale"] = scale(out[f"blocks.{config.n_layer - 1}.hook_resid_post"], epsilon)
    for layer in range(config.n_layer):
        prefix = f"blocks.{layer}."
        out[prefix + "attn.hook_attn_scores"] = scores(config, layer, out, T)
        out[prefix + "ln1.hook_scale"] = scale(out[prefix + "hook_resid_pre"], epsilon)
        out[prefix + "ln2.hook_scale"] = scale(out[prefix + "hook_resid_mid"], epsilon)
    return out


def read_modules(model, ids: Sequence[int]):
    """What the modules of one forward pass give by hooks, [T, ...] or [n_head, T, T], float32; and the pass's output.

    The output has `hidden_states` and `attentions`; attention must be eager.
    """
    T, heads = len(ids), model.config.n_head
    out: dict[str, np.ndarray] = {}
    handles = []

    def keep(name, value):
        value = value[0] if isinstance(value, tuple) else value
        out[name] = as_array(value).reshape(T, -1).copy()

    def output_of(module, name):
        handles.append(module.register_forward_hook(lambda _m, _i, value: keep(name, value)))

    def input_of(module, name):
        handles.append(module.register_forward_pre_hook(lambda _m, value: keep(name, value[0])))

    body = model.transformer
    output_of(body.wte, "hook_embed")
    output_of(body.wpe, "hook_pos_embed")
    output_of(body.ln_f, "ln_final.hook_normalized")
    for layer, block in enumerate(body.h):
        prefix = f"blocks.{layer}."
        input_of(block, prefix + "hook_resid_pre")
        output_of(block.ln_1, prefix + "ln1.hook_normalized")
        output_of(block.attn.c_attn, prefix + "qkv")
        input_of(block.attn.c_proj, prefix + "attn.hook_z")
        output_of(block.attn.c_proj, prefix + "hook_attn_out")
        input_of(block.ln_2, prefix + "hook_resid_mid")
        output_of(block.ln_2, prefix + "ln2.hook_normalized")
        output_of(block.mlp.c_fc, prefix + "mlp.hook_pre")
        output_of(block.mlp.act, prefix + "mlp.hook_post")
        output_of(block.mlp, prefix + "hook_mlp_out")
        output_of(block, prefix + "hook_resid_post")
    try:
        with torch.no_grad():
            result = model(
                torch.tensor([list(ids)]), output_hidden_states=True, output_attentions=True, use_cache=False
            )
    finally:
        for handle in handles:
            handle.remove()

    for layer in range(model.config.n_layer):
        attn = f"blocks.{layer}.attn."
        for name, value in zip("qkv", np.split(out.pop(f"blocks.{layer}.qkv"), 3, axis=1), strict=True):
            out[f"{attn}hook_{name}"] = value.reshape(T, heads, -1)
        out[f"{attn}hook_z"] = out[f"{attn}hook_z"].reshape(T, heads, -1)
        out[f"{attn}hook_pattern"] = as_array(result.attentions[layer][0])
    out["logits"] = as_array(result.logits[0])
    return out, result


def as_array(value: torch.Tensor) -> np.ndarray:
    return value.detach().float().cpu().numpy()


def scores(config, layer: int, out: dict[str, np.ndarray], n_tokens: int) -> np.ndarray:
    q, k = (out[f"blocks.{layer}.attn.hook_{name}"] for name in "qk")
    factor = q.shape[-1] ** -0.5 if config.scale_attn_weights else 1.0
    if config.scale_attn_by_inverse_layer_idx:
        factor /= layer + 1
    products = np.einsum("qhd,khd->hqk", q, k) * np.float32(factor)
    later = np.triu(np.ones((n_tokens, n_tokens), dtype=bool), 1)
    return np.where(later, -np.inf, products).astype(np.float32)


def scale(x: np.ndarray, epsilon: float) -> np.ndarray:
    return np.sqrt(x.var(-1, keepdims=True) + epsilon)
