"""Words: what every number means, and what this very result shows."""

from gmm_dash.explain.compare import notice
from gmm_dash.explain.glossary import GLOSSARY, Term

__all__ = ["GLOSSARY", "Term", "notice"]
