"""Growing a study: --reuse, identical cases, merge, and the bisected axis."""

import os
import shutil
import time
import unittest

import h5py
import numpy

from program import STATUS, SweepTest, differences, network_text, read_status, run, sweep_text, variables

SMALL = '"material.dmi" = [0.5e-3]\n"pulse.current_density" = [0.5e12, 1.5e12, 2.5e12]'
GROWN = '"pulse.current_density" = [0.5e12, 1e12, 1.5e12, 2.5e12]\n"material.dmi" = [0.5e-3, 1e-3]'
BISECTED = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = ' \
           '{ bisect = "first_depinning", from = 0.1e12, to = 4e12, tolerance = 0.25e12 }'


class Growing(SweepTest):
    def test_a_grown_study_takes_over_what_is_done_and_is_the_same_as_one_run_at_once(self):
        self.run_sweep(sweep_text(SMALL), "old.h5")
        log = self.run_sweep(sweep_text(GROWN), "new.h5", "--reuse", self.path("old.h5"), ranks=2).stderr
        self.assertIn("synapse: 3 cases reused", log)
        self.assertIn("5 cases to do, 3 done before", log)
        self.run_sweep(sweep_text(GROWN), "once.h5")
        self.assert_same_results("new.h5", "once.h5")

    def test_cases_are_matched_by_what_they_are_not_by_which_keys_are_axes(self):
        self.run_sweep(sweep_text(SMALL), "old.h5")
        axes = '"pulse.duration" = [1e-9, 2e-9]\n"pulse.current_density" = [0.5e12]'
        log = self.run_sweep(sweep_text(axes), "new.h5", "--reuse", self.path("old.h5"), "--set",
                             "material.dmi=0.5e-3").stderr
        self.assertIn("synapse: 1 case reused", log)
        log = self.run_sweep(sweep_text(axes), "other.h5", "--reuse", self.path("old.h5"), "--set",
                             "material.dmi=0.5e-3", "--set", "solver.tolerance=2e-5").stderr
        self.assertIn("synapse: 0 cases reused", log)

    def test_failed_cases_are_not_taken_over(self):
        self.run_sweep(sweep_text(SMALL, device="time_limit = 1e-6"), "old.h5", expect=1)
        log = self.run_sweep(sweep_text(SMALL), "new.h5", "--reuse", self.path("old.h5")).stderr
        self.assertIn("synapse: 0 cases reused", log)

    def test_a_bisection_takes_over_too(self):
        self.run_sweep(sweep_text(BISECTED), "old.h5")
        log = self.run_sweep(sweep_text(BISECTED), "new.h5", "--reuse", self.path("old.h5")).stderr
        self.assertEqual(log.count("reused"), 1 + 2 * 4, log)
        self.assert_same_results("old.h5", "new.h5")

    def test_what_cannot_be_reused_is_refused(self):
        self.write("foreign.h5", "no results")
        sweep = self.write("sweep.toml", sweep_text(SMALL))
        done = run("run", sweep, "-o", self.path("a.h5"), "--reuse", self.path("foreign.h5"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("foreign.h5: not a spinsweep results file", done.stderr)

    def test_what_cannot_be_reused_costs_no_results_either(self):
        self.run_sweep(sweep_text(SMALL), "a.h5")
        sweep = self.path("sweep.toml")
        os.symlink(self.path("a.h5"), self.path("link.h5"))
        for reused, code, reason in (("none.h5", 3, "no such file"), ("sweep.toml", 3, "not a spinsweep results file"),
                                     ("a.h5", 2, "is the file whose cases --reuse takes over"),
                                     ("link.h5", 2, "is the file whose cases --reuse takes over")):
            done = run("run", sweep, "-o", self.path("a.h5"), "--force", "--reuse", self.path(reused))
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(reason, done.stderr)
            self.assertEqual(read_status(self.path("a.h5")), ["done"] * 3)

    def test_identical_cases_are_simulated_once(self):
        axes = '"notches.count" = [0, 2]\n"notches.diameter" = [8e-9, 12e-9, 16e-9]'
        log = self.run_sweep(sweep_text(axes), "a.h5", ranks=2).stderr
        self.assertIn("4 cases to do", log)
        self.assertEqual(read_status(self.path("a.h5")), ["done"] * 6)
        with h5py.File(self.path("a.h5")) as file:
            rows = file["synapse/magnetization"][:]
            self.assertTrue(numpy.array_equal(rows[0], rows[1]) and numpy.array_equal(rows[0], rows[2]))
            self.assertFalse(numpy.array_equal(rows[0], rows[3]))

    def test_what_identical_cases_fail_of_is_told_for_each(self):
        axes = '"notches.count" = [0]\n"notches.diameter" = [6e-9, 8e-9]'
        done = self.run_sweep(sweep_text(axes, device="time_limit = 1e-6"), "a.h5", expect=1)
        self.assertIn("0 of 2 cases done, 2 failed", done.stdout)


class SweptSchedule(SweepTest):
    def test_every_case_has_its_own_sample_times(self):
        both = '"pulse.duration" = [60e-12, 100e-12]'
        schedule = {"rest": "0", "output": "25e-12"}
        self.run_sweep(sweep_text('"pulse.duration" = [60e-12]', **schedule), "short.h5")
        self.run_sweep(sweep_text(both, **schedule), "once.h5", ranks=2)
        self.run_sweep(sweep_text(both, **schedule), "reused.h5", "--reuse", self.path("short.h5"))
        for name in ("once.h5", "reused.h5"):
            with h5py.File(self.path(name)) as file:
                times = file["synapse/sample_time"][:] * 1e12
                numpy.testing.assert_allclose(times, [[0, 25, 50, 60, numpy.nan], [0, 25, 50, 75, 100]])
                numpy.testing.assert_allclose(file["synapse/time"][:] * 1e12, [0, 25, 50, 75, 100])


class Merge(SweepTest):
    whole = None

    def setUp(self):
        super().setUp()
        if Merge.whole is None:
            self.run_sweep(sweep_text(), "whole.h5")
            with open(self.path("whole.h5"), "rb") as file:
                Merge.whole = file.read()
        with open(self.path("whole.h5"), "wb") as file:
            file.write(Merge.whole)

    def part(self, name, cases):
        """A file of the same study in which only these cases are done."""
        shutil.copy(self.path("whole.h5"), self.path(name))
        with h5py.File(self.path(name), "r+") as file:
            group = file["synapse"]
            for k in range(16):
                if k not in cases:
                    group["status"][k] = 0
                    group["magnetization"][k] = 0
                    group["conductance"][k] = 0
                    group["final_conductance"][k] = numpy.nan

    def merge(self, *names, expect=0):
        done = run("merge", *[self.path(name) for name in names], "-o", self.path("merged.h5"))
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def test_parts_make_the_whole(self):
        self.part("a.h5", range(0, 7))
        self.part("b.h5", range(5, 12))
        self.part("c.h5", range(12, 16))
        done = self.merge("a.h5", "b.h5", "c.h5")
        self.assertIn("16 cases and trainings done (9 of them not in", done.stdout)
        log = self.run_sweep(sweep_text(), "merged.h5").stderr  # computes /analysis again
        self.assertIn("0 cases to do, 16 done before", log)
        self.assert_same_results("merged.h5", "whole.h5")

    def test_what_is_missing_can_be_simulated_afterwards(self):
        self.part("a.h5", range(0, 7))
        self.part("b.h5", range(5, 12))
        self.assertIn("4 still to do", self.merge("a.h5", "b.h5").stdout)
        self.run_sweep(sweep_text(), "merged.h5")
        self.assert_same_results("merged.h5", "whole.h5")

    def test_failures_are_kept_unless_another_file_has_the_case_done(self):
        self.part("a.h5", range(0, 7))
        self.part("b.h5", range(8, 16))
        with h5py.File(self.path("b.h5"), "r+") as file:
            file["synapse/status"][3] = 3
            file["synapse/status"][7] = 3
            message = file["synapse/message"].id  # at the low level: h5py's own conversion drops the letters
            text = numpy.frombuffer(b"diverged".ljust(240, b"\0"), dtype="S1")
            rows = message.get_space()
            rows.select_hyperslab((7, 0), (1, 240))
            message.write(h5py.h5s.create_simple((1, 240)), rows, text.reshape(1, 240), message.get_type())
        self.merge("a.h5", "b.h5")
        self.assertEqual(read_status(self.path("merged.h5")), ["done"] * 7 + ["failed"] + ["done"] * 8)
        self.assertIn("diverged", run("status", self.path("merged.h5")).stdout)

    def test_results_that_contradict_each_other_are_refused_with_their_place(self):
        self.part("a.h5", range(0, 16))
        with h5py.File(self.path("a.h5"), "r+") as file:
            file["synapse/conductance"][4, 2] *= 1.0 + 1e-15
        done = self.merge("whole.h5", "a.h5", expect=3)
        self.assertIn("a.h5: its /synapse/conductance at (4) differs", done.stderr)
        self.assertEqual(read_status(self.path("merged.h5")), [], "nothing is left of the new file")

    def test_another_study_is_refused_with_the_first_difference(self):
        self.run_sweep(sweep_text(SMALL), "other.h5")
        done = self.merge("whole.h5", "other.h5", expect=2)
        self.assertIn("belong to different studies: [synapse.sweep] \"material.dmi\" = [0.0005, 0.001] against", done.stderr)

    def test_an_existing_file_is_not_overwritten(self):
        self.part("merged.h5", range(0, 3))
        self.part("a.h5", range(0, 3))
        self.assertIn("merged.h5: exists already", self.merge("whole.h5", "a.h5", expect=3).stderr)

    def test_files_that_are_none_are_refused_by_name(self):
        self.write("none.h5", "nothing")
        self.assertIn("none.h5: not a spinsweep results file", self.merge("whole.h5", "none.h5", expect=3).stderr)
        self.assertIn("missing.h5: no such file", self.merge("whole.h5", "missing.h5", expect=3).stderr)


class MergeOfNetworks(SweepTest):
    """Two files of one study, each with some of its networks."""

    def setUp(self):
        super().setUp()
        devices = sweep_text('"material.dmi" = [0.5e-3, 1e-3]', pulse="0.1e-9", rest="0.1e-9")
        self.text = devices + network_text(self.folder)
        self.run_sweep(self.text, "whole.h5")

    def without(self, name, seeds, of_networks=True):
        """A file that has nothing for these seeds: no networks, or their controls only are missing."""
        shutil.copy(self.path("whole.h5"), self.path(name))
        with h5py.File(self.path(name), "r+") as file:
            for path in variables(file):
                group, variable = path.rsplit("/", 1)
                values = file[path]
                axis = {"network": 3, "network/baseline": 2}.get(group)
                if axis is None or len(values.shape) <= axis or not (of_networks or variable.startswith("control_")):
                    continue
                rows = values[()]
                numpy.moveaxis(rows, axis, 0)[seeds] = numpy.nan if rows.dtype == numpy.float64 else 0
                values[...] = rows

    def test_makes_the_whole_of_two_files_with_different_seeds(self):
        self.without("a.h5", [1])
        self.without("b.h5", [0])
        self.assertNotEqual(differences(self.path("a.h5"), self.path("whole.h5")), [])
        done = run("merge", self.path("a.h5"), self.path("b.h5"), "-o", self.path("merged.h5"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(", 0 still to do", done.stdout)
        log = self.run_sweep(self.text, "merged.h5").stderr
        self.assertNotIn("network ", log, "nothing is left to train")
        self.assert_same_results("merged.h5", "whole.h5")

    def test_takes_the_controls_that_only_one_file_has(self):
        self.without("a.h5", [0, 1], of_networks=False)
        self.assertEqual(set(read_status(self.path("a.h5"), "network/baseline", "control_status")), {"waiting"})
        done = run("merge", self.path("a.h5"), self.path("whole.h5"), "-o", self.path("merged.h5"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read_status(self.path("merged.h5"), "network/baseline", "control_status"), ["done"] * 8)

    def test_refuses_networks_that_contradict_each_other(self):
        for variable, place in (("test_accuracy", (0, 0, 1, 0, 2)), ("requantized_accuracy", (0, 0, 1, 0, 2))):
            shutil.copy(self.path("whole.h5"), self.path("a.h5"))
            with h5py.File(self.path("a.h5"), "r+") as file:
                file[f"network/{variable}"][place] += 1e-9
            done = run("merge", self.path("whole.h5"), self.path("a.h5"), "-o", self.path("merged.h5"))
            self.assertEqual(done.returncode, 3, done.stdout)
            self.assertIn(f"a.h5: its /network/{variable} at (0", done.stderr)


class BisectedAxis(SweepTest):
    def test_parts_of_a_bisected_study_hold_whole_variants_and_make_the_whole(self):
        for part in (0, 1):
            self.run_sweep(sweep_text(BISECTED), f"{part}.h5", "--part", f"{part}/2")
            status = read_status(self.path(f"{part}.h5"))
            self.assertEqual(sorted({tuple(status[:6]), tuple(status[6:])}), [("done",) * 6, ("waiting",) * 6])
        done = run("merge", self.path("0.h5"), self.path("1.h5"), "-o", self.path("merged.h5"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.run_sweep(sweep_text(BISECTED), "merged.h5")
        self.run_sweep(sweep_text(BISECTED), "whole.h5")
        self.assert_same_results("merged.h5", "whole.h5")

    def test_finds_the_depinning_current_of_each_variant_on_any_number_of_ranks(self):
        for ranks in (1, 3):
            self.run_sweep(sweep_text(BISECTED), f"{ranks}.h5", ranks=ranks)
        self.assert_same_results("1.h5", "3.h5")
        with h5py.File(self.path("1.h5")) as file:
            variants = file["variants"]
            current = file["synapse/pulse_current_density"][:].reshape(2, -1)
            position = file["synapse/final_position"][:].reshape(2, -1)
            for v in range(2):
                lower, upper = variants["depinning_current_lower"][v], variants["depinning_current_upper"][v]
                self.assertLessEqual(upper - lower, 0.25e12)
                self.assertEqual(variants["depinning_current"][v], 0.5 * (lower + upper))
                held = position[v] < 48e-9
                self.assertEqual(lower, current[v][held].max())
                self.assertEqual(upper, current[v][~held].min())

    def test_agrees_with_a_fine_sweep(self):
        self.run_sweep(sweep_text(BISECTED), "a.h5")
        fine = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = { from = 1e12, to = 2e12, step = 0.1e12 }'
        self.run_sweep(sweep_text(fine), "fine.h5")
        with h5py.File(self.path("a.h5")) as a, h5py.File(self.path("fine.h5")) as file:
            current = file["synapse/pulse_current_density"][:].reshape(2, -1)
            past = file["synapse/final_position"][:].reshape(2, -1) > 48e-9
            for v in range(2):
                self.assertTrue(past[v].any() and not past[v].all())
                self.assertGreater(current[v][past[v]].min(), a["variants/depinning_current_lower"][v])
                self.assertLess(current[v][~past[v]].max(), a["variants/depinning_current_upper"][v])

    def test_the_current_at_which_the_wall_ends_at_a_notch(self):
        axis = '"pulse.current_density" = { reaches_notch = 2, from = 0.1e12, to = 4e12, tolerance = 0.05e12 }'
        self.run_sweep(sweep_text(axis), "a.h5")
        with h5py.File(self.path("a.h5")) as file:
            upper = file["variants/depinning_current_upper"][0]
            case = list(file["synapse/pulse_current_density"][:]).index(upper)
            self.assertAlmostEqual(file["synapse/final_position"][case], 72e-9, delta=4e-9)

    def test_begins_at_a_temperature_in_a_batch_job_too(self):
        axis = '"pulse.current_density" = { bisect = "first_depinning", from = 0.1e12, to = 4e12, tolerance = 2e12 }'
        sweep = self.write("sweep.toml", sweep_text(axis, pulse="50e-12", rest="0"))
        done = run("run", sweep, "-o", self.path("a.h5"), "--set", "material.temperature=100",
                   env={**os.environ, "SLURM_JOB_END_TIME": str(int(time.time()) + 3600)})
        self.assertNotIn("deferred", done.stdout + done.stderr)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("there is nothing to bisect: at 4e+12 A/m2 the wall ends at", done.stdout)

    def test_says_so_when_there_is_nothing_to_bisect(self):
        axis = '"pulse.current_density" = { bisect = "first_depinning", from = 0.1e12, to = 0.5e12, tolerance = 1e11 }'
        done = self.run_sweep(sweep_text(axis), "a.h5", expect=1)
        self.assertIn("2 of 4 cases done, 2 failed", done.stdout)
        self.assertIn("at 5e+11 A/m2 the wall ends at", done.stdout)

    def test_keeps_what_was_taken_over_when_there_is_nothing_to_bisect(self):
        self.run_sweep(sweep_text('"pulse.current_density" = [4e12]'), "old.h5")
        axis = '"pulse.current_density" = { bisect = "first_depinning", from = 3e12, to = 4e12, tolerance = 0.25e12 }'
        done = self.run_sweep(sweep_text(axis), "a.h5", "--reuse", self.path("old.h5"), expect=1)
        self.assertIn("at 3e+12 A/m2 the wall ends at", done.stdout)
        self.assertEqual(read_status(self.path("a.h5")), ["done", "done", "failed", "failed"])

    def test_counts_the_cases_that_nothing_is_bisected_with_as_failures(self):
        axes = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = ' \
               '{ bisect = "first_depinning", from = 0.1e12, to = 0.5e12, tolerance = 1e11 }'
        done = self.run_sweep(sweep_text(axes), "a.h5", "--max-failures", "1", expect=1)
        self.assertIn("(--max-failures)", done.stdout)
        self.assertEqual(read_status(self.path("a.h5")).count("waiting"), 4)

    def test_a_case_that_failed_is_named_with_the_current_density_that_was_found(self):
        self.run_sweep(sweep_text(BISECTED), "a.h5")
        with h5py.File(self.path("a.h5"), "r+") as file:
            file["synapse/status"][2] = STATUS.index("failed")
        done = self.run_sweep(sweep_text(BISECTED), "a.h5", expect=1)
        self.assertIn("case 2: material.dmi 0.0005, pulse.current_density 2.05e+12", done.stdout)


if __name__ == "__main__":
    unittest.main()
