"""Networks trained elsewhere as files for `network.model_file` of a sweep."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import SpinsweepError
from .export_networks import write_safetensors

if TYPE_CHECKING:
    import torch


def from_onnx(path: str | os.PathLike) -> dict[str, np.ndarray]:
    """layers.K.weight (output, input) and layers.K.bias of an ONNX model of dense layers (Gemm, or MatMul and Add) with
    anything between them: the activation becomes that of the study's neuron. Needs the package onnx.

    Errors: SpinsweepError if the model has other layers with weights.
    """
    import onnx

    model = onnx.load(os.fspath(path))
    known = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    layers: list[list[np.ndarray]] = []
    products: dict[str, int] = {}  # output of a MatMul -> its layer
    for node in model.graph.node:
        weights = [known[name] for name in node.input if name in known and known[name].ndim > 0]
        if node.op_type == "Gemm":
            attributes = {a.name: a for a in node.attribute}
            if len(weights) != 2 or any(n in attributes and attributes[n].f != 1 for n in ("alpha", "beta")):
                raise SpinsweepError(f"{path}: {node.name or node.op_type}: expected weights, biases, alpha = beta = 1")
            turned = "transB" in attributes and attributes["transB"].i == 1
            layers.append([weights[0] if turned else weights[0].T, weights[1]])
        elif node.op_type == "MatMul" and weights:
            products[node.output[0]] = len(layers)
            layers.append([weights[0].T, np.zeros(weights[0].shape[1], np.float32)])
        elif node.op_type == "Add" and weights and (of := {products[n] for n in node.input if n in products}):
            layers[of.pop()][1] = weights[0]
        elif any(w.ndim > 1 for w in weights):
            raise SpinsweepError(f"{path}: has a layer {node.op_type}; expected dense layers only, Gemm or MatMul and Add")
    if not layers:
        raise SpinsweepError(f"{path}: has no dense layer")
    return _named(layers)


def from_torch(module: "torch.nn.Module | Mapping[str, Any]") -> dict[str, np.ndarray]:
    """The same of a PyTorch module or its state dict, with dense layers only. Errors: SpinsweepError."""
    state = module if isinstance(module, Mapping) else module.state_dict()
    layers = []
    for name, values in state.items():
        if name.endswith(".weight"):
            bias = state.get(name.removesuffix("weight") + "bias")
            if values.ndim != 2:
                raise SpinsweepError(f"{name} has {values.ndim} dimensions; expected a dense layer (output, input)")
            bias = np.zeros(values.shape[0], np.float32) if bias is None else bias.detach().cpu().numpy()
            layers.append([values.detach().cpu().numpy(), bias])
        elif not name.endswith(".bias"):
            raise SpinsweepError(f"{name}: expected NAME.weight and NAME.bias of dense layers only")
    return _named(layers)


def save_model_file(tensors: Mapping[str, np.ndarray], path: str | os.PathLike) -> None:
    """Writes what from_onnx() or from_torch() gives, as safetensors."""
    write_safetensors(tensors, path)


def _named(layers: list[list[np.ndarray]]) -> dict[str, np.ndarray]:
    found = {}
    for k, (weight, bias) in enumerate(layers):
        found |= {f"layers.{k}.weight": weight.astype(np.float32), f"layers.{k}.bias": bias.astype(np.float32)}
    return found
