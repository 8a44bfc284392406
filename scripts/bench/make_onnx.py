"""Writes forward.onnx and decode.onnx beside a GPT-2 checkpoint: the same weights for onnxruntime-web.

The graphs hold no weights of their own. Their initializers point into model.safetensors (F32), so both engines of the
benchmark read the same bytes. Each step is the cheapest form that ONNX offers: Gemm with bias, LayerNormalization,
Gelu(tanh), one Split for q, k and v.

    python make_onnx.py FOLDER
"""

import json
import math
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

OPSET = 20  # the first with Gelu(approximate="tanh")
MASKED = -1e9
WEIGHTS = "model.safetensors"


class Graph:
    """Nodes and initializers as they are added; every method returns the name of its output."""

    def __init__(self, folder: Path):
        self.nodes, self.initializers, self.inputs, self.outputs = [], [], [], []
        with open(folder / WEIGHTS, "rb") as file:
            length = int.from_bytes(file.read(8), "little")
            self.header = json.loads(file.read(length))
        self.data_start = 8 + length
        self.count = 0

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [f"{kind}_{self.count}_{i}" for i in range(outputs)]
        self.count += 1
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def weight(self, name):
        if not any(made.name == name for made in self.initializers):
            entry = self.header.get(name) or self.header[f"transformer.{name}"]
            if entry["dtype"] != "F32":
                raise SystemExit(f"make_onnx: {name} must be F32, got {entry['dtype']}. Convert the checkpoint first.")
            start, end = entry["data_offsets"]
            tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=entry["shape"])
            tensor.data_location = TensorProto.EXTERNAL
            where = {"location": WEIGHTS, "offset": self.data_start + start, "length": end - start}
            for key, value in where.items():
                tensor.external_data.add(key=key, value=str(value))
            self.initializers.append(tensor)
        return name

    def constant(self, values, dtype=TensorProto.INT64):
        name = f"constant_{len(self.initializers)}"
        dims = [len(values)] if isinstance(values, list) else []
        self.initializers.append(helper.make_tensor(name, dtype, dims, values if dims else [values]))
        return name

    def linear(self, x, name):
        return self.op("Gemm", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"))

    def layer_norm(self, x, name, epsilon):
        return self.op(
            "LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=epsilon
        )

    def give(self, name, as_name, shape):
        self.nodes.append(helper.make_node("Identity", [name], [as_name]))
        self.outputs.append(helper.make_tensor_value_info(as_name, TensorProto.FLOAT, shape))

    def save(self, path: Path):
        graph = helper.make_graph(self.nodes, path.stem, self.inputs, self.outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
        path.write_bytes(model.SerializeToString())
        onnx.checker.check_model(str(path))


def attend(graph, config, x, layer, mask, past):
    """One attention sublayer; past is None, or the names of this layer's keys and values so far."""
    n_head, n_embd = config["n_head"], config["n_embd"]
    d_head = n_embd // n_head
    heads = graph.constant([-1, n_head, d_head])
    qkv = graph.op("Split", graph.linear(x, f"h.{layer}.attn.c_attn"), outputs=3, axis=1, num_outputs=3)
    q, k, v = (graph.op("Transpose", graph.op("Reshape", part, heads), perm=[1, 0, 2]) for part in qkv)
    if past:
        k, v = (graph.op("Concat", before, new, axis=1) for before, new in zip(past, (k, v)))
    scores = graph.op("MatMul", q, graph.op("Transpose", k, perm=[0, 2, 1]))
    scaled = graph.op("Mul", scores, graph.constant(1 / math.sqrt(d_head), TensorProto.FLOAT))
    pattern = graph.op("Softmax", graph.op("Add", scaled, mask) if mask else scaled, axis=-1)
    z = graph.op("Transpose", graph.op("MatMul", pattern, v), perm=[1, 0, 2])
    z = graph.op("Reshape", z, graph.constant([-1, n_embd]))
    return graph.linear(z, f"h.{layer}.attn.c_proj"), pattern, k, v


def causal_mask(graph, ids):
    """[T, T]: 0 where key <= query, a huge negative number elsewhere."""
    length = graph.op("Squeeze", graph.op("Shape", ids))
    positions = graph.op("Range", graph.constant(0), length, graph.constant(1))
    queries = graph.op("Unsqueeze", positions, graph.constant([1]))
    seen = graph.op("LessOrEqual", positions, queries)
    zero, masked = (graph.constant(value, TensorProto.FLOAT) for value in (0.0, MASKED))
    return positions, graph.op("Where", seen, zero, masked)


def run_model(graph, config, ids, positions, mask, pasts):
    """Adds the whole model; yields (resid_pre, pattern, k, v) of each layer, then (normalized, logits)."""
    epsilon = config["layer_norm_epsilon"]
    tokens = graph.op("Gather", graph.weight("wte.weight"), ids)
    resid = graph.op("Add", tokens, graph.op("Gather", graph.weight("wpe.weight"), positions))
    for layer in range(config["n_layer"]):
        before = resid
        normalized = graph.layer_norm(resid, f"h.{layer}.ln_1", epsilon)
        out, pattern, k, v = attend(graph, config, normalized, layer, mask, pasts and pasts[layer])
        resid = graph.op("Add", resid, out)
        normalized = graph.layer_norm(resid, f"h.{layer}.ln_2", epsilon)
        pre = graph.linear(normalized, f"h.{layer}.mlp.c_fc")
        post = graph.op("Gelu", pre, approximate="tanh")
        resid = graph.op("Add", resid, graph.linear(post, f"h.{layer}.mlp.c_proj"))
        yield before, pattern, k, v
    final = graph.layer_norm(resid, "ln_f", epsilon)
    yield final, graph.op("Gemm", final, graph.weight("wte.weight"), transB=1)


def forward(folder, config):
    """ids -> logits, hidden states and attention of every layer."""
    graph = Graph(folder)
    graph.inputs.append(helper.make_tensor_value_info("ids", TensorProto.INT64, ["T"]))
    positions, mask = causal_mask(graph, "ids")
    *layers, (final, logits) = run_model(graph, config, "ids", positions, mask, None)
    for layer, (resid_pre, pattern, _, _) in enumerate(layers):
        graph.give(resid_pre, f"hidden_states.{layer}", ["T", config["n_embd"]])
        graph.give(pattern, f"attentions.{layer}", [config["n_head"], "T", "T"])
    graph.give(final, f"hidden_states.{config['n_layer']}", ["T", config["n_embd"]])
    graph.give(logits, "logits", ["T", config["vocab_size"]])
    graph.save(folder / "forward.onnx")


def decode(folder, config):
    """One id, its position and the keys and values so far -> logits, and the keys and values with this token's."""
    graph = Graph(folder)
    d_head = config["n_embd"] // config["n_head"]
    for name in ("ids", "positions"):
        graph.inputs.append(helper.make_tensor_value_info(name, TensorProto.INT64, [1]))
    pasts = []
    for layer in range(config["n_layer"]):
        names = [f"past.{layer}.{part}" for part in ("key", "value")]
        for name in names:
            shape = [config["n_head"], "P", d_head]
            graph.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        pasts.append(names)
    *layers, (_, logits) = run_model(graph, config, "ids", "positions", None, pasts)
    for layer, (_, _, k, v) in enumerate(layers):
        for part, name in (("key", k), ("value", v)):
            graph.give(name, f"present.{layer}.{part}", [config["n_head"], "S", d_head])
    graph.give(logits, "logits", [1, config["vocab_size"]])
    graph.save(folder / "decode.onnx")


def main():
    folder = Path(sys.argv[1])
    config = json.loads((folder / "config.json").read_text())
    forward(folder, config)
    decode(folder, config)


if __name__ == "__main__":
    main()
