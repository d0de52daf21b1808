"""Figures, tables and a page from a spinsweep results file."""
