"""How many rows of a long table the fits of a comparison are of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that both models end on, where a table is longer than a sample of it.

    Attributes
    ----------
    n, n_total : int
        Rows that both models end on, and that there are.
    sample : int
        Rows that the search for a start is made on.
    begun : float
        Log-likelihood per row, in nats, of the best mixture of the sample, on the sample; in the
        scale of the rows that the models end on.
    passes : int
        Iterations of the mixture over all rows; zero where there are none.
    why : str
        Why the fits stay with the sample: ``"rows"``, ``"seconds"``, ``"bootstrap"``, ``"hard"``,
        ``"background"``, ``"weights"`` or ``"pca"``; in Density ``"stopped"``, where EM over all
        rows has taken longer than was estimated. Empty where they do not.
    seconds, limit : float
        What fits to all rows and showing them would take by estimate, and the most that is
        allowed: for ``"rows"`` rows, else seconds; for ``"stopped"`` what was spent on them.
    pieces : bool
        For ``"seconds"``: whether the fits may go on in pieces, and then be shown.
    """

    n: int
    n_total: int
    sample: int
    begun: float
    passes: int = 0
    why: str = ""
    seconds: float = 0.0
    limit: float = 0.0
    pieces: bool = False
