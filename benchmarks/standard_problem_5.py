#!/usr/bin/env python3
"""muMAG standard problem 5 by brute force, on cells as large as those of standard_problem_5_test.

An independent calculation: the Landau-Lifshitz-Gilbert equation with the spin-transfer torque of Zhang and Li, every
field at every stage of the classical Runge-Kutta method, in numpy. Prints the time (s), the mean magnetisation and the
place of the vortex core (nm).

    benchmarks/standard_problem_5.py COLUMNS LAYERS [STEP_IN_PS]

32 columns and 1 layer with steps of 0.4 ps take two minutes; 4 layers need steps of 0.25 ps or less.
"""

import sys

import numpy as np

VACUUM_PERMEABILITY = 4e-7 * np.pi
BOHR_MAGNETON = 9.2740100783e-24
ELEMENTARY_CHARGE = 1.602176634e-19
GYROMAGNETIC_RATIO = 2.211e5
SATURATION_MAGNETIZATION = 8e5
EXCHANGE_STIFFNESS = 1.3e-11
DAMPING = 0.1
NONADIABATICITY = 0.05
CURRENT_DENSITY = 1e12


def diagonal_potential(x, y, z):
    """f of A. J. Newell, W. Williams and D. J. Dunlop, J. Geophys. Res. 98, 9551 (1993)."""
    x, y, z = abs(x), abs(y), abs(z)
    r = np.sqrt(x * x + y * y + z * z)
    with np.errstate(all="ignore"):
        terms = (
            0.5 * y * (z * z - x * x) * np.arcsinh(y / np.sqrt(x * x + z * z)),
            0.5 * z * (y * y - x * x) * np.arcsinh(z / np.sqrt(x * x + y * y)),
            -x * y * z * np.arctan(y * z / (x * r)),
        )
    return sum(np.nan_to_num(term) for term in terms) + (2 * x * x - y * y - z * z) * r / 6


def off_diagonal_potential(x, y, z):
    """g of the same."""
    z = abs(z)
    r = np.sqrt(x * x + y * y + z * z)
    with np.errstate(all="ignore"):
        terms = (
            x * y * z * np.arcsinh(z / np.sqrt(x * x + y * y)),
            y / 6 * (3 * z * z - y * y) * np.arcsinh(x / np.sqrt(y * y + z * z)),
            x / 6 * (3 * z * z - x * x) * np.arcsinh(y / np.sqrt(x * x + z * z)),
            -(z**3) / 6 * np.arctan(x * y / (z * r)),
            -z * y * y / 2 * np.arctan(x * z / (y * r)),
            -z * x * x / 2 * np.arctan(y * z / (x * r)),
            -x * y * r / 3,
        )
    return sum(np.nan_to_num(term) for term in terms)


