"""A table: rows of plain values under named columns, written as CSV and shown on the page."""

import csv
import math


class Table:
    """decimals: for columns whose numbers are shown with a fixed number of decimals."""

    def __init__(self, name, title, columns, note="", decimals=None):
        self.name, self.title, self.columns, self.note, self.rows = name, title, columns, note, []
        self.decimals = decimals or {}

    def add(self, *row):
        self.rows.append(row)

    def write(self, folder):
        with open(folder / f"{self.name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(self.columns)
            writer.writerows([["" if is_unknown(v) else v for v in row] for row in self.rows])


def is_unknown(value):
    return isinstance(value, float) and math.isnan(value)


def percent(value):
    return round(100 * value, 2) if math.isfinite(value) else float("nan")
