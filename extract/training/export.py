"""The trained network as an ONNX graph with fused attention, int8 weights, and the small tables that decode its output.

    python -m extract.training.export model.pt --base BERT_FOLDER --output extract/model

The graph is written node by node rather than traced: it is the same bytes for the same weights, and each int8 scale is
where we put it. One run takes one window (no batch, no padding), so that dynamic int8 scales never depend on neighbours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from extract.schema import PAIR_LABELS, SCORED_LABELS, SPAN_TYPES
from extract.training.losses import LINEAR
from extract.training.network import HEADS, LAYERS

Array = np.ndarray
MS = "com.microsoft"


class GraphWriter:
    """Collects nodes and initializers of one ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Array) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, weight: Array, bias: Array) -> str:
        product = self.node("MatMul", [x, self.weight(f"{name}.w", weight)], f"{name}.matmul")
        return self.node("Add", [product, self.weight(f"{name}.b", bias)], name)


def rows_int8(table: Array) -> tuple[Array, Array]:
    """The table as int8 with one scale a row."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def embed(g: GraphWriter, w: dict[str, Array]) -> str:
    table, scale = rows_int8(w["encoder.word.weight"])
    ids = g.node("Gather", [g.weight("word", table), "pieces"], "word.ids")
    scales = g.node("Gather", [g.weight("word.scale", scale), "pieces"], "word.scales")
    x = g.node("Mul", [g.node("Cast", [ids], "word.float", to=TensorProto.FLOAT), scales], "word.vectors")
    x = g.node(
        "Add",
        [x, g.node("Gather", [g.weight("place", w["encoder.place.weight"]), "places"], "place.vectors")],
        "embed.1",
    )
    x = g.node(
        "Add",
        [x, g.node("Gather", [g.weight("shape", w["encoder.shape.weight"]), "shapes"], "shape.vectors")],
        "embed.2",
    )
    scale_bias = [g.weight("embed.norm.w", w["encoder.norm.weight"]), g.weight("embed.norm.b", w["encoder.norm.bias"])]
    return g.node("LayerNormalization", [x, *scale_bias], "embed", axis=-1, epsilon=1e-12)


def layer(g: GraphWriter, w: dict[str, Array], i: int, x: str) -> str:
    p = f"encoder.layers.{i}."
    qkv = [g.weight(f"{p}qkv.w", w[f"{p}qkv.weight"].T), g.weight(f"{p}qkv.b", w[f"{p}qkv.bias"])]
    mixed = g.node("Attention", [x, *qkv], f"{p}attention", MS, num_heads=HEADS)
    out = g.linear(mixed, f"{p}out", w[f"{p}out.weight"].T, w[f"{p}out.bias"])
    x = norm(g, w, f"{p}norm1", x, out)
    up = g.node("MatMul", [x, g.weight(f"{p}up.w", w[f"{p}up.weight"].T)], f"{p}up.matmul")
    active = g.node("BiasGelu", [up, g.weight(f"{p}up.b", w[f"{p}up.bias"])], f"{p}gelu", MS)
    return norm(g, w, f"{p}norm2", x, g.linear(active, f"{p}down", w[f"{p}down.weight"].T, w[f"{p}down.bias"]))


def norm(g: GraphWriter, w: dict[str, Array], name: str, x: str, residual: str) -> str:
    scale_bias = [g.weight(f"{name}.w", w[f"{name}.weight"]), g.weight(f"{name}.b", w[f"{name}.bias"])]
    return g.node("SkipLayerNormalization", [x, residual, *scale_bias], name, MS, epsilon=1e-12)


def head_blocks(w: dict[str, Array], tasks: dict[str, list[str]]) -> list[tuple[str, Array, Array]]:
    """Every head that reads a word's vector, as (name, weight, bias); all are columns of one matrix product."""
    blocks = [(t, w[f"linear.{t}.weight"], w[f"linear.{t}.bias"]) for t in LINEAR if t in tasks]
    blocks += [(n, w[f"{n}.weight"], w[f"{n}.bias"]) for n in ("arc_dep", "arc_head", "rel_dep", "rel_head")]
    blocks.append(("context", w["context.weight"], w["context.bias"]))
    for side in ("subject", "object"):
        first, last = np.split(w[f"{side}.weight"], 2, axis=1)
        blocks += [(f"{side}_first", first, w[f"{side}.bias"]), (f"{side}_last", last, np.zeros(len(last), np.float32))]
    return blocks


def build_graph(w: dict[str, Array], tasks: dict[str, list[str]]) -> tuple[onnx.ModelProto, dict[str, list[int]]]:
    g = GraphWriter()
    x = embed(g, w)
    for i in range(LAYERS):
        x = layer(g, w, i, x)
    words = g.node("Gather", [x, "first"], "words", axis=1)
    blocks = head_blocks(w, tasks)
    g.linear(words, "scores", np.concatenate([b[1] for b in blocks]).T, np.concatenate([b[2] for b in blocks]))
    columns, at = {}, 0
    for name, weight, _ in blocks:
        columns[name] = [at, at + len(weight)]
        at += len(weight)
    ids = [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "length"]) for n in ("pieces", "shapes", "places")]
    ids.append(helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]))
    out = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "words", at])
    graph = helper.make_graph(g.nodes, "policy", ids, [out], g.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="policy-kg"), columns


def write_model(state: Path, base: Path, output: Path) -> None:
    saved = torch.load(state, weights_only=True)
    w = {k: v.float().numpy() for k, v in saved["state"].items()}
    model, columns = build_graph(w, saved["tasks"])
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain)
        # 7-bit weights: int8 products of 8-bit weights can saturate on processors without VNNI.
        quantize_dynamic(
            plain,
            output / "policy.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    small = {n: w[f"{n}.weight"] for n in ("arc", "rel", "pair", "mixed", "distance", "subject_type", "object_type")}
    small["mixed_bias"] = w["mixed.bias"]
    np.savez(output / "pairs.npz", **{name: value.astype(np.float16) for name, value in small.items()})
    table = {
        "columns": columns,
        "labels": saved["tasks"],
        "span_types": SPAN_TYPES,
        "pairs": SCORED_LABELS,
        "thresholds": dict.fromkeys(PAIR_LABELS, 0.5),
        "calibration": [1.0, 0.0],
    }
    (output / "labels.json").write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.copyfile(base / "vocab.txt", output / "vocab.txt")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("state", type=Path)
    args.add_argument("--base", type=Path, required=True)
    args.add_argument("--output", type=Path, required=True)
    a = args.parse_args()
    write_model(a.state, a.base, a.output)


if __name__ == "__main__":
    main()
