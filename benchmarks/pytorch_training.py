"""Training of 784-128-10 by PyTorch, to set beside `mpirun -n 2 build/spinsweep bench training` in the same minutes.

    benchmarks/pytorch_training.py [THREADS]

PyTorch at its best: the derivatives written by hand into one flat vector, Adam in place, subnormals flushed. Prints
sgemm's rate, then samples/s of an epoch for batches of 64, 128, 256 and 1024, medians of seven. Images and their number
are those of the bench. Whether OpenBLAS knows the processor decides over a factor of four: look at sgemm's rate, and
set OPENBLAS_CORETYPE if it is low."""

import statistics
import sys
import time

import numpy as np
import torch

SAMPLES = 32768
PIXELS, HIDDEN, CLASSES = 784, 128, 10
NONZERO = 0.19  # fraction of nonzero pixels, as in MNIST
SHAPES = [(PIXELS, HIDDEN), (1, HIDDEN), (HIDDEN, CLASSES), (1, CLASSES)]
PARAMETERS = sum(rows * columns for rows, columns in SHAPES)


def layers(flat):
    """Weights and biases as views of one vector."""
    views, begin = [], 0
    for rows, columns in SHAPES:
        views.append(flat[begin : begin + rows * columns].view(rows, columns))
        begin += rows * columns
    return views


def sgemm_rate():
    """GFLOP/s of a product as `spinsweep bench` times it."""
    edge = 768
    a, b, c = (torch.randn(edge, edge) for _ in range(3))
    seconds = []
    for _ in range(40):
        start = time.perf_counter()
        torch.mm(a, b, out=c)
        seconds.append(time.perf_counter() - start)
    return 2e-9 * edge**3 / statistics.median(seconds)


def epoch_rate(images, targets, batch_size):
    """Samples/s of forward, backward and Adam."""
    parameters = 0.05 * torch.randn(PARAMETERS)
    gradient, mean, square, root = (torch.zeros(PARAMETERS) for _ in range(4))
    weights1, biases1, weights2, biases2 = layers(parameters)
    gradient1, bias_gradient1, gradient2, bias_gradient2 = layers(gradient)
    order = torch.randperm(SAMPLES)
    start = time.perf_counter()
    for step, begin in enumerate(range(0, SAMPLES, batch_size), 1):
        batch = order[begin : begin + batch_size]
        image = images[batch]
        sums = torch.addmm(biases1, image, weights1)
        hidden = sums.clamp(0, 1)
        error = torch.softmax(torch.addmm(biases2, hidden, weights2), 1)
        error.sub_(targets[batch]).div_(len(batch))
        torch.mm(hidden.t(), error, out=gradient2)
        torch.sum(error, 0, keepdim=True, out=bias_gradient2)
        hidden_error = torch.mm(error, weights2.t()).mul_((sums > 0) & (sums < 1))
        torch.mm(image.t(), hidden_error, out=gradient1)
        torch.sum(hidden_error, 0, keepdim=True, out=bias_gradient1)
        mean.lerp_(gradient, 0.1)
        square.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        torch.sqrt(square, out=root).add_(1e-8)
        parameters.addcdiv_(mean, root, value=-1e-3 * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step))
    return SAMPLES / (time.perf_counter() - start)


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    torch.set_flush_denormal(True)
    torch.set_grad_enabled(False)
    generator = np.random.default_rng(1)
    nonzero = generator.random((SAMPLES, PIXELS)) < NONZERO
    images = torch.from_numpy(nonzero * generator.random((SAMPLES, PIXELS))).float()
    labels = torch.from_numpy(generator.integers(0, CLASSES, SAMPLES))
    targets = torch.nn.functional.one_hot(labels, CLASSES).float()
    print(f"sgemm {sgemm_rate():.0f} GFLOP/s")
    for batch_size in (64, 128, 256, 1024):
        rate = statistics.median(epoch_rate(images, targets, batch_size) for _ in range(7))
        print(f"batch {batch_size}: {rate:.3g} samples/s")


if __name__ == "__main__":
    main()
