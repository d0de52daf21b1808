"""Trains a multilayer perceptron on the devices of a jump table with CrossSim 2.0, for comparison with `in_situ`.

Uses the cores and the parameters of CrossSim 2.0 (github sandialabs/cross-sim, tag v2.0) with the settings of its
training/MLP_training.py: sigmoid, softmax, balanced pairs, batches of 10 in a fixed order, a learning rate that falls
to three quarters every five epochs. Two things are done faster: the products of matrices and vectors are made for a
whole batch at once, and a table is looked up without masks for the signs, with the same arithmetic and the same random
numbers. `--check` compares both with CrossSim's own. Prints the accuracy on the test set after every epoch.

    crosssim_training.py CROSSSIM_FOLDER DATA_FOLDER --dataset mnist --table FOLDER --epochs 20

FOLDER has dG_increasing.txt and dG_decreasing.txt; without --table the updates are exact ("numeric").
"""

import argparse
import gzip
import os
import random
import sys
import time
from pathlib import Path

import numpy as np

LEARNING_RATES = {  # of training/MLP_training.py: exact updates, one jump table
    "mnist": (0.01, 0.0025),
    "fashion-mnist": (0.0002, 0.0002),
}
LARGEST_INPUT = 100  # of an array; the inputs of its update are not clipped
WEIGHT_RANGES = {  # of training/training_net.py: largest weight of each layer of a trained network
    "mnist": (0.218, 1.05),
    "fashion-mnist": (0.7226, 0.8887),
}


def read_idx(path):
    if not path.exists():
        path = path.with_name(path.name + ".gz")
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")
    with opened as file:
        content = file.read()
    dimensions = content[3]
    shape = [int.from_bytes(content[4 + 4 * k : 8 + 4 * k], "big") for k in range(dimensions)]
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def read_set(folder, name, scaling):
    images = read_idx(folder / f"{name}-images-idx3-ubyte")
    inputs = images.reshape(len(images), -1).astype(np.float32)
    if scaling == "standardized":
        inputs -= np.mean(inputs)
        inputs /= 2 * np.std(inputs)
    elif scaling == "clipped":
        inputs = np.minimum(inputs, LARGEST_INPUT)
    return inputs, read_idx(folder / f"{name}-labels-idx1-ubyte").astype(int)


def make_network(arguments, sizes, learning_rate):
    """The objects that training/training_net.py makes."""
    os.chdir(Path(arguments.crosssim) / "training")
    sys.path.insert(0, ".")
    sys.path.insert(0, "..")
    stdout = sys.stdout
    from lr_schedule import adjust_learning_rate
    from training_net import train_neural_net

    sys.path.append("..")
    from cross_sim import Backprop

    trainer = train_neural_net("/tmp/")
    sys.stdout = stdout
    parameters = trainer.set_params(
        task=arguments.dataset,
        lookup_table=arguments.table,
        a2dmodel="NONE",
        wtmodel="BALANCED",
        learnbias=(True, True),
        useGPU=False,
    )
    network = Backprop([(1, 1, size) for size in sizes], seed=arguments.seed)
    network.set_activations(layer=0, style="SIGMOID", leakyslope=0, shift=0)
    network.set_activate_output(style="SOFTMAX", shift=0)
    network.set_learning_rate(learning_rate, True, adjust_learning_rate)
    network.layerTypes = ["dense"] * 2
    network.init_GPU(False, 0)
    for layer in range(2):
        own = parameters.copy()
        own.algorithm_params.weights.maximum *= WEIGHT_RANGES[arguments.dataset][layer]
        own.algorithm_params.weights.minimum *= WEIGHT_RANGES[arguments.dataset][layer]
        network.ncore(which=layer + 1, style="new_bias", params=own)
    network.random_weights(scale="bengio")
    return network


def look_up_without_masks(parameters, clipping):
    """The update of `dGLookupParams.compute_update` for one table on a regular grid, bit for bit."""
    width = len(parameters.w_vec)
    step = np.mean(np.diff(parameters.w_vec))
    probability_step = np.mean(np.diff(parameters.CDF_vec))
    lowest = clipping.minimum - step / 2
    means = np.concatenate([parameters.ave_dw_dec_vec, parameters.ave_dw_inc_vec])
    errors = np.concatenate([parameters.dw_error_matrix_dec.ravel(), parameters.dw_error_matrix_inc.ravel()])
    size = parameters.dw_error_matrix_dec.size

    def compute_update(wanted, weights):
        column = ((weights - lowest) / step).astype(np.int32)
        row = ((np.random.random_sample(weights.shape) + probability_step / 2) / probability_step).astype(np.int32)
        rises = wanted > 0
        scale = wanted / np.where(rises, parameters.ave_dw_inc, parameters.ave_dw_dec)
        error = errors.take(row * width + column + rises * np.int32(size)) * np.sqrt(scale)
        return scale * means.take(column + rises * np.int32(width)) + error

    return compute_update


