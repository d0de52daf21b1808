"""Wrong command lines: exit code 2 and one line that says what is wrong, where, and what is expected."""

import os
import re
import unittest

from program import SweepTest, run, sweep_text

SUBCOMMANDS = ["bench", "export", "merge", "plan", "run", "status", "submit"]


class Arguments(SweepTest):
    def setUp(self):
        super().setUp()
        self.sweep = self.write("sweep.toml", sweep_text())

    def refusal(self, *arguments, code=2):
        """What the program says, without its name."""
        done = run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"\Aspinsweep: [^\n]+\n\Z")
        return done.stderr.removeprefix("spinsweep: ").rstrip("\n")

    def refused_run(self, *more):
        message = self.refusal("run", self.sweep, "-o", self.path("a.h5"), *more)
        self.assertFalse(os.path.exists(self.path("a.h5")))
        return message

    def test_help_fits_in_80_columns_and_names_no_types_of_the_program(self):
        for arguments in [[], *([name] for name in SUBCOMMANDS)]:
            done = run(*arguments, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Usage: spinsweep", done.stdout)
            for line in done.stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)
            self.assertIsNone(re.search(r"\b(TEXT|ENUM|U?INT|FLOAT)\b", done.stdout), done.stdout)

    def test_help_names_every_subcommand_and_choice(self):
        listed = run("--help").stdout
        for name in SUBCOMMANDS:
            self.assertRegex(listed, rf"\n  {name} +[A-Z]")
        self.assertIn("--stage device|network|all", run("run", "--help").stdout)
        self.assertIn("--format ovf|vtk|csv", run("export", "--help").stdout)

    def test_version_is_one_line_with_the_commit_if_there_is_one_and_the_instruction_set(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^spinsweep \d+\.\d+\.\d+( \([0-9a-f]{7,40}\))?, x86-64(-v[234])?\n$")

    def test_a_missing_or_unknown_subcommand(self):
        self.assertEqual(self.refusal(), "missing subcommand; spinsweep --help lists them")
        self.assertEqual(self.refusal("simulate"), "simulate: no such subcommand; spinsweep --help lists the subcommands")

    def test_missing_and_unexpected_arguments(self):
        self.assertEqual(self.refusal("plan"), "SWEEP is required; see spinsweep plan --help")
        self.assertEqual(self.refusal("run", self.sweep), "--output is required; see spinsweep run --help")
        self.assertEqual(
            self.refusal("plan", self.sweep, "--fast"), "--fast: not expected by plan; see spinsweep plan --help"
        )

    def test_choices_are_listed(self):
        self.assertEqual(
            self.refused_run("--stage", "foo"),
            "--stage: invalid value 'foo' (choose from device, network, all); see spinsweep run --help",
        )
        export = ["export", "a.h5", "-o", "x", "--case", "0"]
        self.assertIn("(choose from neuron, synapse)", self.refusal(*export, "--format", "ovf", "--device", "foo"))
        self.assertIn("(choose from ovf, vtk, csv, jump-table)", self.refusal(*export, "--format", "foo", "--device", "synapse"))
        self.assertIn("invalid value 'foo' (choose from ceilings, ", self.refusal("bench", "foo"))

    def test_numbers_that_are_none(self):
        for text in ["0", "-1", "x", "1.5"]:
            self.assertEqual(
                self.refused_run(f"--max-failures={text}"),
                f"--max-failures: invalid value '{text}': must be an integer >= 1; see spinsweep run --help",
            )
        self.assertIn("must be at most", self.refused_run("--max-failures=99999999999999999999"))
        export = ["export", "a.h5", "-o", "x", "--device", "synapse", "--format", "ovf"]
        self.assertIn("--case: invalid value '-1': must be an integer >= 0", self.refusal(*export, "--case=-1"))
        submit = ["submit", self.sweep, "-o", self.path("a.h5"), "--time", "01:00:00", "--dry-run"]
        self.assertIn("--nodes: invalid value '0': must be", self.refusal(*submit, "--nodes=0", "--ranks=1"))
        self.assertIn("--ranks: invalid value 'two': must be", self.refusal(*submit, "--nodes=1", "--ranks=two"))
        self.assertIn("--array: invalid value '0': must be", self.refusal(*submit, "--nodes=1", "--ranks=1", "--array=0"))

    def test_what_set_says_wrongly_is_reported_as_such(self):
        plan = ["plan", self.sweep, "--set"]
        self.assertEqual(self.refusal(*plan, "foo=1"), "--set foo=1: unknown key foo")
        self.assertEqual(
            self.refusal(*plan, "synapse.cell=-1"), "--set synapse.cell=-1: cell is -1, expected a positive number"
        )
        self.assertEqual(
            self.refusal(*plan, "cell"), "--set cell: expected key=value, such as synapse.cell=5e-9"
        )
        self.assertEqual(
            self.refusal(*plan, "synapse.pulse.current_density=9e11"),
            "--set synapse.pulse.current_density=9e11: changes nothing, since [synapse.sweep] sweeps pulse.current_density; "
            "--set 'synapse.sweep.pulse.current_density=[...]' replaces the axis",
        )
        self.assertIn("expected key=value with a TOML value", self.refusal(*plan, "study.name=new"))
        self.assertIn("--set a=1\\nb=2: expected key=value", self.refusal(*plan, "a=1\nb=2"))

    def test_a_sweep_file_that_is_not_there(self):
        self.assertIn("No such file or directory", self.refusal("plan", self.path("none.toml")))
        self.assertIn("a folder, expected a sweep file", self.refusal("plan", self.path(".")))
        self.assertIn("no such file", self.refusal("status", self.path("none.h5"), code=3))

    def test_networks_are_not_shared_out_in_parts(self):
        self.assertIn("merge the parts, then train the networks without --part",
                      self.refused_run("--stage", "network", "--part", "0/2"))

    def test_what_is_done_once_is_refused_on_several_ranks(self):
        commands = {
            "plan": [self.sweep],
            "status": [self.path("a.h5")],
            "submit": [self.sweep, "-o", self.path("a.h5"), "--nodes=1", "--ranks=1", "--time=01:00:00"],
            "export": [self.path("a.h5"), "-o", self.path("x"), "--device=synapse", "--format=csv", "--case=0"],
            "merge": [self.path("a.h5"), self.path("b.h5"), "-o", self.path("c.h5")],
        }
        for name, arguments in commands.items():
            done = run(name, *arguments, ranks=2)
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertEqual(done.stderr.count(f"spinsweep: {name} runs on one rank; start it without mpirun"), 1)
        self.assertEqual(os.listdir(self.folder), ["sweep.toml"])


if __name__ == "__main__":
    unittest.main()
