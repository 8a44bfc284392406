"""What pictures need of the weights, worked out from a run's activations: see docs/recordings.md."""

from collections.abc import Mapping

import numpy as np

LENS_TOP = 10
MOST_FLOW_TOKENS = 128

Arrays = dict[str, np.ndarray]


def worked_out(config: Mapping, weights: Mapping[str, np.ndarray], run: Mapping[str, np.ndarray]) -> Arrays:
    """Every part whose activations are there."""
    layers = range(config["n_layer"])
    found = norm_parameters(config, weights)

    def has(*names: str) -> bool:
        return all(f"blocks.{layer}.{name}" in run for layer in layers for name in names)

    if has("attn.hook_v"):
        found |= values(config, weights, run)
    if has("attn.hook_z"):
        found |= result_norms(config, weights, run)
    if has("hook_resid_pre", "hook_resid_post") and "logits" in run:
        lens = logit_lens(config, weights, run)
        found |= lens
        if has("attn.hook_pattern", "attn.hook_v") and "ln_final.hook_scale" in run:
            found |= flow(config, weights, run, lens["lens.top_ids"][-1, :, 0])
    return found


def norm_parameters(config: Mapping, weights: Mapping[str, np.ndarray]) -> Arrays:
    names = [f"h.{layer}.{norm}" for layer in range(config["n_layer"]) for norm in ("ln_1", "ln_2")] + ["ln_f"]
    return {f"ln.{part}": np.stack([weights[f"{name}.{part}"] for name in names]) for part in ("weight", "bias")}


def output_matrices(config: Mapping, weights: Mapping[str, np.ndarray], layer: int) -> np.ndarray:
    """W_O of each head, [n_head, d_head, n_embd]."""
    heads = config["n_head"]
    return weights[f"h.{layer}.attn.c_proj.weight"].reshape(heads, -1, config["n_embd"])


def values(config: Mapping, weights: Mapping[str, np.ndarray], run: Mapping[str, np.ndarray]) -> Arrays:
    v_norms, out_norms = [], []
    for layer in range(config["n_layer"]):
        v = run[f"blocks.{layer}.attn.hook_v"]
        written = np.einsum("thd,hde->hte", v, output_matrices(config, weights, layer))
        v_norms.append(np.linalg.norm(v, axis=-1).T)
        out_norms.append(np.linalg.norm(written, axis=-1))
    return {"values.v": as_float32(v_norms), "values.out": as_float32(out_norms)}


def result_norms(config: Mapping, weights: Mapping[str, np.ndarray], run: Mapping[str, np.ndarray]) -> Arrays:
    norms = []
    for layer in range(config["n_layer"]):
        z = run[f"blocks.{layer}.attn.hook_z"]
        results = np.einsum("thd,hde->the", z, output_matrices(config, weights, layer))
        norms.append(np.linalg.norm(results, axis=-1))
    return {"result.norms": as_float32(norms)}


def logit_lens(config: Mapping, weights: Mapping[str, np.ndarray], run: Mapping[str, np.ndarray]) -> Arrays:
    unembedding = weights.get("lm_head.weight", weights["wte.weight"])
    final = run["logits"].astype(np.float64)
    log_final = log_softmax(final)
    streams = [run["blocks.0.hook_resid_pre"]] + [
        run[f"blocks.{layer}.hook_resid_post"] for layer in range(config["n_layer"] - 1)
    ]
    top = min(LENS_TOP, config["vocab_size"])
    rows: dict[str, list] = {name: [] for name in ("top_ids", "top_probabilities", "top_logits", "entropy", "kl")}
    for depth in range(config["n_layer"] + 1):
        if depth < len(streams):
            logits = layer_norm(streams[depth], weights, "ln_f", config["layer_norm_epsilon"]) @ unembedding.T
        else:
            logits = run["logits"]
        log_p = log_softmax(logits.astype(np.float64))
        p = np.exp(log_p)
        best = np.argsort(-logits, axis=-1, kind="stable")[:, :top]
        rows["top_ids"].append(best)
        rows["top_probabilities"].append(np.take_along_axis(p, best, -1))
        rows["top_logits"].append(np.take_along_axis(logits, best, -1))
        rows["entropy"].append(-(p * log_p).sum(-1))
        rows["kl"].append(np.maximum(0, (np.exp(log_final) * (log_final - log_p)).sum(-1)))
    dtypes = {"top_ids": np.int32, "top_probabilities": np.float64}
    return {f"lens.{name}": np.stack(row).astype(dtypes.get(name, np.float32)) for name, row in rows.items()}


def flow(
    config: Mapping, weights: Mapping[str, np.ndarray], run: Mapping[str, np.ndarray], best: np.ndarray
) -> Arrays:
    """Ferrando et al. (2022), equation 11: the shares of a row's sources in resid_mid, and what they add to a logit."""
    T, layers, heads = len(best), config["n_layer"], config["n_head"]
    if T > MOST_FLOW_TOKENS:
        return {}
    unembedding = weights.get("lm_head.weight", weights["wte.weight"])
    directions = unembedding[best] * weights["ln_f.weight"] / run["ln_final.hook_scale"]
    directions = directions - directions.mean(-1, keepdims=True)
    own, shares = np.zeros((T, layers)), np.zeros((T, layers, T))
    parts_of_heads, logits = np.zeros((T, layers, T, heads)), np.zeros((T, layers, T))
    for layer in range(layers):
        pattern = run[f"blocks.{layer}.attn.hook_pattern"].astype(np.float64)
        v = run[f"blocks.{layer}.attn.hook_v"]
        written = np.einsum("thd,hde->hte", v, output_matrices(config, weights, layer)).astype(np.float64)
        kept = run[f"blocks.{layer}.hook_resid_pre"] + weights[f"h.{layer}.attn.c_proj.bias"]
        for query in range(T):
            by_head = pattern[:, query, : query + 1, None] * written[:, : query + 1]  # head, source, n_embd
            parts = by_head.sum(0)
            row = kept[query] + parts.sum(0)
            size = np.abs(row).sum()
            gain_own = max(0.0, size - np.abs(row - kept[query]).sum())
            gains = np.maximum(0, size - np.abs(row - parts).sum(-1))
            total = gain_own + gains.sum()
            if total > 0:
                own[query, layer] = gain_own / total
                shares[query, layer, : query + 1] = gains / total
            sizes = np.abs(by_head).sum(-1).T  # source, head
            whole = sizes.sum(-1, keepdims=True)
            parts_of_heads[query, layer, : query + 1] = np.divide(sizes, whole, where=whole > 0, out=np.zeros_like(sizes))
            logits[query, layer, : query + 1] = parts @ directions[query]
    arrays = {"own": own, "shares": shares, "heads": parts_of_heads, "logits": logits}
    return {f"flow.{name}": as_float32(value) for name, value in arrays.items()}


def layer_norm(x: np.ndarray, weights: Mapping[str, np.ndarray], name: str, epsilon: float) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    scale = np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon)
    return centred / scale * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def as_float32(value) -> np.ndarray:
    return np.asarray(value, dtype=np.float32)
