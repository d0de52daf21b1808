"""spinsweep.open() of a results file that a run is writing."""

import os
import pathlib
import sys
import tempfile
import unittest

import numpy as np

sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep

SWEEP = {
    "study": {"name": "watched"},
    "synapse": {
        "length": 360e-9,
        "width": 48e-9,
        "cell": 4e-9,
        "notches.diameter": 12e-9,
        "pulse": {"duration": 5e-9, "relaxation": 0.5e-9},
        "output": {"interval": 10e-12, "snapshots": 4},
        "sweep": {"notches.count": [1, 2], "material.dmi": [0.5e-3, 1e-3], "pulse.current_density": np.linspace(0.2e12, 0.9e12, 6)},
    },
}
CASES = 24


class WhileARunWrites(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """Reads everything again and again until the run has ended; `seen`: what each reading found."""
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        running = spinsweep.start(SWEEP, ranks=1, output=folder / "watched.h5", progress=False)
        cls.seen, cls.early = [], None
        try:
            while running.is_running:
                try:
                    study = running.study
                except spinsweep.ForeignFile:  # has not been made yet
                    continue
                cls.early = cls.early or (study, study.traces())
                cls.seen.append(cls.read(study))
        finally:
            running.stop()
        cls.study = running.wait()

    @staticmethod
    def read(study):
        """Done cases -> what the study has of them. The statuses are read first: what is done by then must be there."""
        cases = study.cases()
        done = np.flatnonzero(cases.status.values == "done")
        traces, final = study.traces().wall_position, study.cases().final_position
        found = {
            "progress": int(study.progress.loc["synapse", "done"]),
            "cases": {int(k): float(final[k]) for k in done},
            "traces": {int(k): traces[k].values for k in done[-2:]},
            "snapshots": {int(k): study.snapshots()[k, -1].values for k in done[-1:]},
            "variants": {},
        }
        for variant in study.each_variant():
            own = variant.cases
            if (own.status.values == "done").any():
                found["variants"][variant.label] = (variant.levels.values, variant.traces.sizes["case"], own.sizes["case"])
        return found

    def test_is_readable_while_some_cases_are_done_and_others_are_not(self):
        self.assertTrue(any(0 < len(seen["cases"]) < CASES for seen in self.seen), f"{len(self.seen)} readings")

    def test_has_more_cases_done_in_every_later_reading(self):
        counts = [len(seen["cases"]) for seen in self.seen]
        self.assertEqual(counts, sorted(counts))
        for seen in self.seen:
            self.assertGreaterEqual(seen["progress"], len(seen["cases"]))

    def test_has_what_has_been_done_as_it_is_in_the_end(self):
        final, traces, snapshots = self.study.cases().final_position.values, self.study.traces().wall_position.values, self.study.snapshots().values
        for seen in self.seen:
            for case, position in seen["cases"].items():
                self.assertTrue(np.isfinite(position))
                self.assertEqual(position, final[case])
            for case, trace in seen["traces"].items():
                np.testing.assert_array_equal(trace, traces[case])
            for case, snapshot in seen["snapshots"].items():
                self.assertGreater(np.count_nonzero(snapshot), 0)
                np.testing.assert_array_equal(snapshot, snapshots[case, -1])

    def test_has_variants_with_the_cases_that_are_done(self):
        watched = [seen["variants"] for seen in self.seen if seen["variants"]]
        self.assertTrue(watched)
        for variants in watched:
            for levels, traces, cases in variants.values():
                self.assertEqual(cases, 6)
                self.assertTrue(1 <= traces <= 6)
                self.assertTrue(np.all(np.diff(levels) > 0))

    def test_shows_later_what_it_did_not_have_when_it_was_opened(self):
        study, traces = self.early
        self.assertEqual(study.progress.loc["synapse", "done"], CASES)
        np.testing.assert_array_equal(traces.wall_position.values, self.study.traces().wall_position.values)


if __name__ == "__main__":
    unittest.main(verbosity=2)
