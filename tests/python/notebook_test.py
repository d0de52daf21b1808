"""spinsweep.run() in a notebook: one output that is replaced, with the progress of the run."""

import importlib.util
import os
import pathlib
import re
import sys
import tempfile
import unittest
import unittest.mock

missing = [name for name in ("nbclient", "nbformat", "ipykernel") if importlib.util.find_spec(name) is None]
if missing:
    print("missing: " + ", ".join(f"python3-{name}" for name in missing))
    sys.exit(77)
import nbclient
import nbformat

sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
from spinsweep.progress import NotebookLines

CASES = 40
SETUP = f"""
import os, sys
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import numpy as np
import spinsweep
SWEEP = {{
    "study": {{"name": "small"}},
    "synapse": {{
        "length": 240e-9, "width": 32e-9, "cell": 4e-9, "notches.count": 1,
        "pulse": {{"duration": 2e-9, "relaxation": 0.1e-9}},
        "output": {{"interval": 100e-12, "snapshots": 2}},
        "sweep": {{"pulse.current_density": np.linspace(0.1e12, 0.9e12, {CASES})}},
    }},
}}
"""


class Client(nbclient.NotebookClient):
    """Keeps every text that the output of a cell has had."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.seen = []

    def process_message(self, message, cell, cell_index):
        if message["msg_type"] in ("display_data", "update_display_data"):
            self.seen.append(message["content"]["data"]["text/plain"])
        return super().process_message(message, cell, cell_index)


class Notebook(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def executed(self, *cells, environment=None, **options):
        """(the client, the outputs of the last cell)."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (SETUP, *cells)])
        client = Client(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": self.folder}}, **options)
        with unittest.mock.patch.dict(os.environ, {"OMP_NUM_THREADS": "1", **(environment or {})}):
            client.execute()
        return client, notebook.cells[-1].outputs

    def test_shows_how_far_the_run_is_while_it_runs(self):
        client, _ = self.executed("study = spinsweep.run(SWEEP, ranks=1)")
        counts = [int(found[1]) for text in client.seen if (found := re.search(rf"^synapse (\d+)/{CASES}[,:].*\Z", text, re.MULTILINE))]
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(len(set(counts)), 2, client.seen)
        self.assertLess(counts[0], CASES)

    def test_leaves_one_short_output_and_the_study(self):
        _, (shown, study) = self.executed("spinsweep.run(SWEEP, ranks=1)")
        self.assertEqual((shown.output_type, study.output_type), ("display_data", "execute_result"))
        lines = shown.data["text/plain"].splitlines()
        self.assertEqual(lines[-1], f"{CASES} of {CASES} cases done, 0 failed")
        self.assertEqual(sum(line.startswith("synapse ") for line in lines), 1, "progress has one line, the last of its stage")
        self.assertLess(len(lines), 8)
        self.assertNotIn("\r", shown.data["text/plain"])
        self.assertIn(f"synapse: {CASES} of {CASES} done", study.data["text/plain"])

    def test_shows_the_progress_of_a_study_in_the_cell_that_started_it(self):
        client, waited = self.executed("running = spinsweep.start(SWEEP, ranks=1)", "study = running.wait()")
        started = client.nb.cells[1].outputs
        self.assertEqual(waited, [])
        self.assertEqual(len(started), 1)
        self.assertIn(f"{CASES} of {CASES} cases done", started[0].data["text/plain"])

    def test_of_a_wrong_sweep_ends_with_the_programs_message(self):
        _, outputs = self.executed("spinsweep.run({**SWEEP, 'synapse': {'lenght': 1e-7}}, ranks=1)", allow_errors=True)
        self.assertEqual(outputs[-1].ename, "RunError")
        self.assertRegex(outputs[-1].evalue, r"^small\.toml:\d+:1: unknown key lenght")

    def test_has_figures_of_the_study_below_their_cell(self):
        _, outputs = self.executed(
            "study = spinsweep.run(SWEEP, ranks=1, progress=False)",
            "spinsweep.plot.positions(study);\nspinsweep.plot.magnetization(study);",
            environment={"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
        )
        self.assertEqual([list(output.get("data", {})) for output in outputs], [["text/plain", "image/png"]] * 2)

    def test_prints_nothing_if_it_is_asked_not_to(self):
        _, outputs = self.executed("study = spinsweep.run(SWEEP, ranks=1, progress=False)")
        self.assertEqual(outputs, [])


class Lines(unittest.TestCase):
    def setUp(self):
        self.display = self.enterContext(unittest.mock.patch("IPython.display.display"))
        self.lines = NotebookLines()

    def test_of_a_long_table_are_the_first_and_the_last(self):
        for k in range(500):
            self.lines.show(f"row {k}")
        shown = self.lines.text().splitlines()
        self.assertEqual(len(shown), NotebookLines.FIRST + 1 + NotebookLines.LAST)
        self.assertEqual((shown[0], shown[NotebookLines.FIRST], shown[-1]), ("row 0", "... 461 lines ...", "row 499"))

    def test_are_all_shown_if_there_are_few(self):
        rows = [f"row {k}" for k in range(NotebookLines.FIRST + NotebookLines.LAST + 1)]
        for row in rows:
            self.lines.show(row)
        self.assertEqual(self.lines.text().splitlines(), rows)

    def test_of_progress_are_replaced_by_the_next(self):
        for line in ("synapse: 2 cases", "synapse 1/2, 3 s left: case 0", "synapse 2/2: case 1", "levels 1/1: variant 0", "2 of 2 cases done"):
            self.lines.show(line)
        self.assertEqual(self.lines.text(), "synapse: 2 cases\nlevels 1/1: variant 0\n2 of 2 cases done")

    def test_are_sent_a_few_times_a_second_and_once_more_at_the_end(self):
        update = self.display.return_value.update
        with unittest.mock.patch("time.monotonic") as clock:
            for k in range(1, 1001):
                clock.return_value = 100 + 0.01 * k
                self.lines.show(f"synapse {k}/1000: case {k}")
            self.assertLessEqual(update.call_count, 10 / NotebookLines.INTERVAL + 1)
            self.lines.finish()
        self.assertEqual(update.call_args.args[0], {"text/plain": "synapse 1000/1000: case 1000"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
