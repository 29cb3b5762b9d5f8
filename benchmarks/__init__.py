"""Measurements of this package beside scikit-learn."""
