"""Mirror images have mirror results: every sign of D, of the spin Hall angle and of the current."""

import unittest

import h5py
import numpy

from program import SweepTest

SWEEP = """
[study]
name = "mirror"
[material]
damping = 0.5
dmi = {dmi}
spin_hall_angle = {angle}
[synapse]
length = 160e-9
width = 24e-9
cell = 4e-9
notches = {{ count = 3, diameter = 10e-9, first = 40e-9, pitch = 40e-9 }}
initial_wall = {{ position = 80e-9, width = 8e-9 }}
pulse = {{ duration = 0.8e-9, relaxation = 0.1e-9 }}
output = {{ interval = 0.02e-9, snapshots = 2 }}
[synapse.sweep]
"pulse.current_density" = {currents}
"""

SIGNS = [(d, a, j) for d in (1, -1) for a in (1, -1) for j in (1, -1)]


class Mirror(SweepTest):
    def simulate(self, signs, currents):
        d, angle, j = signs
        self.run_sweep(SWEEP.format(dmi=d * 1e-3, angle=angle * 0.4, currents=currents(j)), "results.h5", "--force")
        return h5py.File(self.path("results.h5"))

    def assert_close(self, one, other, signs, tolerance):
        numpy.testing.assert_array_equal(numpy.isnan(one), numpy.isnan(other), err_msg=str(signs))
        numpy.testing.assert_allclose(one, other, rtol=tolerance, err_msg=str(signs))

    def test_depinning_pinning_and_delay(self):
        def currents(j):
            return str(sorted(j * x for x in (0.2e12, 0.6e12, 1.0e12, 2.0e12, 4.0e12)))

        first = None
        for signs in SIGNS:
            with self.simulate(signs, currents) as file:
                order = numpy.argsort(numpy.abs(file["synapse/pulse_current_density"][:]))
                names = ("notch_depinning_current", "notch_pinning_current")
                found = {name: file["analysis"][name][0] for name in names}
                found["delay"] = file["analysis/depinning_delay"][:][order]
                position = file["synapse/final_position"][:][order]
            if numpy.prod(signs) < 0:
                found = {name: values[..., ::-1] for name, values in found.items()}
                position = 160e-9 - position
            if first is None:
                first = found, position
                self.assertTrue(numpy.isfinite(found["notch_depinning_current"][1]), "the wall leaves its notch")
                self.assertTrue(numpy.isfinite(found["notch_pinning_current"][1]), "and is held before")
            for name in names:
                self.assert_close(found[name], first[0][name], signs, 1e-12)
            self.assert_close(found["delay"], first[0]["delay"], signs, 0.02)
            numpy.testing.assert_allclose(position, first[1], atol=0.2e-9, err_msg=str(signs))

    def test_bisected_depinning_currents(self):
        def currents(j):
            return (f'{{ bisect = "first_depinning", from = {j * 0.1e12}, to = {j * 4e12}, '
                    f"tolerance = 0.3e12 }}")

        first = None
        for signs in SIGNS:
            with self.simulate(signs, currents) as file:
                found = signs[2] * file["variants/depinning_current"][0]
            first = found if first is None else first
            self.assertTrue(0.1e12 < found < 4e12)
            self.assert_close(found, first, signs, 1e-12)


if __name__ == "__main__":
    unittest.main()
