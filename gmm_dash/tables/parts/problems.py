"""What is wrong with a table in many files, in words for its owner and in words for anybody."""

from __future__ import annotations

from gmm_dash.errors import ImportProblem


class PlaceProblem(ImportProblem):
    """A place cannot be read.

    Parameters
    ----------
    message, hint : str
        With what a library says of it, which may name machines, accounts and the like.
    plain : ImportProblem, optional
        The same without that; where there is nothing of the kind in it, it is left out.
    """

    def __init__(self, message: str, *, hint: str = "", plain: ImportProblem | None = None) -> None:
        super().__init__(message, hint=hint)
        self.plain = plain or self


class PartProblem(PlaceProblem):
    """One file of a table cannot be read, or does not fit the others; its name is said."""
