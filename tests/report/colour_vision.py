"""How colours look to people with each kind of colour vision: matrices of G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, IEEE
Trans. Visualization and Computer Graphics 15, 1291 (2009), severity 1, on linear sRGB; distances and lightness in CIELAB (D65)."""

import itertools

import numpy as np

KINDS = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])


def linear(colour):
    """Of "#rgb" or "#rrggbb"."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    value = np.array([int(digits[k : k + 2], 16) for k in (0, 2, 4)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """Ratio of WCAG 2, from 1 to 21."""
    low, high = sorted(_TO_XYZ[1] @ linear(colour) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def _lab(colour, kind):
    xyz = _TO_XYZ @ np.clip(np.array(KINDS[kind]) @ linear(colour), 0, 1) / _TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def smallest_distances(colours):
    """Kind -> smallest distance between two of the colours; about 2.3 can just be seen side by side."""
    return {
        kind: min(float(np.linalg.norm(_lab(a, kind) - _lab(b, kind))) for a, b in itertools.combinations(colours, 2))
        for kind in KINDS
    }


def lightness(colours):
    return {kind: [float(_lab(colour, kind)[0]) for colour in colours] for kind in KINDS}
