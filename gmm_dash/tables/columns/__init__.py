"""Columns of cells become columns of values: numbers, units, names, gaps."""
