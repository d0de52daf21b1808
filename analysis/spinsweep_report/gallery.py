"""The gallery of the documentation: a choice of the report's figures as PNG and a page in Markdown that shows them."""

import argparse
import pathlib
import sys

from . import tables_network
from .table import is_unknown
from .report import Report
from spinsweep.results import ForeignFile, Results
from .style import plt

DOTS_PER_INCH = 160


def _is_shown(results, name, only):
    """Those of the names `only`, if there are any; else all figures but those of further variants: of the synapses the
    first with each number of notches, one neuron."""
    if only:
        return name in only
    prefix, _, number = name.rpartition("_")
    if prefix == "fig1_neuron" and number.isdigit():
        return int(number) == 0
    if prefix != "fig2_synapse":
        return True
    variants = results.variant_cases("synapse")
    notches = [results.parameter("synapse", "notches.count", cases[0]) for cases in variants]
    return notches.index(notches[int(number)]) == int(number)


def markdown_table(table):
    def text(value):
        return "" if is_unknown(value) else f"{value:.4g}" if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(map(text, row)) + " |" for row in table.rows]
    return "\n".join([*lines, "", table.note])


def write_gallery(results, folder, only=()):
    """Writes the pictures, all or those of the names `only`, into `folder` and the page beside it; returns the page's
    path."""
    folder.mkdir(parents=True, exist_ok=True)
    report = Report(results)
    for _, draw in report.parts:
        draw()
    study = results.sweep.get("study", {}).get("name", "study")
    chosen = " --only " + " ".join(only) if only else ""
    parts = [
        f"# Gallery: the study “{study}”",
        "Made by the program itself: `mpirun -n N build/spinsweep run SWEEP.toml -o RESULTS.h5`, then "
        f"`analysis/gallery RESULTS.h5 -o docs/{folder.name}{chosen}`. Here by spinsweep {results.attribute('spinsweep_version')} "
        f"({results.attribute('git_revision')}), results file of {results.attribute('created')}. "
        "`analysis/report` gives every figure as SVG and PDF.",
    ]
    missing = results.missing()
    if missing:
        parts.append("Not complete: " + " ".join(missing))
    for figure in report.figures:
        if _is_shown(results, figure.name, only):
            figure.figure.savefig(folder / f"{figure.name}.png", dpi=DOTS_PER_INCH)
            parts.append(f"![{figure.caption}]({folder.name}/{figure.name}.png)\n\n{figure.caption}")
        plt.close(figure.figure)
    accuracies = tables_network.table2(results, report.network)
    if accuracies.rows and not only:
        parts.append(f"## {accuracies.title}\n\n{markdown_table(accuracies)}")
    page = folder.parent / f"{folder.name}.md"
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="analysis/gallery", description=__doc__)
    parser.add_argument("results", metavar="RESULTS.h5")
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="folder for the pictures; DIR.md shows them"
    )
    parser.add_argument("--only", nargs="+", default=(), metavar="FIGURE", help="names of figures, as the report has them")
    options = parser.parse_args(arguments)
    try:
        print(write_gallery(Results(options.results), pathlib.Path(options.output), options.only))
    except (ForeignFile, OSError) as error:
        print(f"gallery: {error}", file=sys.stderr)
        return 3
    return 0
