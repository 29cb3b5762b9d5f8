"""Where in a rectangle of cells the table is: titles above, the row of names, sums below."""
