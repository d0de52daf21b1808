"""Trained networks as files of other programs: npz, safetensors, ONNX, PyTorch."""

import json
import os
import struct
from collections.abc import Mapping

import numpy as np

from .networks import TrainedNetwork, end_slope


def arrays(network: TrainedNetwork) -> dict[str, np.ndarray]:
    """Everything as arrays by name: NAME.weight (output, input) and NAME.bias (output) with NAME = layers.0, layers.1, ...,
    `activation`; where weights are on levels also NAME.weight_codes, NAME.weight_codebooks and the same of the bias."""
    found = {"activation": np.array(network.activation)}
    for k, layer in enumerate(network.layers):
        found |= {f"layers.{k}.weight": layer.weight, f"layers.{k}.bias": layer.bias}
        if layer.codes is not None:
            found |= {f"layers.{k}.weight_codes": layer.codes, f"layers.{k}.weight_codebooks": layer.codebooks}
        if layer.bias_codes is not None:
            found |= {f"layers.{k}.bias_codes": layer.bias_codes, f"layers.{k}.bias_codebooks": layer.bias_codebooks}
    return found


def parameters(network: TrainedNetwork) -> dict[str, np.ndarray]:
    """NAME.weight and NAME.bias of each layer."""
    return {name: a for name, a in arrays(network).items() if name.endswith((".weight", ".bias"))}


def save_npz(network: TrainedNetwork, path: str | os.PathLike) -> None:
    """arrays() as a NumPy archive."""
    np.savez_compressed(path, **arrays(network))


def save_safetensors(network: TrainedNetwork, path: str | os.PathLike) -> None:
    """parameters() as a safetensors file, which `network.model_file` of a sweep reads too. The activation is in its
    metadata, coefficients as JSON."""
    metadata = {"activation": json.dumps(network.activation), "name": network.name}
    write_safetensors(parameters(network), path, metadata)


def write_safetensors(tensors: Mapping[str, np.ndarray], path: str | os.PathLike, metadata: Mapping[str, str] | None = None) -> None:
    """Arrays in single precision as a safetensors file, https://github.com/huggingface/safetensors."""
    header: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    blocks, at = [], 0
    for name, values in tensors.items():
        block = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(np.shape(values)), "data_offsets": [at, at + len(block)]}
        blocks.append(block)
        at += len(block)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def save_torch(network: TrainedNetwork, path: str | os.PathLike) -> None:
    """The state dict of spinsweep.torch.sequential(network): torch.load() and load_state_dict() read it."""
    import torch

    from .torch import sequential

    torch.save(sequential(network).state_dict(), path)


def onnx_model(network: TrainedNetwork):
    """The network as an ONNX model (operators of version 13) with its activation. Input `image` (sample, input) from 0
    to 1, output `logits` (sample, class). Checked by onnx.checker. Needs the package onnx."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    constants = {"zero": 0.0, "one": 1.0, "end_slope": end_slope(network.activation)}
    constants |= {f"c{k + 1}": c for k, c in enumerate(network.activation)}
    initializers = [numpy_helper.from_array(np.array(value, np.float32), name) for name, value in constants.items()]
    nodes, values = [], "image"
    for k, layer in enumerate(network.layers):
        last = k + 1 == len(network.layers)
        initializers += [
            numpy_helper.from_array(layer.weight, f"layers.{k}.weight"),
            numpy_helper.from_array(layer.bias, f"layers.{k}.bias"),
        ]
        out = "logits" if last else f"affine{k}"
        nodes.append(helper.make_node("Gemm", [values, f"layers.{k}.weight", f"layers.{k}.bias"], [out], transB=1))
        if not last:
            nodes += _activation_nodes(helper, out, f"hidden{k}", len(network.activation))
            values = f"hidden{k}"
    sizes = network.sizes
    graph = helper.make_graph(
        nodes,
        "spinsweep",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["sample", sizes[0]])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["sample", sizes[-1]])],
        initializers,
    )
    model = helper.make_model(
        graph, producer_name="spinsweep", doc_string=network.name, opset_imports=[helper.make_opsetid("", 13)]
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def _activation_nodes(helper, x: str, out: str, order: int) -> list:
    """f(x) = p(clip(x, 0, 1)) + p'(1) (max(x, 1) - 1), p by Horner's rule."""
    name = lambda what: f"{x}.{what}"
    nodes = [helper.make_node("Clip", [x, "zero", "one"], [name("inside")])]
    value = f"c{order}"
    for k in range(order - 1, 0, -1):
        nodes.append(helper.make_node("Mul", [value, name("inside")], [name(f"m{k}")]))
        nodes.append(helper.make_node("Add", [name(f"m{k}"), f"c{k}"], [name(f"a{k}")]))
        value = name(f"a{k}")
    return [
        *nodes,
        helper.make_node("Mul", [value, name("inside")], [name("polynomial")]),
        helper.make_node("Max", [x, "one"], [name("above")]),
        helper.make_node("Sub", [name("above"), "one"], [name("beyond")]),
        helper.make_node("Mul", [name("beyond"), "end_slope"], [name("tangent")]),
        helper.make_node("Add", [name("polynomial"), name("tangent")], [out]),
    ]


def save_onnx(network: TrainedNetwork, path: str | os.PathLike) -> None:
    """onnx_model() as a file."""
    import onnx

    onnx.save(onnx_model(network), os.fspath(path))


FORMATS = {"npz": save_npz, "safetensors": save_safetensors, "onnx": save_onnx, "torch": save_torch}
"""File formats by name."""
