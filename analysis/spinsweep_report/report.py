"""Makes the report: figures as SVG and PDF, tables as CSV, and one page with all of them."""

import argparse
import fnmatch
import pathlib
import sys
import time

from . import page, page_data, tables, tables_effects, tables_network
from .answers import Answers
from .drawing import Pool
from .opening import opening_html
from .plan import Plan
from spinsweep.results import ForeignFile, Results

FORMATS = ("svg", "pdf")


class NoSuchFigure(Exception):
    """A figure or a variant was asked for that the study does not have."""


def chosen_figures(plan, only=(), variants=None, leading=0):
    """The figures to draw: those whose names match one of `only`, or all. Of figures that there is of every variant those
    of the synapse variants `variants`, or if that is None of the variant `leading`; of neurons the first one."""
    count = len(plan.results.variant_cases("synapse"))
    if unknown := [v for v in variants or () if not 0 <= v < count]:
        raise NoSuchFigure(f"there is no synapse variant {unknown[0]}; the study has {count}, counted from 0")
    matches = lambda name: any(fnmatch.fnmatchcase(name, pattern) for pattern in only)
    for pattern in only:
        if not any(fnmatch.fnmatchcase(figure.name, pattern) for figure in plan):
            generic = ", ".join(figure.name for figure in plan if not figure.of or figure.of[1] == 0)
            raise NoSuchFigure(f"no figure is called {pattern}; there are {generic}")
    shown = {"synapse": {leading} if variants is None else set(variants), "neuron": {0}}

    def is_chosen(figure):
        if only and not matches(figure.name):
            return False
        named = only and variants is None  # a name says which variant
        return named or figure.of is None or figure.of[1] in shown[figure.of[0]]

    return [figure for figure in plan if is_chosen(figure)]


class Report:
    """Figures and tables of a results file. Figures that have nothing to show are left out."""

    def __init__(self, results):
        self.results, self.plan = results, Plan(results)
        self.network = self.plan.network

    def tables(self):
        results, network = self.results, self.network
        every = [
            tables_network.table2(results, network),
            tables_network.programming(results, network),
            tables_network.accuracies(results, network),
            tables_effects.sensitivity(results, network),
            tables_effects.device_sensitivity(results),
            tables.trains(results),
            tables.levels(results),
            tables.depinning(results),
            tables.energy(results),
            tables.failed_cases(results),
            tables.ends_without_a_wall(results),
            tables.cases(results, "neuron"),
            tables.cases(results, "synapse"),
        ]
        return [table for table in every if table.rows]

    def views(self, answers, folder):
        """What the page's views of the variants need; None without any. Writes the table of the variants."""
        if not answers.quantities:
            return None
        table = tables.variants(answers)
        table.write(folder)
        return page_data.views(self.results, answers), page_data.details(self.results), page.table_html(table, scripted=False)

    def write(self, folder, pool, only=(), variants=None):
        """Draws and writes everything; returns (what is missing, number of figures)."""
        common = [figure for figure in chosen_figures(self.plan, only, variants) if not figure.of]
        started = dict(zip((figure.name for figure in common), pool.start([figure.name for figure in common], FORMATS)))
        answers = Answers(self.results, self.network)
        leading = answers.extremes[0].best if answers.extremes else 0
        chosen = chosen_figures(self.plan, only, variants, leading)
        single = [figure.name for figure in chosen if figure.of]
        started |= zip(single, pool.start(single, FORMATS))
        folder.mkdir(parents=True, exist_ok=True)
        all_tables = self.tables()
        for table in all_tables:
            table.write(folder)
        views = self.views(answers, folder)
        tables_on_page = {table.name for table in all_tables} | ({"variants"} if views else set())
        blocks, count = {}, 0
        for figure in chosen:
            if drawn := started[figure.name].result():
                drawn.write(folder)
                blocks.setdefault(figure.heading, []).append(page.figure_html(drawn, figure.table() if figure.table() in tables_on_page else None))
                count += 1
        if any(figure.of and figure.of[0] == "synapse" for figure in self.plan) and "Devices" in blocks:
            blocks["Devices"].append(page.MORE_VARIANTS)
        groups = [*blocks.items(), ("Tables", [page.table_html(table) for table in all_tables])]
        title = f"spinsweep: {self.results.sweep.get('study', {}).get('name', 'study')}"
        meta = (
            f"{pathlib.Path(self.results.path).name}, created {self.results.attribute('created')} by spinsweep "
            f"{self.results.attribute('spinsweep_version')} ({self.results.attribute('git_revision')})"
        )
        text = page.page(title, meta, opening_html(answers), views, groups, self.results.attribute("sweep"))
        (folder / "index.html").write_text(text, encoding="utf-8")
        return [item.sentence for item in answers.missing()], count


def add_choice_of_figures(parser):
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="FIGURE", help='draw these figures: names, or patterns such as "fig2_*"'
    )
    parser.add_argument(
        "--variants",
        nargs="+",
        type=int,
        metavar="N",
        help="synapse variants, counted from 0, of which figures of one variant are drawn (default: the best one)",
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="analysis/report", description="Figures, tables and a page from a spinsweep results file."
    )
    parser.add_argument("results", metavar="RESULTS.h5")
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="folder for the page, the figures and the tables"
    )
    parser.add_argument("--force", action="store_true", help="replace the report that is in the folder")
    add_choice_of_figures(parser)
    options = parser.parse_args(arguments)
    start = time.monotonic()
    folder = pathlib.Path(options.output)
    if (folder / "index.html").exists() and not options.force:
        print(f"report: {folder}: a report exists already; --force replaces it", file=sys.stderr)
        return 3
    try:
        with Pool(options.results) as pool:
            missing, count = Report(Results(options.results)).write(folder, pool, options.only, options.variants)
    except NoSuchFigure as error:
        print(f"report: {error}", file=sys.stderr)
        return 2
    except (ForeignFile, OSError) as error:
        print(f"report: {error}", file=sys.stderr)
        return 3
    for sentence in missing:
        print(sentence)
    print(f"{folder / 'index.html'}: {count} figures in {time.monotonic() - start:.0f} s")
    return 0
