"""The opening of the report: what it says follows from the file, and it says so where nothing follows."""

import os
import pathlib
import sys
import tempfile
import unittest

import h5py
import numpy as np

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])
sys.path[:0] = [str(ANALYSIS), str(ANALYSIS.parent / "python")]
from spinsweep_report.answers import Answers
from spinsweep_report.opening import opening_html
from spinsweep import names
from spinsweep.network_results import Network
from spinsweep.results import Results


class Opening(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def answers(self, name, change=None):
        """Of a copy of a results file after change(file)."""
        copy = self.folder / name
        copy.write_bytes((RESULTS / name).read_bytes())
        if change:
            with h5py.File(copy, "r+") as file:
                change(file)
        results = self.enterContext(Results(copy))
        return Answers(results, Network(results))

    @staticmethod
    def extreme(answers, goal):
        return next(extreme for extreme in answers.extremes if extreme.goal == goal)

    @staticmethod
    def set_accuracy(file, of_variant, seed_scatter):
        """Accuracies that depend on the variant, and on the seed by `seed_scatter`, for every deployment."""
        data = file["network/test_accuracy"]
        dims = [scale[0].name.rsplit("/", 1)[1] for scale in data.dims]
        shape = [size if dim == "variant" else 1 for dim, size in zip(dims, data.shape)]
        seeds = [size if dim == "seed" else 1 for dim, size in zip(dims, data.shape)]
        values = np.reshape(of_variant, shape) + seed_scatter * np.arange(max(seeds)).reshape(seeds)
        data[...] = np.broadcast_to(values, data.shape)

    def test_names_the_variants_with_the_highest_and_the_lowest_accuracy(self):
        answers = self.answers("full.h5", lambda file: self.set_accuracy(file, [0.9, 0.8, 0.95, 0.7], 0.0))
        extreme = self.extreme(answers, "accuracy on MNIST")
        self.assertEqual((extreme.best, extreme.worst), (2, 3))
        page = opening_html(answers).replace("\u00a0", " ")
        self.assertIn("95.00 %", page)
        self.assertIn("70.00 %", page)
        self.assertIn("href='#variant=2'>notches 3, DMI 1 mJ m⁻²<", page)
        self.assertRegex(answers.lead()[1], "notches 3, DMI 1 mJ m⁻² has the highest accuracy on MNIST: 95.00 %")

    def test_says_by_how_much_where_every_pair_of_runs_agrees(self):
        answers = self.answers("full.h5", lambda file: self.set_accuracy(file, [0.9, 0.8, 0.95, 0.7], 0.01))
        self.assertIn("25.00 points above the worst variant", self.extreme(answers, "accuracy on MNIST").note)

    def test_names_no_best_where_the_scatter_between_seeds_is_larger_than_the_difference(self):
        def change(file):
            self.set_accuracy(file, [0.90, 0.90, 0.905, 0.90], 0.0)
            data = file["network/test_accuracy"]
            dims = [scale[0].name.rsplit("/", 1)[1] for scale in data.dims]
            place = [slice(None)] * data.ndim
            place[dims.index("variant")], place[dims.index("seed")] = 2, 1
            data[tuple(place)] = 0.97

        note = self.extreme(self.answers("full.h5", change), "accuracy on MNIST").note
        self.assertIn("no best can be named", note)

    def test_of_one_run_each_says_that_the_scatter_is_not_known(self):
        self.assertIn("one run", self.extreme(self.answers("sampled.h5"), "accuracy on MNIST").note)

    def test_says_that_equal_variants_are_equal(self):
        def change(file):
            file["variants/levels"][...] = 4

        answers = self.answers("full.h5", change)
        self.assertEqual(self.extreme(answers, "number of levels").ties, 4)
        self.assertIn("all 4 variants are equal", opening_html(answers))

    def test_compares_energy_retention_and_accuracy_after_the_longest_time(self):
        goals = [extreme.goal for extreme in self.answers("full.h5").extremes]
        for goal in (
            "accuracy on bands",
            "accuracy on bands after 1 year at 358 K",
            "number of levels",
            "retention time at 300 K",
            "energy per update by one level",
        ):
            self.assertIn(goal, goals)

    def test_less_energy_is_better(self):
        extreme = self.extreme(self.answers("full.h5"), "energy per update by one level")
        self.assertLess(extreme.quantity.values[extreme.best], extreme.quantity.values[extreme.worst])

    def test_chooses_among_networks_whose_weights_are_levels(self):
        def change(file):
            methods = list(file["network/deployment_method"].asstr()[:])
            data = file["network/test_accuracy"]
            dims = [scale[0].name.rsplit("/", 1)[1] for scale in data.dims]
            for method in ("fp32", "fine_tuned"):
                place = [slice(None)] * data.ndim
                place[dims.index("deployment")] = methods.index(method)
                data[tuple(place)] = 1.0

        answers = self.answers("full.h5", change)
        way = self.extreme(answers, "accuracy on MNIST").quantity.where["way"]
        self.assertIn(answers.network.method(way), ("ptq", "qat"))

    def test_ranks_the_parameters_by_the_variance_they_explain_with_its_interval(self):
        def change(file):
            for end, values in (("", [0.2, 0.7]), ("_low", [0.1, 0.6]), ("_high", [0.3, 0.8])):
                data = file[f"analysis/main_effect_variance_fraction{end}"]
                data[...] = np.reshape(values, (2, *[1] * (data.ndim - 1)))

        sentence = self.answers("full.h5", change).what_matters()[0]
        self.assertRegex(sentence, r"depends most on DMI: it explains 70 % of its variance \(95 % interval 60 to 80 %\)")
        self.assertRegex(sentence, r"Next: notches, 20 % \(95 % interval 10 to 30 %\)")
        self.assertNotIn("overlap", sentence)

    def test_says_that_it_is_open_which_parameter_matters_more_where_intervals_overlap(self):
        def change(file):
            for end, values in (("", [0.5, 0.6]), ("_low", [0.4, 0.45]), ("_high", [0.6, 0.7])):
                data = file[f"analysis/main_effect_variance_fraction{end}"]
                data[...] = np.reshape(values, (2, *[1] * (data.ndim - 1)))

        self.assertIn("which of the two matters more is open", self.answers("full.h5", change).what_matters()[0])

    def written(self, accuracy, energy, missed, effects=None):
        """Of full.h5 with device samples drawn from what was written, of which these are known for each variant."""

        def change(file):
            data = file["network/device_sample_accuracy"]
            data[...] = np.reshape(accuracy, (4, *[1] * (data.ndim - 1)))
            file["programming/mean_write_energy"][...] = energy
            file["programming/mean_write_error"][...] = missed
            if effects is not None:
                data = file["analysis/sample_effect_variance_fraction"]
                data[...] = np.reshape(effects, (2, *[1] * (data.ndim - 1)))

        answers = self.answers("full.h5", change)
        answers.results.sweep["network"]["device_errors"] = "simulated"
        return Answers(answers.results, Network(answers.results))

    def test_says_which_variant_written_by_which_pulse_gives_which_accuracy_on_which_energy(self):
        answers = self.written([0.9, 0.8, 0.95, 0.7], [1e-13, 2e-13, 3e-13, 4e-13], [0.1, 0.1, 0.2, 0.3])
        lead = answers.lead()
        best, how, others = lead[1 if lead[0].startswith("4 of") else 0 :][:3]
        self.assertRegex(best, "notches 3, DMI 1 mJ m⁻² has the highest accuracy on bands as written: 95.00 %")
        self.assertRegex(how, r"^It is written by single pulses of [\d., and]+ × 10¹² A m⁻²: 300 fJ per level, a write error of 20 %\.$")
        self.assertRegex(others, r"notches 2, DMI 1 mJ m⁻² \(90.00 %, single pulses of .*: 100 fJ per level, a write error of 10 %\)\.$")
        self.assertNotIn("DMI 1.5", others)

    def test_says_that_no_other_variant_needs_less_energy_or_is_missed_less_often(self):
        lead = self.written([0.95, 0.8, 0.9, 0.7], [1e-13, 2e-13, 3e-13, 4e-13], [0.1, 0.1, 0.2, 0.3]).lead()
        self.assertIn("No other variant needs less energy or is missed less often.", lead)

    def test_says_what_the_accuracy_as_written_depends_on_and_what_is_left(self):
        sentences = self.written([0.9, 0.8, 0.95, 0.7], [1e-13] * 4, [0.1] * 4, [0.3, 0.5]).what_matters()
        self.assertRegex(sentences[0], r"^Accuracy as written on bands \(.*\) depends most on DMI: it explains 50 % of its variance")
        self.assertRegex(sentences[0], r"Next: notches, 30 %.*\. The remaining 20 % is due to how they act together, or to chance\.")

    def test_draws_no_conclusion_from_sobol_indices_of_a_sample_too_small_for_them(self):
        def change(file):
            for end, value in (("", 1.9), ("_low", 1.8), ("_high", 2.0)):
                file[f"analysis/sobol_total{end}"][...] = value

        sentence = self.answers("sampled.h5", change).what_matters()[0]
        self.assertIn("The sample is too small for Sobol indices", sentence)
        self.assertNotIn("190 %", sentence)

    def test_without_an_analysis_says_that_nothing_can_be_said(self):
        def change(file):
            file["analysis/status"][...] = 0

        self.assertIn("Nothing can be said", self.answers("full.h5", change).what_matters()[0])

    def test_lists_failures_by_reason(self):
        def change(file):
            message = file["synapse/message"]
            text = message[...]
            for case, why in ((1, b"too hot"), (2, b"no wall"), (3, b"too hot")):
                file["synapse/status"][case] = 3
                text[case, : len(why)] = np.frombuffer(why, "S1")
            message.id.write(h5py.h5s.ALL, h5py.h5s.ALL, text, mtype=message.id.get_type())

        answers = self.answers("partial.h5", change)
        self.assertEqual(
            answers.failures(), ["3 of 4 synapse cases failed: “too hot” (cases 1, 3); “no wall” (case 2)."]
        )
        commands = [item.command for item in answers.missing()]
        self.assertIn("mpirun -n 2 spinsweep run SWEEP.toml -o partial.h5 --retry-failed", commands)

    def test_names_the_command_for_what_has_not_been_run(self):
        answers = self.answers("partial.h5")
        self.assertEqual([item.command for item in answers.missing()], ["mpirun -n 2 spinsweep run SWEEP.toml -o partial.h5"])
        self.assertIn("No variant can be compared", " ".join(answers.lead()))

    def test_of_devices_alone_is_not_incomplete_for_having_no_network(self):
        def change(file):
            del file["network"]
            del file["retention"]

        answers = self.answers("full.h5", change)
        self.assertEqual(answers.missing(), [])
        self.assertIn("[network]", " ".join(item.sentence for item in answers.not_asked_for()))
        self.assertIn("number of levels", [extreme.goal for extreme in answers.extremes])
        self.assertNotIn("not complete", opening_html(answers))

    def test_of_a_finished_study_claims_no_failure_and_nothing_missing(self):
        answers = self.answers("full.h5")
        self.assertEqual((answers.failures(), answers.missing()), ([], []))
        self.assertNotIn("not complete", opening_html(answers))


class Durations(unittest.TestCase):
    def test_are_said_in_their_largest_unit(self):
        for seconds, text in (
            (315576000, "10 years"), (31557600, "1 year"), (7200, "2 hours"), (2.5e-3, "2.5 ms"), (3.15576e17, "1.0 × 10¹⁰ years"),
            (float("inf"), "for ever"),
        ):  # fmt: skip
            self.assertEqual(names.duration(seconds), text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
