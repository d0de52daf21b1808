"""Figures, tables and a page from a spinsweep results file."""

from . import style  # before anything else imports matplotlib
