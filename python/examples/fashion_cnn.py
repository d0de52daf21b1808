#!/usr/bin/python3
"""A small convolutional network on the synapses of a study, with the neuron's activation.

usage: python/examples/fashion_cnn.py RESULTS.h5 [--data data/fashion-mnist] [--epochs 3] [--images 60000]

Trains it in floating point on Fashion-MNIST, moves it to the levels of every synapse variant (ptq), and trains it further on
the levels of each (qat). Prints a table of test accuracies in %.
"""

import argparse
import gzip
import pathlib
import sys

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import spinsweep
import spinsweep.torch as st


def read_idx(folder: pathlib.Path, part: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Images (sample, 1, row, column) from 0 to 1, and labels."""

    def read(name: str) -> bytes:
        path = folder / f"{part}-{name}-ubyte"
        return path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())

    images = read("images-idx3")
    shape = np.frombuffer(images, ">i4", count=3, offset=4)
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(shape)
    labels = np.frombuffer(read("labels-idx1"), np.uint8, offset=8)
    return torch.tensor(pixels[:, None] / np.float32(255)), torch.tensor(labels.astype(np.int64))


def make_network(activation: st.Activation, size: int, classes: int) -> nn.Sequential:
    """Two convolutions with stride 2 and a dense layer; size: pixels along an edge of the image."""
    edge = (size // 2 + size % 2 + 1) // 2
    return nn.Sequential(
        nn.Conv2d(1, 8, 5, stride=2, padding=2),
        activation,
        nn.Conv2d(8, 16, 5, stride=2, padding=2),
        activation,
        nn.Flatten(),
        nn.Linear(16 * edge * edge, classes),
    )


def train(module: nn.Module, images: torch.Tensor, labels: torch.Tensor, epochs: int, rate: float) -> None:
    optimizer = torch.optim.Adam(module.parameters(), rate)
    steps = epochs * -(-len(images) // 64)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    module.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(module(images[batch]), labels[batch]).backward()
            optimizer.step()
            schedule.step()
            st.clip_latent(module)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("data/fashion-mnist"))
    parser.add_argument("--epochs", type=int, default=3, help="of the training in floating point, and again on levels")
    parser.add_argument("--images", type=int, default=60000, help="training images")
    parser.add_argument("--mapping", default="mse")
    options = parser.parse_args()
    study = spinsweep.open(options.results)
    images, labels = (part[: options.images] for part in read_idx(options.data, "train"))
    test = [batch for batch in zip(*(part.split(1000) for part in read_idx(options.data, "t10k")))]
    torch.manual_seed(1)
    network = make_network(st.Activation(study.neuron()), images.shape[-1], int(labels.max()) + 1)
    train(network, images, labels, options.epochs, 2e-3)
    free = 100 * st.accuracy(network, test)
    print("| synapse | levels | floating point | quantised | trained on levels |\n|---|---|---|---|---|")
    for variant in study.each_variant():
        moved = 100 * st.accuracy(st.quantize(network, variant, options.mapping), test)
        on_levels = make_network(st.Activation(study.neuron()), images.shape[-1], int(labels.max()) + 1)
        on_levels.load_state_dict(network.state_dict())
        st.train_on_levels(on_levels, variant, options.mapping)
        train(on_levels, images, labels, options.epochs, 1e-3)
        st.finish(on_levels)
        trained = 100 * st.accuracy(on_levels, test)
        print(f"| {variant.label} | {len(variant.levels)} | {free:.2f} | {moved:.2f} | {trained:.2f} |", flush=True)


if __name__ == "__main__":
    main()
