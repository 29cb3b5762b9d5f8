"""Fits to all rows of a table in many files, as map and reduce; no machine holds the table.

Every pass each slice of rows reports sums under the present parameters; they are added up, and the
next parameters follow from the total. What travels is a few numbers for each component.
"""