def look_up_faster(network, table):
    for core in network.ncores if table else []:
        for array in (core.neural_core.core_pos, core.neural_core.core_neg):
            tables = array.params.numeric_params.dG_lookup
            # The class of the parameters admits no new attributes of an instance but through its dictionary.
            vars(tables)["compute_update"] = look_up_without_masks(tables, array.params.xbar_params.weight_clipping)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def with_ones(values):
    return np.hstack([values, np.ones((len(values), 1), values.dtype)])


def forward(weights, inputs):
    hidden = sigmoid(with_ones(np.clip(inputs, -LARGEST_INPUT, LARGEST_INPUT)) @ weights[0].T)
    return hidden, with_ones(hidden) @ weights[1].T


def train_epoch(network, inputs, labels, batch_size, rate):
    for begin in range(0, len(inputs), batch_size):
        batch = inputs[begin : begin + batch_size]
        weights = [core.get_matrix() for core in network.ncores]
        hidden, scores = forward(weights, batch)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = -scores / scores.sum(axis=1, keepdims=True)
        error[np.arange(len(batch)), labels[begin : begin + batch_size]] += 1.0
        back = (error @ weights[1])[:, :-1] * hidden * (1.0 - hidden)
        network.ncores[0].update_burst(back.T @ with_ones(batch), rate)
        network.ncores[1].update_burst(error.T @ with_ones(hidden), rate)


def accuracy(network, inputs, labels):
    weights = [core.get_matrix() for core in network.ncores]
    return np.mean(forward(weights, inputs)[1].argmax(axis=1) == labels)


def compare_with_own_loop(arguments, sizes, rate, train):
    """CrossSim's own loop and updates, and those of this script, from the same seed for 200 images. On a CPU, CrossSim 2.0 scales the caller's inputs in place, and then
    multiplies the error with the scaled ones; on a GPU, its default, it scales a copy, and so does this comparison."""
    found = []
    for own in (False, True):
        network = make_network(arguments, sizes, rate)
        np.random.seed(arguments.seed)
        if own:
            for core in network.ncores:
                core.matvec = lambda inputs, debug, core=core: type(core).matvec(core, inputs.copy())
            network.ndata, network.indata, network.answers = 200, train[0][:200].copy(), train[1][:200]
            network.train_batch_digital(batchsize=arguments.batch, i_epoch=0)
        else:
            look_up_faster(network, arguments.table)
            train_epoch(network, train[0][:200], train[1][:200], arguments.batch, rate)
        found.append([core.get_matrix() for core in network.ncores])
    for mine, theirs in zip(*found):
        print(f"largest difference of a weight {np.abs(mine - theirs).max():.2e}, of {np.abs(theirs).max():.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("crosssim")
    parser.add_argument("data")
    parser.add_argument("--dataset", choices=list(LEARNING_RATES), required=True)
    parser.add_argument("--table")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--hidden", type=int, default=300)
    parser.add_argument("--images", type=int, help="train on the first of them alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--inputs", choices=["standardized", "bytes", "clipped"])
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    folder = Path(arguments.data).resolve() / arguments.dataset
    arguments.table = str(Path(arguments.table).resolve()) if arguments.table else None
    scaling = arguments.inputs or ("standardized" if arguments.dataset == "mnist" else "bytes")
    train = read_set(folder, "train", scaling)
    test = read_set(folder, "t10k", scaling)
    train = tuple(each[: arguments.images] for each in train)
    rate = arguments.rate or LEARNING_RATES[arguments.dataset][1 if arguments.table else 0]
    sizes = (train[0].shape[1], arguments.hidden, 10)
    random.seed(arguments.seed)
    if arguments.check:
        compare_with_own_loop(arguments, sizes, rate, train)
        return
    network = make_network(arguments, sizes, rate)
    look_up_faster(network, arguments.table)
    begin = time.time()
    for epoch in range(arguments.epochs):
        rate = network.lr_sched_function(rate, epoch)
        train_epoch(network, *train, arguments.batch, rate)
        print(f"epoch {epoch + 1}: {100 * accuracy(network, *test):.2f} %, {time.time() - begin:.0f} s", flush=True)


if __name__ == "__main__":
    main()
