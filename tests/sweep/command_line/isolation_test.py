"""A case that goes wrong fails alone: with its reason, its parameters and the way to simulate it again."""

import shlex
import unittest

import h5py
import numpy
from program import LIVELY, SLOWNESS, SweepTest, network_text, read_status, run, slowdown, sweep_text


def one_fails():
    """The second case takes minutes, the others milliseconds."""
    return dict(axes='"pulse.duration" = [1e-9, 5e-6, 2e-9]', output="1e-9", damping=LIVELY,
                device=f"time_limit = {3 * slowdown()}")


# No step of the second case meets its tolerance.
ONE_DIVERGES = '"pulse.current_density" = [0.5e12, 1e20, 1e12]'


class Isolation(SweepTest):
    def test_a_case_that_fails_is_told_of_and_the_others_are_done(self):
        done = self.run_sweep(sweep_text(**one_fails()), "a.h5", ranks=2, expect=1)
        self.assertEqual(read_status(self.path("a.h5")), ["done", "failed", "done"])
        self.assertIn("2 of 3 cases done, 1 failed", done.stdout)
        self.assertIn("synapse case 1: pulse.duration 5000 ns\n    ", done.stdout)
        self.assertIn(f"run {self.path('sweep.toml')} -o {self.path('a.h5')} --retry-failed", done.stdout)
        self.assertIn("case 1: pulse.duration 5000 ns failed: ", done.stderr)

    def test_a_case_that_diverges_fails_alone_and_alone_is_retried(self):
        done = self.run_sweep(sweep_text(ONE_DIVERGES), "a.h5", ranks=2, expect=1)
        self.assertEqual(read_status(self.path("a.h5")), ["done", "failed", "done"])
        report = done.stdout.splitlines()
        self.assertEqual(report[0], "2 of 3 cases done, 1 failed")
        self.assertEqual(report[1], "  synapse case 1: pulse.current_density 1e+20")
        self.assertIn("is too short to simulate the case", report[2])
        self.assertEqual(report[3], f"simulate the failed ones again: spinsweep run {self.path('sweep.toml')} "
                                    f"-o {self.path('a.h5')} --retry-failed")
        self.assertEqual(len(report), 4)
        again = self.run_sweep(sweep_text(ONE_DIVERGES), "a.h5", "--retry-failed", ranks=2, expect=1)
        self.assertIn("1 case to do, 2 done before", again.stderr)
        self.assertEqual(again.stdout, done.stdout)

    def test_the_command_that_retries_is_the_whole_one_as_a_shell_reads_it(self):
        sweep = self.write("it's.toml", sweep_text(ONE_DIVERGES))
        options = ["--set", "study.name=\"a name\"", "--stage", "device", "--part", "1/2"]
        done = run("run", sweep, "-o", self.path("a b.h5"), *options)
        self.assertEqual(done.returncode, 1, done.stderr)
        told = [line for line in done.stdout.splitlines() if line.startswith("simulate the failed ones again: spinsweep")]
        self.assertEqual(len(told), 1, done.stdout)
        words = shlex.split(told[0].partition("spinsweep ")[2])
        self.assertEqual(words, ["run", sweep, "-o", self.path("a b.h5"), *options, "--retry-failed"])
        self.assertEqual(run(*words).returncode, 1)

    def test_a_failed_case_is_left_alone_unless_it_is_to_be_retried(self):
        text = sweep_text(**one_fails())
        self.run_sweep(text, "a.h5", expect=1)
        again = self.run_sweep(text, "a.h5", expect=1)
        self.assertIn("0 cases to do", again.stderr)
        retried = self.run_sweep(text, "a.h5", "--retry-failed", expect=1)
        self.assertIn("1 case to do, 2 done before", retried.stderr)

    def test_a_case_beyond_its_time_limit_fails_and_is_done_when_retried_with_more(self):
        axes = '"pulse.duration" = [1e-9, 80e-9]'
        done = self.run_sweep(sweep_text(axes, damping=LIVELY, device=f"time_limit = {SLOWNESS}"), "a.h5", expect=1)
        self.assertEqual(read_status(self.path("a.h5")), ["done", "failed"])
        self.assertIn(f"took longer than the time limit of {SLOWNESS:g} s and was only at", done.stdout)
        self.run_sweep(sweep_text(axes, damping=LIVELY, device="time_limit = 3000"), "a.h5", "--retry-failed")
        self.run_sweep(sweep_text(axes, damping=LIVELY), "once.h5")
        self.assert_same_results("a.h5", "once.h5")

    def test_a_relaxation_beyond_the_time_limit_fails_the_cases_that_need_it(self):
        axes = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = [0.5e12, 1e12]'
        text = sweep_text(axes, device="time_limit = 1e-6")
        done = self.run_sweep(text, "a.h5", ranks=2, expect=1)
        self.assertEqual(read_status(self.path("a.h5")), ["failed"] * 4)
        self.assertEqual(done.stdout.count("the initial wall could not be relaxed: it took longer than the time limit "
                                           "of 1e-06 s"), 4)

    def test_a_run_stops_after_so_many_failures_and_says_so(self):
        done = self.run_sweep(sweep_text(device="time_limit = 1e-6"), "a.h5", "--max-failures", "3", expect=1)
        status = read_status(self.path("a.h5"))
        self.assertEqual((status.count("failed"), status.count("waiting")), (3, 13))
        self.assertIn("stopped, since 3 cases failed (--max-failures)", done.stdout)

    def test_cases_that_fail_with_the_one_they_follow_count_as_failures(self):
        axes = ('"pulse.current_density" = { bisect = "first_depinning", from = 1e20, to = 2e20, tolerance = 0.25e20 }\n'
                '"material.dmi" = [0.5e-3, 1e-3]')
        done = self.run_sweep(sweep_text(axes), "a.h5", "--max-failures", "2", expect=1)
        self.assertIn("stopped, since 2 cases failed (--max-failures)", done.stdout)
        self.assertIn("waiting", read_status(self.path("a.h5")))

    def test_a_run_that_stops_after_so_many_failures_trains_no_networks(self):
        text = sweep_text(ONE_DIVERGES, pulse="0.1e-9", rest="0.1e-9") + network_text(self.folder)
        done = self.run_sweep(text, "a.h5", "--max-failures", "1", expect=1)
        self.assertIn("stopped, since 1 case failed (--max-failures)", done.stdout)
        self.assertIn("no networks trained, since the devices were stopped", done.stdout)
        self.assertEqual(set(read_status(self.path("a.h5"), "network/baseline")), {"waiting"})

    def test_every_failed_case_is_named_with_its_reason_at_the_end(self):
        done = self.run_sweep(sweep_text(device="time_limit = 1e-6"), "a.h5", ranks=2, expect=1)
        for k in range(16):
            self.assertIn(f"synapse case {k}: material.dmi", done.stdout)
        self.assertEqual(done.stdout.count("time limit of 1e-06 s"), 16)

    def test_a_variant_whose_levels_or_activation_cannot_be_found_fails_alone(self):
        axes = '"material.exchange_stiffness" = [2e-11, 2e-3]'
        # No wall comes to the detector at the far end.
        text = sweep_text(axes, pulse="0.1e-9", rest="0.1e-9") + network_text(self.folder).replace(
            "[neuron.sweep]", '[neuron.sweep]\n"mtj.window.to" = [72e-9, 96e-9]\n"mtj.window.from" = [24e-9, 88e-9]\n'
            'zip = [["mtj.window.from", "mtj.window.to"]]')
        for ranks in (1, 2):
            done = self.run_sweep(text, f"{ranks}.h5", ranks=ranks, expect=1)
            self.assertIn("9 of 10 cases done, 1 failed", done.stdout)
            self.assertIn("neuron variant 1: mtj.window.to 96 nm, mtj.window.from 88 nm\n    it has no activation: ", done.stdout)
            self.assertIn("synapse variant 1: material.exchange_stiffness 0.002\n    its levels could not be found: a "
                          "wall could not be relaxed: ", done.stdout)
            self.assertIn("neuron variant 1: mtj.window.to 96 nm, mtj.window.from 88 nm: it has no activation: ", done.stderr)
            with h5py.File(self.path(f"{ranks}.h5"), "r") as file:
                self.assertEqual(list(file["variants/levels"][()]), [4, 0])
                accuracy = file["network/test_accuracy"][()]
                self.assertTrue(numpy.isfinite(accuracy[0, 0]).all())
                self.assertTrue(numpy.isnan(accuracy[1]).all() and numpy.isnan(accuracy[:, 1]).all())
                self.assertTrue(numpy.isnan(file["variants/activation_coefficient"][1]).all())
                self.assertTrue(file["analysis/status"][()])

    def test_networks_that_lack_their_devices_are_told_of(self):
        text = sweep_text('"pulse.current_density" = [0.5e12, 1e12]') + network_text(self.folder)
        done = self.run_sweep(text, "a.h5", "--stage", "network", expect=1)
        self.assertIn("skipped, no usable device model:\n  neuron variant 0\n    not all of its cases are done\n", done.stdout)
        self.assertEqual(set(read_status(self.path("a.h5"), "network")), {"failed"})
        self.assertEqual(run("run", self.path("sweep.toml"), "-o", self.path("a.h5")).returncode, 0)
        self.assertEqual(set(read_status(self.path("a.h5"), "network")), {"done"})
        # A pulse that moves nothing: the wall is where it began after every current.
        still = text.replace("[0.5e12, 1e12]", "[1e3, 2e3]").replace('epochs', 'level_source = "after_pulse"\nepochs', 1)
        done = self.run_sweep(still, "b.h5", expect=1)
        self.assertIn("  synapse variant 0\n    its conductance has one level, a network needs two at least", done.stdout)

    def test_a_training_that_diverges_fails_alone(self):
        # Fine-tuning by steps of 1e30 leaves the numbers, training in FP32 does not.
        text = sweep_text('"pulse.current_density" = [0.5e12]') + network_text(self.folder).replace(
            "fine_tune_epochs", "fine_tune_learning_rate = 1e30\nfine_tune_epochs")
        for ranks in (1, 2):
            done = self.run_sweep(text, f"{ranks}.h5", ranks=ranks, expect=1)
            self.assertIn("networks that failed:\n  bright neuron 0 seed 1 trained further as the control of fine_tuned\n"
                          "    the training diverged in epoch 1: ", done.stdout)
            self.assertIn("  dark variant 0 neuron 0 seed 2 fine_tuned max_abs\n    the training diverged", done.stdout)
            with h5py.File(self.path(f"{ranks}.h5"), "r") as file:
                methods = list(file["network/deployment_method"].asstr()[()])
                for method, status in zip(methods, file["network/status"][()].reshape(-1, len(methods)).T):
                    self.assertEqual(set(status), {3 if method == "fine_tuned" else 2}, method)
        fp32 = text.replace("fine_tune_learning_rate", "learning_rate")
        done = self.run_sweep(fp32, "fp32.h5", ranks=2, expect=1)
        self.assertIn("  dark neuron 0 seed 1 trained in FP32\n    the training diverged in epoch 1: ", done.stdout)
        with h5py.File(self.path("fp32.h5"), "r") as file:
            self.assertEqual(set(file["network/status"][()].ravel()), {3})

    def test_levels_that_are_found_are_kept(self):
        text = sweep_text('"pulse.current_density" = [0.5e12]') + network_text(self.folder)
        self.run_sweep(text, "a.h5")
        with h5py.File(self.path("a.h5"), "r+") as file:
            levels = file["variants/level_conductance"]
            # Another run would find the number that was there.
            levels[0, 0] = marked = levels[0, 0] * (1.0 + 1e-9)
        self.run_sweep(text, "a.h5", ranks=2)
        with h5py.File(self.path("a.h5"), "r") as file:
            self.assertEqual(file["variants/level_conductance"][0, 0], marked)

    def test_a_polynomial_far_from_the_neurons_curve_is_warned_of(self):
        text = sweep_text('"pulse.current_density" = [1e12]', pulse="0.1e-9", rest="0.1e-9") + network_text(
            self.folder, epochs=1).replace("[0.5e12, 1e12, 1.5e12, 2e12]", "[0.1e12, 2e12, 2.6e12, 3e12, 3.4e12]")
        bent = self.run_sweep(text, "bent.h5", "--set", "network.activation_order=1")
        self.assertRegex(bent.stderr, r"neuron variant 0: the polynomial misses its curve, which goes from 0 to 1, by 0\.")
        self.assertNotIn("misses its curve", self.run_sweep(text, "met.h5", "--set", "network.activation_order=4").stderr)


if __name__ == "__main__":
    unittest.main()