class Film:
    """The film of the problem on columns x columns x layers cells."""

    def __init__(self, columns, layers):
        self.shape = (columns, columns, layers)
        self.cell = (100e-9 / columns, 100e-9 / columns, 10e-9 / layers)
        self.padded = tuple(2 * n for n in self.shape)
        self.places = (np.arange(columns) + 0.5) * 100.0 / columns - 50.0
        self.tensor = self.transformed_tensor()

    def transformed_tensor(self):
        edges = [np.longdouble(edge * 1e9) for edge in self.cell]
        x, y, z = np.meshgrid(
            *[np.arange(-n, n).astype(np.longdouble) * edge for n, edge in zip(self.shape, edges)], indexing="ij"
        )

        def element(potential, order):
            total = 0
            for shifts in np.ndindex(3, 3, 3):
                weight = np.prod([(-1, 2, -1)[shift] for shift in shifts])
                moved = [place + (shift - 1) * edge for place, shift, edge in zip((x, y, z), shifts, edges)]
                total = total + weight * potential(*[moved[axis] for axis in order])
            element = (total / (4 * np.pi * np.prod(edges))).astype(float)
            return np.fft.rfftn(np.fft.ifftshift(element))

        return {
            (0, 0): element(diagonal_potential, (0, 1, 2)),
            (1, 1): element(diagonal_potential, (1, 0, 2)),
            (2, 2): element(diagonal_potential, (2, 1, 0)),
            (0, 1): element(off_diagonal_potential, (0, 1, 2)),
            (0, 2): element(off_diagonal_potential, (0, 2, 1)),
            (1, 2): element(off_diagonal_potential, (1, 2, 0)),
        }

    def demagnetizing_field(self, m):
        transformed = [np.fft.rfftn(component, s=self.padded, axes=(0, 1, 2)) for component in m]
        inside = tuple(slice(n) for n in self.shape)
        field = []
        for row in range(3):
            product = sum(
                self.tensor[min(row, column), max(row, column)] * transformed[column] for column in range(3)
            )
            field.append(-np.fft.irfftn(product, s=self.padded, axes=(0, 1, 2))[inside])
        return SATURATION_MAGNETIZATION * np.array(field)

    def exchange_field(self, m):
        factor = 2 * EXCHANGE_STIFFNESS / (VACUUM_PERMEABILITY * SATURATION_MAGNETIZATION)
        field = np.zeros_like(m)
        for axis in range(3):
            above, below = neighbours(m, axis + 1)
            field += factor / self.cell[axis] ** 2 * (above + below - 2 * m)
        return field

    def rate(self, m, damping, current_density):
        field = self.exchange_field(m) + self.demagnetizing_field(m)
        rate = -GYROMAGNETIC_RATIO * np.cross(m, field, axis=0)
        if current_density:
            drift = BOHR_MAGNETON * current_density / (ELEMENTARY_CHARGE * SATURATION_MAGNETIZATION)
            drift /= 1 + NONADIABATICITY**2
            east, west = neighbours(m, 1)
            carried = drift * (east - west) / (2 * self.cell[0])
            carried -= m * (m * carried).sum(axis=0)
            rate += carried - NONADIABATICITY * np.cross(m, carried, axis=0)
        return (rate + damping * np.cross(m, rate, axis=0)) / (1 + damping**2)

    def step(self, m, duration, damping, current_density):
        slopes = [self.rate(m, damping, current_density)]
        for share in (0.5, 0.5, 1.0):
            slopes.append(self.rate(m + share * duration * slopes[-1], damping, current_density))
        m = m + duration / 6 * (slopes[0] + 2 * slopes[1] + 2 * slopes[2] + slopes[3])
        return m / np.sqrt((m * m).sum(axis=0))

    def relaxed_vortex(self, duration):
        x, y, _ = np.meshgrid(self.places, self.places, np.zeros(self.shape[2]), indexing="ij")
        m = np.array([-y, x, np.full_like(x, 10.0)])
        m /= np.sqrt((m * m).sum(axis=0))
        while abs(self.rate(m, 1.0, 0.0)).max() > 1e5:
            for _ in range(100):
                m = self.step(m, duration, 1.0, 0.0)
        return m

    def core(self, m):
        """The top of the parabolas through the largest m_z and its neighbours, nm."""
        mz = m[2].mean(axis=2)
        i, j = np.unravel_index(mz.argmax(), mz.shape)
        edge = 100.0 / self.shape[0]

        def shift(before, here, after):
            return 0.5 * edge * (before - after) / (before - 2 * here + after)

        return (
            self.places[i] + shift(mz[i - 1, j], mz[i, j], mz[i + 1, j]),
            self.places[j] + shift(mz[i, j - 1], mz[i, j], mz[i, j + 1]),
        )


def neighbours(m, axis):
    """Those above and below along an axis; at an edge the cell itself."""
    size = m.shape[axis]
    above = np.minimum(np.arange(size) + 1, size - 1)
    below = np.maximum(np.arange(size) - 1, 0)
    return m.take(above, axis), m.take(below, axis)


def main():
    film = Film(int(sys.argv[1]), int(sys.argv[2]))
    duration = float(sys.argv[3] if len(sys.argv) > 3 else 0.2) * 1e-12
    m = film.relaxed_vortex(duration)
    for sample in range(1, 6):
        for _ in range(round(0.2e-9 / duration)):
            m = film.step(m, duration, DAMPING, CURRENT_DENSITY)
        mean = m.mean(axis=(1, 2, 3))
        core = film.core(m)
        print(f"{sample * 0.2e-9:.1e}  {mean[0]:.6f} {mean[1]:.6f} {mean[2]:.6f}  {core[0]:.3f} {core[1]:.3f}", flush=True)


main()
