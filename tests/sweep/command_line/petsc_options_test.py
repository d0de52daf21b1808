"""PETSC_OPTIONS reaches the integrator of every case of a run: -ts_type, -ts_rk_type, -ts_monitor, -log_view."""

import os
import unittest
import unittest.mock

import h5py
import numpy

import program

TWO_CASES = '"pulse.current_density" = [0.3e12, 0.6e12]'


class PetscOptions(program.SweepTest):
    def run_with(self, options, results):
        text = program.sweep_text(axes=TWO_CASES, pulse="0.2e-9", rest="0.1e-9")
        with unittest.mock.patch.dict(os.environ, {"PETSC_OPTIONS": options}):
            return self.run_sweep(text, results)

    def magnetization(self, results):
        with h5py.File(self.path(results), "r") as file:
            self.assertEqual([program.STATUS[k] for k in file["synapse/status"][:]], ["done", "done"])
            return file["synapse/magnetization"][:]

    def test_runge_kutta_methods_of_petsc_run_to_the_end_and_agree_with_our_own_within_the_tolerance(self):
        self.run_with("", "own.h5")
        own = self.magnetization("own.h5")
        self.assertGreater(numpy.ptp(own[:, :, 2]), 0.05)  # the wall has moved
        for method in ["3bs", "5dp", "5bs"]:
            with self.subTest(method=method):
                results = f"{method}.h5"
                # PETSc's norm is a mean over the cells, ours their maximum, so that its tolerance is tighter.
                self.run_with(f"-ts_type rk -ts_rk_type {method} -ts_atol 1e-7", results)
                difference = numpy.abs(self.magnetization(results) - own).max()
                self.assertLess(difference, 1e-4)
                self.assertGreater(difference, 0.0)  # it was another integrator

    def test_ts_monitor_tells_every_step_of_the_own_integrator(self):
        done = self.run_with("-ts_monitor", "monitored.h5")
        steps = [line for line in done.stdout.splitlines() if " TS dt " in line]
        self.assertGreater(len(steps), 100)

    def test_ts_view_names_the_integrator_and_counts_its_steps(self):
        done = self.run_with("-ts_view", "viewed.h5")
        self.assertIn("type: spinsweep", done.stdout)
        self.assertRegex(done.stdout, r"steps \d+ \(\d+ rejected\), fast steps \d+")

    def test_log_view_tells_what_the_time_goes_into(self):
        done = self.run_with("-log_view", "logged.h5")
        for event in ["TSStep", "DemagField", "FastStepStages", "FastStepSlope", "StepControl", "ReadOut"]:
            with self.subTest(event=event):
                lines = [line for line in done.stdout.splitlines() if line.startswith(event + " ")]
                self.assertEqual(len(lines), 1)
                self.assertGreater(int(lines[0].split()[1]), 0)


if __name__ == "__main__":
    unittest.main()
