"""The gallery of the documentation: a choice of the report's figures as PNG and a page in Markdown that shows them."""

import argparse
import pathlib
import shlex
import sys

from . import tables_network
from .table import is_unknown
from .drawing import Pool
from .plan import Plan
from .report import NoSuchFigure, add_choice_of_figures, chosen_figures
from spinsweep.results import ForeignFile, Results

def markdown_table(table):
    def text(value):
        return "" if is_unknown(value) else f"{value:.4g}" if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(map(text, row)) + " |" for row in table.rows]
    return "\n".join([*lines, "", table.note])


def write_gallery(results, pool, folder, only=(), variants=None):
    """Writes the pictures into `folder` and the page beside it; returns the page's path."""
    plan = Plan(results)
    chosen = chosen_figures(plan, only, variants)
    figures = pool.start([figure.name for figure in chosen], ("png",))
    folder.mkdir(parents=True, exist_ok=True)
    study = results.sweep.get("study", {}).get("name", "study")
    choice = (f" --only {shlex.join(only)}" if only else "") + (f" --variants {' '.join(map(str, variants))}" if variants else "")
    parts = [
        f"# Gallery: the study “{study}”",
        f"Made by `mpirun -n 2 build/spinsweep run sweeps/{study}.toml -o results/{study}.h5` and "
        f"`analysis/gallery results/{study}.h5 -o docs/{folder.name}{choice}`, by spinsweep {results.attribute('spinsweep_version')} "
        f"({results.attribute('git_revision')}) on {results.attribute('created')[:10]}. `analysis/report` gives every figure as SVG "
        "and PDF.",
    ]
    missing = results.missing()
    if missing:
        parts.append("Not complete: " + " ".join(missing))
    for figure in figures:
        if drawn := figure.result():
            drawn.write(folder)
            parts.append(f"![{drawn.caption}]({folder.name}/{drawn.name}.png)\n\n{drawn.caption}")
    accuracies = tables_network.table2(results, plan.network)
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
    add_choice_of_figures(parser)
    options = parser.parse_args(arguments)
    try:
        with Pool(options.results) as pool:
            print(write_gallery(Results(options.results), pool, pathlib.Path(options.output), options.only, options.variants))
    except NoSuchFigure as error:
        print(f"gallery: {error}", file=sys.stderr)
        return 2
    except (ForeignFile, OSError) as error:
        print(f"gallery: {error}", file=sys.stderr)
        return 3
    return 0
